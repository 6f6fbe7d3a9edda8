"""Moderators decide, the classifier learns of it, readers report."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from broadsheet.readers.comments.actions import learning, moderating, publishing, reporting
from broadsheet.readers.comments.decide import spam
from broadsheet.readers.comments.models import Ban, Comment, Report, WordCount
from tests.readers.comments.factories import make_comment, make_commenter, set_how

pytestmark = pytest.mark.django_db
State = Comment.State


def counts(word: str) -> tuple[int, int]:
    found = WordCount.objects.filter(word=word).first()
    return (found.spam, found.good) if found else (0, 0)


def test_every_decision_can_be_taken_anew_and_the_classifier_follows(article: Any, admin_user: Any) -> None:
    comment = make_comment(article, "Cheap casino bonus", state=State.WAITING)
    moderating.mark_spam([comment], admin_user)
    assert (comment.state, counts("casino"), counts("")) == (State.SPAM, (1, 0), (1, 0))
    assert moderating.mark_spam([comment], admin_user) == 0
    moderating.approve([comment], admin_user)
    assert (comment.state, counts("casino"), counts("")) == (State.APPROVED, (0, 1), (0, 1))
    moderating.reject([comment], admin_user, reason="Off the subject")
    assert (comment.state, comment.reason, counts("")) == (State.REJECTED, "Off the subject", (0, 0))
    moderating.put_back([comment], admin_user)
    assert (comment.state, comment.decided_by) == (State.WAITING, admin_user)


def test_what_was_deleted_or_not_confirmed_is_not_decided(article: Any, admin_user: Any) -> None:
    for state in (State.REMOVED, State.UNCONFIRMED):
        comment = make_comment(article, state=state)
        assert moderating.approve([comment], admin_user) == 0
        comment.refresh_from_db()
        assert comment.state == state


def test_what_was_learned_catches_the_next(client: Client, article: Any, admin_user: Any) -> None:
    bad, good = "Win money at our online casino today", "The council should mend the pier before the winter"
    for number in range(spam.ENOUGH + 5):
        moderating.mark_spam([make_comment(article, f"{bad} {number}", state=State.WAITING)], admin_user)
        moderating.approve([make_comment(article, f"{good} {number}", state=State.WAITING)], admin_user)
    assert learning.likelihood("Online casino: win money", "Max") > spam.LIKELY_SPAM
    assert learning.likelihood("Who will mend the pier?", "Max") < 0.2


def test_its_questions_do_not_grow_with_what_was_learned(
    article: Any, admin_user: Any, django_assert_num_queries: Any
) -> None:
    comment = make_comment(article, " ".join(f"word{n}" for n in range(300)), state=State.WAITING)
    moderating.mark_spam([comment], admin_user)
    with django_assert_num_queries(1):
        learning.likelihood(comment.text, comment.name)
    assert WordCount.objects.count() > 300
    assert learning.forget_rare() == 0
    WordCount.objects.update(last_on="2020-01-01")
    assert learning.forget_rare() > 300 and counts("") == (1, 0)


def test_a_ban_rejects_what_waits_and_lasts(article: Any, admin_user: Any) -> None:
    writer = make_commenter("eve@example.org")
    published = make_comment(article, commenter=writer)
    waiting = make_comment(article, commenter=writer, state=State.WAITING)
    assert moderating.ban([published, waiting], admin_user, reason="Insults") == 1
    waiting.refresh_from_db()
    published.refresh_from_db()
    assert (waiting.state, waiting.reason, published.state) == (State.REJECTED, "Insults", State.APPROVED)
    assert Ban.objects.get().email_key == "eve@example.org"


def test_readers_report_once_and_enough_of_them_hide_it_where_the_paper_wishes(client: Client, article: Any) -> None:
    comment = make_comment(article)
    form = f"/comments/report/{comment.pk}/"
    assert client.get(form).status_code == 200 and not Report.objects.exists()
    assert client.post(form, {"why": "nonsense"}).status_code == 422
    assert client.post(form, {"why": "abuse"}, headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.post(form, {"why": "abuse", "website": "x"}).status_code == 200 and not Report.objects.exists()
    for _ in range(2):
        assert client.post(form, {"why": "abuse", "text": "He insults me"}).status_code == 200
    assert Report.objects.count() == 1
    comment.refresh_from_db()
    assert comment.is_shown
    set_how(hide_after=2)
    reporting.report(comment, why="false", text="", sender="192.0.2.9")
    comment.refresh_from_db()
    assert comment.state == State.WAITING and "2 readers reported it" in comment.signs
    assert client.get(form).status_code == 404


def test_one_sender_reports_so_many(article: Any, client: Client) -> None:
    codes = [
        client.post(f"/comments/report/{make_comment(article).pk}/", {"why": "spam"}).status_code
        for _ in range(reporting.FROM_ONE_SENDER + 1)
    ]
    assert codes == [200] * reporting.FROM_ONE_SENDER + [429]


def test_picks_are_marked(article: Any, client: Client) -> None:
    comment = make_comment(article)
    moderating.pick([comment], True)
    make_comment(article, "A newer one")
    page = client.get("/harbour/ferry/").content.decode()
    assert page.index("Well said.") < page.index("A newer one")
    assert "Editors’ pick" in client.get("/harbour/ferry/").content.decode()
    publishing.put(comment, State.REJECTED)
    assert "Editors’ pick" not in client.get("/harbour/ferry/").content.decode()
