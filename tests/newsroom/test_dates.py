"""The dates readers see."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from broadsheet.newsroom import decide
from tests.factories import make_article, make_section, republish

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def test_the_first_publication_sets_the_date(paper):
    before = timezone.now()
    article = make_article(make_section())
    assert before <= article.published_at <= timezone.now()
    assert article.updated_at is None


def test_an_editor_may_backdate_but_not_postdate(paper):
    past = timezone.now() - timedelta(days=3)
    assert make_article(make_section(), at=past).published_at == past
    assert make_article(make_section(), at=timezone.now() + timedelta(days=3)).published_at <= timezone.now()


def test_a_change_readers_notice_shows_a_new_time_and_a_small_mend_does_not(paper):
    article = make_article(make_section())
    assert republish(article, minor_change=True, title="Mended").updated_at is None
    changed = republish(article, title="Another headline")
    assert changed.updated_at is not None
    assert changed.minor_change is False
    assert republish(article, place="Here").updated_at == changed.updated_at


def test_a_source_date_that_cannot_be_true_is_not_shown():
    oldest = NOW - timedelta(days=1000)
    for given, shown in [
        (NOW - timedelta(days=1), NOW - timedelta(days=1)),
        (NOW + timedelta(days=1), None),
        (datetime(2007, 1, 1, tzinfo=UTC), None),
        (None, None),
    ]:
        assert decide.sane_source_date(given, now=NOW, oldest=oldest) == shown


def test_words_and_reading_time():
    assert decide.count_words("It’s a well-known fact, isn't it?") == 6
    assert decide.reading_minutes(0) == 1
    assert decide.reading_minutes(1150) == 5
