"""The admin's other ways to publish, held to the rights before they begin. The model's check stays the last gate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.models import Page

from broadsheet.desk.publishing.form import APPROVE, ends_workflow
from broadsheet.newsroom import rights
from broadsheet.newsroom.models import Article


def refuse_bulk_publishing(request: HttpRequest, action_type: str, pages: Iterable[Any], action: Any) -> Any:
    """A before_bulk_action hook: nothing is published if the rights forbid one of the chosen articles."""
    if action_type != "publish":
        return None
    below = bool(request.POST.get("include_descendants"))
    problems = [problem for article in _chosen(pages, below=below) for problem in problems_of(article)]
    if not problems:
        return None
    for problem in problems[:10]:
        messages.error(request, problem)
    messages.warning(request, "Nothing was published: mend these articles, or choose others.")
    return redirect(get_valid_next_url_from_request(request) or "desk_articles:list")


def problems_of(article: Article) -> list[str]:
    """What forbids publishing an article's latest draft, each with its headline."""
    draft = article.get_latest_revision_as_object()
    return [f"“{draft.title}”: {breach.message}" for breach in rights.breaches(draft.rights_facts())]


class ApproveView(WorkflowActionView):
    """Approving from the dashboard or the side panel: refused with the cause where the rights forbid publishing."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        problems = _against_approval(self.object, self.action_name)
        if not problems:
            return super().post(request, *args, **kwargs)
        for problem in problems:
            messages.error(request, problem)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return self.render_modal_json(request, {"step": "success", "redirect": self.redirect_url})
        return redirect(self.redirect_url)


def _against_approval(page: Page, action: str) -> list[str]:
    article = page.specific
    if action != APPROVE or not isinstance(article, Article) or not ends_workflow(article):
        return []
    return problems_of(article)


def _chosen(pages: Iterable[Any], *, below: bool) -> Iterator[Article]:
    for page in pages:
        specific = page.specific
        if isinstance(specific, Article):
            yield specific
        elif below:
            yield from Article.objects.descendant_of(page).filter(live=False).iterator(chunk_size=200)
