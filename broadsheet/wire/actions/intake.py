"""Storing what was heard: new reports, changed ones, and those that were known from elsewhere.

One poll costs a bounded number of queries, whatever it brings: everything is looked up and written in bulk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from broadsheet.wire import signals
from broadsheet.wire.actions.bookkeeping import note_poll
from broadsheet.wire.actions.listening import Heard, Read
from broadsheet.wire.decide import FilingDecision, Known, Report, Rule, decide_filing, what_changed
from broadsheet.wire.formats import ParsedFeed
from broadsheet.wire.models import FilingRule, Item, ItemVersion, Sighting, Source

_UPDATED = (
    *("title", "summary", "body_html", "body_text", "byline", "image_url", "image_credit", "words"),
    *("fingerprint", "content_hash", "updated_at"),
)


@dataclass(kw_only=True)
class Taken:
    """What a poll brought, counted."""

    #: Reports that are new.
    arrived: int = 0
    #: Reports that their source changed.
    changed: int = 0
    #: Entries that carry a report already known.
    seen_again: int = 0


def known_entries(source: Source, feed: ParsedFeed) -> dict[str, str]:
    """The hashes of this feed's entries as they were last time, by guid."""
    guids = [entry.guid for entry in feed.items]
    return dict(Sighting.objects.filter(source=source, guid__in=guids).values_list("guid", "entry_hash"))


def store(heard: Heard, found: Read, *, chance: float) -> Taken:
    """Keep what one poll brought, and plan the next.

    Args: heard and found by the network's part; chance, a random number from 0 to 1, for the jitter.
    """
    with transaction.atomic():
        taken = _Intake(heard.source, found, timezone.now()).run() if found.reports else Taken()
        note_poll(heard, arrived=taken.arrived, chance=chance)
    return taken


class _Intake:
    """One feed's new and changed entries on their way into the tables."""

    def __init__(self, source: Source, found: Read, now: datetime) -> None:
        self._source = source
        self._found = found
        self._now = now
        self._sightings = self._known_sightings()
        self._same = self._known_reports()
        self._rules = _rules()
        self._new: list[Item] = []
        self._seen: list[Sighting] = []
        self._moved: list[Sighting] = []
        self._changes: list[tuple[Item, ItemVersion]] = []
        self._taken = Taken()

    def run(self) -> Taken:
        for mark, report in self._found.reports:
            sighting = self._sightings.get(report.guid)
            if sighting is None:
                self._arrive(mark, report)
            else:
                self._return(sighting, mark, report)
        self._write()
        return self._taken

    def _known_sightings(self) -> dict[str, Sighting]:
        guids = [report.guid for _, report in self._found.reports]
        found = Sighting.objects.filter(source=self._source, guid__in=guids).select_related("item")
        return {sighting.guid: sighting for sighting in found}

    def _known_reports(self) -> dict[str, Item]:
        """Stored items by canonical address and by fingerprint; the oldest wins."""
        reports = [report for _, report in self._found.reports]
        addresses = {report.canonical_url for report in reports} - {""}
        prints = {report.fingerprint for report in reports} - {""}
        same = Q(canonical_url__in=addresses) | Q(fingerprint__in=prints)
        found: dict[str, Item] = {}
        for item in Item.objects.filter(same).order_by("id") if addresses or prints else ():
            _remember(found, item)
        return found

    def _arrive(self, mark: str, report: Report) -> None:
        item = self._same.get(report.canonical_url) or self._same.get(report.fingerprint)
        if item is None:
            item = self._new_item(report)
            self._new.append(item)
            self._taken.arrived += 1
            _remember(self._same, item)
        else:
            self._taken.seen_again += 1
        sighting = Sighting(
            item=item,
            source=self._source,
            guid=report.guid,
            url=report.url,
            title=report.title,
            entry_hash=mark,
            seen_at=self._now,
        )
        self._seen.append(sighting)
        self._sightings[report.guid] = sighting

    def _new_item(self, report: Report) -> Item:
        filing = decide_filing(
            report,
            self._rules,
            source_id=self._source.pk,
            action=self._source.filing,
            section=self._source.section_hint,
        )
        return _item(self._source, report, filing, self._found.page_errors, self._now)

    def _return(self, sighting: Sighting, mark: str, report: Report) -> None:
        """An entry known by its guid: what its own source changed, changes the item."""
        sighting.entry_hash, sighting.title = mark, report.title
        if sighting.pk:
            self._moved.append(sighting)
        item = sighting.item
        change = what_changed(_known(item), report)
        if not change or item.source_id != self._source.pk or item.pk is None:
            return
        self._changes.append((item, _version(item, change.fields, self._now)))
        for name in ("title", "summary", "body_html", "body_text", "words", "fingerprint", "content_hash"):
            setattr(item, name, getattr(report, name))
        item.byline = list(report.byline) or item.byline
        if report.image_url:
            item.image_url, item.image_credit = report.image_url, report.image_credit
        item.updated_at = self._now
        self._taken.changed += 1
        signals.tell(signals.item_changed, Item, item=item, change=change, version=self._changes[-1][1])

    def _write(self) -> None:
        Item.objects.bulk_create(self._new)
        Sighting.objects.bulk_create(self._seen)
        Sighting.objects.bulk_update(self._moved, ["entry_hash", "title"], batch_size=200)
        Item.objects.bulk_update([item for item, _ in self._changes], _UPDATED, batch_size=50)
        ItemVersion.objects.bulk_create([version for _, version in self._changes])
        for item in self._new:
            signals.tell(signals.item_arrived, Item, item=item)


