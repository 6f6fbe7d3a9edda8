"""Who may see what is read, and who may pin."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied

SEE = "reading.view_tally"
PIN = "reading.change_hotpin"


def may_see(user: Any) -> bool:
    """Whether a user may see the figures."""
    return bool(user.has_perm(SEE))


def may_pin(user: Any) -> bool:
    """Whether a user may pin articles in What's hot."""
    return bool(user.has_perm(PIN))


class SeesReading:
    """A view only for those who may see the figures."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not may_see(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
