"""Subscribing and leaving: nothing is kept without a confirmation, GET changes nothing, no cookie is needed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from broadsheet.readers.newsletters import links
from broadsheet.readers.newsletters.actions import subscribing
from broadsheet.readers.newsletters.models import Consent, Subscriber, Subscription, Suppression
from tests.readers.newsletters.factories import make_newsletter, make_subscriber, token

pytestmark = pytest.mark.django_db
CONFIRM = re.compile(r"http://testserver(/newsletters/confirm/\S+)")


@pytest.fixture
def reader() -> Client:
    """A browser without cookies; nothing is let off."""
    return Client(enforce_csrf_checks=True)


def ask(reader, **values):
    given = {"email": "Jo@Example.org", "lists": "morning", "where": "/harbour/", **values}
    return reader.post("/newsletters/subscribe/", given, headers={"origin": "http://testserver"})


def link_in(message) -> str:
    return CONFIRM.search(message.body)[1]


def test_double_opt_in_and_its_proof(reader, morning):
    answer = ask(reader)
    assert (answer.status_code, answer["Location"], dict(answer.cookies)) == (302, "/newsletters/asked/", {})
    assert not Subscriber.objects.exists()
    link = link_in(mail.outbox[0])
    assert mail.outbox[0].to == ["Jo@example.org"]
    assert b"Yes, subscribe me" in reader.get(link).content
    assert not Subscriber.objects.exists()
    answer = reader.post(link, headers={"origin": "http://testserver"})
    assert answer.status_code == 302
    subscriber = Subscriber.objects.get()
    assert subscriber.subscriptions.get().active
    proof = Consent.objects.get()
    assert (proof.act, proof.where, proof.newsletter) == ("confirmed", "/harbour/", morning)
    assert "Eight reports, every day at seven." in proof.wording and "one click" in proof.wording
    assert proof.asked_at <= proof.at
    reader.post(link, headers={"origin": "http://testserver"})
    assert Consent.objects.count() == Subscription.objects.count() == 1
    assert not reader.cookies


def test_nobody_learns_whether_an_address_is_known(reader, morning):
    make_subscriber(morning, email="known@example.org")
    known, unknown = ask(reader, email="KNOWN@example.org"), ask(reader, email="unknown@example.org")
    assert (known.status_code, known.content, known["Location"]) == (302, unknown.content, unknown["Location"])
    assert "already" in mail.outbox[0].subject and "confirm" not in mail.outbox[0].body
    assert link_in(mail.outbox[1])


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "nobody"},
        {"email": "a@b.example\nBcc: c@d.example"},
        {"email": ""},
        {"lists": "nothing"},
        {"lists": ""},
    ],
)
def test_mistakes_are_shown_with_what_was_written(reader, morning, wrong):
    answer = ask(reader, **wrong)
    assert answer.status_code == 422 and "Please look at this again" in answer.content.decode()
    assert not mail.outbox


def test_programs_fall_into_the_trap_and_other_sites_are_refused(reader, morning):
    assert ask(reader, website="x")["Location"] == "/newsletters/asked/"
    answer = reader.post(
        "/newsletters/subscribe/", {"email": "a@b.example"}, headers={"origin": "https://evil.example"}
    )
    assert answer.status_code == 403
    assert not mail.outbox


def test_a_mailbox_is_not_flooded_and_nobody_is_told(reader, morning):
    answers = [ask(reader)["Location"] for _ in range(5)]
    assert set(answers) == {"/newsletters/asked/"} and len(mail.outbox) == subscribing.TO_ONE_MAILBOX
    many = [ask(reader, email=f"a{number}@example.org").status_code for number in range(8)]
    assert many.count(302) == subscribing.FROM_ONE_SENDER - 5 and many[-1] == 429


def test_a_link_that_is_none_or_too_old(reader, morning, monkeypatch):
    ask(reader)
    link = link_in(mail.outbox[0])
    assert reader.post(link.replace("confirm/", "confirm/x")).status_code == 404
    monkeypatch.setattr(links, "CONFIRM_WITHIN", timedelta(seconds=-1))
    assert reader.post(link, headers={"origin": "http://testserver"}).status_code == 404
    assert not Subscriber.objects.exists()


def test_one_click_by_a_mail_program(reader, morning):
    subscriber = make_subscriber(morning)
    url = f"/newsletters/leave/{token(subscriber)}/morning/"
    assert reader.get(url).status_code == reader.head(url).status_code == 200
    assert subscriber.subscriptions.get().active
    answer = reader.post(url, {"List-Unsubscribe": "One-Click"})  # from a server: no cookie, no origin
    assert answer.status_code == 200 and not answer.cookies
    assert not subscriber.subscriptions.get().active
    assert Consent.objects.filter(act="left").count() == 1
    assert reader.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert reader.post(url.replace("leave/", "leave/9"), {"List-Unsubscribe": "One-Click"}).status_code == 404


def test_a_page_of_ones_own(reader, morning):
    weekly, gone = make_newsletter(slug="weekly", name="Weekly"), make_newsletter(slug="gone", active=False)
    subscriber = make_subscriber(morning, gone)
    url = f"/newsletters/me/{token(subscriber)}/"
    page = reader.get(url)
    assert "Weekly" in page.content.decode() and page["Cache-Control"] == "private, no-store"
    assert page["Referrer-Policy"] == "no-referrer"
    post = {"lists": ["weekly"]}
    assert reader.post(url, post, headers={"origin": "https://evil.example"}).status_code == 403
    assert reader.post(url, post, headers={"origin": "http://testserver"}).status_code == 302
    active = subscriber.subscriptions.filter(active=True)
    assert [found.newsletter for found in active] == [weekly]
    assert Consent.objects.get(newsletter=weekly).act == "chose"
    assert b"deleted" in reader.post(url, {"forget": "1"}, headers={"origin": "http://testserver"}).content
    assert not Subscriber.objects.exists() and not Consent.objects.exists()
    assert reader.get(url).status_code == 404


def test_a_list_that_is_gone_and_a_mailbox_an_editor_closed(reader, morning):
    ask(reader)
    link = link_in(mail.outbox[0])
    Suppression.objects.create(email_key="closed@example.org", reason="editor")
    ask(reader, email="closed@example.org")
    assert len(mail.outbox) == 1
    morning.active = False
    morning.save()
    assert reader.post(link, headers={"origin": "http://testserver"}).status_code == 404
    assert not Subscriber.objects.exists()


def test_confirming_again_lifts_a_bounce_but_not_an_editors_word(reader, morning):
    wish = links.Request(email="jo@example.org", lists=(morning.pk,), asked_at=timezone.now(), where="/")
    for reason, left in (("hard", 0), ("complaint", 0), ("editor", 1)):
        Suppression.objects.create(email_key="jo@example.org", reason=reason)
        subscribing.confirm(wish)
        assert Suppression.objects.count() == left


def test_the_pages_show_what_there_is(reader, morning):
    html = reader.get("/newsletters/").content.decode()
    assert "Eight reports, every day at seven." in html and "not tracked" in html
    assert reader.get("/newsletters/morning/").status_code == 200
    assert reader.get("/newsletters/nothing/").status_code == 404
    assert reader.get("/newsletters/subscribe/")["Location"] == "/newsletters/"
    assert reader.put("/newsletters/subscribe/").status_code == 405
