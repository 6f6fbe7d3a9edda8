"""The guard: a page that reads a list without naming it would never be purged for it.

While a page renders, every SELECT on a table whose rows pages show must either be inside ``reads.reading`` or look rows
up by id. In the test suite anything else is an error; on a live site the leaf gets the key that every purge touches.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection

from broadsheet.press.errors import UnnamedList
from broadsheet.press.recorder import Dependency, current
from broadsheet.press.surrogate_keys import UNNAMED

BY_IDENTITY = re.compile(r'\b(?:id|\w+_id|slug|hash)"? (?:=|IN) ', re.IGNORECASE)
FROM = re.compile(r'\bFROM "(\w+)"')


@contextmanager
def watching() -> Iterator[None]:
    """Watch the queries of one rendering."""
    with connection.execute_wrapper(_watch):
        yield


@cache
def watched_tables() -> frozenset[str]:
    """Tables of the newsroom's models that are shown in lists."""
    from django.apps import apps
    from wagtail.models import Page

    models = [*apps.get_app_config("newsroom").get_models(), Page]
    return frozenset(model._meta.db_table for model in models)


def is_unnamed_list(sql: str) -> bool:
    """Whether a statement reads rows of watched tables other than by identity."""
    if not sql.startswith("SELECT") or " WHERE " not in sql:
        found = FROM.search(sql) if sql.startswith("SELECT") else None
        return bool(found and found[1] in watched_tables())
    found = FROM.search(sql)
    if not found or found[1] not in watched_tables():
        return False
    return not BY_IDENTITY.search(sql.partition(" WHERE ")[2])


def _watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    record = current()
    if record is not None and not record.reading and is_unnamed_list(sql):
        if getattr(settings, "PRESS_GUARD_RAISES", False):
            raise UnnamedList(sql=sql)
        record.lists.append(Dependency(key=UNNAMED))
    return execute(sql, params, many, context)
