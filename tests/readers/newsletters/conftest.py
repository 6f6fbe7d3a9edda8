"""Shared by the letters' tests: a section, a list, a letter that was sent, no throttle."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest

from broadsheet.readers.newsletters.actions import composing, starting
from broadsheet.readers.newsletters.models import Delivery
from tests.factories import make_article, make_section
from tests.readers.newsletters.factories import make_newsletter, make_subscriber
from tests.readers.newsletters.mail_servers.certificates import write_certificate


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


@pytest.fixture
def delivery(morning: Any, section: Any) -> Delivery:
    """A letter that was sent to somebody."""
    make_article(section)
    make_subscriber(morning, email="reader@example.org")
    letter, _ = composing.compose(morning)
    starting.start(letter)
    return Delivery.objects.get()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: Any) -> Path:
    """Of the servers."""
    return write_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def logged(caplog: Any) -> Any:
    """What was logged."""
    caplog.set_level(logging.INFO, "broadsheet.newsletters")
    return caplog
