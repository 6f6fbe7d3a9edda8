"""Prose of a made-up language whose words are used as often as those of a real one (Zipf's law)."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate, product
from random import Random

COMMON = re.findall(
    r"\w+",
    """
    the of and to in that for was on is with said as by at from he it his has an are had were they who which but have
    be their not been its council city government people year would will two after more about when first new one last
    police company market school court minister party house water harbour budget workers county report plan tax road
    hospital election strike bridge prices river climate farmers union tariff bank trade energy health research
    """,
)
ONSETS = re.findall(r"\w+", "b br c ch d dr f fl g gr h j k l m n p pl qu r s sh st t tr v w")
VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "oo"]
CODAS = ["", "n", "r", "st", "l", "m", "nd", "ck"]
VOCABULARY = 40_000
SHARPNESS = 1.1
"""Zipf's exponent; 1 in most texts."""


@cache
def vocabulary() -> tuple[str, ...]:
    """All words, the most used first."""
    syllables = ["".join(parts) for parts in product(ONSETS, VOWELS, CODAS)]
    Random(1).shuffle(syllables)
    made = (a + b for a, b in product(syllables[:400], syllables[400:520]))
    return (*COMMON, *dict.fromkeys(word for word, _ in zip(made, range(VOCABULARY), strict=False)))


def zipf(length: int, sharpness: float = SHARPNESS) -> list[float]:
    """Cumulative weights for ``random.choices``: the n-th is used as often as 1 / n."""
    return list(accumulate(1 / (rank + 3) ** sharpness for rank in range(length)))


@cache
def _weights() -> list[float]:
    return zipf(len(vocabulary()))


def draw(random: Random, number: int) -> list[str]:
    """Words as they come in a text."""
    return random.choices(vocabulary(), cum_weights=_weights(), k=number)


def sentences(random: Random, words: list[str]) -> list[str]:
    """Words cut into sentences of 8 to 22."""
    found, start = [], 0
    while start < len(words):
        end = start + random.randint(8, 22)
        found.append(" ".join(words[start:end]).capitalize() + ".")
        start = end
    return found
