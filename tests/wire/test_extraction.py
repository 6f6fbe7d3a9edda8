"""Full text of linked pages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from broadsheet.wire.cleaning import clean_html, plain_text
from broadsheet.wire.errors import ParseError
from broadsheet.wire.extraction import extract
from broadsheet.wire.extraction.chooser import choose
from broadsheet.wire.extraction.titles import choose as choose_title
from broadsheet.wire.extraction.values import Candidate
from tests.wire import samples
from tests.wire.test_formats import fetched

URL = "https://coast.example/news/mole?ref=rss"


def test_a_page_gives_its_report_and_not_its_furniture() -> None:
    found = extract(fetched(samples.PAGE, content_type="text/html; charset=utf-8", url=URL))

    assert (found.title, found.authors, found.language) == ("Mole to be rebuilt", ("Rosa Lind",), "en")
    assert found.published == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert found.image_url == "https://coast.example/pictures/mole.jpg"
    assert found.canonical_url == "https://coast.example/news/mole"
    text = plain_text(clean_html(found.body_html, URL))
    assert "Paragraph one" in text and "Paragraph six" in text and "long dispute" in text
    assert not any(word in text for word in ("Imprint", "Share this", "Story continues", "Sport"))


@pytest.mark.parametrize("page", ["", "<html></html>", "<p>short</p>", "<div>" * 5_000])
def test_a_page_without_a_report_is_no_disaster(page: str) -> None:
    try:
        assert extract(fetched(page, content_type="text/html", url=URL)).body_text == ""
    except ParseError as error:
        assert URL in str(error)


def _reading(name: str, *words: str) -> Candidate:
    text = " ".join(words)
    return Candidate(name=name, html=f"<p>{text}</p>", text=text)


WORDS = tuple(f"word{number}" for number in range(200))


def test_the_pages_own_data_pick_between_readings() -> None:
    told = _reading("json-ld", *WORDS)
    first, second = _reading("trafilatura", *WORDS[:90], *("menu",) * 90), _reading("readability", *WORDS, "more")
    assert choose([told, first, second]) == second


def test_the_pages_own_data_stand_in_when_the_readings_missed() -> None:
    told = _reading("json-ld", *WORDS)
    assert choose([told, _reading("trafilatura", *("cookie",) * 50)]) == told


def test_a_reading_that_lost_half_is_passed_over() -> None:
    first, second = _reading("trafilatura", *WORDS[:80]), _reading("readability", *WORDS)
    assert choose([first, second]) == second
    assert choose([_reading("trafilatura", *WORDS[:180]), second]).name == "trafilatura"  # type: ignore[union-attr]


def test_a_teaser_is_no_body() -> None:
    assert choose([_reading("trafilatura", "too", "short")]) is None


def test_a_title_loses_its_sites_name_only() -> None:
    def title(element: str, site: str = "") -> str:
        return choose_title(headline="", social="", heading="", element=element, site=site)

    assert title("Mole to be rebuilt | Coastal Courier", "Coastal Courier") == "Mole to be rebuilt"
    assert title("Profile: Ada - a life", "Courier") == "Profile: Ada - a life"
