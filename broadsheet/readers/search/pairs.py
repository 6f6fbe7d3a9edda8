"""Pairs: two words that stand together, in the index as one more word (+of+the). Pure.

So a phrase of two is looked up as a word is, however common its own words are, and a longer one where all its pairs
are. Search engines know this as shingles (Lucene's ShingleFilter; ``index_phrases`` of Elasticsearch).
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import md5
from itertools import pairwise

SIGN = "+"
"""What stands before both words: no word of a text has it, and no beginning of a word finds a pair."""
LONGEST = 200_000
"""Bytes of a text's stems that are indexed: with their pairs they fit into a tsvector of PostgreSQL (1 MB)."""


def tokens_of(words: Sequence[str]) -> list[str]:
    """What must stand in the index for words that stand together: a word, or all of their pairs."""
    return [f"{SIGN}{one}{SIGN}{other}" for one, other in pairwise(words)] or list(words)


def bucket(one: str, other: str) -> str:
    """The bucket that a pair falls into on PostgreSQL, of a million; ``search_tokens`` there does the same.

    A GIN index takes some 40 bytes for a word that it has once, and most pairs stand in one article: as they are, they
    made it many times as large.
    """
    return SIGN + md5(f"{one} {other}".encode(), usedforsecurity=False).hexdigest()[:5]


def with_pairs(stems: str) -> str:
    """Stems with a space between two as they are indexed: themselves, and the pairs behind them."""
    words = stems.split(" ")
    return " ".join([stems, *tokens_of(words)]) if len(words) > 1 else stems


def fitting(stems: str) -> str:
    """As many whole stems from the beginning as are indexed."""
    if len(stems) * 4 <= LONGEST or len(encoded := stems.encode()) <= LONGEST:
        return stems
    return encoded[:LONGEST].rpartition(b" ")[0].decode()
