"""The call to subscribe on the paper's pages: the home page, sections, articles."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from broadsheet.newsroom.models import Article, HomePage, Section
from broadsheet.newsroom.page_context import provide
from broadsheet.readers.newsletters import reads
from broadsheet.readers.newsletters.wording import terms


@provide
def call_to_subscribe(page: Page, request: HttpRequest) -> dict[str, Any]:
    """The list that a page invites to, and what subscribing means."""
    if not isinstance(page, HomePage | Section | Article):
        return {}
    section = page.pk if isinstance(page, Section) else None
    return {"call_to_subscribe": reads.offered_for(section), "call_to_subscribe_terms": terms()}
