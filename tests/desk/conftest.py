"""Shared by the desk's tests: a paper with a section, and logged-in people."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.desk.factories import make_editor, make_reporter
from tests.factories import make_section


@pytest.fixture
def world(paper: Any) -> Any:
    """A published section."""
    return make_section(title="World", slug="world")


@pytest.fixture
def editor(paper: Any) -> Client:
    """A news editor's browser."""
    client = Client()
    client.force_login(make_editor())
    return client


@pytest.fixture
def reporter(paper: Any) -> Client:
    """A reporter's browser."""
    client = Client()
    client.force_login(make_reporter())
    return client
