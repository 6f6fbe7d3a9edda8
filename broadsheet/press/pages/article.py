"""The article's page: its people, its neighbours, what to read next, how to share it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from broadsheet.newsroom import decide, lists
from broadsheet.newsroom.lists import Entry, ListRef
from broadsheet.newsroom.models import Article, ListKind, Topic
from broadsheet.newsroom.navigation import Navigation
from broadsheet.press.pages.cards import Card, card
from broadsheet.press.pages.frame import absolute

RELATED = 4
NEWEST_PER_TOPIC = 50
OLDEST_SOURCE_YEARS = 5

SHARE = (
    ("facebook", "Facebook", "https://www.facebook.com/sharer/sharer.php?u={url}"),
    ("x", "X", "https://x.com/intent/post?url={url}&text={title}"),
    ("bluesky", "Bluesky", "https://bsky.app/intent/compose?text={title}%20{url}"),
    ("mastodon", "Mastodon", "https://mastodonshare.com/?url={url}&text={title}"),
    ("whatsapp", "WhatsApp", "https://wa.me/?text={title}%20{url}"),
    ("telegram", "Telegram", "https://t.me/share/url?url={url}&text={title}"),
    ("linkedin", "LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?url={url}"),
    ("reddit", "Reddit", "https://www.reddit.com/submit?url={url}&title={title}"),
    ("pinterest", "Pinterest", "https://www.pinterest.com/pin/create/button/?url={url}&description={title}"),
    ("tumblr", "Tumblr", "https://www.tumblr.com/widgets/share/tool?canonicalUrl={url}&title={title}"),
    ("email", "E-mail", "mailto:?subject={title}&body={url}"),
)


@dataclass(frozen=True, kw_only=True)
class ShareLink:
    """A plain link to share by."""

    service: str
    """Short name, for the icon."""
    label: str
    """Name for readers."""
    url: str
    """Where it leads."""


def share_links(article: Article, path: str) -> list[ShareLink]:
    """Links that share an article, without any tracker."""
    url, title = quote(absolute(path), safe=""), quote(article.social_title or article.title, safe="")
    return [
        ShareLink(service=service, label=label, url=template.format(url=url, title=title))
        for service, label, template in SHARE
    ]


def topics_of(article: Article) -> list[Topic]:
    """The article's topics, as its editor ordered them."""
    return [link.topic for link in article.topic_links.all()]


def source_date(article: Article) -> datetime | None:
    """The date the source gave, where it can be true."""
    oldest = article.published_at and article.published_at - timedelta(days=365 * OLDEST_SOURCE_YEARS)
    if not (article.published_at and oldest):
        return None
    return decide.sane_source_date(article.source_published_at, now=article.published_at, oldest=oldest)


def neighbours(article: Article, menu: Navigation) -> tuple[Card | None, Card | None]:
    """The articles before and after this one in its section."""
    section = menu.section_of(article.path)
    if not (section and article.published_at and article.live):
        return None, None
    of = ListRef(kind=ListKind.SECTION, ref=section.id)
    pair = lists.neighbours(of, Entry(article=article.pk, at=article.published_at))
    found = lists.articles(entry.article for entry in pair if entry)
    shown = [card(found[entry.article], menu) if entry and entry.article in found else None for entry in pair]
    return shown[0], shown[1]


def related(article: Article, topics: list[Topic], menu: Navigation) -> list[Card]:
    """What to read next: the editor's choice, then those sharing most topics, then the newest of the section."""
    chosen = [link.related_id for link in article.related_links.all()]
    ranked = [pk for pk in [*chosen, *_by_topics(topics), *_by_section(article, menu)] if pk != article.pk]
    ids = list(dict.fromkeys(ranked))[: RELATED * 2]
    found = lists.articles(ids)
    return [card(found[pk], menu) for pk in ids if pk in found][:RELATED]


def _by_topics(topics: list[Topic]) -> list[int]:
    shared: Counter[int] = Counter()
    for topic in topics:
        of = ListRef(kind=ListKind.TOPIC, ref=topic.pk)
        shared.update(entry.article for entry in lists.newest(of, NEWEST_PER_TOPIC))
    return [pk for pk, _ in shared.most_common(RELATED * 2)]


def _by_section(article: Article, menu: Navigation) -> list[int]:
    section = menu.section_of(article.path)
    if section is None:
        return []
    of = ListRef(kind=ListKind.SECTION, ref=section.id)
    return [entry.article for entry in lists.newest(of, RELATED + 2)]
