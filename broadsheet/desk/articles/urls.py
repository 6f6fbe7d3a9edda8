"""Addresses of the articles' screens, below /desk/articles/."""

from __future__ import annotations

from django.urls import path

from broadsheet.desk.articles import views
from broadsheet.desk.impact.views import impact

app_name = "desk_articles"
urlpatterns = [
    path("", views.ArticlesView.as_view(), name="list"),
    path("new/", views.NewArticleView.as_view(), name="new"),
    path("<int:pk>/live/", views.live, name="live"),
    path("<int:pk>/impact/", impact, name="impact"),
]
