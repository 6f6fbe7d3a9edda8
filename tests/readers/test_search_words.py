"""Phrases and beginnings, which the index knows as words: on whichever database the suite runs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from broadsheet.newsroom.models import Article
from broadsheet.readers.search import actions, decide, pairs, vocabulary
from broadsheet.readers.search import find as finding
from broadsheet.readers.search.backend import looking, tsquery
from broadsheet.readers.search.find import find
from broadsheet.readers.search.models import SearchEntry, Stem
from tests.factories import make_article, make_section
from tests.plans import walks

NOW = timezone.now()
TEXTS = {
    "exact": "At the end of the day the council met.",
    "apart": "Of the day: the end of them. At the end, the day of the council.",
    "turned": "The day of the end.",
    "title": "Nothing else.",
}


def search(text, **filters):
    found = find(decide.query(text, **filters), 0, 20)
    return [Article.objects.get(pk=hit.article).slug for hit in found.hits]


@pytest.fixture
def told(paper):
    section = make_section(slug="world")
    for number, (slug, text) in enumerate(TEXTS.items()):
        title = "The end of the day" if slug == "title" else f"Report {slug}"
        article = make_article(section, slug=slug, title=title, text=text, at=NOW - timedelta(days=number))
        actions.index_article(article.pk)


@pytest.mark.parametrize(
    ("typed", "slugs"),
    [
        ('"the day"', ["title", "exact", "apart", "turned"]),
        ('"of the"', ["title", "exact", "apart", "turned"]),
        ("“end of the day”", ["title", "exact"]),
        ("„end of the day“", ["title", "exact"]),
        ("day -«of the day»", ["turned"]),
        ('"end of the day"', ["title", "exact"]),
        ('"the end of"', ["title", "exact", "apart"]),
        ('day -"end of the day"', ["apart", "turned"]),
        ('day -"of the day"', ["turned"]),
        ('"at the end" council', ["exact", "apart"]),
        ('"day council"', []),
        ("end-of-the-day*", ["title", "exact"]),
        ("the-day*", ["title", "exact", "apart", "turned"]),
        ("coun*", ["exact", "apart"]),
        ("day -coun*", ["title", "turned"]),
    ],
)
def test_words_stand_together_in_this_order(told, typed, slugs):
    assert search(typed) == slugs


def test_a_beginning_that_stands_for_too_many_words_is_found_all_the_same(told, monkeypatch):
    assert vocabulary.beginning_with("coun") == ["council"]
    monkeypatch.setattr(vocabulary, "MOST", 0)
    assert vocabulary.beginning_with("coun") is None
    assert search("coun*") == ["exact", "apart"]
    assert search("the-day*") == ["title", "exact", "apart", "turned"]
    assert search("at-the-end* -repo*") == []


@pytest.mark.parametrize("seconds", [-1.0, 1000.0])
def test_a_beginning_of_many_words_is_found_by_its_texts_or_by_all_of_them(told, monkeypatch, seconds):
    monkeypatch.setattr(looking, "ENDINGS", 0)
    monkeypatch.setattr(looking, "READING", seconds)
    assert search("coun*") == ["exact", "apart"]
    assert search("the-day*") == ["title", "exact", "apart", "turned"]
    assert search("end-of-the-day*") == ["title", "exact"]
    assert search("day -coun*") == search("day -the-coun*") == ["title", "turned"]
    assert search("coun* -repo*") == []
    with CaptureQueriesContext(connection) as asked:
        search("coun*")
    looks = [
        query["sql"] for query in asked.captured_queries if "match" in query["sql"].lower() or "@@" in query["sql"]
    ]
    assert looks and any("council" in sql for sql in looks) is (seconds < 0)


def test_of_phrases_and_beginnings_fewer_are_looked_at(told, monkeypatch):
    monkeypatch.setattr(finding, "RANKED_IF_READ", 2)
    for typed in ('"the day"', "day*", "day -coun*"):
        found = find(decide.query(typed), 0, 20)
        assert (found.total, found.is_capped) == (2, True)
    found = find(decide.query("day"), 0, 20)
    assert (found.total, found.is_capped) == (4, False)


def test_a_search_that_compares_ends_with_enough_and_says_how_far_it_looked(told, monkeypatch):
    monkeypatch.setattr(looking, "ENOUGH", ((0.0, 1),))
    found = find(decide.query('"end of the day"'), 0, 20)
    assert (found.total, found.is_capped) == (1, True) and found.back_to is not None
    assert find(decide.query("day"), 0, 20).total == 4


def test_a_beginning_is_looked_up_in_an_index(told):
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL plans a dozen rows otherwise than a million.")
    assert walks(lambda: vocabulary.beginning_with("coun")) == []


def test_a_very_long_text_is_found_by_its_beginning_and_its_headline(paper):
    words = [f"wörter{number}" for number in range(80_000)]
    article = make_article(make_section(slug="long"), slug="long", title="Everything", text=" ".join(words))
    assert actions.index_article(article.pk)
    assert search("everything") == search('"wörter7 wörter8 wörter9"') == search("wörter9000") == ["long"]
    assert len(SearchEntry.objects.get().body.encode()) <= pairs.LONGEST


def test_a_word_without_end_is_found_by_as_much_as_is_kept(paper):
    word = "ж" * 5000
    article = make_article(make_section(slug="odd"), slug="odd", text=f"before {word} after {word} {word}")
    assert actions.index_article(article.pk)
    assert search(word) == search(f'"{word} after"') == ["odd"]


def test_known_words_are_learnt_once(told):
    known = Stem.objects.count()
    assert {"council", "day", "report"} <= set(Stem.objects.values_list("text", flat=True))
    actions.index_article(Article.objects.get(slug="exact").pk)
    assert Stem.objects.count() == known


def test_pairs_fall_into_the_same_buckets_in_python_and_postgresql(told):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's index has the pairs themselves.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_tokens('the caf\u00e9 \u0436\u0443\u043a')")
        (tokens,) = cursor.fetchone()
    words = ["the", "caf\u00e9", "\u0436\u0443\u043a"]
    assert tokens == [*words, pairs.bucket(*words[:2]), pairs.bucket(*words[1:])]


def test_an_article_whose_pair_only_shares_the_bucket_is_not_found(told, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's index has the pairs themselves.")
    monkeypatch.setattr(tsquery, "bucket", lambda one, other: pairs.bucket("of", "the"))
    assert search('"day council"') == []
    assert search('"the day"') == ["title", "exact", "apart", "turned"]
