"""Where the contact and takedown forms are sent.

The pages with the forms are leaves, the same for everybody and without a cookie, so there is no session that a forged
request could abuse; requests from other sites are refused by their Origin header all the same.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from broadsheet.newsroom.models import TextPage
from broadsheet.press.leaves import leaf
from broadsheet.readers.contact import actions
from broadsheet.readers.contact.errors import TooManyMessages
from broadsheet.readers.contact.forms import FORMS, ContactForm
from broadsheet.readers.limits.senders import address_of
from broadsheet.readers.said import done
from broadsheet.readers.same_site import is_same_site

THANKS = {
    "contact": ("Thank you", "Your message has reached the editors."),
    "takedown": ("Your request has been received", "An editor will look at it and write to you."),
}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, kind: str) -> HttpResponse:
    """Take a message; with mistakes, show the page again with everything the reader wrote."""
    if kind not in FORMS:
        raise Http404
    if request.method != "POST":  # the address of a form with mistakes, opened again
        page = TextPage.objects.live().filter(form=kind).first()
        return redirect(page.get_url() if page else "/")
    if not is_same_site(request):
        return HttpResponseForbidden("This form can only be sent from its own page.")
    form = FORMS[kind](request.POST)
    if not form.is_valid():
        return _again(request, kind, form, status=422)
    if form.is_trapped:
        return redirect("message-sent", kind=kind)
    message = form.save(commit=False)
    message.kind = kind
    try:
        actions.receive(message, address_of(request))
    except TooManyMessages as error:
        form.add_error(None, str(error))
        return _again(request, kind, form, status=429)
    return redirect("message-sent", kind=kind)


@leaf()
def sent(request: HttpRequest, kind: str) -> HttpResponse:
    """Thanks."""
    if kind not in THANKS:
        raise Http404
    return done(request, *THANKS[kind])


def _again(request: HttpRequest, kind: str, form: ContactForm, status: int) -> HttpResponse:
    page = TextPage.objects.live().filter(form=kind).first()
    if page is None:
        raise Http404
    context = {**page.get_context(request), "contact_form": form}
    return TemplateResponse(request, page.template, context, status=status)
