"""Who may see and send letters."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required

SEE, SEND = "newsletters.view_letter", "newsletters.change_letter"

may_see = permission_required(SEE, raise_exception=True)
