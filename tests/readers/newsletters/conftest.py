"""Shared by the letters' tests: a section, a list, no throttle."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import make_section
from tests.readers.newsletters.factories import make_newsletter


@pytest.fixture(autouse=True)
def _quick(settings: Any) -> None:
    settings.LETTERS_PER_SECOND = 0
    settings.DEFAULT_FROM_EMAIL = "news@example.org"


@pytest.fixture
def section(paper: Any) -> Any:
    """A published section."""
    return make_section(title="Harbour", slug="harbour")


@pytest.fixture
def morning(section: Any) -> Any:
    """A list of the whole paper."""
    return make_newsletter(name="The morning letter", slug="morning", promise="Eight reports, every day at seven.")
