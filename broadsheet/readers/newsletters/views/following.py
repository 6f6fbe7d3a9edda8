"""Following a section, an author or a story: by letter, by feed, on this device. The pages are leaves."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from broadsheet.newsroom.models import Article, Person, Section, Topic
from broadsheet.press.leaves import leaf
from broadsheet.press.pages.frame import frame
from broadsheet.readers.limits.senders import address_of
from broadsheet.readers.newsletters import followed, reads
from broadsheet.readers.newsletters.actions import subscribing
from broadsheet.readers.newsletters.errors import TooManyRequests
from broadsheet.readers.newsletters.followed import Followed
from broadsheet.readers.newsletters.forms import FollowForm
from broadsheet.readers.newsletters.wording import terms
from broadsheet.readers.same_site import is_same_site

MODELS: dict[str, Any] = {"section": Section, "author": Person, "topic": Topic}


@require_safe
def follow_article(request: HttpRequest, pk: int) -> HttpResponse:
    """The ways to follow what an article belongs to. No leaf: there would be one for each article."""
    article = get_object_or_404(Article.objects.live(), pk=pk)
    return _page(request, followed.of_article(article), article.title, chosen=1)


@leaf()
def follow(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The ways to follow one section, author or topic."""
    if kind not in MODELS:
        raise Http404
    found = get_object_or_404(MODELS[kind], pk=pk, **({"live": True} if kind == "section" else {}))
    one = followed.one(kind, found)
    return _page(request, [one], one.name)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Take a wish; with mistakes, show the form again with everything the reader wrote."""
    if request.method != "POST":
        return redirect("newsletters")
    if not is_same_site(request):
        return HttpResponseForbidden("This form can only be sent from its own page.")
    letter = reads.for_each_reader()
    form = FollowForm(request.POST)
    offered = followed.named(followed.read(request.POST.getlist("offered")[:30]))
    if letter is None or not form.is_valid():
        return _page(request, offered, _("Follow"), form=form, status=422)
    if form.is_trapped:
        return redirect("newsletters-asked")
    try:
        subscribing.ask(
            form.cleaned_data["email"],
            [letter],
            where=form.cleaned_data["where"] or "/follow/",
            sender=address_of(request),
            follows=form.cleaned_data["follows"],
        )
    except TooManyRequests as error:
        form.add_error(None, str(error))
        return _page(request, offered, _("Follow"), form=form, status=429)
    return redirect("newsletters-asked")


def _page(
    request: HttpRequest,
    offered: list[Followed],
    name: str,
    *,
    form: FollowForm | None = None,
    chosen: int = 0,
    status: int = 200,
) -> HttpResponse:
    title = _("Follow: %(name)s") % {"name": name}
    ticked = set(form.data.getlist("follows")) if form else {one.value for one in offered[: chosen or None]}  # type: ignore[attr-defined]  # a QueryDict
    context = {
        "frame": frame(title=title, path=request.path, robots="noindex"),
        "title": title,
        "offered": [(one, one.value in ticked) for one in offered],
        "letter": reads.for_each_reader(),
        "form": form,
        "terms": terms(),
    }
    return TemplateResponse(request, "readers/newsletters/follow.html", context, status=status).render()
