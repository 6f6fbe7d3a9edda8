"""Mails of answers: to whom they were promised, once each, and stopped at one click."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from broadsheet.readers.comments import tasks
from broadsheet.readers.comments.actions import moderating, publishing, telling
from broadsheet.readers.comments.models import Comment, Notice
from broadsheet.readers.newsletters.errors import ServerAway
from broadsheet.readers.newsletters.models import Suppression
from tests.readers.comments.factories import make_comment, make_commenter

pytestmark = pytest.mark.django_db
State, Follow = Comment.State, Comment.Follow


@pytest.fixture
def asked(article: Any) -> Comment:
    """A comment whose writer wants the answers."""
    return make_comment(article, commenter=make_commenter("ada@example.org"), follow=Follow.ANSWERS)


def answer(asked: Comment, **values: Any) -> Comment:
    values.setdefault("state", State.WAITING)
    return make_comment(asked.article, "The pier was iced.", parent=asked, name="Bo", **values)


def approve(comment: Comment, by: Any, capture: Any) -> None:
    with capture() as calls:
        moderating.approve([comment], by)
    for call in calls:
        if getattr(call, "func", None) is publishing._tell_followers:
            call()


def test_an_answer_is_mailed_when_it_is_published(
    asked: Comment, admin_user: Any, django_capture_on_commit_callbacks: Any
) -> None:
    everything = make_commenter("all@example.org")
    make_comment(asked.article, commenter=everything, follow=Follow.ALL)
    make_comment(asked.article, commenter=make_commenter("none@example.org"))
    made = answer(asked)
    assert mail.outbox == []
    approve(made, admin_user, django_capture_on_commit_callbacks)
    assert {message.to[0] for message in mail.outbox} == {"ada@example.org", "all@example.org"}
    message = next(message for message in mail.outbox if message.to == ["ada@example.org"])
    assert "Bo answered your comment" in message.body and "The pier was iced." in message.body
    assert f"#comment-{made.pk}" in message.body and len(message.alternatives) == 1
    for _ in range(2):
        tasks.tell.call(made.pk)
        tasks.go_on_telling.call()
    moderating.reject([made], admin_user)
    approve(made, admin_user, django_capture_on_commit_callbacks)
    assert len(mail.outbox) == Notice.objects.filter(state="sent").count() == 2


def test_one_click_stops_them_and_looking_does_not(asked: Comment, client: Client) -> None:
    telling.queue(answer(asked, state=State.APPROVED))
    telling.send_waiting()
    message = mail.outbox[0]
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = re.fullmatch(r"<http://[^/]+(/\S+)>", message.extra_headers["List-Unsubscribe"])[1]
    looked = client.get(stop)
    assert looked.status_code == 200 and asked.article.title in looked.content.decode()
    asked.refresh_from_db()
    assert asked.follow == Follow.ANSWERS
    one_click = client.post(stop, {"List-Unsubscribe": "One-Click"}, headers={"Origin": "https://mail.example"})
    assert one_click.status_code == 200 and client.cookies == {}
    telling.queue(answer(asked, state=State.APPROVED))
    assert telling.send_waiting() == 0 and len(mail.outbox) == 1


def test_nobody_is_told_of_their_own_words_nor_of_what_went_meanwhile(asked: Comment, admin_user: Any) -> None:
    assert telling.queue(answer(asked, commenter=asked.commenter, state=State.APPROVED)) == 0
    gone, closed = answer(asked, state=State.APPROVED), answer(asked, state=State.APPROVED)
    telling.queue(gone)
    moderating.mark_spam([gone], admin_user)
    assert telling.send_waiting() == 0
    Suppression.objects.create(email_key="ada@example.org", reason=Suppression.Reason.HARD)
    telling.queue(closed)
    assert telling.send_waiting() == 0 and mail.outbox == []
    assert set(Notice.objects.values_list("state", flat=True)) == {Notice.State.DROPPED}


def test_a_mail_that_may_have_gone_is_never_sent_again(asked: Comment, monkeypatch: pytest.MonkeyPatch) -> None:
    telling.queue(answer(asked, state=State.APPROVED))
    with monkeypatch.context() as dying:
        dying.setattr(telling.notices, "send", lambda _: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            telling.send_waiting()
    assert telling.send_waiting() == 0 and mail.outbox == []
    telling.queue(second := answer(asked, state=State.APPROVED))
    with monkeypatch.context() as away:
        away.setattr(telling.notices, "send", lambda _: (_ for _ in ()).throw(ServerAway("refused")))
        assert telling.send_waiting() == 0
    assert Notice.objects.get(comment=second).state == Notice.State.QUEUED
    assert telling.send_waiting() == 1
    telling.queue(third := answer(asked, state=State.APPROVED))
    with monkeypatch.context() as lost:
        lost.setattr(telling.notices, "send", lambda _: (_ for _ in ()).throw(ServerAway("lost", may_have_it=True)))
        assert telling.send_waiting() == 0
    assert Notice.objects.get(comment=third).state == Notice.State.SENDING and telling.send_waiting() == 0
