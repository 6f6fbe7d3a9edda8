"""Letters come to the new mailbox of an account, once it is confirmed."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from broadsheet.newsroom.models import ListKind
from broadsheet.readers.newsletters.actions import following
from broadsheet.readers.newsletters.models import Consent, Newsletter, Subscriber, Subscription, Suppression
from tests.readers.test_accounts import article, code, sign_up

__all__ = ["article"]
pytestmark = pytest.mark.django_db
OLD, NEW = "ada@example.org", "new@example.org"


@pytest.fixture
def ada(client: Client, article: Any) -> Client:
    """An account whose mailbox gets two letters; the new mailbox has left one of them before."""
    sign_up(client, OLD)
    old, new = (Subscriber.objects.create(email=email, email_key=email) for email in (OLD, NEW))
    for name in ("Morning", "Week"):
        newsletter = Newsletter.objects.create(name=name, slug=name.lower())
        Subscription.objects.create(subscriber=old, newsletter=newsletter)
        Consent.objects.create(subscriber=old, newsletter=newsletter, act=Consent.Act.CONFIRMED)
    Subscription.objects.create(subscriber=new, newsletter=newsletter, active=False)
    following.add(old.pk, [(ListKind.TOPIC, 7)])
    return client


def change(client: Client) -> None:
    answer = client.post("/account/email/", {"action_add": "1", "email": NEW})
    assert on(OLD) == {"Morning", "Week"}, "the new one is not confirmed yet"
    assert mail.outbox[-1].to == [NEW]
    client.post(answer.url, {"code": code()})


def on(email: str) -> set[str]:
    rows = Subscription.objects.filter(subscriber__email_key=email, active=True)
    return set(rows.values_list("newsletter__name", flat=True))


def test_letters_move_with_their_proof_and_a_list_that_was_left_stays_left(ada: Client) -> None:
    Suppression.objects.create(email_key=OLD, reason=Suppression.Reason.HARD)
    change(ada)
    assert (on(OLD), on(NEW)) == (set(), {"Morning"})
    proofs = Consent.objects.order_by("pk").values_list("subscriber__email", "newsletter__name", "act", "where")
    assert list(proofs)[2:] == [
        (NEW, "Morning", "moved", OLD),
        (OLD, "Morning", "left", f"moved to {NEW}"),
        (OLD, "Week", "left", f"moved to {NEW}"),
    ]
    assert following.follows_of([Subscriber.objects.get(email=NEW).pk]).popitem()[1] == {(ListKind.TOPIC, 7)}
    assert Suppression.objects.get().email_key == OLD
    assert "letters are mailed there" in mail.outbox[-1].body and mail.outbox[-1].to == [OLD]
    assert "<li>Morning</li>" in ada.get("/account/").content.decode()


@pytest.mark.parametrize("reason", ["complaint", "editor"])
def test_letters_that_were_not_wanted_follow_nobody(ada: Client, reason: str) -> None:
    Suppression.objects.create(email_key=OLD, reason=reason)
    change(ada)
    assert (on(OLD), on(NEW)) == ({"Morning", "Week"}, set())


def test_letters_of_a_mailbox_that_was_never_confirmed_stay_with_its_owner(ada: Client) -> None:
    EmailAddress.objects.filter(email=OLD).update(verified=False)
    change(ada)
    assert (on(OLD), on(NEW)) == ({"Morning", "Week"}, set())
    assert EmailAddress.objects.get(email=NEW).verified
