"""The queue of deliveries: taken in batches, settled in batches, and never taken twice.

A batch is marked SENDING and committed before the mail server hears of any of it. Whatever then happens to the process,
what it held is known: it was sent, or it stands in doubt. Nothing in doubt is sent again but by an editor.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from broadsheet.readers.newsletters import links
from broadsheet.readers.newsletters.actions import following
from broadsheet.readers.newsletters.decide.personal import Place, items_for
from broadsheet.readers.newsletters.mailing.envelope import Recipient
from broadsheet.readers.newsletters.models import Delivery, Letter, Subscription, Suppression

LEASE = timedelta(minutes=3)
"""What a process has held for longer is taken for left by a dead one."""
ATTEMPTS = 5
FIRST_PAUSE = timedelta(minutes=5)
State = Delivery.State


@dataclass(frozen=True, kw_only=True)
class Personal:
    """A letter of which each reader gets their own part."""

    places: Mapping[int, Collection[Place]]
    """Of each item, by its number, the newsroom's lists that it stands in."""
    most: int
    """Items in one reader's letter."""


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Deliveries that one process holds."""

    claim: str
    """Its name."""
    recipients: tuple[Recipient, ...]
    """Those to hand over, in their order."""
    taken: int
    """How many rows were taken, with those dropped because their readers have left."""


def claim(letter: int, size: int, personal: Personal | None = None) -> Batch:
    """Take the next deliveries of a letter; once this returns, they are committed as SENDING.

    Args:
        letter: its id.
        size: how many at most.
        personal: where each item stands, for a letter of which readers get what they follow.
    """
    name, now = secrets.token_hex(16), timezone.now()
    waiting = ready(letter, now).order_by("pk").values("pk")[:size]
    taken = Delivery.objects.filter(pk__in=waiting, state=State.QUEUED).update(
        state=State.SENDING, claim=name, claimed_at=now, attempts=F("attempts") + 1
    )
    held = Delivery.objects.filter(letter=letter, state=State.SENDING, claim=name).order_by("pk")
    rows = held.annotate(wanted=_wanted()).values_list(
        "pk", "subscriber_id", "subscriber__key", "subscriber__email", "wanted"
    )
    held_by = [row[1] for row in rows]
    follows = following.follows_of(held_by) if personal else {}
    recipients, gone = [], []
    for pk, subscriber, key, email, wanted in rows:
        items = items_for(follows.get(subscriber, ()), personal.places, personal.most) if personal else ()
        if wanted and (items or not personal):
            token = links.token_of(subscriber, key)
            recipients.append(Recipient(delivery=pk, email=email, token=token, items=items))
        else:
            gone.append(pk)
    if gone:
        _mine(name, gone).update(state=State.DROPPED, settled_at=now)
    return Batch(claim=name, recipients=tuple(recipients), taken=taken)


def ready(letter: int, now: datetime) -> QuerySet[Delivery]:
    """The deliveries of a letter that may be taken now."""
    return Delivery.objects.filter(Q(not_before=None) | Q(not_before__lte=now), letter=letter, state=State.QUEUED)


def settle(batch: Batch, sent: Iterable[int], failed: Iterable[tuple[int, str]] = ()) -> None:
    """Write down what became of a batch's deliveries. What was taken for in doubt meanwhile is so no longer."""
    now = timezone.now()
    with transaction.atomic():
        _mine(batch.claim, sent).update(state=State.SENT, settled_at=now, detail="")
        for pk, detail in failed:
            _mine(batch.claim, [pk]).update(state=State.FAILED, settled_at=now, detail=detail[:300])


def doubt(batch: Batch, pk: int, detail: str) -> None:
    """A delivery of which nobody knows whether it arrived."""
    _mine(batch.claim, [pk]).update(state=State.IN_DOUBT, settled_at=timezone.now(), detail=detail[:300])


def give_back(batch: Batch, rest: Iterable[int]) -> None:
    """Put back what the mail server has surely not got; the attempt does not count."""
    rows = _mine(batch.claim, rest).filter(state=State.SENDING)
    rows.update(state=State.QUEUED, claim="", claimed_at=None, attempts=F("attempts") - 1)


def put_off(batch: Batch, pk: int, detail: str) -> None:
    """Try a delivery again later, each time later, until ATTEMPTS are spent."""
    attempts = Delivery.objects.values_list("attempts", flat=True).get(pk=pk)
    if attempts >= ATTEMPTS:
        return settle(batch, (), [(pk, detail)])
    later = timezone.now() + FIRST_PAUSE * 4 ** (attempts - 1)
    rows = _mine(batch.claim, [pk]).filter(state=State.SENDING)
    rows.update(state=State.QUEUED, claim="", claimed_at=None, not_before=later, detail=detail[:300])
    return None


def recover(lease: timedelta = LEASE) -> int:
    """Find what dead processes held: it is in doubt now. Returns how many."""
    left = Delivery.objects.filter(state=State.SENDING, letter__state=Letter.State.SENDING)
    return left.filter(claimed_at__lt=timezone.now() - lease).update(
        state=State.IN_DOUBT,
        settled_at=timezone.now(),
        detail="The program ended while it handed this letter over.",
    )


def send_again(deliveries: QuerySet[Delivery]) -> int:
    """An editor's decision: queue what is in doubt once more; a reader may get it twice. Returns how many."""
    with transaction.atomic():
        letters = set(deliveries.filter(state=State.IN_DOUBT).values_list("letter_id", flat=True))
        count = deliveries.filter(state=State.IN_DOUBT).update(
            state=State.QUEUED, claim="", claimed_at=None, not_before=None, settled_at=None, attempts=0
        )
        Letter.objects.filter(pk__in=letters, state=Letter.State.SENT).update(
            state=Letter.State.SENDING, finished_at=None, turn_until=None
        )
    return count


def leave_be(deliveries: QuerySet[Delivery]) -> int:
    """An editor's decision: what is in doubt is taken for sent. Returns how many."""
    rows = deliveries.filter(state=State.IN_DOUBT)
    return rows.update(state=State.SENT, settled_at=timezone.now(), detail="Taken for sent by an editor.")


def finish(letter: int) -> bool:
    """Close a letter of which nothing waits and nothing is held. Returns whether it is closed now."""
    rows = Letter.objects.filter(pk=letter, state=Letter.State.SENDING)
    pending = Delivery.objects.filter(letter=OuterRef("pk"), state__in=(State.QUEUED, State.SENDING))
    return bool(rows.filter(~Exists(pending)).update(state=Letter.State.SENT, finished_at=timezone.now(), note=""))


def _mine(claim: str, ids: Iterable[int]) -> QuerySet[Delivery]:
    return Delivery.objects.filter(pk__in=list(ids), claim=claim)


def _wanted() -> Exists:
    """Whether the reader is still on the list, and the mailbox written to: they may have left meanwhile."""
    suppressed = Suppression.objects.filter(email_key=OuterRef("subscriber__email_key"))
    return Exists(
        Subscription.objects.filter(
            ~Exists(suppressed),
            newsletter=OuterRef("letter__newsletter"),
            subscriber=OuterRef("subscriber"),
            active=True,
        )
    )
