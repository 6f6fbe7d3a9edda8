"""Saying which views are pages of the edition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

View = Callable[..., HttpResponse]


@dataclass(frozen=True, kw_only=True)
class LeafTerms:
    """How a view's answers are kept."""

    hot: bool
    """Rendered at once after a purge, instead of when next asked for."""
    seconds: int | None
    """How long it stays true without a purge; None for as long as nothing it shows changes."""
    surveyed: bool = False
    """The survey lists all its addresses: one that it does not know leads nowhere, and nobody is asked."""


def leaf(*, hot: bool = False, seconds: int | None = None, surveyed: bool = False) -> Callable[[View], View]:
    """Mark a view as a page of the edition: the same for every reader, rendered once and kept until purged.

    The view is called without cookies or query; an answer other than 200, or one for which ``keep_out`` was
    called, is not kept.
    """
    terms = LeafTerms(hot=hot, seconds=seconds, surveyed=surveyed)

    def mark(view: View) -> View:
        @wraps(view)
        def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in {"GET", "HEAD"}:
                return HttpResponseNotAllowed(["GET", "HEAD"])
            return view(request, *args, **kwargs)

        marked.leaf_terms = terms  # type: ignore[attr-defined]
        marked.csrf_exempt = True  # type: ignore[attr-defined]  # takes nothing in: other methods get 405, not 403
        return marked

    return mark


def terms_of(view: View) -> LeafTerms | None:
    """How a view's answers are kept; None if they are not."""
    return getattr(view, "leaf_terms", None)


def keep_out(request: HttpRequest) -> None:
    """This answer is not for everybody: do not keep it."""
    request.META["broadsheet.keep_out"] = True


def is_kept_out(environ: dict[str, Any]) -> bool:
    """Whether ``keep_out`` was called while answering."""
    return bool(environ.get("broadsheet.keep_out"))
