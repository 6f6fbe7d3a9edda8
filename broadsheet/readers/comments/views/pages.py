"""What the views of comments have in common: private pages, refusals, whose session it is."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from broadsheet.newsroom.models import Article
from broadsheet.press.pages.frame import frame
from broadsheet.readers.comments import reads
from broadsheet.readers.comments.errors import BadLink
from broadsheet.readers.comments.models import Comment
from broadsheet.readers.said import done

METHODS = ["GET", "HEAD", "POST"]


def private(
    request: HttpRequest, template: str, title: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page that is one reader's: kept nowhere, its address told to nobody."""
    whole = {**context, "frame": frame(title=title, path=request.path, robots="noindex"), "title": title}
    response = TemplateResponse(request, f"readers/comments/{template}", whole, status=status).render()
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def bad_link(request: HttpRequest, error: BadLink) -> HttpResponse:
    """A link of a mail that leads nowhere."""
    return done(request, _("This link does not work"), str(error), status=404)


def other_site() -> HttpResponse:
    """A form of ours that another site sent."""
    return HttpResponseForbidden("This form can only be sent from its own page.")


def article_of(pk: int) -> Article:
    """A published article with comments; 404 for any other."""
    found: Article = get_object_or_404(Article.objects.live(), pk=pk)
    if found.comments_are == "off" or not reads.how().taken:
        raise Http404
    return found


def shown_comment(pk: int) -> Comment:
    """A comment that everybody can read; 404 for any other."""
    found: Comment = get_object_or_404(
        Comment.objects.select_related("article"), pk=pk, state=Comment.State.APPROVED, article__live=True
    )
    return found
