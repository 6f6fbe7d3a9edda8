"""Which reading of a page is the best? A decision over texts alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from broadsheet.wire.extraction.values import Candidate

#: Fewer words than this are a caption or a teaser, not a body.
FEWEST_WORDS = 25
#: From this likeness on, another reading confirms what the page's own data say.
CONFIRMS = 0.5
#: A reading with less than this part of another's words has lost some of the report.
LOST = 0.6
_WORD = re.compile(r"\w+")


def choose(candidates: Sequence[Candidate]) -> Candidate | None:
    """The best reading, or None when there is none worth the name.

    The page's own data (JSON-LD articleBody) say best where a body begins and ends, but lose its markup; so of the
    other two the one most like them is taken. Without them trafilatura is taken, unless readability found much more
    and contains nearly all of what trafilatura found: then trafilatura lost a part.
    """
    words = {candidate.name: Counter(_WORD.findall(candidate.text.lower())) for candidate in candidates}
    named = {candidate.name: candidate for candidate in candidates if words[candidate.name].total() >= FEWEST_WORDS}
    told = named.pop("json-ld", None)
    if told is not None:
        likest = max(named.values(), key=lambda other: likeness(words["json-ld"], words[other.name]), default=None)
        confirmed = likest is not None and likeness(words["json-ld"], words[likest.name]) >= CONFIRMS
        if likest is not None and confirmed:
            return likest
        return told if not likest or words[likest.name].total() < words["json-ld"].total() else likest
    first, second = named.get("trafilatura"), named.get("readability")
    if first is None or second is None:
        return first or second
    found, more = words["trafilatura"], words["readability"]
    lost = found.total() < LOST * more.total() and (found & more).total() >= 0.8 * found.total()
    return second if lost else first


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """How alike two texts are: F1 of their words, 0 to 1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
