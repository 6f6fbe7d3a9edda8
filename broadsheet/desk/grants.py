"""What a user may do where in the page tree, from Wagtail's page permissions, without a query for each page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from wagtail.models import Page
from wagtail.permissions import policy_registry


@dataclass(frozen=True, kw_only=True)
class Grants:
    """A user's page permissions. They decide what is shown; Wagtail's own views decide again when it is done."""

    user: int | None
    """The user's id."""
    everything: bool
    """Whether the user is a superuser."""
    granted: tuple[tuple[str, str], ...]
    """Pairs of an action (``add``, ``change``, ``publish``) and the path below which it is allowed."""

    def may(self, action: str, path: str) -> bool:
        """Whether an action is allowed at a place in the tree."""
        return self.everything or any(name == action and path.startswith(below) for name, below in self.granted)

    def may_edit(self, page: Page) -> bool:
        """Whether the user may edit a page: all below where they may change, and their own where they may add."""
        own = page.owner_id is not None and page.owner_id == self.user
        return self.may("change", page.path) or (own and self.may("add", page.path))

    def leads_to(self, path: str) -> bool:
        """Whether a place in the tree is one where the user may do something, or lies above one."""
        return self.everything or any(path.startswith(below) or below.startswith(path) for _, below in self.granted)

    def reach(self) -> Q:
        """Pages below any place where the user may do something."""
        within = Q(pk__in=[])
        for below in {below for _, below in self.granted}:
            within |= Q(path__startswith=below)
        return within


def grants(user: Any) -> Grants:
    """A user's page permissions: one query a request, which Wagtail keeps on the user."""
    rows = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    suffix = f"_{Page._meta.model_name}"
    return Grants(
        user=user.pk,
        everything=bool(user.is_superuser and user.is_active),
        granted=tuple((row.permission.codename.removesuffix(suffix), row.page.path) for row in rows),
    )
