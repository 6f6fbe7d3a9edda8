"""The readers' room's own addresses."""

from __future__ import annotations

from django.urls import path

from broadsheet.readers.contact import views as contact
from broadsheet.readers.search import views as search

urlpatterns = [
    path("search/", search.search, name="search"),
    path("messages/<slug:kind>/", contact.send, name="message-send"),
    path("messages/<slug:kind>/sent/", contact.sent, name="message-sent"),
]
