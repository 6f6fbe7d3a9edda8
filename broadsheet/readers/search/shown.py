"""Hits as they are shown: rendered once for a shell of the page, then filled with the words that were found.

Most searches find what is new, and so the same articles: reading and rendering twenty cards was a third of the time.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from broadsheet.readers.search.find import Hit
from broadsheet.readers.search.hit_cards import hit_cards
from broadsheet.readers.search.shell import Shell

MOST = 4000
"""Hits that are kept: some eight megabytes."""
GAP = "\ue000snippet\ue001"


def shown(hits: Sequence[Hit], around: Shell) -> list[SafeString]:
    """Hits as HTML, in order, without those that are not published any more; three queries at most."""
    known = around.hits
    rendered = {hit.article: html for hit in hits if (html := known.get(hit.article))}
    if missing := [hit.article for hit in hits if hit.article not in rendered]:
        if len(known) > MOST:
            for old in [*known][: len(known) // 2]:  # another thread may be at it as well
                known.pop(old, None)
        template = get_template("theme/partials/hit.html")
        for pk, card in hit_cards(missing, around.navigation).items():
            rendered[pk] = known[pk] = template.render({"card": card, "snippet": GAP})
    filled = [rendered[hit.article].replace(GAP, hit.snippet) for hit in hits if hit.article in rendered]
    return [mark_safe(html) for html in filled]  # noqa: S308 (the theme's template, and a snippet that is safe)
