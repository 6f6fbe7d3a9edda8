"""The desk's search of pages: drafts by their headlines, and published articles by their whole text as well."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from broadsheet.newsroom.models import Article
from broadsheet.readers.search.actions import index_article
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def _indexed(world):
    yesterday = timezone.now() - timedelta(days=1)
    kept = make_article(world, slug="kept", title="The keeper", at=yesterday, text="He kept bees in the lighthouse.")
    draft = make_article(world, slug="draft", title="A lighthouse keeper", publish=False, text="Bees.")
    for article in (kept, draft):
        index_article(article.pk)
        get_search_backend().add(article)


def found(query, model=Page, **more):
    return {page.slug for page in get_search_backend().search(query, model, **more)}


@pytest.mark.usefixtures("_indexed")
def test_articles_are_found_by_their_text_and_drafts_by_their_headlines():
    assert found("lighthouse") == found("lighthouse", Article) == {"kept", "draft"}
    assert found("bees") == {"kept"}
    assert found("bees", fields=["title"]) == set()
    assert found("bees", Page.objects.filter(live=False)) == set()
    assert found("keeper") == {"kept", "draft"}


@pytest.mark.usefixtures("_indexed")
@pytest.mark.parametrize(
    "text", ['"', '"keeper', 'keeper"', "'", "*", "-", "a AND", 'keeper "" keeper', "NEAR(", "{title}:x", "\x00"]
)
def test_nothing_an_editor_types_is_syntax(editor, text):
    assert found(text) in ({"kept", "draft"}, set())
    for address in ("/desk/pages/search/results/", "/desk/snippets/newsroom/person/results/"):
        assert editor.get(address, {"q": text}).status_code == 200


@pytest.mark.usefixtures("_indexed")
def test_an_index_that_was_lost_is_made_anew():
    IndexEntry.objects.all().delete()
    assert found("keeper") == {"kept"}, "by its text"
    call_command("update_index", verbosity=0)
    assert found("keeper") == {"kept", "draft"}
    assert not IndexEntry.objects.filter(content_type__model="searchentry").exists()


@pytest.mark.usefixtures("_indexed")
def test_the_explorers_search_finds_words_of_the_text(editor):
    page = editor.get("/desk/pages/search/results/", {"q": "bees"}).content.decode()
    assert "The keeper" in page and "A lighthouse keeper" not in page
