"""System checks of the newsroom: pages that nobody can read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as Advice
from django.db import DatabaseError
from wagtail.models import Page

from broadsheet.newsroom.own_addresses import HOME_DEPTH, is_own


@register(Tags.database)
def pages_are_found(app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """No page stands where the site itself answers, as after an upgrade that brought new addresses."""
    if not databases:
        return []
    try:
        pages = list(Page.objects.filter(depth=HOME_DEPTH + 1).order_by("path"))
    except DatabaseError:  # a new site: there are no tables yet
        return []
    return [_hidden(page) for page in pages if is_own(page.slug)]


def _hidden(page: Page) -> CheckMessage:
    return Advice(
        f"“{page.title}” (page {page.pk}) is hidden: addresses of the site itself begin with /{page.slug}/.",
        hint=f"Give it another slug at /desk/pages/{page.pk}/edit/ (Promote > Slug), and tell those who link to it.",
        id="newsroom.W001",
    )
