"""Akismet is asked where the site wishes it, learns what moderators decide, and never stands in a comment's way."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest

from broadsheet.readers.comments import akismet, tasks
from broadsheet.readers.comments.actions import judging, moderating
from broadsheet.readers.comments.models import Comment
from tests.readers.comments.factories import make_comment, set_how

pytestmark = pytest.mark.django_db
State = Comment.State


@pytest.fixture
def asked(settings: Any) -> Iterator[list[tuple[str, dict[str, str]]]]:
    """What it was asked; it takes for spam what its own test author writes, as the real one does."""
    asked: list[tuple[str, dict[str, str]]] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: Any) -> None:
            pass

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            said = {name: values[0] for name, values in parse_qs(body).items()}
            asked.append((self.path, said))
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
