"""Addresses of the comments' queue, below /desk/comments/."""

from __future__ import annotations

from django.urls import path

from broadsheet.desk.comments import act, views

app_name = "desk_comments"
urlpatterns = [
    path("", views.QueueView.as_view(), name="queue"),
    path("act/", act.ActView.as_view(), name="act"),
]
