"""Surrogate keys: the name of a thing or a list that a leaf shows, by which it is purged.

Objects are named ``kind/id``, lists ``kind:id`` (see ``newsroom.listing_places``).
"""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from wagtail.documents.models import Document
from wagtail.models import Page, Site

from broadsheet.newsroom.models import Paper, Person, Picture, Rendition, Topic

NAVIGATION = "navigation"
UNNAMED = "unnamed"
"""Shown by leaves that read a list nobody named: every purge reaches them."""

WATCHED = (Page, Person, Topic, Picture, Paper, Site, Document)
"""Models whose objects are recorded while rendering, and purged when saved or deleted."""


@singledispatch
def key_of(instance: Any) -> str:
    """The surrogate key of an object. Further models register here."""
    return f"{instance._meta.model_name}/{instance.pk}"


@key_of.register
def _(instance: Page) -> str:
    return f"page/{instance.pk}"


@key_of.register
def _(instance: Rendition) -> str:
    return f"picture/{instance.image_id}"
