"""What a page's template is given, gathered from the rooms that know it.

The newsroom renders its pages in two ways (published, and as an editor's preview) and knows nothing of feeds or
structured data, which come from rooms above. They register a provider here when they start.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

Provider = Callable[[Page, HttpRequest], dict[str, Any]]

_providers: list[Provider] = []


def provide(provider: Provider) -> Provider:
    """Register what a room adds to every page's context; usable as a decorator."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def gather(page: Page, request: HttpRequest) -> dict[str, Any]:
    """Everything the providers give for a page; a later provider wins over an earlier one."""
    context: dict[str, Any] = {}
    for provider in _providers:
        context.update(provider(page, request))
    return context
