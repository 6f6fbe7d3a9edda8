"""``broadsheet search``: the index made anew."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command

from broadsheet.readers.search import actions, decide
from broadsheet.readers.search.find import find
from tests.factories import make_article, make_section

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("flags", [[], ["--here"]])
def test_after_a_change_of_language_everything_is_found_by_the_words_of_the_new_one(
    paper: Any, monkeypatch: Any, settings: Any, capsys: Any, flags: list[str]
) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    section = make_section(slug="welt")
    for _ in range(5):
        actions.index_article(make_article(section, text="Die Häuser am Hafen.").pk)
    settings.LANGUAGE_CODE = "de"
    assert found("haus") == 0  # English rules leave a German plural as it is
    call_command("search", "index", *flags)
    assert found("haus") == 5
    assert "every published article" in capsys.readouterr().out.lower()


def found(typed: str) -> int:
    return find(decide.query(typed), 0, 20).total
