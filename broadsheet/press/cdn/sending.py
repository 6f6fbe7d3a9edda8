"""One call to a CDN's interface, within a deadline, with its failures named.

The address comes from the settings, so the door for untrusted addresses is not needed; nothing is followed, and of the
answer no more is read than an error message.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

import httpx2

from broadsheet.press.errors import CdnBusy, CdnRefused
from broadsheet.wire.fetching.headers import retry_after

SECONDS = 10.0
MOST_BYTES = 65_536
LATER = {408, 425, 429}
"""Statuses below 500 that mean "not now"."""


def send(method: str, url: str, *, headers: dict[str, str], json: Any = None) -> str:
    """Ask a CDN something.

    Returns:
        The answer's text, as long as it was a success.
    Raises:
        CdnBusy: no answer, 429 or a server error; with the pause it asked for.
        CdnRefused: any other status.
    """
    deadline = time.monotonic() + SECONDS
    try:
        with (
            httpx2.Client(timeout=SECONDS, trust_env=False, follow_redirects=False) as client,
            client.stream(method, url, headers=headers, json=json) as answer,
        ):
            text = _read(answer, deadline)
    except (httpx2.HTTPError, OSError) as error:
        raise CdnBusy(url=url, cause=str(error) or type(error).__name__) from error
    if answer.is_success:
        return text
    cause = f"it answered {answer.status_code}: {text[:200]}"
    if answer.status_code in LATER or answer.status_code >= 500:
        raise CdnBusy(url=url, cause=cause, pause=retry_after(_lower(answer.headers), datetime.now(UTC)) or 0.0)
    raise CdnRefused(url=url, cause=cause)


def _read(answer: httpx2.Response, deadline: float) -> str:
    body = b""
    for chunk in answer.iter_bytes():
        body += chunk
        if len(body) > MOST_BYTES or time.monotonic() > deadline:
            break
    return body.decode("utf-8", "replace")


def _lower(headers: httpx2.Headers) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
