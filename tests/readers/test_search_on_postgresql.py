"""What PostgreSQL must not do: read a table that is as long as the archive, or rows that are as wide as texts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from broadsheet.readers.search import actions, decide
from broadsheet.readers.search.find import find
from broadsheet.readers.search.full_text_schema import TABLE
from tests.factories import make_article, make_section

pytestmark = pytest.mark.django_db
NOW = timezone.now()
ARTICLES = 12


@pytest.fixture
def told(paper):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has another index.")
    section = make_section(slug="world")
    for number in range(ARTICLES):
        words = " ".join(f"word{number}x{word}" for word in range(600))
        actions.index_article(make_article(section, text=f"The council. {words}", at=NOW - timedelta(days=number)).pk)


@pytest.mark.parametrize(
    ("typed", "narrowed"),
    [
        ("council", {}),
        ('"the council"', {}),
        ("coun*", {}),
        ("council -harbour", {}),
        ("council", {"since": NOW - timedelta(days=400), "until": NOW + timedelta(days=1)}),
    ],
)
def test_entries_are_looked_up_by_the_index_alone(told, typed, narrowed):
    """Left alone, the planner reads a table as small as this one whole, as it does a large one for many days."""
    plans = []

    def explain(execute, sql, params, many, context):
        if "@@" in sql:
            execute(f"EXPLAIN {sql}", params, many, context)
            plans.append("\n".join(line for (line,) in context["cursor"].fetchall()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        assert len(find(decide.query(typed, **narrowed), 0, 20).all) == ARTICLES
    assert plans
    assert [plan for plan in plans if f"Seq Scan on {TABLE}" in plan or "Bitmap Index Scan" not in plan] == []


def test_rows_are_narrow_however_long_the_texts(told):
    """What a search reads of a row is not its text: with PostgreSQL's own limit four rows are a page."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(DISTINCT (ctid::text::point)[0]) FROM {TABLE}")
        assert cursor.fetchone()[0] <= 2


def test_texts_are_not_compressed(paper):
    """A phrase is looked for in hundreds of them: unpacking took twice as long as looking."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite compresses none.")
    actions.index_article(make_article(make_section(slug="world"), text="The council met. " * 900).pk)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_column_size(body) >= length(body), length(body) > 9000 FROM {TABLE}")
        assert cursor.fetchone() == (True, True)


def test_a_search_leaves_the_planner_as_it_was(told):
    """Within a transaction as well, as every test is: what a caller asks next is planned as ever."""
    assert find(decide.query("council"), 0, 20).all
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_seqscan")
        assert cursor.fetchone() == ("on",)
