"""A page that says what happened, and nothing else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from broadsheet.press.pages.frame import frame


def done(request: HttpRequest, title: str, text: str, status: int = 200) -> HttpResponse:
    """The page, in the paper's frame.

    Args:
        request: whose path it stands at.
        title: its headline.
        text: a sentence or two.
        status: the HTTP status.
    """
    context = {"frame": frame(title=title, path=request.path, robots="noindex"), "title": title, "text": text}
    return TemplateResponse(request, "theme/pages/form_done.html", context, status=status).render()
