"""Readers' accounts: a code by mail, no password, and no way to the desk."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache
from django.test import Client

from broadsheet.readers.accounts import limited
from broadsheet.readers.comments.models import Comment
from tests.factories import make_article, make_section
from tests.readers.comments.factories import set_how

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(paper: Any, settings: Any) -> Any:
    settings.DEFAULT_FROM_EMAIL = "news@example.org"
    return make_article(make_section(slug="harbour"), slug="ferry")


def code() -> str:
    return re.search(r"^([A-Z0-9-]{6,9})$", mail.outbox[-1].body, re.MULTILINE)[1]


def sign_up(client: Client, email: str) -> None:
    answer = client.post("/account/signup/", {"email": email})
    assert answer.status_code == 302, answer.content
    answer = client.post(answer.url, {"code": code()})
    assert answer.status_code == 302, answer.content


def test_a_reader_signs_up_signs_in_again_and_comments_without_a_mail(client: Client, article: Any) -> None:
    set_how(before="odd")
    sign_up(client, "ada@example.org")
    user = get_user_model().objects.get()
    assert not user.has_usable_password() and not user.is_staff
    client.post("/account/logout/")
    answer = client.post("/account/login/code/", {"email": "ada@example.org"})
    client.post(answer.url, {"code": code()})
    form = client.get(f"/comments/{article.pk}/write/")
    assert "You are signed in as ada@example.org" in form.content.decode() and "no-store" in form["Cache-Control"]
    assert "/account/logout/" in form.content.decode() and "/comments/me/" in form.content.decode()
    sent = len(mail.outbox)
    answer = client.post(f"/comments/{article.pk}/write/", {"name": "Ada", "text": "No mail needed.", "took": "30"})
    made = Comment.objects.get()
    assert (made.state, made.commenter.user, made.staff) == ("approved", user, "")
    assert answer.url == made.get_absolute_url() and len(mail.outbox) == sent
    page = client.get("/harbour/ferry/")
    assert "ada@example.org" not in page.content.decode() and "Cookie" not in page.get("Vary", "")


def test_another_site_cannot_write_with_a_readers_session(client: Client, article: Any) -> None:
    sign_up(client, "ada@example.org")
    said = {"name": "Ada", "text": "I did not write this."}
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert client.post(f"/comments/{article.pk}/write/", said, headers=headers).status_code == 403
    assert not Comment.objects.exists()


def test_a_mail_is_no_way_to_the_desk(client: Client, article: Any, admin_user: Any) -> None:
    answer = client.post("/account/login/code/", {"email": admin_user.email})
    if mail.outbox and (found := re.search(r"^([A-Z0-9-]{6,9})$", mail.outbox[-1].body, re.MULTILINE)):
        client.post(answer.url, {"code": found[1]})
    assert client.get("/desk/").status_code == 302 and "_auth_user_id" not in client.session
    sign_up(Client(), "ada@example.org")
    reader = Client()
    reader.force_login(get_user_model().objects.get(email="ada@example.org"))
    assert reader.get("/desk/").status_code == 302


def test_whether_an_address_is_known_is_not_told(client: Client, article: Any) -> None:
    sign_up(Client(), "ada@example.org")
    known = client.post("/account/login/code/", {"email": "ada@example.org"})
    unknown = Client().post("/account/login/code/", {"email": "bo@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


@pytest.mark.parametrize("typed", ["root@localhost", "root@[10.0.0.12]", "a" * 65 + "@example.org"])
def test_nothing_is_mailed_to_what_is_no_mailbox_of_a_reader(client: Client, article: Any, typed: str) -> None:
    assert client.post("/account/signup/", {"email": typed}).status_code == 200
    assert client.post("/account/login/code/", {"email": typed}).status_code == 302
    assert not mail.outbox and not get_user_model().objects.exists()


def test_codes_cannot_be_guessed(client: Client, article: Any) -> None:
    sign_up(Client(), "ada@example.org")
    answer = client.post("/account/login/code/", {"email": "ada@example.org"})
    right = code()
    for _ in range(5):
        client.post(answer.url, {"code": "AAAAAA"})
    client.post(answer.url, {"code": right})
    assert "_auth_user_id" not in client.session


def test_reading_sets_no_cookie(client: Client, article: Any) -> None:
    for path in ("/harbour/ferry/", f"/comments/{article.pk}/", "/newsletters/"):
        assert client.get(path).cookies == {}


@pytest.fixture
def ours_alone(settings: Any) -> None:
    """Only our own limits: django-allauth's, which hold in one process, would hide that they are gone."""
    settings.ACCOUNT_RATE_LIMITS = False


def test_a_mailbox_is_sent_six_codes_an_hour_whoever_asks(client: Client, article: Any, ours_alone: None) -> None:
    sign_up(client, "ada@example.org")  # the first of the six
    answers = [
        Client(REMOTE_ADDR=f"192.0.2.{number}").post("/account/login/code/", {"email": " Ada@example.org"}).status_code
        for number in range(9)
    ]
    assert answers == [302] * (limited.TO_ONE_MAILBOX - 1) + [429] * 4
    assert len(mail.outbox) == limited.TO_ONE_MAILBOX == 6
    assert Client().post("/account/login/code/", {"email": "bo@example.org"}).status_code == 302


def test_one_sender_asks_for_thirty_codes_an_hour_whomever_for(article: Any, ours_alone: None) -> None:
    answers = [
        Client().post("/account/login/code/", {"email": f"reader{number}@example.org"}).status_code
        for number in range(33)
    ]
    assert answers == [302] * limited.FROM_ONE_SENDER + [429] * 3
    assert len(mail.outbox) == limited.FROM_ONE_SENDER == 30
    assert Client(REMOTE_ADDR="192.0.2.1").post("/account/signup/", {"email": "ada@example.org"}).status_code == 302


def test_one_sender_cannot_try_codes_without_end(client: Client, article: Any, ours_alone: None) -> None:
    sign_up(Client(REMOTE_ADDR="192.0.2.1"), "ada@example.org")
    tries = 0
    for number in range(40):
        asked = client.post("/account/login/code/", {"email": f"reader{number}@example.org"})
        tries += sum(
            client.post("/account/login/code/confirm/", {"code": "AAAAAA"}).status_code != 429 for _ in range(3)
        )
    assert asked.status_code == 429 and tries <= 30 and "_auth_user_id" not in client.session
    assert "Please try again in an hour." in asked.content.decode()


def test_mails_come_from_the_paper_and_say_what_to_do(client: Client, article: Any) -> None:
    sign_up(client, "ada@example.org")
    cache.clear()  # the mails to one mailbox are counted
    assert Client().post("/account/signup/", {"email": "ada@example.org"}).status_code == 302
    assert Client().post("/account/login/code/", {"email": "nobody@example.org"}).status_code == 302
    first, known, unknown = mail.outbox
    assert first.subject == "Your code for The Gazette" and "user ada" not in first.body
    assert known.subject == "You have an account at The Gazette" and "/account/login/" in known.body
    assert unknown.subject == "No account at The Gazette yet" and "/account/signup/" in unknown.body
    for sent in mail.outbox:
        assert "password" not in sent.body and sent.body.strip().startswith("Somebody, probably you")


def test_who_tries_too_often_is_told_so_in_the_papers_look(client: Client, article: Any) -> None:
    for _ in range(2):
        answer = client.post("/account/signup/", {"email": "ada@example.org"})
        client.post("/account/logout/")
    assert (
        answer.status_code == 429
        and "Too often" in answer.content.decode()
        and "The Gazette" in answer.content.decode()
    )
