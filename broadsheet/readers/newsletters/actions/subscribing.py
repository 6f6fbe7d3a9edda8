"""Subscribing and leaving. Nothing is kept of somebody who has not confirmed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from broadsheet.readers.limits import actions as limits
from broadsheet.readers.limits import senders
from broadsheet.readers.newsletters import links
from broadsheet.readers.newsletters.actions import following
from broadsheet.readers.newsletters.decide.mailboxes import key_of
from broadsheet.readers.newsletters.decide.personal import Place
from broadsheet.readers.newsletters.errors import TooManyRequests
from broadsheet.readers.newsletters.models import Consent, Newsletter, Subscriber, Subscription, Suppression
from broadsheet.readers.newsletters.wording import wording_of

FROM_ONE_SENDER, TO_ONE_MAILBOX, PER = 10, 3, timedelta(hours=1)


def ask(
    email: str, newsletters: Sequence[Newsletter], *, where: str, sender: str, follows: Sequence[Place] = ()
) -> None:
    """Have the confirmation mailed. Whether the mailbox is known makes no difference to whoever asks.

    Args:
        email: the mailbox, as ``decide.mailboxes.mailbox`` gives it.
        newsletters: what they want.
        where: the page that the form stood on.
        sender: the IP address, of which nothing is kept but a count under a hash that changes daily.
        follows: what they want to hear of in the letter that is made for each reader.
    Raises:
        TooManyRequests: the same sender has asked more than FROM_ONE_SENDER times within the hour.
    """
    from broadsheet.readers.newsletters import tasks

    if not limits.take("newsletters", senders.hash_of(sender), most=FROM_ONE_SENDER, per=PER):
        raise TooManyRequests
    if not limits.take("newsletters-to", senders.hash_of(key_of(email)), most=TO_ONE_MAILBOX, per=PER):
        return  # its reader has the mail three times over
    request = links.Request(
        email=email,
        lists=tuple(found.pk for found in newsletters),
        asked_at=timezone.now(),
        where=where[:300],
        follows=tuple(follows),
    )
    tasks.send_confirmation.enqueue(links.confirmation_of(request))


@transaction.atomic
def confirm(request: links.Request) -> Subscriber:
    """Subscribe a mailbox whose reader has pressed the button behind the link. Doing it again changes nothing.

    Returns:
        The subscriber.
    """
    subscriber, _ = Subscriber.objects.get_or_create(email_key=key_of(request.email), defaults={"email": request.email})
    Suppression.objects.filter(email_key=subscriber.email_key).exclude(reason=Suppression.Reason.EDITOR).delete()
    for newsletter in Newsletter.objects.filter(pk__in=request.lists, active=True):
        _put_on(
            subscriber,
            newsletter,
            Consent(act=Consent.Act.CONFIRMED, asked_at=request.asked_at, where=request.where),
        )
    following.add(subscriber.pk, request.follows)
    return subscriber


@transaction.atomic
def choose(
    subscriber: Subscriber, newsletters: Iterable[Newsletter], *, where: str, follows: Collection[Place] = ()
) -> None:
    """Have a subscriber on these lists and no others, following no more than these: as they chose on their own page."""
    following.keep_only(subscriber.pk, follows)
    wanted = {newsletter.pk: newsletter for newsletter in newsletters}
    for newsletter in wanted.values():
        _put_on(subscriber, newsletter, Consent(act=Consent.Act.CHOSE, where=where))
    left = subscriber.subscriptions.filter(active=True).exclude(newsletter__in=wanted)
    for subscription in left.select_related("newsletter"):
        leave(subscriber, subscription.newsletter, where=where)


@transaction.atomic
def leave(subscriber: Subscriber, newsletter: Newsletter, *, where: str) -> bool:
    """Take a subscriber off a list. Returns whether they were on it."""
    rows = Subscription.objects.filter(subscriber=subscriber, newsletter=newsletter, active=True)
    left = bool(rows.update(active=False, since=timezone.now()))
    if left:
        Consent.objects.create(subscriber=subscriber, newsletter=newsletter, act=Consent.Act.LEFT, where=where[:300])
    return left


@transaction.atomic
def move(before: str, email: str) -> None:
    """Have a reader's letters come to another mailbox, which they have shown to be theirs as they had the one before.

    Both mailboxes keep their proofs. A list that the other one has left stays left; nothing follows a reader who called
    our letters spam, or whom an editor has taken off.
    """
    old = Subscriber.objects.filter(email_key=key_of(before)).first()
    unwanted = Suppression.objects.filter(email_key=key_of(before), reason__in=Suppression.UNWANTED)
    if old is None or key_of(before) == key_of(email) or unwanted.exists():
        return
    new, _ = Subscriber.objects.get_or_create(email_key=key_of(email), defaults={"email": email})
    for subscription in old.subscriptions.filter(active=True).select_related("newsletter"):
        if not new.subscriptions.filter(newsletter=subscription.newsletter).exists():
            _put_on(new, subscription.newsletter, Consent(act=Consent.Act.MOVED, where=before))
        leave(old, subscription.newsletter, where=f"moved to {email}")
    following.add(new.pk, following.follows_of([old.pk]).get(old.pk, ()))


def forget(subscriber: Subscriber) -> None:
    """Delete a mailbox and all that is known of it. What was sent stays counted."""
    subscriber.delete()


@transaction.atomic
def add(email: str, newsletter: Newsletter, consent: Consent) -> bool:
    """Put a mailbox on a list on another proof than our own mail: a file's, an editor's.

    One that has left this list is not brought back by it.

    Returns:
        Whether it is on the list now and was not before.
    """
    subscriber, _ = Subscriber.objects.get_or_create(email_key=key_of(email), defaults={"email": email})
    if Subscription.objects.filter(subscriber=subscriber, newsletter=newsletter).exists():
        return False
    return _put_on(subscriber, newsletter, consent)


def _put_on(subscriber: Subscriber, newsletter: Newsletter, consent: Consent) -> bool:
    rows = Subscription.objects.filter(subscriber=subscriber, newsletter=newsletter)
    if rows.filter(active=True).exists():
        return False
    if not rows.update(active=True, since=consent.at):
        Subscription.objects.create(subscriber=subscriber, newsletter=newsletter, since=consent.at)
    consent.subscriber, consent.newsletter = subscriber, newsletter
    consent.wording = consent.wording or wording_of(newsletter)
    consent.save()
    return True
