"""The letter of what each reader follows: what it may carry, who gets any of it, and who gets what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import timedelta

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from broadsheet.newsroom.models import Listing
from broadsheet.readers.newsletters.decide.personal import Place
from broadsheet.readers.newsletters.models import Follow, Letter, LetterItem, Newsletter, Subscription

MOST = 200
"""Articles in one letter for all readers together."""


def choose(newsletter: Newsletter, *, longest: timedelta) -> list[int]:
    """What is new in any list that somebody follows, newest first: since the last letter, or within ``longest``."""
    out = Letter.objects.filter(newsletter=newsletter, state__in=Letter.OUT)
    last, oldest = out.aggregate(last=Max("started_at"))["last"], timezone.now() - longest
    followed = Follow.objects.filter(
        kind=OuterRef("kind"),
        ref=OuterRef("ref"),
        subscriber__subscriptions__newsletter=newsletter,
        subscriber__subscriptions__active=True,
    )
    fresh = Listing.objects.filter(Exists(followed), listed_at__gte=max(last or oldest, oldest))
    carried = LetterItem.objects.filter(letter__in=out).values("article")
    rows = fresh.exclude(article__in=carried).order_by("-listed_at", "-article").values_list("article", flat=True)
    return list(dict.fromkeys(rows[: MOST * 4]))[:MOST]


def readers_of(letter: Letter, subscriptions: QuerySet[Subscription]) -> QuerySet[Subscription]:
    """Of a list's subscribers, those who follow a list in which anything of the letter stands."""
    stands = Listing.objects.filter(
        kind=OuterRef("kind"), ref=OuterRef("ref"), article__in=letter.items.values("article")
    )
    return subscriptions.filter(Exists(Follow.objects.filter(Exists(stands), subscriber=OuterRef("subscriber"))))


def places_of(letter: Letter) -> dict[int, frozenset[Place]] | None:
    """Of each item of a letter, by its number, the lists it stands in; None for a letter that is everybody's."""
    if not letter.newsletter.is_personal:
        return None
    articles = list(letter.items.values_list("article", flat=True))
    places: dict[int, set[Place]] = defaultdict(set)
    rows = Listing.objects.filter(article__in=articles).values_list("article", "kind", "ref")
    for article, kind, ref in rows:
        places[article].add((kind, ref))
    return {number: frozenset(places[article]) for number, article in enumerate(articles)}


def follows_of(subscribers: Iterable[int]) -> dict[int, set[Place]]:
    """What some subscribers follow: one query."""
    found: dict[int, set[Place]] = defaultdict(set)
    rows = Follow.objects.filter(subscriber__in=list(subscribers)).values_list("subscriber", "kind", "ref")
    for subscriber, kind, ref in rows:
        found[subscriber].add((kind, ref))
    return found


def add(subscriber: int, places: Collection[Place]) -> None:
    """Have a subscriber follow lists, besides those they follow already."""
    rows = [Follow(subscriber_id=subscriber, kind=kind, ref=ref) for kind, ref in sorted(set(places))]
    Follow.objects.bulk_create(rows, ignore_conflicts=True)


def keep_only(subscriber: int, places: Collection[Place]) -> None:
    """Have a subscriber follow no other lists than these any more."""
    wanted = set(places)
    gone = [found.pk for found in Follow.objects.filter(subscriber=subscriber) if (found.kind, found.ref) not in wanted]
    Follow.objects.filter(pk__in=gone).delete()
