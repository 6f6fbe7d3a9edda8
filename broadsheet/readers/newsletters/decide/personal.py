"""One letter, of which each reader gets their own part: rendered once, with marks around its items. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

Place = tuple[int, int]
"""A list of the newsroom: its kind and number."""
_ITEM = re.compile(r"0-letter-item-(\d+)-0(.*?)0-letter-item-end-0", re.DOTALL)
END = "0-letter-item-end-0"


def mark(number: int) -> str:
    """What stands before an item; END stands behind it."""
    return f"0-letter-item-{number}-0"


@dataclass(frozen=True, kw_only=True)
class Pieces:
    """A letter taken apart."""

    before: str
    """All before the first item."""
    items: Mapping[int, str]
    """The items by number, without their marks."""
    after: str
    """All behind the last."""

    def of(self, numbers: Sequence[int]) -> str:
        """The letter with these items."""
        return self.before + "".join(self.items[number] for number in numbers if number in self.items) + self.after


def apart(letter: str) -> Pieces:
    """Take a rendered letter apart at its marks."""
    found = list(_ITEM.finditer(letter))
    if not found:
        return Pieces(before=letter, items={}, after="")
    items = {int(item[1]): item[2] for item in found}
    return Pieces(before=letter[: found[0].start()], items=items, after=letter[found[-1].end() :])


def whole(letter: str) -> str:
    """A rendered letter with all its items, without marks."""
    return _ITEM.sub(r"\2", letter)


def items_for(follows: Collection[Place], places: Mapping[int, Collection[Place]], most: int) -> tuple[int, ...]:
    """The items that a reader gets, in the letter's order.

    Args:
        follows: what the reader follows.
        places: of each item, by its number, the lists that it stands in.
        most: so many at most.
    """
    wanted = set(follows)
    return tuple(number for number in sorted(places) if not wanted.isdisjoint(places[number]))[:most]
