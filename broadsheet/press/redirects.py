"""Redirects of addresses that have moved (rows of ``wagtail.contrib.redirects``)."""

from __future__ import annotations

from urllib.parse import quote, unquote

from wagtail.contrib.redirects.models import Redirect

from broadsheet.press.addresses import SAFE_PATH


def redirect_stems(old_path: str) -> tuple[str, str]:
    """The addresses that a redirect answers: Wagtail keeps them without the slash at the end."""
    path = quote(unquote(old_path.partition("?")[0]).rstrip("/"), safe=SAFE_PATH)
    return path, f"{path}/"


def address_in_tree(url_path: str, home: str) -> str:
    """The address of a page by its place in Wagtail's tree and that of the home page."""
    return "/" + quote(url_path.removeprefix(home), safe=SAFE_PATH)


def has_queries(path: str) -> bool:
    """Whether a redirect answers this address with some query, though it leads nowhere without one."""
    return Redirect.objects.filter(old_path__startswith=f"{unquote(path).rstrip('/')}?").exists()
