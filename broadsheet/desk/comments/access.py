"""Who may see the comments' queue, and who may decide there."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied

SEE = "comments.view_comment"
DECIDE = "comments.change_comment"
BAN = "comments.add_ban"


class SeesComments:
    """A view only for those who may read the queue."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not (request.user.has_perm(SEE) or request.user.has_perm(DECIDE)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class DecidesOnComments:
    """A view only for those who may decide."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm(DECIDE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
