"""An article to comment on."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import make_article, make_section


@pytest.fixture(autouse=True)
def _sender(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "news@example.org"


@pytest.fixture
def article(paper: Any) -> Any:
    """A published article."""
    return make_article(make_section(title="Harbour", slug="harbour"), title="Ferry late", slug="ferry")
