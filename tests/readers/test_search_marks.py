"""Marks of lists and dates in the search index."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from wagtail.search.query import And, Not, Or, Phrase, PlainText

from broadsheet.newsroom.models import ListKind
from broadsheet.readers.search import asking, decide, marks, pairs
from broadsheet.readers.search.backend import fts5, tsquery

AT = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)


def test_an_article_has_marks_of_its_lists_and_its_day():
    lists = [(ListKind.SITE, 0), (ListKind.TOPIC, 5), (ListKind.SECTION, 7), (ListKind.PERSON, 9)]
    found = marks.marks_of(lists, AT)
    assert found == "#s7 #a9 #t5 #y2026 #m202611 #d20261125"
    assert [marks.list_of(mark) for mark in found.split()] == [(1, 7), (2, 9), (3, 5), None, None, None]


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (date(2026, 11, 25), date(2026, 11, 25), []),
        (date(2026, 11, 25), date(2026, 11, 27), ["#d20261125", "#d20261126"]),
        (date(2024, 2, 1), date(2024, 3, 1), ["#m202402"]),
        (date(2024, 12, 31), date(2026, 2, 2), ["#d20241231", "#y2025", "#m202601", "#d20260201"]),
    ],
)
def test_a_range_of_dates_is_the_fewest_marks(start, end, found):
    assert marks.cover(start, end) == found


@pytest.mark.parametrize(
    ("seen", "found", "wanted", "days"),
    [
        (4, 0, 2000, 64),
        (4, 1000, 2000, 5),
        (4, 1900, 2000, 4),
        (4, 3, 2000, 64),
        (4, 10, 2000, 956),
        (1000, 900, 2000, 1467),
    ],
)
def test_the_next_window_is_as_wide_as_what_is_missing_needs(seen, found, wanted, days):
    assert marks.wider(seen, found, wanted) == days


def test_a_query_in_both_databases_languages():
    query = decide.query('"old harbour" light* "one two three" -café', topic=5)
    tree = asking.tree(query, lambda term: asking.phrase(term, str), ["#y2026", "#m202511"])
    assert fts5.expression(tree) == (
        '(("#t5") AND (("#y2026") OR ("#m202511")) AND ("+old+harbour") AND ("light"*)'
        ' AND ("+one+two" AND "+two+three" AND "one two three")) NOT ("café")'
    )
    assert tsquery.expression(tree) == (
        f"(('#t5') & (('#y2026') | ('#m202511')) & ('{pairs.bucket('old', 'harbour')}' & 'old' & 'harbour')"
        f" & ('light':*) & ('{pairs.bucket('one', 'two')}' & '{pairs.bucket('two', 'three')}'"
        " & 'one' & 'two' & 'three') & !('café'))"
    )
    assert tsquery.expression(asking.Beginning("harb")) == "('harb':*)"


def test_a_beginning_is_the_words_it_stands_for():
    light = asking.Beginning("light")
    assert fts5.expression(asking.spelt_out(light, ["light", "lighthous"])) == '(("light") OR ("lighthous"))'
    assert fts5.expression(asking.spelt_out(asking.Beginning("old light"), ["lighthous"])) == '("+old+lighthous")'
    assert asking.spelt_out(light, []) is light


def test_pairs_stand_behind_the_words():
    assert pairs.with_pairs("the old harbour") == "the old harbour +the+old +old+harbour"
    assert pairs.with_pairs("harbour") == "harbour"
    assert pairs.with_pairs("") == ""


def test_a_text_is_indexed_as_far_as_it_fits():
    assert pairs.fitting("wörd " * 10) == "wörd " * 10
    cut = pairs.fitting("wörd " * pairs.LONGEST)
    assert pairs.LONGEST - 6 <= len(cut.encode()) <= pairs.LONGEST
    assert set(cut.split(" ")) == {"wörd"}
    assert len(pairs.fitting("жук " * (pairs.LONGEST // 5)).encode()) <= pairs.LONGEST  # fewer letters than bytes


def test_what_stands_in_quotes_cannot_leave_them():
    assert fts5.expression(Phrase('a"OR"b')) == '("a""OR""b")'
    assert tsquery.expression(Phrase("a'|'b\\")) == "('a''|''b\\\\')"


@pytest.mark.parametrize("language", [fts5, tsquery])
@pytest.mark.parametrize(
    "query", [PlainText("x"), And([PlainText("x")]), Or([PlainText("x")]), And([Not(PlainText("x"))])]
)
def test_what_entries_are_not_asked_for_is_said(language, query):
    with pytest.raises(TypeError, match="PlainText is not asked"):
        language.expression(query)


def dates(*days_before: int) -> list[datetime]:
    return [datetime(2026, 9, 28, tzinfo=UTC) - timedelta(days=days) for days in days_before]


@pytest.mark.parametrize(
    ("found", "days"),
    [
        (dates(0, 1, 2, 3, 4, 5, 6, 7), 120),  # eight in eight days
        (dates(2, 1, 0, 3, 5, 4, 7, 6), 75),  # ids that do not quite rise with the dates
        (dates(0, 0, 0, 0), 30),
        (dates(400, 401, 402, 403, 0, 1, 2, 3), marks.NARROWEST),  # an archive brought in late
        (dates(4000, 4001, 4002, 4003), marks.NARROWEST),  # in the order of its dates
    ],
)
def test_dates_of_the_highest_ids_tell_how_dense_entries_are_where_ids_rise_with_dates(
    found: list[datetime], days: int
) -> None:
    assert marks.first_window(found, date(2026, 9, 29), 100) == days


@pytest.mark.parametrize(
    ("start", "end", "window"),
    [
        (date(2026, 9, 10), date(2026, 9, 28), (date(2026, 9, 10), date(2026, 9, 28))),
        (date(2026, 8, 10), date(2026, 9, 28), (date(2026, 8, 1), date(2026, 10, 1))),
        (date(2026, 8, 10), date(2026, 10, 1), (date(2026, 8, 1), date(2026, 10, 1))),
        (date(2023, 8, 10), date(2026, 9, 28), (date(2023, 1, 1), date(2027, 1, 1))),  # December is still to come
        (date(2025, 8, 10), date(2026, 5, 28), (date(2025, 1, 1), date(2026, 6, 1))),  # what follows is as much again
        (date(2021, 8, 10), date(2024, 5, 28), (date(2021, 1, 1), date(2025, 1, 1))),
    ],
)
def test_a_wide_window_is_of_whole_months_and_years(start: date, end: date, window: tuple[date, date]) -> None:
    assert marks.aligned(start, end, date(2026, 12, 1)) == window
    assert start.year < 2026 or len(marks.cover(*window)) < 20
