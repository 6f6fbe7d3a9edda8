"""The paper's frame around the pages of the accounts, whose views are a library's."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from broadsheet.press.pages.frame import frame
from broadsheet.readers.accounts import again

BELOW = "/account/"


def account_frame(request: HttpRequest) -> dict[str, Any]:
    """A context processor: nothing for any other page."""
    if not request.path.startswith(BELOW):
        return {}
    around = SimpleLazyObject(lambda: frame(title=_("Your account"), path=request.path, robots="noindex"))
    return {"frame": around, "resend_wait": partial(again.wait, request)}
