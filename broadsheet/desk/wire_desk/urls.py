"""Addresses of the wire desk, below /desk/wire/."""

from __future__ import annotations

from django.urls import path

from broadsheet.desk.wire_desk import act, views

app_name = "desk_wire"
urlpatterns = [
    path("", views.QueueView.as_view(), name="queue"),
    path("newer/", views.NewerView.as_view(), name="newer"),
    path("act/", act.ActView.as_view(), name="act"),
    path("<int:pk>/", views.ItemView.as_view(), name="item"),
]
