"""From an entry as parsed to a report as stored: cleaned, measured, and no richer than its rights."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from broadsheet.wire.cleaning import (
    clean_html,
    is_artefact,
    plain_text,
    without_pictures,
    without_title,
    without_trackers,
    word_count,
)
from broadsheet.wire.decide.sameness import canonical, fingerprint
from broadsheet.wire.extraction import Extracted
from broadsheet.wire.formats import ParsedItem

#: Characters of a summary made from a body.
_SUMMARY = 300
#: A page's text replaces the feed's when it has at least this part of its words.
_ENOUGH = 0.9


@dataclass(frozen=True, kw_only=True)
class Report:
    """One entry, cleaned and ready to be stored."""

    #: What tells it from the other entries of its feed.
    guid: str
    #: Its address, without trackers.
    url: str
    #: Its address in comparable form.
    canonical_url: str
    #: Its title, plain text.
    title: str
    #: Its summary, plain text.
    summary: str
    #: Its body, safe HTML.
    body_html: str
    #: Its body's words.
    body_text: str
    #: Names of its authors.
    byline: tuple[str, ...]
    #: Categories its source gave it.
    categories: tuple[str, ...]
    #: The address of its picture; "" where the rights leave pictures out.
    image_url: str
    #: To whom the picture is credited.
    image_credit: str
    #: Its language.
    language: str
    #: How many words the body has.
    words: int
    #: When its source published it.
    published_at: datetime | None
    #: The same, as the source wrote it.
    published_given: str
    #: Equal for equal texts, or "".
    fingerprint: str
    #: Changes when title, summary or body change.
    content_hash: str


def entry_hash(entry: ParsedItem) -> str:
    """Changes when anything of an entry that we keep changes; costs no cleaning."""
    parts = (entry.url, entry.title, entry.summary_html, entry.content_html, entry.image_url, *entry.authors)
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()


def report_from(entry: ParsedItem, *, language: str, images_allowed: bool) -> Report:
    """Clean one entry.

    Args: entry; language of its feed, where it names none; images_allowed by the source's rights.
    """
    body = clean_html(entry.content_html or entry.summary_html, entry.url)
    lines = plain_text(entry.summary_html).split("\n")
    summary = " ".join(line for line in lines if not is_artefact(line))
    report = Report(
        guid=entry.guid,
        url=without_trackers(entry.url),
        canonical_url=canonical(entry.url),
        title=entry.title,
        summary=shortened(summary, 2_000),
        body_html=body,
        body_text="",
        byline=entry.authors,
        categories=entry.categories,
        image_url=entry.image_url if images_allowed else "",
        image_credit=entry.image_credit if images_allowed else "",
        language=entry.language or language,
        words=0,
        published_at=entry.published,
        published_given=entry.published_given,
        fingerprint="",
        content_hash="",
    )
    return _measured(report, body, images_allowed=images_allowed)


def with_page(report: Report, page: Extracted, *, page_url: str, images_allowed: bool) -> Report:
    """The report with what its linked page has and the feed lacks: the full text, names, a picture.

    Args: report from the feed; page as extracted; page_url it was read at; images_allowed by the source's rights.
    """
    body = clean_html(page.body_html, page_url)
    fuller = word_count(plain_text(body)) >= _ENOUGH * report.words
    richer = replace(
        report,
        canonical_url=canonical(page.canonical_url) or report.canonical_url,
        title=report.title or page.title,
        summary=report.summary or page.description,
        byline=report.byline or page.authors,
        image_url=(report.image_url or page.image_url) if images_allowed else "",
        language=report.language or page.language,
        published_at=report.published_at or page.published,
    )
    return _measured(richer, body if fuller else report.body_html, images_allowed=images_allowed)


def _measured(report: Report, body: str, *, images_allowed: bool) -> Report:
    body = without_title(body if images_allowed else without_pictures(body), report.title)
    text = plain_text(body)
    summary = report.summary or shortened(text, _SUMMARY)
    content = "\x1f".join((report.title, summary, body))
    return replace(
        report,
        title=report.title or shortened(text, 100),
        summary=summary,
        body_html=body,
        body_text=text,
        words=word_count(text),
        fingerprint=fingerprint(text),
        content_hash=hashlib.sha256(content.encode()).hexdigest(),
    )


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters of a text on one line, cut at a word, with an ellipsis where it was cut."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:–-") + "…"
