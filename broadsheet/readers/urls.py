"""The readers' room's own addresses."""

from __future__ import annotations

from django.urls import path

from broadsheet.readers.contact import views as contact
from broadsheet.readers.newsletters.views import archive as letters
from broadsheet.readers.newsletters.views import subscribing
from broadsheet.readers.push import views as push
from broadsheet.readers.search import views as search

urlpatterns = [
    path("search/", search.search, name="search"),
    path("messages/<slug:kind>/", contact.send, name="message-send"),
    path("messages/<slug:kind>/sent/", contact.sent, name="message-sent"),
    path("push/worker.js", push.worker, name="push-worker"),
    path("push/key/", push.key, name="push-key"),
    path("push/icon.png", push.icon, name="push-icon"),
    path("push/devices/", push.register, name="push-register"),
    path("push/devices/leave/", push.leave, name="push-leave"),
    path("newsletters/", letters.lists, name="newsletters"),
    path("newsletters/subscribe/", subscribing.subscribe, name="newsletters-subscribe"),
    path("newsletters/asked/", subscribing.asked, name="newsletters-asked"),
    path("newsletters/confirm/<str:token>/", subscribing.confirm, name="newsletters-confirm"),
    path("newsletters/me/<str:token>/", subscribing.mine, name="newsletters-me"),
    path("newsletters/leave/<str:token>/<slug:slug>/", subscribing.leave, name="newsletters-leave"),
    path("newsletters/go/<str:token>/", letters.go, name="newsletters-go"),
    path("newsletters/<slug:slug>/", letters.newsletter, name="newsletter"),
    path("newsletters/<slug:slug>/<slug:issue>/", letters.letter, name="letter"),
]
