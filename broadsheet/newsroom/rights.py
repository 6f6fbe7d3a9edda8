"""What a source's rights allow. Pure: the rules that publication is held to (row W8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import models

EXCERPT_WORDS = 80


class Rights(models.TextChoices):
    """How much of a text may be published."""

    OWN = "own", "Our own reporting"
    HEADLINE = "headline", "Headline and link only"
    EXCERPT = "excerpt", f"Excerpt (up to {EXCERPT_WORDS} words) and link"
    FULL_TEXT = "full_text", "Full text under the licence named"


@dataclass(frozen=True, kw_only=True)
class RightsFacts:
    """What is about to be published, as far as rights are concerned."""

    rights: str
    """A value of Rights."""
    words: int
    """Words of the body."""
    source_name: str
    """The source's name; empty if none is named."""
    source_url: str
    """The original report's address; empty if none is given."""
    licence: str
    """The licence's name; empty if none is named."""
    pictures_allowed: bool
    """Whether the source lets us show its pictures."""
    shows_source_picture: bool
    """Whether the lead picture came from a source."""
    embargo_until: datetime | None
    """Not to be published before; None for no embargo."""
    now: datetime
    """The moment of publication."""


@dataclass(frozen=True, kw_only=True)
class Breach:
    """One right that would be broken."""

    field: str
    """The article's field to mend."""
    message: str
    """What is wrong and what to do, for the editor."""


def breaches(facts: RightsFacts) -> tuple[Breach, ...]:
    """Every right that publishing now would break; empty when all is well."""
    found = [*_of_embargo(facts)]
    if facts.rights != Rights.OWN:
        found += [*_of_text(facts), *_of_source(facts), *_of_picture(facts)]
    return tuple(found)


def _of_embargo(facts: RightsFacts) -> list[Breach]:
    if facts.embargo_until and facts.now < facts.embargo_until:
        when = f"{facts.embargo_until:%d %B %Y %H:%M %Z}"
        return [Breach(field="embargo_until", message=f"Under embargo until {when}: schedule it for then.")]
    return []


def _of_text(facts: RightsFacts) -> list[Breach]:
    allowed = {Rights.HEADLINE: 0, Rights.EXCERPT: EXCERPT_WORDS}.get(Rights(facts.rights))
    if allowed is None or facts.words <= allowed:
        return []
    name = facts.source_name or "the source"
    return [
        Breach(
            field="body",
            message=f"{name} allows {allowed} words of text and there are {facts.words}: "
            "shorten it, or write it anew and set the rights to our own reporting.",
        )
    ]


def _of_source(facts: RightsFacts) -> list[Breach]:
    found = []
    if not (facts.source_name and facts.source_url):
        found.append(
            Breach(field="source_url", message="A report from a source must name it and link to the original.")
        )
    if facts.rights == Rights.FULL_TEXT and not facts.licence:
        found.append(Breach(field="source_licence", message="Name the licence under which the full text is used."))
    return found


def _of_picture(facts: RightsFacts) -> list[Breach]:
    if facts.shows_source_picture and not facts.pictures_allowed:
        return [
            Breach(field="lead_picture", message="The source does not allow its pictures: choose another lead picture.")
        ]
    return []
