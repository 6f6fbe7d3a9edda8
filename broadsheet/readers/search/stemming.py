"""Words as they are indexed: without accents, in small letters, cut to the stem that their forms share.

One place for both databases, so that both find alike; the stems are Snowball's (snowballstem.org), by the language.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

import snowballstemmer
from django.conf import settings

LANGUAGES = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""Languages whose words have stems here; words of others are indexed as they stand."""
WORD = re.compile(r"\w+")
LONGEST_WORD = 100
"""Letters of a stem; what follows is as if it were not there."""
KEPT = 200_000
"""Words whose stems are remembered: a language's everyday words many times over."""


def fold(text: str) -> str:
    """Text without accents, in composed form."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(letter for letter in plain if not unicodedata.combining(letter)))


def stem(word: str) -> str:
    """A word as it stands in the index, in the paper's language."""
    return _stem(word, settings.LANGUAGE_CODE.partition("-")[0].lower())


def stems(text: str) -> str:
    """A text as it is indexed: its words' stems, with a space between two."""
    return " ".join(map(stem, WORD.findall(text)))


@lru_cache(maxsize=KEPT)
def _stem(word: str, language: str) -> str:
    small = word.casefold()
    stemmer = _stemmer(language)
    # The stem first: its rules know the accents. Then without them, for readers who leave them out.
    return fold(stemmer.stemWord(fold(small) if language == "en" else small) if stemmer else small)[:LONGEST_WORD]


@cache
def _stemmer(language: str) -> Any:
    name = LANGUAGES.get(language)
    return snowballstemmer.stemmer(name) if name else None
