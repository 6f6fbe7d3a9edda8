"""Search over full bodies, on whichever database the suite runs."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from broadsheet.newsroom.models import Article
from broadsheet.readers.search import actions, decide
from broadsheet.readers.search.find import find
from tests.factories import make_article, make_person, make_section, republish
from tests.plans import walks

NOW = timezone.now()
SMALL_TABLES_TELL = pytest.mark.skipif(
    os.environ.get("BROADSHEET_TEST_DATABASE") == "postgres",
    reason="PostgreSQL plans a dozen rows otherwise than a million: its plans are asked on a filled archive",
)


def search(text, **filters):
    query = decide.Query(text=text, phrases=decide.phrases(text), **filters)
    found = find(query, 0, 20)
    return [Article.objects.get(pk=hit.article).slug for hit in found.hits]


@pytest.fixture
def indexed(paper):
    world, sport = make_section(slug="world"), make_section(slug="sport")
    ann = make_person("Ann Zelenka", slug="ann")
    made = [
        make_article(world, slug="old", at=NOW - timedelta(days=400), text="The lighthouse keeper kept bees."),
        make_article(
            world, slug="new", at=NOW - timedelta(days=1), text="A keeper saved the lighthouse.", authors=[ann]
        ),
        make_article(sport, slug="cafe", title="The café’s goalkeeper", text="Nothing else to say."),
        make_article(sport, slug="draft", publish=False, text="A lighthouse nobody may find."),
    ]
    for article in made:
        actions.index_article(article.pk)


def test_a_phrase_that_stands_only_in_an_old_body_is_found(indexed):
    assert search('"lighthouse keeper"') == ["old"]
    assert set(search("lighthouse keeper")) == {"old", "new"}


def test_words_are_found_in_other_forms_and_without_their_accents(indexed):
    assert set(search("lighthouses")) == {"old", "new"}
    assert search("cafe") == search("CAFÉ") == ["cafe"]


def test_a_headline_weighs_more_than_a_body(indexed):
    article = make_article(
        Article.objects.get(slug="old").get_parent(), slug="headline", title="Bees", text="Other words."
    )
    actions.index_article(article.pk)
    assert search("bees") == ["headline", "old"]


def test_filters_and_order(indexed):
    world = Article.objects.get(slug="new").get_parent().pk
    sport = Article.objects.get(slug="cafe").get_parent().pk
    assert search("lighthouse", section=sport) == []
    assert set(search("lighthouse", section=world)) == {"old", "new"}
    assert search("lighthouse", since=NOW - timedelta(days=30)) == ["new"]
    assert search("lighthouse", author=Article.objects.get(slug="new").bylines.get().person_id) == ["new"]
    assert search("keeper", newest_first=True)[:1] != ["old"]


def test_authors_names_are_found(indexed):
    assert search("zelenka") == ["new"]


def test_a_withdrawn_article_is_not_found_and_a_changed_one_by_its_new_words(indexed):
    article = Article.objects.get(slug="new")
    article.unpublish()
    actions.index_article(article.pk)
    assert search("lighthouse") == ["old"]
    changed = republish(Article.objects.get(slug="old"), title="Honey")
    actions.index_article(changed.pk)
    assert search("honey") == ["old"]


@pytest.mark.parametrize(
    "text",
    ['"', "'", "a AND", "NEAR(", "*", "-", "col:x", '""', "\\", "%", "a & !b", "(", "\x02", "é" * 500, "x " * 500],
)
def test_nothing_a_reader_types_is_syntax(indexed, text):
    search(text)


def test_snippets_mark_the_word_and_escape_the_rest(indexed):
    article = republish(Article.objects.get(slug="old"), standfirst="<script>alert(1)</script> the bees")
    actions.index_article(article.pk)
    query = decide.Query(text="bees", phrases=decide.phrases("bees"))
    snippet = find(query, 0, 20).hits[0].snippet
    assert "<mark>bees</mark>" in snippet
    assert "<script" not in snippet


def test_the_page_works_as_a_plain_form(client, indexed, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        response = client.get("/search/", {"q": "lighthouse", "section": "world", "since": "year"})
    assert response.status_code == 200
    assert Article.objects.get(slug="new").title in response.content.decode()
    assert "Set-Cookie" not in response.headers
    assert client.get("/search/").status_code == 200
    for odd in ({"q": "a", "page": "-1"}, {"q": "a", "page": "9" * 9}, {"q": "\0"}, {"q": "a", "section": "no"}):
        assert client.get("/search/", odd).status_code == 200
    hostile = client.get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert(1)" not in hostile


def test_only_those_who_have_something_published_can_be_chosen(client, indexed):
    make_person("Bob Silent", slug="bob")
    make_article(make_section(), authors=[make_person("Cat Drafting", slug="cat")], publish=False)
    page = client.get("/search/").content.decode()
    assert 'value="ann"' in page
    assert 'value="bob"' not in page
    assert 'value="cat"' not in page


@SMALL_TABLES_TELL
@pytest.mark.parametrize("asked", [{}, {"q": "keeper"}, {"q": '"saved the"', "author": "ann", "order": "newest"}])
def test_no_search_walks_what_grows(client, indexed, asked):
    client.get("/search/")  # the first request of a process fills its own caches
    assert walks(lambda: client.get("/search/", asked)) == []


@SMALL_TABLES_TELL
@pytest.mark.parametrize("text", ["keeper", '"saved the" lighthouse'])
def test_ranking_looks_no_further_back_than_the_newest_hits(indexed, text):
    """FTS5's own rank counts a word in the whole archive first, so nothing may ask for it."""
    with CaptureQueriesContext(connection) as asked:
        assert search(text)
    matches = [query["sql"] for query in asked if "MATCH" in query["sql"]]
    assert len(matches) >= 3
    assert not [sql for sql in matches if "rank" in sql]
    assert all("LIMIT" in sql or "rowid >=" in sql or "rowid IN" in sql for sql in matches)


def test_words_in_the_standfirst_come_after_those_in_the_headline_and_before_those_in_the_text(paper):
    section = make_section()
    texts = {"text": "The lighthouse.", "standfirst": "Nothing.", "headline": "Nothing."}
    for age, (slug, text) in enumerate(texts.items()):
        where = {"standfirst": {"standfirst": "A lighthouse"}, "headline": {"title": "The lighthouse"}}.get(slug, {})
        made = make_article(section, slug=slug, at=NOW - timedelta(days=age), text=text, **where)
        actions.index_article(made.pk)
    assert search("lighthouse") == ["headline", "standfirst", "text"]
    assert search("lighthouse", newest_first=True) == ["text", "standfirst", "headline"]


def test_what_was_published_late_is_new_however_early_it_was_begun(paper):
    section = make_section()
    early, later = make_article(section, publish=False, slug="early", text="The lighthouse."), make_section()
    make_article(later, slug="before", at=NOW - timedelta(days=40), text="The lighthouse.")
    republish(early, published_at=NOW - timedelta(hours=1))
    for article in Article.objects.all():
        actions.index_article(article.pk)
    assert search("lighthouse", since=decide.since("day", NOW)) == ["early"]
