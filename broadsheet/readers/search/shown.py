"""Hits as they are shown: rendered once for a shell of the page, then filled with the words that were found.

Most searches find what is new, and so the same articles: reading and rendering twenty cards was a third of the time.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from broadsheet.newsroom import lists
from broadsheet.press.pages.cards import card
from broadsheet.readers.search.find import Hit
from broadsheet.readers.search.shell import Shell

MOST = 1000
"""Hits that are kept: some two megabytes."""
GAP = "\ue000snippet\ue001"


def shown(hits: Sequence[Hit], around: Shell) -> list[SafeString]:
    """Hits as HTML, in order, without those that are not published any more; three queries at most."""
    known = around.hits
    rendered = {hit.article: html for hit in hits if (html := known.get(hit.article))}
    if missing := [hit.article for hit in hits if hit.article not in rendered]:
        if len(known) > MOST:
            known.clear()
        for pk, article in lists.hits(missing).items():
            context = {"card": card(article, around.navigation), "snippet": GAP}
            rendered[pk] = known[pk] = render_to_string("theme/partials/hit.html", context)
    filled = [rendered[hit.article].replace(GAP, hit.snippet) for hit in hits if hit.article in rendered]
    return [mark_safe(html) for html in filled]  # noqa: S308 (the theme's template, and a snippet that is safe)
