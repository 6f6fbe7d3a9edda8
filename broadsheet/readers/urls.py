"""The readers' room's own addresses."""

from __future__ import annotations

from django.urls import include, path

from broadsheet.readers.comments.views import mine as comments_mine
from broadsheet.readers.comments.views import reporting as comments_reporting
from broadsheet.readers.comments.views import threads as comment_threads
from broadsheet.readers.comments.views import writing as comments_writing
from broadsheet.readers.contact import views as contact
from broadsheet.readers.newsletters.views import archive as letters
from broadsheet.readers.newsletters.views import following, subscribing
from broadsheet.readers.push import views as push
from broadsheet.readers.search import views as search

urlpatterns = [
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="search-suggest"),
    path("messages/<slug:kind>/", contact.send, name="message-send"),
    path("messages/<slug:kind>/sent/", contact.sent, name="message-sent"),
    path("account/", include("broadsheet.readers.accounts.urls")),
    path("comments/sent/", comments_writing.sent, name="comment-sent"),
    path("comments/confirm/<str:token>/", comments_writing.confirm, name="comment-confirm"),
    path("comments/me/<str:token>/", comments_mine.mine, name="comments-mine"),
    path("comments/me/<str:token>/comments.json", comments_mine.export, name="comments-export"),
    path("comments/me/<str:token>/<int:pk>/", comments_mine.one, name="comment-mine"),
    path("comments/stop/<str:token>/<int:article>/", comments_mine.stop, name="comment-stop"),
    path("comments/report/<int:pk>/", comments_reporting.report, name="comment-report"),
    path("comments/<int:pk>/", comment_threads.thread, name="comment-thread"),
    path("comments/<int:pk>/<int:page>/", comment_threads.thread, name="comment-page"),
    path("comments/<int:pk>/write/", comments_writing.write, name="comment-write"),
    path("comments/<int:pk>/feed.xml", comment_threads.feed, name="comment-feed"),
    path("push/worker.js", push.worker, name="push-worker"),
    path("push/key/", push.key, name="push-key"),
    path("push/icon.png", push.icon, name="push-icon"),
    path("push/devices/", push.register, name="push-register"),
    path("push/devices/leave/", push.leave, name="push-leave"),
    path("follow/ask/", following.ask, name="follow-ask"),
    path("follow/article/<int:pk>/", following.follow_article, name="follow-article"),
    path("follow/<slug:kind>/<int:pk>/", following.follow, name="follow"),
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
