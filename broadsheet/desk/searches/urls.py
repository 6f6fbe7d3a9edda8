"""Addresses of the searched terms, below /desk/searches/."""

from __future__ import annotations

from django.urls import path

from broadsheet.desk.searches import views

app_name = "desk_searches"
urlpatterns = [
    path("", views.SearchesView.as_view(), name="terms"),
    path("export/", views.ExportView.as_view(), name="export"),
]
