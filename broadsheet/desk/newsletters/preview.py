"""A letter as its readers will see it, shut in a frame: in the light, in the dark, as plain text."""

from __future__ import annotations

import re
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from broadsheet.desk.mailbox.views import shut_in
from broadsheet.desk.newsletters.access import may_see
from broadsheet.readers.newsletters import rendering
from broadsheet.readers.newsletters.decide import personal
from broadsheet.readers.newsletters.models import Letter

_DARK = re.compile(r"\(prefers-color-scheme:\s*dark\)")


@require_safe
@may_see
def html(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML; ``?dark`` shows it as a mail program in the dark does, ``?light`` as others do."""
    found = shown(get_object_or_404(Letter.objects.select_related("newsletter"), pk=pk)).html
    found = _DARK.sub("(min-width:0)" if "dark" in request.GET else "(max-width:0)", found)
    return shut_in(found)


def shown(letter: Letter) -> rendering.Rendered:
    """A letter as it went out; one that has not, as it would now."""
    if letter.html:
        found = rendering.Rendered(subject=letter.subject, html=letter.html, text=letter.text)
    else:
        found = rendering.render(letter, counted=False)
    return replace(found, html=personal.whole(found.html), text=personal.whole(found.text))
