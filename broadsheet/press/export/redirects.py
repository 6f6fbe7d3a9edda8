"""Redirects as files of nginx's map: for a mirror without the application."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote

from wagtail.contrib.redirects.models import Redirect

from broadsheet.press.edition import Leaf

PERMANENT, TEMPORARY = "moved.map", "found.map"
_RISKY = re.compile(r"""["\\$;{}\s\x00-\x1f]""")


def configured() -> Iterator[tuple[str, str, bool]]:
    """Address, target and permanence of each redirect of the desk, with and without a slash at the end."""
    for row in Redirect.objects.select_related("redirect_page").order_by("old_path"):
        target = row.link
        if target and "?" not in row.old_path:
            stem = row.old_path.rstrip("/")
            yield from ((old, target, row.is_permanent) for old in (stem, f"{stem}/") if old)


def of_leaf(leaf: Leaf) -> tuple[str, str, bool] | None:
    """The same of a printed redirect; None if it is another leaf."""
    target = dict(leaf.headers).get("Location")
    return (leaf.path, target, leaf.status == 301) if target and leaf.status in {301, 302} else None


def as_map(rows: Iterable[tuple[str, str, bool]], *, permanent: bool) -> bytes:
    """Lines of an nginx map from $uri to a target. nginx compares decoded addresses, whatever their case."""
    found: dict[str, str] = {}
    for old, target, lasting in rows:
        if lasting == permanent:
            found.setdefault(unquote(old).lower(), target)
    lines = (f'"{_key(old)}" "{_value(target)}";\n' for old, target in sorted(found.items()) if "\n" not in old)
    return "".join(lines).encode()


def _key(old: str) -> str:
    return old.replace("\\", "\\\\").replace('"', '\\"')


def _value(target: str) -> str:
    """A target that nginx takes literally: a dollar sign would name a variable."""
    return _RISKY.sub(lambda found: quote(found[0], safe=""), target)
