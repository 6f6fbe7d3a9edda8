"""Akismet is asked where the site wishes it, learns what moderators decide, and never stands in a comment's way."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import DEFAULT_DB_ALIAS, connections
from django.test import Client

from broadsheet.readers.comments import akismet, tasks
from broadsheet.readers.comments.actions import judging, moderating
from broadsheet.readers.comments.models import Comment
from tests.readers.comments.factories import make_comment, set_how

pytestmark = pytest.mark.django_db
State = Comment.State


class Asked(list[tuple[str, dict[str, str]]]):
    """What Akismet was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.in_transaction: list[bool] = []
        """Whether the asking connection was in a transaction, each time."""
        self.connection = connections[DEFAULT_DB_ALIAS]


@pytest.fixture
def asked(settings: Any) -> Iterator[Asked]:
    """What it was asked; it takes for spam what its own test author writes, as the real one does."""
    asked = Asked()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: Any) -> None:
            pass

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            said = {name: values[0] for name, values in parse_qs(body).items()}
            asked.append((self.path, said))
            asked.in_transaction.append(asked.connection.in_atomic_block)
            answer = b"true" if said["comment_author"] == "akismet-guaranteed-spam" else b"false"
            self.send_response(200 if said["api_key"] == "key" else 500)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    settings.AKISMET_KEY, settings.AKISMET_URL = "key", f"http://127.0.0.1:{server.server_port}"
    settings.WIRE_FETCH_ALLOW = [f"127.0.0.1:{server.server_port}"]
    yield asked
    server.shutdown()
    server.server_close()


def judged(article: Any, name: str) -> Comment:
    comment = make_comment(article, name=name, state=State.UNCONFIRMED)
    judging.settle(comment)
    return comment


def test_what_it_takes_for_spam_is_spam_and_the_rest_is_judged_as_usual(article: Any, asked: Any) -> None:
    set_how(before="odd")
    assert judged(article, "akismet-guaranteed-spam").state == State.SPAM
    assert judged(article, "Ada").state == State.APPROVED
    assert [path for path, _ in asked] == ["/1.1/comment-check"] * 2
    assert asked[1][1]["comment_content"] == "Well said." and asked[1][1]["permalink"].endswith("/harbour/ferry/")


def test_it_learns_what_moderators_decide(article: Any, asked: Any, admin_user: Any) -> None:
    comment = make_comment(article, state=State.WAITING)
    moderating.mark_spam([comment], admin_user)
    tasks.teach_service.call(comment.pk, comment.taught)
    moderating.approve([comment], admin_user)
    tasks.teach_service.call(comment.pk, comment.taught)
    assert [path for path, _ in asked] == ["/1.1/submit-spam", "/1.1/submit-ham"]


def test_its_silence_changes_nothing(article: Any, asked: Any, settings: Any) -> None:
    set_how(before="odd")
    settings.AKISMET_KEY = "wrong"
    assert judged(article, "akismet-guaranteed-spam").state == State.APPROVED
    settings.AKISMET_KEY, settings.AKISMET_URL = "key", "http://127.0.0.1:1"
    assert judged(article, "akismet-guaranteed-spam").state == State.APPROVED
    settings.AKISMET_KEY = ""
    assert akismet.check(Comment.objects.latest("pk")) is None and len(asked) == 1


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_it_is_asked(
    client: Client, article: Any, asked: Asked, admin_user: Any, django_user_model: Any
) -> None:
    """A vendor that is slow must hold up nobody else who writes."""
    set_how(before="odd")
    said = {"name": "Ada Marsh", "text": "The ferry was late again.", "took": "40"}
    client.post(f"/comments/{article.pk}/write/", {**said, "email": "ada@example.org"})
    mine = client.post(re.search(r"/comments/confirm/\S+", mail.outbox[-1].body)[0]).url
    comment = Comment.objects.get()
    client.post(f"{mine}{comment.pk}/", {"text": "The ferry was on time."})
    reader = django_user_model.objects.create_user("bo", email="bo@example.org")
    EmailAddress.objects.create(user=reader, email=reader.email, verified=True)
    client.force_login(reader)
    client.post(f"/comments/{article.pk}/write/", said)
    client.force_login(admin_user)
    moderating.mark_spam([comment], admin_user)
    assert [path.rpartition("/")[2] for path, _ in asked] == ["comment-check"] * 3 + ["submit-spam"]
    assert asked.in_transaction == [False] * 4
