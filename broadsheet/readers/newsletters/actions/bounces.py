"""What comes back: bounces and complaints, from the mail server at once, from a provider's report, or by mail."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from broadsheet.readers.newsletters.decide.refusals import Refusal, refusal
from broadsheet.readers.newsletters.models import Consent, Delivery, Subscriber, Suppression

MOST_SOFT = 5
FORGOTTEN_AFTER = timedelta(days=30)
"""A mailbox that took letters for so long has its earlier refusals forgotten."""


def refused(delivery: int, words: str) -> None:
    """A mail server refused a letter."""
    row = Delivery.objects.select_related("subscriber").filter(pk=delivery).first()
    if row is not None and row.subscriber is not None:
        _count(row.subscriber, refusal(words), words)


@transaction.atomic  # what was marked but not counted would pass for known when it is told again
def bounced(delivery: int, status: str, words: str) -> bool:
    """A letter came back after it was handed over. The same report twice counts once.

    Args:
        delivery: which.
        status: an enhanced status code (RFC 3463), or a server's words.
        words: what the report says, for editors.
    Returns:
        Whether it is news.
    """
    rows = Delivery.objects.filter(pk=delivery, bounced=False)
    if not rows.update(bounced=True, detail=words[:300]):
        return False
    row = Delivery.objects.select_related("subscriber").get(pk=delivery)
    if row.subscriber is not None:
        _count(row.subscriber, refusal(status or words), words)
    return True


@transaction.atomic
def complained(subscriber: Subscriber, words: str) -> None:
    """A reader called a letter spam: they get none any more, of any list."""
    suppress(subscriber.email_key, Suppression.Reason.COMPLAINT, words)
    for subscription in subscriber.subscriptions.filter(active=True):
        Consent.objects.create(
            subscriber=subscriber, newsletter_id=subscription.newsletter_id, act=Consent.Act.LEFT, where="complaint"
        )
    subscriber.subscriptions.filter(active=True).update(active=False, since=timezone.now())


def suppress(email_key: str, reason: str, detail: str) -> None:
    """Write to a mailbox no more. A complaint outweighs what was there before."""
    row, new = Suppression.objects.get_or_create(
        email_key=email_key, defaults={"reason": reason, "detail": detail[:300]}
    )
    if not new and reason == Suppression.Reason.COMPLAINT:
        row.reason, row.detail, row.at = reason, detail[:300], timezone.now()
        row.save()


@transaction.atomic
def _count(subscriber: Subscriber, kind: Refusal, words: str) -> None:
    if kind == Refusal.HARD:
        suppress(subscriber.email_key, Suppression.Reason.HARD, words)
        return
    subscriber = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    now, last = timezone.now(), subscriber.soft_bounced_at
    before = subscriber.soft_bounces if last and now - last < FORGOTTEN_AFTER else 0
    subscriber.soft_bounces, subscriber.soft_bounced_at = before + 1, now
    subscriber.save(update_fields=["soft_bounces", "soft_bounced_at"])
    if subscriber.soft_bounces >= MOST_SOFT:
        suppress(subscriber.email_key, Suppression.Reason.SOFT, words)
