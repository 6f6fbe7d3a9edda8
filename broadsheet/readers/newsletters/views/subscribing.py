"""Subscribing, confirming, choosing, leaving.

Every link in a mail is followed by programs that look for harm, so GET changes nothing: it shows a page with a button.
The forms carry no cookie and no token (decision 7): what they do needs the signed link, or is confirmed by mail.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from broadsheet.press.leaves import leaf
from broadsheet.press.pages.frame import frame
from broadsheet.readers.limits.senders import address_of
from broadsheet.readers.newsletters import followed, links, reads
from broadsheet.readers.newsletters.actions import subscribing
from broadsheet.readers.newsletters.errors import BadLink, TooManyRequests
from broadsheet.readers.newsletters.forms import ChoiceForm, SubscribeForm
from broadsheet.readers.newsletters.models import Follow, Newsletter
from broadsheet.readers.newsletters.wording import terms
from broadsheet.readers.said import done
from broadsheet.readers.same_site import is_same_site

METHODS = ["GET", "HEAD", "POST"]
OTHER_SITE = "This form can only be sent from its own page."


@csrf_exempt
@require_http_methods(METHODS)
def subscribe(request: HttpRequest) -> HttpResponse:
    """Take a wish; with mistakes, show the form again with everything the reader wrote."""
    if request.method != "POST":
        return redirect("newsletters")
    if not is_same_site(request):
        return HttpResponseForbidden(OTHER_SITE)
    form = SubscribeForm(request.POST)
    if not form.is_valid():
        return _form_again(request, form, status=422)
    if form.is_trapped:
        return redirect("newsletters-asked")
    wish = form.cleaned_data
    try:
        subscribing.ask(
            wish["email"], wish["lists"], where=wish["where"] or "/newsletters/", sender=address_of(request)
        )
    except TooManyRequests as error:
        form.add_error(None, str(error))
        return _form_again(request, form, status=429)
    return redirect("newsletters-asked")


@leaf()
def asked(request: HttpRequest) -> HttpResponse:
    """Where every request ends, whoever it was for."""
    text = _(
        "If the address is right, a mail with a link is on its way to it. Press the button behind the link, and you "
        "will get the letters. Without that we keep nothing."
    )
    return done(request, _("Look into your mailbox"), text)


@csrf_exempt
@require_http_methods(METHODS)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in the mail: a button, and what pressing it does."""
    try:
        wish = links.read_confirmation(token)
    except BadLink as error:
        return _bad_link(request, error)
    lists = Newsletter.objects.filter(pk__in=wish.lists, active=True)
    if not lists:
        return _bad_link(request, BadLink("What you asked for is no longer offered: see all our letters."))
    if request.method == "POST":
        if not is_same_site(request):
            return HttpResponseForbidden(OTHER_SITE)
        subscriber = subscribing.confirm(wish)
        return redirect("newsletters-me", links.token_of(subscriber.pk, subscriber.key))
    named = followed.named(wish.follows)
    context = {"lists": lists, "follows": named, "email": wish.email, "terms": terms()}
    return _page(request, "confirm.html", _("One more click"), context)


@csrf_exempt
@require_http_methods(METHODS)
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """A subscriber's own page: which letters they get, and the way out."""
    try:
        subscriber = links.subscriber_of(token)
    except BadLink as error:
        return _bad_link(request, error)
    if request.method == "POST":
        if not is_same_site(request):
            return HttpResponseForbidden(OTHER_SITE)
        if "forget" in request.POST:
            subscribing.forget(subscriber)
            return done(request, _("Your address is deleted"), _("You will get no more letters, and we keep nothing."))
        form = ChoiceForm(request.POST)
        if form.is_valid():
            follows = followed.read(request.POST.getlist("follows"))
            subscribing.choose(subscriber, form.cleaned_data["lists"], where="/newsletters/me/", follows=follows)
        return redirect("newsletters-me", token)
    on = set(subscriber.subscriptions.filter(active=True).values_list("newsletter_id", flat=True))
    lists = [
        (found, found.pk in on)
        for found in Newsletter.objects.all()
        if found.pk in on or (found.active and not found.is_personal)
    ]
    named = followed.named(Follow.objects.filter(subscriber=subscriber).values_list("kind", "ref"))
    context = {"subscriber": subscriber, "lists": lists, "on": len(on), "follows": named, "terms": terms()}
    return _page(request, "mine.html", _("Your letters"), context)


@csrf_exempt
@require_http_methods(METHODS)
def leave(request: HttpRequest, token: str, slug: str) -> HttpResponse:
    """Leave a list. A mail program's POST (RFC 8058) comes from anywhere without a cookie: it needs only the link."""
    try:
        subscriber = links.subscriber_of(token)
    except BadLink as error:
        return _bad_link(request, error)
    newsletter = get_object_or_404(Newsletter, slug=slug)
    context = {"newsletter": newsletter, "subscriber": subscriber, "token": token}
    if request.method == "POST":
        subscribing.leave(subscriber, newsletter, where="/newsletters/leave/")
        return _page(request, "left.html", _("You have left"), context)
    return _page(request, "leave.html", _("Leave this letter?"), context)


def _form_again(request: HttpRequest, form: SubscribeForm, status: int) -> HttpResponse:
    chosen = set(form.data.getlist("lists"))  # type: ignore[attr-defined]  # a QueryDict: it came by POST
    lists = [(found, found.slug in chosen) for found in reads.offered()]
    context = {"lists": lists, "form": form, "terms": terms()}
    return _page(request, "lists.html", _("Newsletters"), context, status=status)


def _bad_link(request: HttpRequest, error: BadLink) -> HttpResponse:
    return done(request, _("This link does not work"), str(error), status=404)


def _page(request: HttpRequest, template: str, title: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page that is one reader's: kept nowhere, its address told to nobody."""
    around = frame(title=title, path="/newsletters/", robots="noindex")
    whole = {**context, "frame": around, "title": title}
    response = TemplateResponse(request, f"readers/newsletters/{template}", whole, status=status).render()
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
