"""Sitemaps: an index, parts of a month each, and the 48-hour news sitemap (sitemaps.org 0.9, Google News 0.9)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from broadsheet.newsroom import decide, lists
from broadsheet.newsroom.models import TextPage
from broadsheet.newsroom.navigation import navigation
from broadsheet.newsroom.reads import reading
from broadsheet.press import recorder
from broadsheet.press.leaves import leaf
from broadsheet.press.pages.archive import span_of
from broadsheet.press.pages.cards import Card, cards, headlines
from broadsheet.press.pages.frame import absolute, the_masthead

XML = "application/xml; charset=utf-8"
SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
IMAGE = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
NEWS_AGE = timedelta(hours=48)
LINKED = ("title", "slug", "url_path", "path", "depth", "live")
MOST_NEWS = 1000


@leaf(hot=True, surveyed=True)
def index(request: HttpRequest) -> HttpResponse:
    """The index: the sections' part, and the parts of each month."""
    names = ["pages"]
    for row in lists.months(lists.WHOLE_PAPER, counted=False):
        month = f"{row.month:%Y-%m}"
        names += [month, *(f"{month}-{number}" for number in range(2, decide.parts(row.count) + 1))]
    base = escape(absolute("/sitemap-"))
    rows = "".join([f"<sitemap><loc>{base}{name}.xml</loc></sitemap>" for name in names])
    return _answer(f"<sitemapindex {SITEMAP}>{rows}</sitemapindex>")


@leaf(surveyed=True)
def pages(request: HttpRequest) -> HttpResponse:
    """Home, sections and static pages."""
    with reading("text-pages"):
        texts = [page.get_url() for page in TextPage.objects.live().only(*LINKED).order_by("path")]
    urls = ["/", *(item.url for item in navigation().everything()), "/archive/", "/authors/", *texts]
    rows = "".join(f"<url><loc>{escape(absolute(url))}</loc></url>" for url in urls if url)
    return _answer(f"<urlset {SITEMAP}>{rows}</urlset>")


@leaf(surveyed=True)
def month(request: HttpRequest, year: str, month: str, part: str = "1") -> HttpResponse:
    """The articles of one month, in parts: the oldest first, so that one more touches the last of them alone."""
    try:
        start, end = span_of(int(year), int(month), None)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    skip = (int(part) - 1) * decide.PART
    entries = lists.stretch(lists.WHOLE_PAPER, start, end, skip=skip, limit=decide.PART)
    if not entries:
        raise Http404
    rows = "".join(_row(card) for card in cards(entries, navigation()))
    return _answer(f"<urlset {SITEMAP} {IMAGE}>{rows}</urlset>")


@leaf(surveyed=True)
def news(request: HttpRequest) -> HttpResponse:
    """Our own articles of the last 48 hours. It changes by itself when its oldest entry grows too old.

    It is rendered when a crawler asks: a large paper publishes more often than one does, and each time for 800 rows.
    """
    now = timezone.now()
    entries = lists.between(lists.WHOLE_PAPER, now - NEWS_AGE, now + timedelta(days=365), MOST_NEWS)
    if entries and (record := recorder.current()):
        record.until(entries[-1].at + NEWS_AGE)
    name = the_masthead().name
    shown = headlines(entries, navigation())
    rows = "".join(_news_row(card, name) for card in shown if not card.canonical_elsewhere)
    return _answer(f"<urlset {SITEMAP} {NEWS}>{rows}</urlset>")


def _row(card: Card) -> str:
    changed = card.updated_at or card.published_at
    image = ""
    if card.picture_file:
        url = absolute(card.picture_file.get_rendition("width-1280|format-jpeg").url)
        image = f"<image:image><image:loc>{escape(url)}</image:loc></image:image>"
    when = f"<lastmod>{_stamp(changed)}</lastmod>" if changed else ""
    return f"<url><loc>{escape(absolute(card.url))}</loc>{when}{image}</url>"


def _news_row(card: Card, name: str) -> str:
    when = _stamp(card.published_at) if card.published_at else ""
    return (
        f"<url><loc>{escape(absolute(card.url))}</loc><news:news><news:publication>"
        f"<news:name>{escape(name)}</news:name><news:language>{settings.LANGUAGE_CODE}</news:language>"
        f"</news:publication><news:publication_date>{when}</news:publication_date>"
        f"<news:title>{escape(card.headline)}</news:title></news:news></url>"
    )


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _answer(xml: str) -> HttpResponse:
    return HttpResponse(f'<?xml version="1.0" encoding="UTF-8"?>\n{xml}\n', content_type=XML)
