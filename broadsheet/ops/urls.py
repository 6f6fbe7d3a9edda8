"""Addresses: the desk and its services first, then the readers' pages."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("desk/", include("broadsheet.desk.urls")),
    path("desk/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("broadsheet.readers.urls")),
    path("", include("broadsheet.press.urls")),
]

if settings.ANYMAIL.get("WEBHOOK_SECRET"):  # without it anybody could report anything
    urlpatterns.insert(0, path("mail-reports/", include("anymail.urls")))

handler404 = "broadsheet.press.views.errors.not_found"
handler500 = "broadsheet.press.views.errors.failed"
