"""A code is mailed again if somebody asks: not before a while has passed, for mails take their time."""

from __future__ import annotations

import math
import time
from typing import Any

from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.internal.stagekit import get_pending_stage
from django.http import HttpRequest

SECONDS = 60
"""Between one mail and the next."""
SENT_AT = "code_sent_again_at"


def is_asked(request: HttpRequest) -> bool:
    """Whether a form asks for the code again."""
    return request.method == "POST" and request.POST.get("action") == "resend"


def waiting_for(request: HttpRequest) -> str:
    """The mailbox whose code is waited for; empty if none is."""
    return str(_pending(request).get("email", ""))


def wait(request: HttpRequest) -> int:
    """Seconds until the code may be sent again."""
    sent_at = max(float(_pending(request).get("at", 0)), float(request.session.get(SENT_AT, 0)))
    return max(0, math.ceil(sent_at + SECONDS - time.time()))


def note(request: HttpRequest) -> None:
    """It is sent again now."""
    request.session[SENT_AT] = time.time()


def _pending(request: HttpRequest) -> dict[str, Any]:
    """What the library remembers of a code that was sent: of a mailbox to confirm, or of somebody who signs in."""
    stage = get_pending_stage(request)
    state: dict[str, Any] = request.session.get(EMAIL_VERIFICATION_CODE_SESSION_KEY) or (stage.state if stage else {})
    return state
