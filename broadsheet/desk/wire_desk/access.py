"""Who may see the wire desk, and who may decide there."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied

SEE = "wire.view_item"
DECIDE = "wire.change_item"


def may_see(user: Any) -> bool:
    """Whether a user may read the queue."""
    return user.has_perm(SEE) or user.has_perm(DECIDE)


def may_decide(user: Any) -> bool:
    """Whether a user may file, hold and spike. Filing also needs leave to write in the section."""
    return bool(user.has_perm(DECIDE))


class SeesWire:
    """A view only for those who may read the queue."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not may_see(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class DecidesOnWire:
    """A view only for those who may decide on reports."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not may_decide(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
