"""The list that the editor's side panel shows; a page of its own for whoever opens its address."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from broadsheet.newsroom.errors import RightsBreached
from broadsheet.newsroom.models import Article
from broadsheet.press import impact as press
from broadsheet.press.edition import open_edition

SHOWN = 200
"""Pages in the list; a longer one says how many more there are."""


def impact(request: HttpRequest, pk: int) -> HttpResponse:
    """What publishing the latest draft will change; for a published article also what withdrawing it would.

    Nothing is changed by asking.
    """
    article = get_object_or_404(Article, pk=pk)
    if not article.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    withdrawing = "withdraw" in request.GET and article.live
    context: dict[str, object] = {"article": article, "withdrawing": withdrawing}
    try:
        of = press.of_withdrawing if withdrawing else press.of_publishing
        found = of(article, open_edition())
    except RightsBreached as error:
        context["refused"] = str(error)
    else:
        context |= {"impact": found, "shown": found.touched[:SHOWN], "more": max(0, len(found.touched) - SHOWN)}
    return render(request, "desk/impact/list.html", context)
