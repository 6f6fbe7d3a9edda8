"""Surrogate keys: the name of a thing or a list that a leaf shows, by which it is purged.

Objects are named ``kind/id`` and their facets ``kind/id#facet`` (see ``facets``), lists ``kind:id`` (see
``newsroom.listing_places``).
"""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Page, Site

from broadsheet.newsroom.models import (
    Byline,
    Correction,
    Paper,
    Person,
    Picture,
    RelatedLink,
    Rendition,
    Topic,
    TopicLink,
)

UNNAMED = "unnamed"
"""Shown by leaves that read a list nobody named: every purge reaches them."""

WATCHED = (Page, Person, Topic, Picture, Paper, Site, Document, Redirect)
"""Models whose objects are recorded while rendering, and purged when saved or deleted."""

PARTS = {Byline: "bylines", TopicLink: "topic_links", RelatedLink: "related_links", Correction: "corrections"}
"""Rows that belong to an article, with the name of the relation: a change of one is a change of its article."""


@singledispatch
def key_of(instance: Any) -> str:
    """The surrogate key of an object. Further models register here."""
    return f"{instance._meta.model_name}/{instance.pk}"


@key_of.register
def _(instance: Page) -> str:
    return f"page/{instance.pk}"


@key_of.register
def _(instance: Rendition) -> str:
    return key_of_picture(instance.image_id)


def key_of_picture(pk: int) -> str:
    """The surrogate key of a picture that need not be loaded."""
    return f"picture/{pk}"


def facet_key(key: str, facet: str) -> str:
    """The key of a facet of an object; of the whole for no facet."""
    return f"{key}#{facet}" if facet else key


def under(section: int) -> str:
    """The key of all pages below a section, whose addresses begin with its own."""
    return f"under/{section}"
