"""Moving a page in the tree as one change."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Page


class MovesWhole:
    """A page whose move, and everything that is told of it, is one transaction: Wagtail tells after its own."""

    @transaction.atomic
    def move(self, target: Page, pos: str | None = None, user: Any = None) -> None:
        """Move the page and all below it."""
        super().move(target, pos=pos, user=user)  # type: ignore[misc]  # mixed into Page
