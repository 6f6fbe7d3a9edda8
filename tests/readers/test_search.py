"""Search over full bodies, on whichever database the suite runs."""

from __future__ import annotations

import os
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from broadsheet.newsroom.models import Article, Section
from broadsheet.readers.search import actions, decide, facets, spelling, tasks, terms, vocabulary
from broadsheet.readers.search.backend import looking
from broadsheet.readers.search.find import find, newest
from broadsheet.readers.search.models import SearchedTerm, SearchEntry
from tests.factories import make_article, make_person, make_section, make_topic, republish
from tests.plans import walks

ODD_NUMBERS = ("-1", "0", "²", "٣", "9" * 9, "9" * 5000)
NOW = timezone.now()
SMALL_TABLES_TELL = pytest.mark.skipif(
    os.environ.get("BROADSHEET_TEST_DATABASE") == "postgres",
    reason="PostgreSQL plans a dozen rows otherwise than a million: its plans are asked on a filled archive",
)


def search(text, **filters):
    query = decide.query(text, **filters)
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


def test_a_range_of_dates(indexed):
    assert search("lighthouse", until=NOW - timedelta(days=30)) == ["old"]
    assert search("lighthouse", since=NOW - timedelta(days=401), until=NOW - timedelta(days=399)) == ["old"]
    assert search("lighthouse", since=NOW - timedelta(days=390), until=NOW - timedelta(days=2)) == []


def test_the_newest_are_looked_at_first_whatever_their_ids(indexed):
    """An archive that is brought in later has the highest ids and the oldest reports."""
    world = Article.objects.get(slug="new").get_parent()
    for year in range(1, 5):
        late = make_article(world, slug=f"year-{year}", at=NOW - timedelta(days=366 * year), text="A lighthouse.")
        actions.index_article(late.pk)
    found = newest(decide.query("lighthouse"), 3)
    assert [Article.objects.get(pk=pk).slug for pk in found] == ["new", "year-1", "old"]


def test_every_window_is_looked_through_and_no_day_twice(indexed):
    world = Article.objects.get(slug="new").get_parent()
    ages = [0, 3, 4, 5, 8, 30, 68, 69, 365, 1200, 4000, 9000]
    for age in ages:
        late = make_article(world, slug=f"age-{age}", at=NOW - timedelta(days=age), text="A windmill.")
        actions.index_article(late.pk)
    for most in (2, 5, 12, 2000):
        found = newest(decide.query("windmill", newest_first=True), most)
        slugs = [Article.objects.get(pk=pk).slug for pk in found]
        assert slugs == [f"age-{age}" for age in ages][:most]
    begun = find(decide.query("windm*", newest_first=True), 0, 20)
    assert begun.total == len(ages)


def test_a_search_that_takes_long_says_how_far_it_looked(client, indexed, monkeypatch):
    monkeypatch.setattr(looking, "PATIENCE", -1.0)
    monkeypatch.setattr(vocabulary, "MOST", 0)
    page = client.get("/search/", {"q": "lightho*", "section": "world"}).content.decode()
    assert "were looked through" in page and "Did you mean" not in page
    older = re.search(r'<a href="([^"]*)">Look in older ones', page)[1].replace("&amp;", "&")
    assert "section=world" in older and re.search(r"to=\d{4}-\d\d-\d\d", older)
    monkeypatch.undo()
    assert "The café" not in client.get(older).content.decode()
    assert "were looked through" not in client.get("/search/", {"q": "lightho*"}).content.decode()


