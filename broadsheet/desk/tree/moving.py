"""Moves to where readers would not find the page, refused before they begin. The model's check stays the last gate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page

from broadsheet.newsroom.own_addresses import hides, refusal


def refuse_move(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """A before_move_page hook."""
    if not _is_refused(page, destination):
        return None
    messages.error(request, _told(page))
    return redirect("wagtailadmin_pages:move", page.pk)


def refuse_bulk_move(request: HttpRequest, action_type: str, pages: Iterable[Page], action: Any) -> Any:
    """A before_bulk_action hook: none is moved if one of them must not be."""
    if action_type != "move":
        return None
    destination = action.cleaned_form.cleaned_data["chooser"]
    refused = [page for page in pages if _is_refused(page, destination)]
    if not refused:
        return None
    for page in refused[:10]:
        messages.error(request, _told(page))
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")


def _is_refused(page: Page, destination: Page) -> bool:
    return hides(page.slug, destination) and not page.is_child_of(destination)


def _told(page: Page) -> str:
    return f"“{page.title}” was not moved. {refusal(page.slug)}"
