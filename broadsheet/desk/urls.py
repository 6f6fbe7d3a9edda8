"""Addresses of the desk outside Wagtail's own."""

from __future__ import annotations

from django.urls import path

from broadsheet.desk import entry

urlpatterns = [
    path("enter/<str:number>/<str:token>/", entry.enter, name="one_time_entry"),
]