def test_days_are_the_papers_and_both_are_included(client, indexed, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    at = datetime(2026, 3, 4, 23, 30, tzinfo=ZoneInfo("Pacific/Auckland"))
    late = make_article(make_section(), slug="late", title="The late lighthouse", at=at, text="Nothing.")
    actions.index_article(late.pk)

    def shown(**days):
        return "The late lighthouse" in client.get("/search/", {"q": '"late lighthouse"', **days}).content.decode()

    with timezone.override(ZoneInfo("Pacific/Auckland")):
        assert shown(**{"from": "2026-03-04", "to": "2026-03-04"})
        assert not shown(**{"from": "2026-03-05"}) and not shown(to="2026-03-03")
        for odd in ("yesterday", "2026-02-30", "9999-12-31", "2026-3-4", "0000-00-00", "9999-12-30", "0001-01-01"):
            assert client.get("/search/", {"q": "lighthouse", "from": odd, "to": odd}).status_code == 200
        assert shown(to="8999-12-31") and shown(**{"from": "1000-01-01"})
        page = client.get("/search/", {"q": "lighthouse", "from": "2026-03-04", "since": "year"}).content.decode()
    assert "From 4 March 2026" in page and 'name="since" value="year"' in page and 'value="2026-03-04"' in page


@pytest.mark.django_db(transaction=True)
def test_an_article_that_moves_is_found_in_its_new_section_alone(indexed):
    article, sport = Article.objects.get(slug="new"), Article.objects.get(slug="cafe").get_parent()
    world = article.get_parent()
    article.move(sport, pos="last-child")
    assert search("lighthouse", section=sport.pk) == ["new"]
    assert search("lighthouse", section=world.pk) == ["old"]
    Section.objects.get(pk=sport.pk).move(world, pos="last-child")
    assert set(search("keeper", section=world.pk)) == {"old", "new"}
    assert set(search("lighthouse", section=world.pk)) == {"old", "new"}


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
    query = decide.query("bees")
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
    for odd in ({"q": "\0"}, {"q": "a", "section": "no"}, *({"q": "a", "page": page} for page in ODD_NUMBERS)):
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
    assert matches and not [sql for sql in matches if "rank" in sql]
    assert all("LIMIT" in sql or "#m" in sql or "#y" in sql for sql in matches)


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


def test_beginnings_and_words_that_must_not_stand_there(indexed):
    assert set(search("light*")) == {"old", "new"}
    assert search("lighthouse -bees") == ["new"]
    assert search('keeper -"lighthouse keeper"') == ["new"]
    assert search("-bees") == search("li*") == []
    assert search("goalkeep*") == ["cafe"]


def test_a_topic_narrows_and_every_facet_is_counted(client, indexed):
    topic = make_topic("Bees", slug="bees-topic")
    article = make_article(
        Article.objects.get(slug="old").get_parent(), slug="hive", topics=[topic], text="A lighthouse of wax."
    )
    actions.index_article(article.pk)
    assert search("lighthouse", topic=topic.pk) == ["hive"]
    found = find(decide.query("lighthouse"), 0, 20)
    counted = facets.count(found.all, timezone.now())
    world = article.get_parent().pk
    assert (counted.sections[world], counted.topics[topic.pk], counted.periods["week"]) == (3, 1, 2)
    page = client.get("/search/", {"q": "lighthouse", "section": "world"}).content.decode()
    assert "topic=bees-topic" in page and "author=ann" in page and "since=week" in page
    assert "do without" in page and 'href="/search/?q=lighthouse"' in page
    narrowed = client.get("/search/", {"q": "lighthouse", "topic": "bees-topic"}).content.decode()
    assert "1 report for" in narrowed and 'name="topic" value="bees-topic"' in narrowed


def test_what_was_perhaps_meant_is_said_only_if_it_finds_something(client, indexed):
    page = client.get("/search/", {"q": "goalkeper"}).content.decode()
    assert "Did you mean" in page and "goalkeeper" in page
    assert "Did you mean" in client.get("/search/", {"q": "Zelenak"}).content.decode()
    assert "Did you mean" not in client.get("/search/", {"q": "xylophonist"}).content.decode()
    assert "Did you mean" not in client.get("/search/", {"q": "goalkeper", "section": "world"}).content.decode()


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [("ferry", "ferry", 0), ("ferry", "fery", 1), ("ferry", "frery", 1), ("ferry", "fairy", 2), ("", "abc", 3)],
)
def test_how_far_words_are_apart(one, other, far):
    assert spelling.distance(one, other) == spelling.distance(other, one) == far


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [
        ("de", "Die Häuser am Hafen", "haus"),
        ("de", "Die Häuser am Hafen", "Hauser"),
        ("fr", "Les élections européennes", "election europeenne"),
        ("es", "Las canciones", "canción"),
        ("sv", "Flickorna i hamnen", "flicka"),
        ("xx", "Foobarish words", "foobarish"),
        ("en-gb", "They were running", "run"),
    ],
)
def test_words_are_found_in_the_papers_language(paper, settings, language, written, typed):
    settings.LANGUAGE_CODE = language
    article = make_article(make_section(), slug="it", text=written)
    actions.index_article(article.pk)
    assert search(typed) == ["it"]


