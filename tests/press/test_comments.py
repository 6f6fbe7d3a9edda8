"""Comments and the edition: approving one prints its article again and nothing else, and reading them costs nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from broadsheet.press import purge_log
from broadsheet.readers.comments import reads
from broadsheet.readers.comments.actions import moderating, own, publishing
from broadsheet.readers.comments.models import Comment
from tests.factories import make_article, make_section
from tests.readers.comments.factories import make_comment, set_how

pytestmark = pytest.mark.django_db
ARTICLE, SECTION, OTHER, THREAD = "/city/ferry/", "/city/", "/city/pier/", "/comments/%s/"


def depends(edition: Any, path: str, article: Any) -> bool:
    return reads.key_of(article.pk) in {found.key for found in edition.dependencies(path)}


@pytest.fixture
def article(reader: Any) -> Any:
    section = make_section(slug="city")
    make_article(section, slug="pier")
    article = make_article(section, slug="ferry")
    for path in (ARTICLE, SECTION, OTHER, f"/comments/{article.pk}/"):
        assert reader.get(path).status == 200
    return article


def test_approving_shows_it_to_everybody_and_touches_no_other_page(
    reader: Any, edition: Any, article: Any, admin_user: Any, django_assert_num_queries: Any
) -> None:
    comment = make_comment(article, "Late again.", state=Comment.State.WAITING)
    with purge_log.noting() as rows:
        moderating.approve([comment], admin_user)
    assert {row.key for row in rows} == {reads.key_of(article.pk)}
    showing = {path for path in (ARTICLE, SECTION, OTHER, THREAD % article.pk) if depends(edition, path, article)}
    assert showing == {ARTICLE, THREAD % article.pk}
    assert "Late again." in reader.sees(ARTICLE)
    with django_assert_num_queries(0):
        assert "Late again." in reader.get(ARTICLE).text
    moderating.mark_spam([comment], admin_user)
    assert "Late again." not in reader.sees(ARTICLE)
    moderating.approve([comment], admin_user)
    assert "Late again." in reader.sees(f"/comments/{article.pk}/")
    own.forget(comment.commenter)
    assert "Late again." not in reader.sees(ARTICLE)


def test_the_page_changes_by_itself_when_comments_close(reader: Any, edition: Any, article: Any) -> None:
    ends = article.published_at + timedelta(days=14)
    assert abs(edition.status(ARTICLE).expires - ends.timestamp()) < 2
    set_how(taken=False)
    assert 'id="comments"' not in reader.sees(ARTICLE)


def test_a_long_thread_costs_no_more_queries_and_is_paged(reader: Any, article: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            reads.thread(article)
        return len(caught)

    make_comment(article, "The first of all")
    few = queries()
    for number in range(reads.ON_PAGE + 5):
        root = make_comment(article, f"Number {number}.")
        make_comment(article, f"Answer {number}.", parent=root)
    publishing.tell_press(article.pk)
    assert queries() == few <= 6
    first = reader.sees(f"/comments/{article.pk}/")
    second = reader.sees(f"/comments/{article.pk}/2/")
    assert "The first of all" in second and "The first of all" not in first
    assert reader.get(f"/comments/{article.pk}/3/").status == 404
    below = reader.sees(ARTICLE)
    assert below.count('class="says"') == 1 and below.count("Answer ") == reads.ON_ARTICLE
    assert "Show all comments" in below


def test_an_answer_to_an_old_comment_shows(reader: Any, article: Any) -> None:
    root = make_comment(article, "Long ago", created_at=timezone.now() - timedelta(days=3))
    reader.sees(ARTICLE)
    make_comment(article, "A late answer", parent=root, state=Comment.State.WAITING)
    late = Comment.objects.latest("pk")
    moderating.approve([late], None)
    assert "A late answer" in reader.sees(ARTICLE)
