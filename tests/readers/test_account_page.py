"""A reader's own page: name, mailbox, letters, comments, data; and codes that are sent again."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client

from broadsheet.readers.accounts import again, limited
from broadsheet.readers.comments.models import Ban, Comment, Commenter
from broadsheet.readers.newsletters.models import Newsletter, Subscriber, Subscription
from tests.readers.comments.factories import make_comment, make_commenter
from tests.readers.test_accounts import article, code, ours_alone, sign_up

__all__ = ["article", "ours_alone"]
pytestmark = pytest.mark.django_db
ADA = "ada@example.org"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """A code may be sent again at once."""
    monkeypatch.setattr(again, "SECONDS", 0)


@pytest.fixture
def ada(client: Client, article: Any) -> Client:
    sign_up(client, ADA)
    return client


def page(client: Client, path: str = "/account/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    return answer.content.decode()


def test_a_guest_signs_in_first_and_comes_back(client: Client, article: Any) -> None:
    for path in ("/account/", "/account/delete/", "/account/email/"):
        assert client.get(path).url == f"/account/login/?next={path}"


@pytest.mark.parametrize("part", ["header", "footer", "dialog"])
def test_every_page_leads_to_it_and_says_the_same_to_everybody(ada: Client, article: Any, part: str) -> None:
    pages = [reader.get(article.url).content.decode() for reader in (Client(), ada)]
    assert pages[0] == pages[1]
    within = re.search(f"<{part}.*?</{part}>", pages[0], re.DOTALL)[0]
    assert 'href="/account/" rel="nofollow"' in within


def test_it_shows_what_is_known_and_where_it_is_changed(ada: Client, article: Any) -> None:
    shown = page(ada)
    assert f"You are signed in as {ADA}" in shown and "0 comments" in shown and "You get no letters" in shown
    writer = Commenter.objects.get()
    make_comment(article, commenter=writer)
    make_comment(article, commenter=writer, state="waiting")
    subscriber = Subscriber.objects.create(email=ADA, email_key=ADA)
    for name, active in (("The morning", True), ("The evening", False)):
        Subscription.objects.create(
            subscriber=subscriber, newsletter=Newsletter.objects.create(name=name, slug=name[4:]), active=active
        )
    shown = page(ada)
    assert "2 comments, 1 of them waits for a moderator" in shown
    assert "The morning" in shown and "The evening" not in shown
    for link in ("/comments/me/", "/comments.json", "/newsletters/me/", "/account/email/", "/account/delete/"):
        assert link in shown
    assert 'action="/account/logout/"' in shown and 'content="noindex"' in shown


def test_letters_of_a_mailbox_that_was_not_confirmed_are_not_shown(ada: Client) -> None:
    subscriber = Subscriber.objects.create(email="bo@example.org", email_key="bo@example.org")
    Subscription.objects.create(subscriber=subscriber, newsletter=Newsletter.objects.create(name="M", slug="m"))
    get_user_model().objects.update(email="bo@example.org")
    assert "/newsletters/me/" not in page(ada)


def test_the_name_is_changed_for_what_comes(ada: Client, article: Any) -> None:
    page(ada)
    made = make_comment(article, commenter=Commenter.objects.get(), name="Old")
    assert ada.post("/account/", {"name": "  Ada   Marsh "}).status_code == 302
    made.refresh_from_db()
    assert (Commenter.objects.get().name, made.name) == ("Ada Marsh", "Old")
    assert "Saved." in page(ada) and 'value="Ada Marsh"' in page(ada, f"/comments/{article.pk}/write/")
    for wrong in ("", "ada@example.org", "http://x.example"):
        answer = ada.post("/account/", {"name": wrong})
        assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
    assert Commenter.objects.get().name == "Ada Marsh"
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(get_user_model().objects.get())
    assert strict.post("/account/", {"name": "Eve"}).status_code == 403


def test_the_mailbox_is_changed_once_the_new_one_is_confirmed(ada: Client, article: Any) -> None:
    page(ada)
    mine = make_comment(article, commenter=Commenter.objects.get())
    theirs = make_comment(article, commenter=make_commenter("new@example.org"))
    Ban.objects.create(email_key=ADA, reason="Enough.")
    answer = ada.post("/account/email/", {"action_add": "1", "email": "new@example.org"})
    assert get_user_model().objects.get().email == ADA and mail.outbox[-1].to == ["new@example.org"]
    assert ada.post(answer.url, {"code": code()}).url == "/account/"
    assert get_user_model().objects.get().email == "new@example.org"
    writer = Commenter.objects.get()
    assert (writer.email, writer.email_key) == ("new@example.org", "new@example.org")
    assert set(Comment.objects.filter(commenter=writer)) == {mine, theirs}
    assert Ban.objects.filter(email_key="new@example.org", reason="Enough.").exists()
    told = mail.outbox[-1]
    assert told.to == [ADA] and told.subject == "Your address at The Gazette was changed"
    assert "new@example.org" in told.body and "127.0.0.1" not in told.body
    again = Client().post("/account/login/code/", {"email": "new@example.org"})
    assert again.status_code == 302 and mail.outbox[-1].subject == "Your code for The Gazette"


def test_another_accounts_mailbox_cannot_be_taken(ada: Client, ours_alone: None) -> None:
    sign_up(Client(), "bo@example.org")
    answer = ada.post("/account/email/", {"action_add": "1", "email": "bo@example.org"})
    ada.post(answer.url, {"code": code()})  # as whoever has both mailboxes would
    assert set(get_user_model().objects.values_list("email", flat=True)) == {ADA, "bo@example.org"}
    assert f"You are signed in as {ADA}" in page(ada)


def test_an_account_is_deleted_with_all_it_wrote(ada: Client, article: Any) -> None:
    page(ada)
    make_comment(article, commenter=Commenter.objects.get())
    assert "cannot be taken back" in page(ada, "/account/delete/")
    ada.post("/account/delete/")
    assert get_user_model().objects.count() == 1
    assert "Everything is deleted" in ada.post("/account/delete/", {"sure": "1"}).content.decode()
    for model in (get_user_model(), Commenter, Comment):
        assert not model.objects.exists()
    assert ada.get("/account/").status_code == 302


def test_the_desks_accounts_are_changed_at_the_desk(client: Client, article: Any, admin_user: Any) -> None:
    client.force_login(admin_user)
    shown = page(client)
    assert "/desk/account/" in shown and "/account/email/" not in shown and "/account/delete/" not in shown
    for path in ("/account/email/", "/account/delete/"):
        assert client.post(path, {"sure": "1", "action_add": "1", "email": "x@example.org"}).url == "/account/"
    assert get_user_model().objects.filter(pk=admin_user.pk, email=admin_user.email).exists()


def test_a_code_is_sent_again_after_a_minute_and_the_one_before_is_void(
    client: Client,
    article: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sign_up(Client(), ADA)
    answer = client.post("/account/login/code/", {"email": ADA})
    first, sent = code(), len(mail.outbox)
    shown = page(client, answer.url)
    assert "Send the code again" in shown and "It can be sent again in " in shown
    assert client.post(answer.url, {"action": "resend"}).url == answer.url
    assert "Please wait another " in page(client, answer.url) and len(mail.outbox) == sent
    monkeypatch.setattr(again, "SECONDS", 0)
    client.post(answer.url, {"action": "resend"})
    assert "A new code is on its way" in page(client, answer.url) and len(mail.outbox) == sent + 1
    monkeypatch.setattr(again, "SECONDS", 60)
    client.post(answer.url, {"action": "resend"})
    assert len(mail.outbox) == sent + 1, "the wait begins anew"
    second = code()
    client.post(answer.url, {"code": first})
    assert "_auth_user_id" not in client.session
    assert client.post(answer.url, {"code": second}).url == "/account/"
    assert "_auth_user_id" in client.session


def test_a_new_accounts_code_is_sent_again_too(client: Client, article: Any, ours_alone: None, later: None) -> None:
    answer = client.post("/account/signup/", {"email": ADA})
    client.post(answer.url, {"action": "resend"})
    assert [sent.to for sent in mail.outbox] == [[ADA], [ADA]]
    client.post(answer.url, {"code": code()})
    assert "_auth_user_id" in client.session


def test_codes_sent_again_count_to_the_mailboxs_six(article: Any, ours_alone: None, later: None) -> None:
    sign_up(Client(), ADA)
    statuses = []
    for number in range(3):
        reader = Client(REMOTE_ADDR=f"192.0.2.{number}")
        asked = reader.post("/account/login/code/", {"email": ADA})
        statuses += [asked.status_code]
        if asked.status_code == 302:
            statuses += [reader.post(asked.url, {"action": "resend"}).status_code for _ in range(2)]
    assert statuses == [302] * 5 + [429] * 2
    assert len(mail.outbox) == limited.TO_ONE_MAILBOX


def test_whether_an_address_is_known_is_not_told_by_sending_again(article: Any, later: None) -> None:
    sign_up(Client(), ADA)
    pages = []
    for email in (ADA, "bo@example.org"):
        reader = Client()
        asked = reader.post("/account/login/code/", {"email": email})
        reader.post(asked.url, {"action": "resend"})
        pages.append(reader.get(asked.url).content.decode().replace(email, "").split("<main")[1].split("</main>")[0])
    assert [len(found) for found in pages] == [len(pages[0])] * 2
