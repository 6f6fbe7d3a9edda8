"""Files for spreadsheets (CSV, RFC 4180), line by line, in which nothing is a formula (OWASP, CSV injection)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def lines(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Rows as lines of a file, each when it is asked for."""
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow(row)
        yield line.getvalue()


def harmless(value: Any) -> Any:
    """A value that no spreadsheet takes for a formula: text that looks like one has an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def plain(text: str) -> str:
    """What ``harmless`` was given; other text without the space around it."""
    text = text.strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text
