"""A push service of our own, and a section to publish in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from broadsheet.readers.push import signing
from tests.factories import make_section
from tests.readers.push.push_service import PushService, running


@pytest.fixture
def service(settings: Any, db: None) -> Iterator[PushService]:
    """Runs on loopback, and is the only one the paper knows."""
    with running() as service:
        settings.PUSH_SERVICES = settings.WIRE_FETCH_ALLOW = [service.url.removeprefix("http://")]
        service.public = signing.public_key()
        yield service


@pytest.fixture
def section(paper: Any) -> Any:
    """A published section."""
    return make_section(title="Harbour", slug="harbour")
