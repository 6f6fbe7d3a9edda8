"""Addresses of the paper."""

from __future__ import annotations

from django.urls import path, re_path
from wagtail import views as wagtail_views

from broadsheet.press import health
from broadsheet.press.boxes import live_boxes
from broadsheet.press.views import boxes, errors, feeds, files, pages, sitemaps

CURSOR = r"(?P<cursor>\d{8}T\d{12}-\d+)"
SECTION = r"(?P<path>[\w\-/]+?)"

urlpatterns = [
    path("", pages.page, name="home"),
    path("404.html", errors.missing, name="missing"),
    *(path(box.path.removeprefix("/"), boxes.fragment_of(box), name=f"box-{box.name}") for box in live_boxes()),
    path("503.html", errors.database_away, name="database-away"),
    path("health.json", health.view, name="health"),
    path("robots.txt", files.robots, name="robots"),
    re_path(r"^media/(?P<path>.+)$", files.media, name="media"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-pages.xml", sitemaps.pages, name="sitemap-pages"),
    path("sitemap-news.xml", sitemaps.news, name="sitemap-news"),
    re_path(
        r"^sitemap-(?P<year>\d{4})-(?P<month>\d\d)(?:-(?P<part>[2-9]|[1-9]\d{1,3}))?\.xml$",
        sitemaps.month,
        name="sitemap-month",
    ),
    path("feed/<str:file>", feeds.paper, name="feed"),
    path("authors/", pages.authors, name="authors"),
    path("authors/<slug:slug>/", pages.author, name="author"),
    path("authors/<slug:slug>/feed/<str:file>", feeds.author, name="author-feed"),
    re_path(rf"^authors/(?P<slug>[\w-]+)/older/{CURSOR}/$", pages.author, name="author-older"),
    path("topics/<slug:slug>/", pages.topic, name="topic"),
    path("topics/<slug:slug>/feed/<str:file>", feeds.topic, name="topic-feed"),
    re_path(rf"^topics/(?P<slug>[\w-]+)/older/{CURSOR}/$", pages.topic, name="topic-older"),
    path("archive/", pages.archive, name="archive"),
    re_path(rf"^archive/older/{CURSOR}/$", pages.archive, name="archive-older"),
    re_path(r"^archive/(?P<year>\d{4})/(?P<month>\d\d)/$", pages.archive_of, name="archive-month"),
    re_path(r"^archive/(?P<year>\d{4})/(?P<month>\d\d)/(?P<day>\d\d)/$", pages.archive_of, name="archive-day"),
    re_path(
        rf"^archive/(?P<year>\d{{4}})/(?P<month>\d\d)/older/{CURSOR}/$", pages.archive_of, name="archive-month-older"
    ),
    re_path(
        rf"^archive/(?P<year>\d{{4}})/(?P<month>\d\d)/(?P<day>\d\d)/older/{CURSOR}/$",
        pages.archive_of,
        name="archive-day-older",
    ),
    re_path(rf"^{SECTION}/feed/(?P<file>[\w.]+)$", feeds.section, name="section-feed"),
    re_path(rf"^{SECTION}/older/{CURSOR}/$", pages.older, name="section-older"),
    re_path(
        r"^_util/authenticate_with_password/(\d+)/(\d+)/$",
        wagtail_views.authenticate_with_password,
        name="wagtailcore_authenticate_with_password",
    ),
    re_path(r"^((?:[\w\-]+/)*)$", pages.page, name="wagtail_serve"),
]
