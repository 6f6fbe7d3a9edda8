"""Decisions of the newsroom about one article. Pure: values in, values out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WORDS_A_MINUTE = 230
PART = 1000
"""Articles in one part of a month, where a month is told of whole: in a sitemap."""
DEEPEST_SECTION = 5
"""Depth in the page tree: root 1, home 2, then three levels of sections."""
TOO_DEEP = "Sections nest three levels deep at most: choose a higher section."
BREAKING = timedelta(hours=6)
"""For so long after its publication a report is marked as breaking news: later it is news like any other."""
_WORD = re.compile(r"\w[\w’'-]*")


def count_words(text: str) -> int:
    """Words in a text without markup."""
    return len(_WORD.findall(text))


def reading_minutes(words: int) -> int:
    """Minutes of silent reading, at least one (230 words a minute: Brysbaert 2019, English non-fiction 238)."""
    return max(1, round(words / WORDS_A_MINUTE))


def breaks_until(*, breaking: bool, published_at: datetime | None) -> datetime | None:
    """When a report stops to be breaking news; None if it never was."""
    return published_at + BREAKING if breaking and published_at else None


def object_position(*, focus: tuple[int | None, int | None], width: int, height: int) -> str:
    """CSS ``object-position`` that keeps a picture's focal point in sight when a layout crops the picture.

    Args:
        focus: the point in the picture, in pixels; None for its middle.
        width: the picture's, in pixels.
        height: the same.
    """
    across, down = focus
    if across is None or down is None or not width or not height:
        return "50% 50%"
    return f"{across * 100 // width}% {down * 100 // height}%"


def parts(count: int) -> int:
    """In how many parts so many articles are told of."""
    return -(-count // PART)


def is_news(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Whether readers would notice the change: white space alone is none."""
    return [" ".join(part.split()) for part in before] != [" ".join(part.split()) for part in after]


@dataclass(frozen=True, kw_only=True)
class Stamps:
    """The dates an article bears once published."""

    published_at: datetime
    """When it was first published, or as the editor set it."""
    updated_at: datetime | None
    """When it last changed noticeably; None if never."""


def stamp(
    *,
    now: datetime,
    was_live: bool,
    changed: bool,
    minor: bool,
    published_at: datetime | None,
    updated_at: datetime | None,
) -> Stamps:
    """The dates that this publication leaves on the article.

    A first publication takes the editor's date, never one in the future; a republication that readers would
    notice moves ``updated_at``, unless it is marked as a small mend.
    """
    published = min(published_at, now) if published_at else now
    if was_live and changed and not minor:
        updated_at = now
    return Stamps(published_at=published, updated_at=updated_at)


def sane_source_date(given: datetime | None, *, now: datetime, oldest: datetime) -> datetime | None:
    """The source's date if it can be true: not in the future and not before ``oldest``; None otherwise."""
    if given is None or given > now or given < oldest:
        return None
    return given


def most_shared(lists: Sequence[Sequence[int]], limit: int) -> list[int]:
    """The ids that stand in most of these lists, up to a limit; among equals, in the order of the lists."""
    counts = Counter(pk for found in lists for pk in found)
    return [pk for pk, _ in counts.most_common(limit)]
