"""From a form to everybody's page: a guest confirms by mail, a moderator looks, the writer sees every state."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from broadsheet.readers.comments import links
from broadsheet.readers.comments.actions import moderating, own, writing
from broadsheet.readers.comments.models import Ban, Comment, Commenter
from tests.readers.comments.factories import make_comment, make_commenter, set_how

pytestmark = pytest.mark.django_db
State = Comment.State
SAID = {"name": "Ada Marsh", "email": "ada@example.org", "text": "The *ferry* was late again.", "took": "40"}


def link_in(message: Any, part: str) -> str:
    return re.search(rf"http://\S+?(/comments/{part}/\S+)", message.body)[1]


def write(client: Client, article: Any, **more: str) -> Any:
    return client.post(f"/comments/{article.pk}/write/", {**SAID, **more})


def confirm(client: Client) -> Any:
    return client.post(link_in(mail.outbox[-1], "confirm"))


def test_a_guest_confirms_by_mail_and_a_moderator_publishes(client: Client, article: Any, admin_user: Any) -> None:
    answer = write(client, article)
    assert (answer.status_code, answer.url) == (302, "/comments/sent/")
    comment = Comment.objects.get()
    assert (comment.state, comment.commenter, Commenter.objects.count()) == (State.UNCONFIRMED, None, 0)
    link = link_in(mail.outbox[0], "confirm")
    assert b"ferry" in client.get(link).content
    comment.refresh_from_db()
    assert comment.state == State.UNCONFIRMED, "a program that follows links confirms nothing"
    mine = client.post(link).url
    comment.refresh_from_db()
    assert (comment.state, comment.commenter.email) == (State.WAITING, "ada@example.org")
    assert "Waits for a moderator" in client.get(mine).content.decode()
    assert "Ada Marsh" not in client.get("/harbour/ferry/").content.decode()
    assert moderating.approve([comment], admin_user) == 1
    page = client.get("/harbour/ferry/").content.decode()
    assert "Ada Marsh" in page and "The <em>ferry</em> was late again." in page and ">1 comment</a>" in page
    assert "ada@example.org" not in page
    assert client.post(link).status_code == 302 and Comment.objects.count() == 1
    assert client.cookies == {}


def test_mistakes_come_back_with_everything_that_was_written(client: Client, article: Any) -> None:
    for wrong in ({"email": "ada"}, {"text": "…"}, {"name": "http://x.example"}, {"name": ""}):
        answer = write(client, article, **wrong)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert all(value in page for name, value in SAID.items() if name not in {*wrong, "took"})
    assert not Comment.objects.exists() and not mail.outbox


def test_only_pages_of_the_paper_send_the_form(client: Client, article: Any) -> None:
    answer = client.post(f"/comments/{article.pk}/write/", SAID, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403 and not Comment.objects.exists()


def test_a_writer_who_is_known_appears_at_once_unless_every_comment_is_looked_at(client: Client, article: Any) -> None:
    make_comment(article, commenter=make_commenter("ada@example.org"))
    write(client, article)
    confirm(client)
    assert Comment.objects.latest("pk").state == State.APPROVED
    set_how(before="all")
    write(client, article, text="Something else of mine.")
    confirm(client)
    assert Comment.objects.latest("pk").state == State.WAITING
    set_how(before="odd")
    write(client, article, email="new@example.org", text="A first comment.")
    confirm(client)
    assert Comment.objects.latest("pk").state == State.APPROVED


@pytest.mark.parametrize(
    ("said", "state", "sign"),
    [
        ({"took": "1.5"}, State.WAITING, "within seconds"),
        ({"text": "See https://a.example and https://b.example"}, State.WAITING, "2 links"),
        ({"text": "THIS IS ALL A GREAT SCANDAL AND NOTHING ELSE"}, State.WAITING, "capitals"),
    ],
)
def test_what_looks_odd_waits(client: Client, article: Any, said: dict[str, str], state: str, sign: str) -> None:
    set_how(before="odd")
    write(client, article, **said)
    confirm(client)
    comment = Comment.objects.get()
    assert comment.state == state and sign in " ".join(comment.signs)


def test_a_program_that_fills_in_everything_is_thanked_and_not_written_to(client: Client, article: Any) -> None:
    assert write(client, article, website="https://spam.example").url == "/comments/sent/"
    assert mail.outbox == []


def test_answers_stand_three_deep_and_no_deeper(client: Client, article: Any) -> None:
    make_comment(article, commenter=make_commenter("ada@example.org"))
    parent, depths = None, []
    for number in range(4):
        write(client, article, text=f"Answer number {number}", **({"parent": str(parent)} if parent else {}))
        confirm(client)
        made = Comment.objects.latest("pk")
        depths.append((made.depth, made.parent_id == parent))
        parent = made.pk
    assert depths == [(0, True), (1, True), (2, True), (2, False)]
    page = client.get("/harbour/ferry/").content.decode()
    assert [page.index(f"Answer number {n}") for n in range(4)] == sorted(
        page.index(f"Answer number {n}") for n in range(4)
    )


def test_closed_after_some_days_or_by_the_article(client: Client, article: Any) -> None:
    article.published_at = timezone.now() - timedelta(days=15)
    article.save()
    assert write(client, article).status_code == 403
    assert "Comments are closed" in client.get("/harbour/ferry/").content.decode()
    for says, status in (("open", 302), ("closed", 403), ("off", 404)):
        article.comments_are = says
        article.save()
        assert write(client, article).status_code == status
    assert 'id="comments"' not in client.get("/harbour/ferry/").content.decode()
    set_how(taken=False)
    article.comments_are = "open"
    article.save()
    assert write(client, article).status_code == 404


def test_a_mailbox_and_a_sender_write_so_many_an_hour(client: Client, article: Any) -> None:
    codes = [
        write(client, article, text=f"Number {n} of many").status_code for n in range(writing.FROM_ONE_MAILBOX + 1)
    ]
    assert codes == [302] * writing.FROM_ONE_MAILBOX + [429]
    more = [write(client, article, email=f"r{n}@example.org").status_code for n in range(writing.FROM_ONE_SENDER)]
    assert more.count(302) == writing.FROM_ONE_SENDER - writing.FROM_ONE_MAILBOX - 1


def test_a_banned_writer_is_told(client: Client, article: Any, admin_user: Any) -> None:
    first = make_comment(article, commenter=make_commenter("ada@example.org"), state=State.WAITING)
    moderating.ban([first], admin_user, reason="Insults, three times.")
    write(client, article)
    mine = confirm(client).url
    assert [comment.state for comment in Comment.objects.order_by("pk")] == [State.REJECTED, State.REJECTED]
    assert "Insults, three times." in client.get(mine).content.decode()
    Ban.objects.update(until=timezone.now() - timedelta(days=1))
    write(client, article, text="I am back, and kinder.")
    confirm(client)
    assert Comment.objects.latest("pk").state == State.WAITING


def test_a_writer_changes_for_a_while_and_deletes_whenever(client: Client, article: Any) -> None:
    writer = make_commenter("ada@example.org")
    make_comment(article, commenter=writer)
    comment = make_comment(article, "Frist!", commenter=writer)
    page = f"/comments/me/{links.token_of(writer)}/{comment.pk}/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"text": "First, I meant."}).status_code == 302
    shown = client.get("/harbour/ferry/").content.decode()
    assert "First, I meant." in shown and "Frist!" not in shown and "edited" in shown
    Comment.objects.filter(pk=comment.pk).update(created_at=timezone.now() - timedelta(minutes=11))
    late = client.post(page, {"text": "Too late"})
    assert late.status_code == 422 and "10 minutes" in late.content.decode()
    client.get(page, {"delete": "1"})
    assert Comment.objects.filter(pk=comment.pk).exists()
    client.post(page, {"delete": "1"})
    assert not Comment.objects.filter(pk=comment.pk).exists()
    assert client.get(f"/comments/me/{links.token_of(make_commenter())}/{comment.pk}/").status_code == 404


def test_a_deleted_comment_leaves_a_place_for_its_answers(client: Client, article: Any) -> None:
    writer = make_commenter("ada@example.org")
    comment = make_comment(article, "My secret.", commenter=writer, name="Ada Marsh")
    make_comment(article, "An answer of somebody else.", parent=comment)
    data = client.get(f"/comments/me/{links.token_of(writer)}/comments.json").json()
    assert data["email"] == "ada@example.org" and data["comments"][0]["text"] == "My secret."
    assert client.post(f"/comments/me/{links.token_of(writer)}/", {"forget": "1"}).status_code == 200
    assert not Commenter.objects.filter(pk=writer.pk).exists()
    page = client.get("/harbour/ferry/").content.decode()
    assert "This comment was deleted." in page and "An answer of somebody else." in page
    assert "My secret." not in page and "Ada Marsh" not in page
    assert not Comment.objects.filter(text__contains="secret").exists()


def test_what_nobody_confirms_is_dropped(client: Client, article: Any) -> None:
    write(client, article)
    link = link_in(mail.outbox[0], "confirm")
    assert writing.forget_unconfirmed() == 0
    Comment.objects.update(created_at=timezone.now() - timedelta(days=8))
    assert writing.forget_unconfirmed() == 1
    assert client.get(link).status_code == 404 and client.post(link).status_code == 404


def test_links_of_nobody_lead_nowhere(client: Client, article: Any) -> None:
    other = make_commenter()
    stolen = f"{other.pk}-{links.token_of(make_commenter()).partition('-')[2]}"
    for token in (stolen, "1-x", "9" * 30, "-", "²-x"):
        assert client.get(f"/comments/me/{token}/").status_code == 404
        assert client.post(f"/comments/me/{token}/", {"forget": "1"}).status_code == 404
        assert client.get(f"/comments/confirm/{token}/").status_code == 404
    assert Commenter.objects.count() == 2


def test_whoever_takes_the_article_down_takes_its_comments(client: Client, article: Any) -> None:
    make_comment(article)
    thread = f"/comments/{article.pk}/"
    assert client.get(thread).status_code == client.get(f"{thread}feed.xml").status_code == 200
    article.unpublish()
    assert client.get(thread).status_code == client.get(f"{thread}feed.xml").status_code == 404
    assert client.get(f"{thread}write/").status_code == 404
    assert own.exported(Commenter.objects.get())["comments"]
