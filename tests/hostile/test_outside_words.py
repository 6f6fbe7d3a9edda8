"""What comes into the newsroom from outside does nothing in a browser, with the content policy off.

Agencies' headlines, names and reports, and articles that somebody brings in with hostile words in every field: on
readers' pages, in their structured data, and in the desk.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, sync_playwright

from broadsheet.newsroom.models import Article
from broadsheet.readers.search.actions import index_article
from broadsheet.wire.cleaning import clean_html
from tests.desk.factories import make_item, make_source
from tests.factories import make_article, make_person, make_section, make_topic
from tests.hostile.executing import hits
from tests.hostile.vectors import vectors

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def pages(paper: Any, admin_client: Client) -> dict[str, str]:
    """Every page by what it shows; those of one article for each vector, lists with all of them."""
    articles = [
        brought_in(f"filed-{number}", vector, clean_html(vector, "http://wire.example/"))
        for number, vector in enumerate(vectors())
    ]
    edited = [brought_in(f"edited-{number}", vector, "The council met.") for number, vector in enumerate(vectors()[:3])]
    source = make_source(name=vectors()[0])
    for vector in vectors():
        make_item(source, title=vector, body_html=clean_html(vector, "http://wire.example/"), body_text=vector)
    found = {f"article: {article.title}": article.get_url() for article in articles}
    found |= {f"editor: {article.title}": f"/desk/pages/{article.pk}/edit/" for article in edited}
    for article in articles[:3]:
        found |= {f"author: {article.title}": article.bylines.get().person.get_absolute_url()}
        found |= {f"topic: {article.title}": article.topic_links.get().topic.get_absolute_url()}
    section = articles[0].get_parent()
    found |= {
        "home": "/", "section": section.get_url(), "archive": "/archive/", "authors": "/authors/",
        "hits": "/search/?q=hostile", "desk": "/desk/", "explorer": f"/desk/pages/{section.pk}/",
        "explorer's search": "/desk/pages/search/?q=hostile", "wire": "/desk/wire/", "choosing": "/desk/choose-page/",
    }  # fmt: skip
    answers = {name: admin_client.get(address) for name, address in found.items()}
    assert {name: answer.status_code for name, answer in answers.items() if answer.status_code != 200} == {}
    return {name: answer.content.decode() for name, answer in answers.items()}


def brought_in(slug: str, vector: str, text: str) -> Article:
    """An article with the vector in every field that has words; its text is HTML, as the sanitiser leaves it."""
    section = (
        Article.objects.first().get_parent()
        if Article.objects.exists()
        else make_section(title=vector[:60], slug="city")
    )
    article = make_article(
        section,
        title=f"{vector} hostile",
        slug=slug,
        standfirst=vector,
        text=text,
        authors=[make_person(vector[:60])],
        topics=[make_topic(f"{vector[:60]} {slug}")],
        contributors=vector[:60],
    )
    index_article(article.pk)
    return article


@pytest.fixture
def browser(pages: Any, chromium: str) -> Any:  # after the pages: the driver's loop and the database do not mix
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


def test_nothing_that_comes_in_is_executed(pages: dict[str, str], browser: Browser) -> None:
    control = hits(browser, [f"<div>{vector}</div>" for vector in vectors()])
    assert sum(count > 0 for count in control) >= 12
    in_data = hits(browser, [f'<script type="application/ld+json">{{"x":"{vector}"}}</script>' for vector in vectors()])
    assert sum(count > 0 for count in in_data) >= 2, "structured data that is not escaped is alive"
    executed = dict(zip(pages, hits(browser, list(pages.values())), strict=True))
    assert {name: count for name, count in executed.items() if count} == {}
