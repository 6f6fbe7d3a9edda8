"""Errors of the newsroom.

NewsroomError
└── RightsBreached   a source's rights forbid the publication as it stands
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadsheet.newsroom.rights import Breach


class NewsroomError(Exception):
    """Something of the newsroom's that an editor has to mend."""


class RightsBreached(NewsroomError):
    """Publication would go beyond what the source allows."""

    def __init__(self, *, article: int | None, breaches: tuple[Breach, ...]) -> None:
        self.article = article
        self.breaches = breaches
        super().__init__(f"Article {article}: " + " ".join(breach.message for breach in breaches))