def test_suggestions_while_typing(client, indexed, django_assert_max_num_queries):
    make_topic("Lighthouses", slug="lighthouses")
    with django_assert_max_num_queries(18):
        answer = client.get("/search/suggest/", {"q": "ligh"})
    found = [(one["kind"], one["text"]) for one in answer.json()["suggestions"]]
    assert found[0] == ("Topic", "Lighthouses") and len(found) == 3
    assert "public" in answer["Cache-Control"] and answer.cookies == {}
    assert client.get("/search/suggest/", {"q": "Ann"}).json()["suggestions"][0]["kind"] == "Author"
    assert client.get("/search/suggest/", {"q": "sect"}).json()["suggestions"][0]["kind"] == "Section"
    for odd in ("", "x", '"', "*", "\x00", "é" * 500):
        assert client.get("/search/suggest/", {"q": odd}).status_code == 200
    assert client.post("/search/suggest/").status_code == 405


def test_headlines_with_the_word_are_suggested_first(client, indexed):
    world = Article.objects.get(slug="new").get_parent()
    for number in range(7):
        text = make_article(world, slug=f"text-{number}", title=f"Report {number}", at=NOW, text="The windmill stood.")
        actions.index_article(text.pk)
    late = make_article(world, slug="mill", title="A windmill burns", at=NOW - timedelta(days=300))
    actions.index_article(late.pk)
    found = client.get("/search/suggest/", {"q": "windm"}).json()["suggestions"]
    assert [one["text"] for one in found][:2] == ["A windmill burns", "Report 6"] and len(found) == 6


def test_saving_costs_the_same_however_much_is_indexed(indexed):
    article = Article.objects.get(slug="new")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            actions.index_article(article.pk)
        return len(asked)

    few = queries()
    for number in range(20):
        actions.index_article(make_article(article.get_parent(), title=f"Number {number}").pk)
    assert queries() == few


def test_an_index_that_was_built_anew_is_filled_by_parts(indexed, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    SearchEntry.objects.all().delete()
    assert search("lighthouse") == []
    assert tasks.index_missing.call() is True
    assert set(search("lighthouse")) == {"old", "new"} and SearchEntry.objects.count() == 3


AGENT = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


def test_what_is_searched_for_is_counted_without_those_who_search(client, indexed, monkeypatch):
    monkeypatch.setattr(terms, "gathered", terms.Gathered())
    for sender in range(3):
        for _ in range(2):
            client.get("/search/", {"q": " Lighthouse "}, headers=AGENT, REMOTE_ADDR=f"192.0.2.{sender}")
    client.get("/search/", {"q": "my own name"}, headers=AGENT)
    client.get(
        "/search/", {"q": "a program"}, headers={"User-Agent": "Googlebot/2.1 (+http://www.google.com/bot.html)"}
    )
    client.get("/search/", {"q": "narrowed", "section": "world"}, headers=AGENT)
    assert terms.write() == 2 and terms.write() == 0
    found = {row.text: (row.times, row.found) for row in SearchedTerm.objects.all()}
    assert found == {"lighthouse": (3, 2), "my own name": (1, 0)}
    assert [row["text"] for row in terms.asked_for(7)] == ["lighthouse"]
    assert terms.asked_for(7, in_vain=True) == []
    SearchedTerm.objects.filter(text="my own name").update(times=3)
    assert [row["text"] for row in terms.asked_for(7, in_vain=True)] == ["my own name"]
    SearchedTerm.objects.update(day=NOW.date() - timedelta(days=91))
    assert terms.forget_old() == 2
