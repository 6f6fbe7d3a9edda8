"""The lists, and the archive of their letters: leaves of the press, so that what is withdrawn leaves them, too."""

from __future__ import annotations

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from broadsheet.newsroom.reads import reading
from broadsheet.press.leaves import leaf
from broadsheet.press.pages.frame import frame
from broadsheet.press.recorder import shows
from broadsheet.readers.newsletters import links, reads
from broadsheet.readers.newsletters.carried import carried
from broadsheet.readers.newsletters.errors import BadLink
from broadsheet.readers.newsletters.models import Letter, LetterLink, Newsletter
from broadsheet.readers.newsletters.wording import terms


@leaf()
def lists(request: HttpRequest) -> HttpResponse:
    """All lists, with the form."""
    title = _("Newsletters")
    around = frame(title=title, path="/newsletters/", description=_("Our letters, by mail."))
    offered = [(found, number == 0) for number, found in enumerate(reads.offered())]
    context = {"frame": around, "title": title, "lists": offered, "terms": terms()}
    return TemplateResponse(request, "readers/newsletters/lists.html", context).render()


@leaf()
def newsletter(request: HttpRequest, slug: str) -> HttpResponse:
    """A list: its promise, the form, its letters."""
    found = next((offered for offered in reads.offered() if offered.slug == slug), None)
    if found is None:
        raise Http404
    around = frame(title=found.name, path=found.get_absolute_url(), description=found.promise)
    context = {"frame": around, "newsletter": found, "letters": reads.archive(found), "terms": terms()}
    return TemplateResponse(request, "readers/newsletters/newsletter.html", context).render()


@leaf()
def letter(request: HttpRequest, slug: str, issue: str) -> HttpResponse:
    """A letter, with those of its articles that are still published."""
    with reading(reads.LISTS):  # its name and its address stand on the page
        found = get_object_or_404(
            Letter.objects.select_related("newsletter").defer("html", "text"),
            newsletter__slug=slug,
            issue=issue,
            state__in=Letter.OUT,
            newsletter__in=Newsletter.objects.exclude(rhythm=Newsletter.Rhythm.FOLLOWING),
        )
    shows(reads.letter_key(found.pk))
    around = frame(title=found.subject, path=found.get_absolute_url(), description=found.preheader)
    context = {"frame": around, "letter": found, "newsletter": found.newsletter, "terms": terms()}
    context["articles"] = carried(found, around.navigation)
    return TemplateResponse(request, "readers/newsletters/letter.html", context).render()


@require_safe
def go(request: HttpRequest, token: str) -> HttpResponse:
    """Follow a link of a letter: to where the letter links and nowhere else. It is counted; nobody's name is."""
    try:
        letter, number = links.read_click(token)
    except BadLink as error:
        raise Http404 from error
    link = get_object_or_404(LetterLink, letter=letter, number=number)
    if request.method == "GET":
        LetterLink.objects.filter(pk=link.pk).update(clicks=F("clicks") + 1)
    response = HttpResponseRedirect(link.url)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
