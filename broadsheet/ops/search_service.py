"""Where searches are answered: ``search_url`` as Wagtail's WAGTAILSEARCH_BACKENDS. Pure."""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

IN_THE_DATABASE = {"BACKEND": "broadsheet.readers.search.backend"}
ENGINES = {"elasticsearch": "elasticsearch", "opensearch": "opensearchpy"}
"""The library that each needs."""
PORT = 9200
PREFIX = "broadsheet"
TIMEOUT_SECONDS = 3
"""After which the database answers instead, for all who search in the next while. An engine's own pauses take about a
second, so it is not left for those; the one who waits in vain still has the page before most would give up."""
EXAMPLE = "elasticsearch://user:password@search.example.org:9200/paper"


def backend(url: str) -> dict[str, Any]:
    """The backend's settings.

    Args:
        url: ``elasticsearch://user:password@host:port/prefix`` or ``opensearch://…``, encrypted;
            ``elasticsearch+http://…`` in the clear. The prefix stands before the indexes' names. Empty: the database.
    """
    if not url:
        return dict(IN_THE_DATABASE)
    parts = urlsplit(url)
    engine, _, clear = parts.scheme.partition("+")
    login = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    host: dict[str, Any] = {"host": parts.hostname, "port": parts.port or PORT}
    options: dict[str, Any] = {"max_retries": 0}
    if engine == "elasticsearch":
        host |= {"scheme": clear or "https"}
        options |= {"basic_auth": login} if login else {}
    else:
        host |= {"use_ssl": not clear, "verify_certs": not clear, **({"http_auth": login} if login else {})}
    return {
        "BACKEND": f"broadsheet.readers.search.backend.{engine}",
        "HOSTS": [host],
        "INDEX_PREFIX": f"{parts.path.strip('/') or PREFIX}__",
        "TIMEOUT": TIMEOUT_SECONDS,
        "OPTIONS": options,
    }


def problem(url: str) -> str:
    """What is wrong with the setting, and what to write instead; empty if nothing is."""
    if not url:
        return ""
    parts = urlsplit(url)
    engine, plus, clear = parts.scheme.partition("+")
    if engine not in ENGINES or (plus and clear != "http") or not parts.hostname or not _port(parts):
        return f"search_url {url!r} names no search engine: write {EXAMPLE}, or opensearch://…"
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", parts.path.strip("/") or PREFIX):
        return f"search_url's path is no prefix of an index's name: small letters, figures, - and _, as in {EXAMPLE}."
    if find_spec(ENGINES[engine]) is None:
        return f"search_url names a search engine whose library is missing: pip install 'broadsheet[{engine}]'."
    return ""


def _port(parts: SplitResult) -> int:
    try:
        return parts.port or PORT
    except ValueError:
        return 0