def _rules() -> list[Rule]:
    return [
        Rule(
            name=f"rule {rule.pk}",
            action=rule.action,
            section=rule.section,
            source_id=rule.source_id,
            include=_lines(rule.include_words),
            exclude=_lines(rule.exclude_words),
            language=rule.language,
            category=rule.category,
        )
        for rule in FilingRule.objects.filter(active=True)
    ]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _remember(found: dict[str, Item], item: Item) -> None:
    for mark in (item.canonical_url, item.fingerprint):
        if mark:
            found.setdefault(mark, item)


def _known(item: Item) -> Known:
    return Known(
        title=item.title,
        summary=item.summary,
        body_html=item.body_html,
        body_text=item.body_text,
        image_url=item.image_url,
        byline=tuple(item.byline),
    )


def _version(item: Item, changed: tuple[str, ...], now: datetime) -> ItemVersion:
    return ItemVersion(
        item=item,
        title=item.title,
        summary=item.summary,
        body_html=item.body_html,
        changed=list(changed),
        replaced_at=now,
    )


def _item(
    source: Source, report: Report, filing: FilingDecision, page_errors: Mapping[str, str], now: datetime
) -> Item:
    published = report.published_at or now
    days = source.expires_after_days
    return Item(
        source=source,
        guid=report.guid,
        url=report.url,
        canonical_url=report.canonical_url,
        title=report.title,
        summary=report.summary,
        body_html=report.body_html,
        body_text=report.body_text,
        byline=list(report.byline),
        categories=list(report.categories),
        image_url=report.image_url,
        image_credit=report.image_credit,
        language=report.language,
        words=report.words,
        published_at=report.published_at,
        published_given=report.published_given,
        first_seen_at=now,
        updated_at=now,
        filing=filing.action,
        filing_reason=filing.reason,
        section_hint=filing.section,
        full_text_error=page_errors.get(report.guid, ""),
        rights=source.rights,
        licence=source.licence,
        licence_url=source.licence_url,
        images_allowed=source.images_allowed,
        embargo_until=published + timedelta(minutes=source.embargo_minutes) if source.embargo_minutes else None,
        expires_at=published + timedelta(days=days) if days is not None else None,
        fingerprint=report.fingerprint,
        content_hash=report.content_hash,
    )
