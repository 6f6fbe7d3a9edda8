"""Subscribers from and to a file (CSV, RFC 4180), with the proof of their consent."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TextIO

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from broadsheet.readers import spreadsheets
from broadsheet.readers.newsletters.decide.mailboxes import key_of, mailbox
from broadsheet.readers.newsletters.errors import BadImport
from broadsheet.readers.newsletters.models import Consent, Newsletter, Subscriber, Subscription

COLUMNS = ("email", "list", "active", "consent", "consent_at", "asked_at", "where", "wording")
NEEDED = {"email", "consent_at", "where"}
CHUNK = 500
REFUSED_SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of a file that can be taken."""

    email: str
    """The mailbox."""
    newsletter: Newsletter
    """The list."""
    consent_at: datetime
    """When they agreed."""
    where: str
    """Where they agreed."""
    wording: str
    """To what, in the words they read."""


@dataclass
class ImportReport:
    """What a file came to."""

    added: int = 0
    """Put on a list."""
    known: int = 0
    """On the list already."""
    left: int = 0
    """Not brought back: they have left this list."""
    refused: list[str] = field(default_factory=list)
    """Lines that were not taken, with the cause; the first REFUSED_SHOWN."""
    refused_count: int = 0
    """How many lines were not taken."""


def import_subscribers(file: TextIO, newsletter: Newsletter | None = None) -> ImportReport:
    """Take on subscribers who have agreed elsewhere.

    Args:
        file: CSV with a header line; needed are the columns email, consent_at (a date) and where, and list (an
            address's last part) unless one list is given. A line without proof is refused.
        newsletter: the list for all lines.
    Raises:
        BadImport: the file is not such a file at all.
    """
    reader = csv.DictReader(file)
    try:
        columns = {name.strip().lower() for name in reader.fieldnames or ()}
    except (csv.Error, UnicodeDecodeError) as error:
        raise BadImport(f"The file cannot be read as CSV in UTF-8: {error}.") from error
    needed = NEEDED if newsletter else NEEDED | {"list"}
    if missing := sorted(needed - columns):
        raise BadImport(f"The file lacks the column {', '.join(missing)}. It needs: {', '.join(sorted(needed))}.")
    report, lists = ImportReport(), {found.slug: found for found in Newsletter.objects.all()}
    rows = _rows(reader, lists, newsletter, report)
    while chunk := list(islice(rows, CHUNK)):
        _take(chunk, report)
    return report


def export_subscribers(newsletter: Newsletter | None = None) -> Iterator[list[str]]:
    """Lines of a file that ``import_subscribers`` takes, each place on a list with its last proof."""
    yield list(COLUMNS)
    found = Subscription.objects.select_related("subscriber", "newsletter").order_by("pk")
    places = (found.filter(newsletter=newsletter) if newsletter else found).iterator(CHUNK)
    while chunk := list(islice(places, CHUNK)):
        people = {place.subscriber_id for place in chunk}
        proofs = Consent.objects.filter(subscriber__in=people).order_by("pk")
        last = {(proof.subscriber_id, proof.newsletter_id): proof for proof in proofs}
        for place in chunk:
            yield [
                spreadsheets.harmless(value)
                for value in _values(place, last.get((place.subscriber_id, place.newsletter_id)))
            ]


def _values(place: Subscription, proof: Consent | None) -> list[str]:
    values = [place.subscriber.email, place.newsletter.slug, "yes" if place.active else "left"]
    if proof is not None:
        values += [proof.act, proof.at.isoformat(), proof.asked_at.isoformat() if proof.asked_at else ""]
        values += [proof.where, proof.wording]
    return values


def _rows(
    reader: csv.DictReader[str], lists: dict[str, Newsletter], given: Newsletter | None, report: ImportReport
) -> Iterator[Row]:
    for line in _lines(reader):
        values = {
            str(name).strip().lower(): spreadsheets.plain(str(value or "")) for name, value in line.items() if name
        }
        found = _row(values, lists, given)
        if isinstance(found, Row):
            yield found
        elif found:
            report.refused_count += 1
            if len(report.refused) < REFUSED_SHOWN:
                report.refused.append(f"Line {reader.line_num}: {found}")


def _lines(reader: csv.DictReader[str]) -> Iterator[dict[str, str]]:
    try:
        yield from reader
    except (csv.Error, UnicodeDecodeError) as error:
        raise BadImport(f"Line {reader.line_num} cannot be read: {error}. What stood above it was taken.") from error


def _row(values: dict[str, str], lists: dict[str, Newsletter], given: Newsletter | None) -> Row | str:
    """A line's values, or why it is not taken; nothing to say of one that says itself that it has left."""
    email = mailbox(values["email"])
    newsletter = given or lists.get(values.get("list", ""))
    moment = _moment(values["consent_at"])
    if values.get("active") == "left":
        return ""
    if email is None:
        return f"{values['email']!r} is no address."
    if newsletter is None:
        return f"there is no list {values.get('list', '')!r}."
    if moment is None or moment > timezone.now():
        return f"{values['consent_at']!r} says not when {email} agreed: write a date such as 2026-05-04."
    if not values["where"]:
        return f"it is not said where {email} agreed."
    wording = values.get("wording", "")
    return Row(email=email, newsletter=newsletter, consent_at=moment, where=values["where"][:300], wording=wording)


@transaction.atomic
def _take(rows: Iterable[Row], report: ImportReport) -> None:
    wanted = {(key_of(row.email), row.newsletter.pk): row for row in rows}
    keys = {key for key, _ in wanted}
    new = {key: Subscriber(email=row.email, email_key=key) for (key, _), row in wanted.items()}
    Subscriber.objects.bulk_create(new.values(), ignore_conflicts=True)
    people = {found.email_key: found for found in Subscriber.objects.filter(email_key__in=keys)}
    placed = Subscription.objects.filter(subscriber__in=people.values())
    known = {(pk, list_): active for pk, list_, active in placed.values_list("subscriber", "newsletter", "active")}
    places, proofs = [], []
    for (key, list_), row in wanted.items():
        person = people[key]
        if (person.pk, list_) in known:
            report.known += known[person.pk, list_]
            report.left += not known[person.pk, list_]
            continue
        common = {"subscriber": person, "newsletter": row.newsletter}
        places.append(Subscription(**common, since=row.consent_at))
        proof = {"at": row.consent_at, "where": row.where, "wording": row.wording}
        proofs.append(Consent(**common, act=Consent.Act.IMPORTED, **proof))
    Subscription.objects.bulk_create(places)
    Consent.objects.bulk_create(proofs)
    report.added += len(places)


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
        day = parse_date(text[:10]) if found is None else None
    except ValueError:
        return None
    if day is not None:
        found = datetime(day.year, day.month, day.day)  # noqa: DTZ001 (made aware below)
    return timezone.make_aware(found) if found is not None and timezone.is_naive(found) else found
