"""The letters' archive: leaves that know what they show."""

from __future__ import annotations

import pytest
from django.utils import timezone

from broadsheet.press import follow
from broadsheet.readers.newsletters.actions import composing, starting
from broadsheet.readers.newsletters.models import Letter
from tests.factories import make_article, make_picture, republish
from tests.press.conftest import _keep_connection, edition, reader  # noqa: F401  (a reader's view of the paper)
from tests.readers.newsletters.factories import make_subscriber

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(morning, section) -> Letter:
    """One that is out, with two articles."""
    make_subscriber(morning)
    make_article(section, title="Bridge opens", slug="bridge")
    make_article(section, title="Ferry sails", slug="ferry", lead_picture=make_picture())
    made, _ = composing.compose(morning)
    composing.fill(made, composing.choose(morning))
    made.subject = "The news at seven"
    made.save()
    starting.start(made)
    return Letter.objects.get(pk=made.pk)


def test_what_is_withdrawn_leaves_the_letter(reader, edition, letter, section):  # noqa: F811
    url = letter.get_absolute_url()
    assert url == f"/newsletters/morning/{timezone.localdate():%Y-%m-%d}/"
    assert "Ferry sails" in reader.sees(url) and "Bridge opens" in reader.sees(url)
    reader.asked_django.clear()
    assert "Ferry sails" in reader.sees(url)
    assert reader.asked_django == [] and edition.get(url).fresh_at(timezone.now().timestamp())
    section.refresh_from_db()
    ferry = letter.items.get(article__slug="ferry").article
    ferry.unpublish()
    assert "Ferry sails" not in reader.sees(url) and "Bridge opens" in reader.sees(url)
    republish(letter.items.get(article__slug="bridge").article, title="Bridge closes", standfirst="For a week.")
    assert "Bridge closes" in reader.sees(url) and "For a week." in reader.sees(url)
    letter.items.get(article__slug="bridge").article.delete()
    assert "no longer published" in reader.sees(url)


def test_other_changes_do_not_touch_it(reader, edition, letter, section):  # noqa: F811
    url = letter.get_absolute_url()
    reader.sees(url)
    make_article(section, title="Something new")
    follow.follow()
    assert not edition.get(url).stale


def test_the_lists_pages_follow_their_lists_and_letters(reader, morning, letter, section):  # noqa: F811
    assert "The news at seven" in reader.sees("/newsletters/morning/")
    pages = ("/newsletters/", "/", "/harbour/", "/harbour/bridge/", letter.get_absolute_url())
    for page in pages:
        assert "The morning letter" in reader.sees(page), page
    morning.name = "The evening letter"
    morning.save()
    for page in pages:
        assert "The evening letter" in reader.sees(page), page
    morning.active = False
    morning.save()
    for page in pages[:-1]:
        assert "The evening letter" not in reader.sees(page), page
    assert reader.get("/newsletters/morning/").status == 404
    assert reader.get(letter.get_absolute_url()).status == 200


def test_a_letter_that_is_not_out_is_not_there(reader, morning, section):  # noqa: F811
    make_article(section)
    composing.compose(morning)
    assert "yet to come" in reader.sees("/newsletters/morning/")
    assert reader.get(f"/newsletters/morning/{timezone.localdate():%Y-%m-%d}/").status == 404
