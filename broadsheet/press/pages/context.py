"""What each kind of page adds to its template's context; registered with the newsroom when the press opens."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from broadsheet.newsroom.lists import ListRef
from broadsheet.newsroom.models import Article, HomePage, ListKind, Section, TextPage
from broadsheet.newsroom.page_context import provide
from broadsheet.press import structured_data
from broadsheet.press.pages import article as article_page
from broadsheet.press.pages import fronts
from broadsheet.press.pages.archive import archive
from broadsheet.press.pages.breaking import breaks_now
from broadsheet.press.pages.frame import absolute, feed_links, frame


@provide
def page_context(page: Page, request: HttpRequest) -> dict[str, Any]:
    """The context of a page that editors make."""
    return context_of(page)


@singledispatch
def context_of(page: Page) -> dict[str, Any]:
    """A page's context; other kinds of page register here."""
    return {"frame": frame(title=page.title, path=page.get_url() or "/")}


@context_of.register
def _(page: HomePage) -> dict[str, Any]:
    around = frame(
        title=page.seo_title,
        path="/",
        description=page.search_description,
        structured_data=[structured_data.paper()],
    )
    plans = fronts.plans_of(page.containers) or fronts.standard_plans(None)
    return {"frame": around, "containers": fronts.fill(plans, around.navigation)}


@context_of.register
def _(page: Section) -> dict[str, Any]:
    path = page.get_url() or "/"
    around = section_frame(page, path)
    plans = fronts.plans_of(page.containers) or fronts.standard_plans(page.pk)
    containers = fronts.fill(plans, around.navigation)
    of = ListRef(kind=ListKind.SECTION, ref=page.pk)
    listed = archive(of, path, around.navigation, without=fronts.used(containers))
    return {
        "frame": around,
        "section": page,
        "subsections": around.navigation.children(page.pk),
        "containers": containers,
        "archive": listed,
    }


@context_of.register
def _(page: Article) -> dict[str, Any]:
    path = page.get_url() or "/"
    authors = article_page.authors_of(page)
    around = frame(
        title=page.seo_title or page.title,
        path=path,
        description=page.search_description or page.standfirst,
        tree_path=page.path[: -page.steplen],
        canonical=page.source_url if page.canonical_elsewhere and page.source_url else absolute(path),
        social_title=page.social_title or page.title,
        social_type="article",
        picture=page.lead_picture,
        published_at=page.published_at,
        updated_at=page.updated_at,
    )
    topics = article_page.topics_of(page)
    older, newer = article_page.neighbours(page, around.navigation)
    documents = [structured_data.article(page, around, authors, topics), structured_data.breadcrumb(around, page.title)]
    around.structured_data.extend(documents)
    return {
        "frame": around,
        "article": page,
        "authors": authors,
        "topics": topics,
        "corrections": list(page.corrections.all()),
        "older": older,
        "newer": newer,
        "related": article_page.related(page, topics, around.navigation),
        "share": article_page.share_links(page, path),
        "breaks": breaks_now(page),
        "source_date": article_page.source_date(page),
    }


@context_of.register
def _(page: TextPage) -> dict[str, Any]:
    around = frame(
        title=page.seo_title or page.title,
        path=page.get_url() or "/",
        description=page.search_description or page.intro,
    )
    return {"frame": around}


def section_frame(section: Section, path: str) -> Any:
    """The frame of a section's front and of its archive pages."""
    around = frame(
        title=section.seo_title or section.title,
        path=path,
        description=section.search_description or section.intro,
        tree_path=section.path,
        own_feeds=feed_links(section.title, section.get_url() or "/"),
    )
    around.structured_data.append(structured_data.breadcrumb(around))
    return around
