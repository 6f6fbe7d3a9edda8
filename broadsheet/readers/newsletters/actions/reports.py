"""Taking in what was reported of a letter, by mail or by a provider."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from broadsheet.readers.newsletters.actions import bounces
from broadsheet.readers.newsletters.decide.mailboxes import key_of
from broadsheet.readers.newsletters.mailing.envelope import delivery_of
from broadsheet.readers.newsletters.mailing.reports import Kind, Report, read_report
from broadsheet.readers.newsletters.models import Delivery, Subscriber, Suppression


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What a mail came to."""

    understood: bool
    """Whether it was a report on a letter of ours, so that nobody needs the mail any more."""
    words: str
    """What it was."""


def take_mail(source: bytes) -> Taken:
    """Take in a mail that came to the address letters are sent from. The same mail twice changes nothing more.

    Only reports on letters whose Message-ID we have signed count: anybody can write a report on anybody.

    Args:
        source: the whole mail.
    """
    report = read_report(source)
    if report is None:
        return Taken(understood=False, words="no report on a letter: left alone")
    delivery = delivery_of(report.message_id)
    if delivery is None:
        return Taken(understood=False, words=f"a {report.kind}, but of no letter of ours: left alone")
    return Taken(understood=True, words=_take(report, delivery))


def _take(report: Report, delivery: int) -> str:
    if report.kind == Kind.COMPLAINT:
        return _complaint(delivery)
    if report.kind == Kind.DELAY:  # were it counted, the failure that may follow would be known already
        return f"a delay of delivery {delivery}, which is still being tried"
    new = bounces.bounced(delivery, report.status, report.words or report.status)
    return f"a bounce of delivery {delivery}" + ("" if new else ", known already")


def take_event(event: Any) -> None:
    """Take in what a provider reports (django-anymail's tracking event, which has proved who it is).

    Args:
        event: its type, recipient, reason and metadata are looked at.
    """
    delivery = delivery_of(str((event.metadata or {}).get("message_id", "")))
    if event.event_type == "complained":
        _complaint(delivery) if delivery else _complained_by(event.recipient)
    elif event.event_type in {"bounced", "rejected"} and delivery:
        words = event.mta_response or event.description or event.reject_reason or ""
        status = "5.1.1" if _says_no_mailbox(event) else str(words)
        bounces.bounced(delivery, status, str(words))


def _says_no_mailbox(event: Any) -> bool:
    words = f"{event.mta_response or ''} {event.description or ''}"
    return event.reject_reason == "invalid" or (event.reject_reason == "bounced" and " 5.1." in f" {words}")


def _complaint(delivery: int) -> str:
    row = Delivery.objects.select_related("subscriber").filter(pk=delivery).first()
    if row is None or row.subscriber is None:
        return "a complaint of a reader who is no longer known"
    bounces.complained(row.subscriber, f"Called letter {row.letter_id} spam.")
    return f"a complaint: {row.subscriber} gets no more letters"


def _complained_by(address: str) -> None:
    found = Subscriber.objects.filter(email_key=key_of(address or "")).first()
    if found is not None:
        bounces.complained(found, "Called a mail of ours spam.")
    elif address:
        bounces.suppress(key_of(address), Suppression.Reason.COMPLAINT, "Called a mail of ours spam.")
