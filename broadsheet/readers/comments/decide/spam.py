"""Whether a comment may be published, must be looked at, or is spam: from its signs, which moderators read. Pure."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

QUICK = 4.0
"""Seconds in which nobody writes a comment."""
SURELY_SPAM, LIKELY_SPAM = 0.97, 0.7
ENOUGH = 15
"""Comments of each kind that must have been learned from, before the classifier says anything."""
TELLING = 20
"""Words that decide: those that say most."""
LONGEST_WORD = 40
MOST_WORDS = 400
SPAM, LOOK, PUBLISH = "spam", "waiting", "approved"
_WORD = re.compile(r"https?://[^\s/]+|[^\W_][\w'’-]+|[^\w\s]{3,}")


@dataclass(frozen=True, kw_only=True)
class Signs:
    """What is known of a comment as it comes in."""

    trapped: bool = False
    """A field that people do not see was filled in."""
    seconds: float | None = None
    """From opening the form to sending it, as far as is known."""
    links: int = 0
    """Addresses in it."""
    most_links: int = 1
    """How many need no moderator."""
    repeated: bool = False
    """The same text stands elsewhere already."""
    shouted: bool = False
    """It is in capitals."""
    spam: float | None = None
    """What the classifier thinks, 0 to 1; None if it has learned too little."""
    service: bool | None = None
    """What a service thinks that the site has asked; None if it was not asked or did not answer."""
    approved_before: int = 0
    """Published comments of the same writer."""
    staff: bool = False
    """It is the newsroom's own."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What is done with a comment."""

    state: str
    """SPAM, LOOK or PUBLISH."""
    signs: tuple[str, ...]
    """Why, for moderators."""


def judge(signs: Signs, before: str) -> Verdict:
    """Decide.

    Args:
        signs: what is known.
        before: what moderators see before publication: ``all``, ``first`` or ``odd``.
    """
    if signs.staff:
        return Verdict(state=PUBLISH, signs=())
    surely, odd = _surely(signs), _odd(signs)
    if surely:
        return Verdict(state=SPAM, signs=(*surely, *odd))
    first = ["the writer's first comment"] if before == "first" and not signs.approved_before else []
    every = ["every comment is looked at"] if before == "all" else []
    why = (*odd, *first, *every)
    return Verdict(state=LOOK if why else PUBLISH, signs=why)


def _surely(signs: Signs) -> list[str]:
    return _said(
        (signs.trapped, "a hidden field was filled in"),
        (bool(signs.service), "the spam service says so"),
        (signs.spam is not None and signs.spam >= SURELY_SPAM, f"the classifier is sure ({_percent(signs.spam)})"),
        (signs.repeated and signs.links > 0, "the same text with a link stands elsewhere"),
    )


def _odd(signs: Signs) -> list[str]:
    likely = signs.spam is not None and LIKELY_SPAM <= signs.spam < SURELY_SPAM
    return _said(
        (signs.seconds is not None and signs.seconds < QUICK, "written within seconds"),
        (signs.links > signs.most_links, f"{signs.links} links"),
        (signs.repeated and not signs.links, "the same text stands elsewhere"),
        (signs.shouted, "in capitals"),
        (likely, f"the classifier doubts it ({_percent(signs.spam)})"),
    )


def _said(*signs: tuple[bool, str]) -> list[str]:
    return [text for holds, text in signs if holds]


def _percent(value: float | None) -> str:
    return f"{value:.0%}" if value is not None else "-"


def is_shouted(text: str) -> bool:
    """Whether most of a text is in capitals."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 20 and sum(letter.isupper() for letter in letters) > 0.7 * len(letters)


def words_of(text: str, name: str = "") -> frozenset[str]:
    """What the classifier learns from: words in small letters, hosts of addresses, runs of signs, the name's words."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    found = [word[:LONGEST_WORD] for word in _WORD.findall(plain)]
    named = [f"name:{word}"[:LONGEST_WORD] for word in _WORD.findall(unicodedata.normalize("NFKC", name).casefold())]
    return frozenset([*found[:MOST_WORDS], *named])


def spam_of(words: Iterable[str], known: Mapping[str, tuple[int, int]], spam: int, good: int) -> float | None:
    """How likely a comment is spam, by the words that say most (Robinson 2003: the chance of each word drawn to a half
    by how seldom it was seen; Fisher's combination of them, for either side).

    Args:
        words: the comment's.
        known: for words that were learned, in how many comments of spam and of others they stood.
        spam: learned comments that were spam.
        good: learned comments that were not.
    Returns:
        0 to 1; None if too little was learned.
    """
    if min(spam, good) < ENOUGH:
        return None
    chances = sorted((_chance(*known.get(word, (0, 0)), spam, good) for word in words), key=lambda p: -abs(p - 0.5))
    telling = [chance for chance in chances[:TELLING] if abs(chance - 0.5) > 0.1]
    if not telling:
        return 0.5
    spammy = 1 - _fisher([1 - chance for chance in telling])
    goodly = 1 - _fisher(telling)
    return min(1.0, max(0.0, (1 + spammy - goodly) / 2))


def _chance(in_spam: int, in_good: int, spam: int, good: int) -> float:
    seen = in_spam + in_good
    if not seen:
        return 0.5
    raw = (in_spam / spam) / (in_spam / spam + in_good / good)
    return min(0.99, max(0.01, (0.5 + seen * raw) / (1 + seen)))


def _fisher(chances: list[float]) -> float:
    """The chance that so many independent chances are as small together (chi-square with 2n degrees of freedom)."""
    half = -sum(math.log(chance) for chance in chances)
    term = total = math.exp(-half)
    for number in range(1, len(chances)):
        term *= half / number
        total += term
    return min(1.0, total)
