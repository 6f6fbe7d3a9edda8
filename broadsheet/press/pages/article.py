"""The article's page: its people, its neighbours, what to read next, how to share it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from broadsheet.newsroom import decide, lists
from broadsheet.newsroom.lists import Entry, ListRef
from broadsheet.newsroom.models import Article, ListKind, Person, Topic
from broadsheet.newsroom.navigation import Navigation
from broadsheet.press.facets import CARD
from broadsheet.press.pages.cards import Card, articles, card
from broadsheet.press.pages.frame import absolute
from broadsheet.press.recorder import shows, unseen
from broadsheet.press.surrogate_keys import facet_key, key_of

RELATED = 4
NEAR_OLDER, NEAR_NEWER = 4, 2
"""Of each topic, how many articles before and after this one are looked at."""
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


def authors_of(article: Article) -> list[Person]:
    """Who wrote it; of their portraits, no more than the picture shows."""
    with unseen():
        bylines = article.bylines.select_related("person__portrait")
        people = [byline.person for byline in bylines]
    for person in people:
        shows(key_of(person))
        if person.portrait:
            shows(facet_key(key_of(person.portrait), CARD))
    return people


def topics_of(article: Article) -> list[Topic]:
    """The article's topics, as its editor ordered them."""
    with unseen():
        found = [link.topic for link in article.topic_links.select_related("topic")]
    for topic in found:
        shows(facet_key(key_of(topic), CARD))
    return found


def source_date(article: Article) -> datetime | None:
    """The date the source gave, where it can be true."""
    oldest = article.published_at and article.published_at - timedelta(days=365 * OLDEST_SOURCE_YEARS)
    if not (article.published_at and oldest):
        return None
    return decide.sane_source_date(article.source_published_at, now=article.published_at, oldest=oldest)


def neighbours(article: Article, menu: Navigation) -> tuple[Card | None, Card | None]:
    """The articles before and after this one in its section."""
    of, place = _section_list(article, menu), _place(article)
    if of is None or place is None:
        return None, None
    pair = lists.neighbours(of, place)
    found = articles(entry.article for entry in pair if entry)
    shown = [card(found[entry.article], menu) if entry and entry.article in found else None for entry in pair]
    return shown[0], shown[1]


def related(article: Article, topics: list[Topic], menu: Navigation) -> list[Card]:
    """What to read next: the editor's choice, then those that share most topics, then its section's.

    Found by rule are articles published near this one, newer ones first: so the choice settles once a few have
    followed, and one publication never changes the pages of a whole archive.
    """
    chosen = [link.related_id for link in article.related_links.all()]
    for pk in chosen:
        shows(facet_key(f"page/{pk}", CARD))
    ids = [pk for pk in dict.fromkeys(chosen) if pk != article.pk]
    ids += [pk for pk in _by_topics(article, topics) if pk not in ids]
    if len(ids) < RELATED:
        ids += [pk for pk in _by_section(article, menu) if pk not in ids]
    found = articles(ids[: RELATED + len(chosen)])
    return [card(found[pk], menu) for pk in ids if pk in found][:RELATED]


def _by_topics(article: Article, topics: list[Topic]) -> list[int]:
    place = _place(article)
    if place is None:
        return []
    near = [lists.around(ListRef(kind=ListKind.TOPIC, ref=t.pk), place, NEAR_OLDER, NEAR_NEWER) for t in topics]
    return decide.most_shared([[entry.article for entry in found] for found in near], RELATED)


def _by_section(article: Article, menu: Navigation) -> list[int]:
    of, place = _section_list(article, menu), _place(article)
    if of is None or place is None:
        return []
    return [entry.article for entry in lists.around(of, place, RELATED, 0)]


def _place(article: Article) -> Entry | None:
    if not (article.live and article.published_at):
        return None
    return Entry(article=article.pk, at=article.published_at)


def _section_list(article: Article, menu: Navigation) -> ListRef | None:
    section = menu.section_of(article.path)
    return ListRef(kind=ListKind.SECTION, ref=section.id) if section else None
