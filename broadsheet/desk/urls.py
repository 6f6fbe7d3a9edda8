"""Addresses of the desk outside Wagtail's own."""

from __future__ import annotations

from django.urls import path
from wagtail.admin.auth import require_admin_access

from broadsheet.desk import entry
from broadsheet.desk.tree.chooser import BrowseView

_choose = require_admin_access(BrowseView.as_view())

urlpatterns = [
    # Before Wagtail's own of the same addresses, whose names it keeps.
    path("choose-page/", _choose),
    path("choose-page/<int:parent_page_id>/", _choose),
    path("enter/<str:number>/<str:token>/", entry.enter, name="one_time_entry"),
]
