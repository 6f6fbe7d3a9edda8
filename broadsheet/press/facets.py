"""Facets: which part of an object a leaf shows, so that a change of another part does not touch it.

An object's whole is named ``page/12``; its facets ``page/12#card``. A leaf that loaded an object with no more than a
facet's fields depends on that facet; one that loaded more depends on the whole. A change writes the key of the whole
and of each facet that a changed field belongs to. A field that no facet names belongs to the whole alone, so forgetting
one costs a rendering, never a stale page.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from wagtail.models import Page

from broadsheet.newsroom.models import Article, Paper, Person, Picture, Section, Topic

LINK, CARD, LOOK, FEED, FILE, MASTHEAD = "link", "card", "look", "feed", "file", "masthead"
STANDFIRST, UPDATED, MINUTES, BYLINES = "standfirst", "updated", "minutes", "bylines"
STANDING = "standing"
"""That a page is published at all: what a page with a baked-in live box depends on."""

PAGE_LINK = frozenset({"title", "slug", "url_path", "live", "path", "depth", "locale"})
ARTICLE_CARD = frozenset({"title", "slug", "path", "depth", "live"})
ARTICLE_LOOK = frozenset(
    {"label", "format", "lead_picture", "published_at", "source_name", "canonical_elsewhere", "breaking"}
)

PAGE = {LINK: PAGE_LINK, STANDING: frozenset({"live"})}

PICTURE_FILE = frozenset({"file", "width", "height", "file_hash"})

FACETS: dict[type[Any], dict[str, frozenset[str]]] = {
    Page: PAGE,
    Article: {
        **PAGE,
        CARD: ARTICLE_CARD,
        LOOK: ARTICLE_LOOK,
        STANDFIRST: frozenset({"standfirst"}),
        UPDATED: frozenset({"updated_at"}),
        MINUTES: frozenset({"words"}),
        BYLINES: frozenset({"bylines"}),
    },
    Section: {**PAGE, FEED: PAGE_LINK | {"intro"}},
    Person: {CARD: frozenset({"name", "slug", "portrait"})},
    Topic: {CARD: frozenset({"name", "slug"})},
    Picture: {
        FILE: PICTURE_FILE,
        CARD: PICTURE_FILE
        | {"focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"},
    },
    Paper: {
        MASTHEAD: frozenset({"name", "tagline", "copyright", "site"}),
        **{field.name: frozenset({field.name}) for field in Paper._meta.concrete_fields},
    },
}  # fmt: skip

IDENTITY = frozenset({"id", "page_ptr", "content_type"})
"""Fields that say which object it is, and never change."""

NOT_SHOWN = frozenset(
    {
        "draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at", "live_revision",
        "locked", "locked_at", "locked_by", "owner", "go_live_at", "expire_at", "approved_schedule", "expired",
        "first_published_at", "last_published_at", "translation_key", "numchild", "minor_change", "embargo_until",
        "alias_of", "collection", "created_at", "uploaded_by_user", "file_size",
    }
)  # fmt: skip
"""Fields that no page shows; what they bring about (going live, leaving) changes others."""


def facets_of(model: type[Any]) -> dict[str, frozenset[str]]:
    """A model's facets by name; for a page's class that has none of its own, those of every page."""
    for kind in model.__mro__:
        if kind in FACETS:
            return FACETS[kind]
    return {}


def facet_loaded(model: type[Any], fields: Collection[str]) -> str:
    """The facet that has all these fields of a model; empty for the whole."""
    wanted = frozenset(fields) - IDENTITY
    return next((name for name, own in facets_of(model).items() if wanted <= own), "")


def facets_changed(model: type[Any], fields: Collection[str]) -> tuple[str, ...]:
    """The facets that a change of these fields touches; the whole ("") first. Nothing if no page shows any of them."""
    shown = frozenset(fields) - NOT_SHOWN
    if not shown:
        return ()
    return ("", *(name for name, own in facets_of(model).items() if shown & own))


def every_facet(model: type[Any]) -> tuple[str, ...]:
    """All facets of a model, the whole first."""
    return ("", *facets_of(model))
