"""The demo's newsletters, some who subscribe to them, and a morning letter that waits for its editor."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from broadsheet.newsroom.models import ListKind
from broadsheet.ops.demo import texts
from broadsheet.ops.demo.people_and_sections import sections_by_slug
from broadsheet.readers.newsletters.actions import composing, subscribing
from broadsheet.readers.newsletters.models import Consent, Letter, Newsletter

READERS = 60
GIVEN = ("ada", "ben", "cleo", "dan", "elsa", "finn", "grete", "hugo", "ines", "jonas", "kit", "lena")
FAMILY = ("ashe", "brook", "cole", "dale", "ember")


def make_lists() -> None:
    """The lists of the demo's texts."""
    sections = sections_by_slug()
    for position, wanted in enumerate(texts.paper()["newsletters"], 1):
        values: dict[str, Any] = {key: value for key, value in wanted.items() if key not in {"slug", "section"}}
        if "section" in wanted:
            values |= {"kind": ListKind.SECTION, "ref": sections[wanted["section"]].pk}
        Newsletter.objects.update_or_create(slug=wanted["slug"], defaults={**values, "position": position})


def make_subscribers() -> None:
    """Readers who came with a file; the addresses are of a domain that nobody can have (RFC 2606)."""
    lists = list(Newsletter.objects.order_by("position"))
    for number in range(READERS):
        email = f"{GIVEN[number % len(GIVEN)]}.{FAMILY[number % len(FAMILY)]}{number}@example.org"
        agreed = timezone.now() - timedelta(days=3 * number + 1)
        for newsletter in [lists[0], *lists[1 + number % 3 :: 3]]:
            consent = Consent(act=Consent.Act.IMPORTED, at=agreed, where="The counter at Quay Street")
            subscribing.add(email, newsletter, consent)


def make_letter() -> None:
    """A draft of the first list's letter."""
    newsletter = Newsletter.objects.order_by("position").first()
    if newsletter is not None and not Letter.objects.filter(newsletter=newsletter).exists():
        letter, _ = composing.compose(newsletter)
        letter.introduction = texts.paper()["letter"]["introduction"]
        letter.edited_at = timezone.now()
        letter.save()
