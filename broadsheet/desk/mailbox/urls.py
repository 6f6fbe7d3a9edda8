"""Addresses of the mailbox, under the desk's."""

from __future__ import annotations

from django.urls import path

from broadsheet.desk.mailbox import views

app_name = "mailbox"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("<int:pk>/", views.MailView.as_view(), name="mail"),
    path("<int:pk>/html/", views.html, name="html"),
]
