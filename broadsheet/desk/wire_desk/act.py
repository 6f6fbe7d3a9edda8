"""Carrying out what an editor ordered, and telling what came of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic.base import View
from wagtail.admin.utils import get_valid_next_url_from_request

from broadsheet.desk.actions import queue as verbs
from broadsheet.desk.actions.queue import Outcome
from broadsheet.desk.wire_desk.access import DecidesOnWire
from broadsheet.desk.wire_desk.orders import Order, Verb, read_order
from broadsheet.newsroom.models import Section
from broadsheet.wire.models import Item

PAST = {Verb.FILE: "filed", Verb.HOLD: "held", Verb.SPIKE: "spiked", Verb.UNSPIKE: "put back on the queue"}


class ActView(DecidesOnWire, View):
    """File, hold, spike or put back: one report by its row's button, or the ticked ones."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        order = read_order(request.POST)
        outcome = _carry_out(request, order) if order else Outcome(problems=["Choose one or more reports first."])
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse(_as_json(outcome))
        return self._answer(request, order, outcome)

    def _answer(self, request: HttpRequest, order: Order | None, outcome: Outcome) -> HttpResponse:
        for problem in outcome.problems:
            messages.error(request, problem)
        if order and not order.stay and outcome.articles:
            return redirect(edit_url(next(iter(outcome.articles.values())).pk))
        if order and outcome.done:
            reports = "1 report was" if len(outcome.done) == 1 else f"{len(outcome.done)} reports were"
            messages.success(request, f"{reports} {PAST[order.verb]}.")
        return redirect(get_valid_next_url_from_request(request) or reverse("desk_wire:queue"))


def edit_url(article: int) -> str:
    """Where an article is edited."""
    return reverse("wagtailadmin_pages:edit", args=[article])


def _carry_out(request: HttpRequest, order: Order) -> Outcome:
    found = Item.objects.select_related("source").in_bulk(order.items)
    items = [found[pk] for pk in order.items if pk in found]
    if order.verb != Verb.FILE:
        return {Verb.HOLD: verbs.hold, Verb.SPIKE: verbs.spike, Verb.UNSPIKE: verbs.unspike}[order.verb](items)
    section = Section.objects.filter(pk=order.section).first() if order.section else None
    if order.section and section is None:
        return Outcome(problems=["That section is gone: reload the page and choose another."])
    return verbs.file_all(items, section, request.user)  # type: ignore[arg-type]


def _as_json(outcome: Outcome) -> dict[str, object]:
    return {
        "done": outcome.done,
        "problems": outcome.problems,
        "articles": {
            item: {"title": article.title, "url": edit_url(article.pk)} for item, article in outcome.articles.items()
        },
    }
