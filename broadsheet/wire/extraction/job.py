"""The child's job for pages: bytes in, a report as JSON out."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import trafilatura
from lxml.html import HtmlElement
from readability import Document
from trafilatura.settings import Extractor

from broadsheet.wire.cleaning import plain_text
from broadsheet.wire.extraction import chooser, structured, titles
from broadsheet.wire.extraction.values import Candidate, Extracted
from broadsheet.wire.formats import dates
from broadsheet.wire.formats.wording import address, words

logging.disable(logging.CRITICAL)  # the libraries tell their troubles to nobody here
_AUTHOR_META = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl")
_DATE_META = ("article:published_time", "datepublished", "date", "dc.date", "parsely-pub-date", "og:published_time")
_CHANGED_META = ("article:modified_time", "datemodified", "og:updated_time", "last-modified")


_SAMPLE = (
    '<html lang="en"><head><title>A page</title><meta name="date" content="2026-05-01"></head><body><article>'
    + "<h1>A page</h1>"
    + "<p>Some words that make a paragraph long enough to be taken for the text of a report, and a few more.</p>" * 5
    + "</article></body></html>"
)


def warm() -> None:
    """Have the libraries load what they load at their first page."""
    read(_SAMPLE.encode(), "https://example.org/2026/05/01/page", "", datetime(2026, 5, 2, tzinfo=UTC))


def run(arguments: dict[str, Any], body: bytes) -> dict[str, Any]:
    """Read one page. Arguments: url, charset, now (ISO 8601)."""
    now = datetime.fromisoformat(arguments["now"])
    return dataclasses.asdict(read(body, arguments["url"], arguments["charset"], now))


def read(body: bytes, url: str, charset: str, now: datetime) -> Extracted:
    """Read a page's report. Raises ValueError when the bytes are no page."""
    markup = decoded(body, charset)
    page = trafilatura.load_html(markup)
    if page is None:
        raise ValueError("it is no page of HTML")
    found, meta = structured.article(page), structured.meta(page)
    chosen = chooser.choose(_candidates(page, markup, found, url))
    return Extracted(
        title=_title(page, found, meta),
        body_html=chosen.html if chosen else "",
        body_text=chosen.text if chosen else "",
        authors=structured.names(found.get("author")) or _meta_authors(meta),
        published=_date(found.get("datePublished"), meta, _DATE_META, now),
        updated=_date(found.get("dateModified"), meta, _CHANGED_META, now),
        image_url=address(structured.image(found.get("image")) or meta.get("og:image", ""), url),
        canonical_url=address(structured.link(page, "canonical") or meta.get("og:url", ""), url),
        description=words(meta.get("og:description") or meta.get("description"), 500),
        language=words(page.get("lang"), 35),
        method=chosen.name if chosen else "",
    )


def decoded(body: bytes, charset: str) -> str:
    """The page as text: by its own charset when that works, by its bytes otherwise."""
    if charset:
        try:
            return body.decode(charset)
        except (LookupError, UnicodeDecodeError):
            pass
    return trafilatura.utils.decode_file(body)


def _candidates(page: HtmlElement, markup: str, found: Any, url: str) -> list[Candidate]:
    readings: tuple[tuple[str, Callable[[], str]], ...] = (
        ("trafilatura", lambda: _trafilatura(page, url)),
        ("readability", lambda: _readability(markup, url)),
        ("json-ld", lambda: structured.body(found)),
    )
    candidates = []
    for name, reading in readings:
        try:
            html = reading()
        except MemoryError:
            raise
        except Exception:  # noqa: S112  (each library fails on pages of its own; the other two are the answer)
            continue
        if html:
            candidates.append(Candidate(name=name, html=html, text=plain_text(html)))
    return candidates


def _trafilatura(page: HtmlElement, url: str) -> str:
    options = Extractor(output_format="html", fast=True, url=url, comments=False, formatting=True, links=True)
    return trafilatura.extract(page, options=options) or ""


def _readability(markup: str, url: str) -> str:
    return str(Document(markup, url=url).summary(html_partial=True))


def _title(page: HtmlElement, found: Any, meta: dict[str, str]) -> str:
    headings = [heading.text_content() for heading in page.iter("h1")]
    element = page.find(".//title")
    return titles.choose(
        headline=str(found.get("headline") or ""),
        social=meta.get("og:title", ""),
        heading=headings[0] if len(headings) == 1 else "",
        element=element.text_content() if element is not None else "",
        site=meta.get("og:site_name", ""),
    )


def _meta_authors(meta: dict[str, str]) -> tuple[str, ...]:
    for name in _AUTHOR_META:
        value = words(meta.get(name), 200).removeprefix("By ")
        if value and not value.startswith("http"):
            return tuple(part.strip() for part in value.replace(" and ", ", ").split(", ") if part.strip())
    return ()


def _date(value: Any, meta: dict[str, str], meta_names: tuple[str, ...], now: datetime) -> datetime | None:
    written = [value, *(meta.get(name) for name in meta_names)]
    return next((date for date in (dates.sane(dates.read(one), now) for one in written) if date), None)
