"""Addresses of the figures, below /desk/reading/."""

from __future__ import annotations

from django.urls import path

from broadsheet.desk.reading import views

app_name = "desk_reading"
urlpatterns = [
    path("", views.ReadingView.as_view(), name="now"),
    path("figures/", views.FiguresView.as_view(), name="figures"),
    path("unpin/<int:pk>/", views.UnpinView.as_view(), name="unpin"),
    path("export/", views.ExportView.as_view(), name="export"),
]
