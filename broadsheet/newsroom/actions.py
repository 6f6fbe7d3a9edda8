"""Writes of the newsroom: keeping the lists true."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from broadsheet.newsroom import decide
from broadsheet.newsroom.listing_places import Place, key_of
from broadsheet.newsroom.models import Article, Listing, ListKind, MonthCount, Section, Topic, TopicLink
from broadsheet.newsroom.navigation import Navigation, keys_changed, navigation
from broadsheet.newsroom.signals import ListingChange, listings_changed, navigation_changed

LISTING_FIELDS = {"live", "published_at", "path", "url_path", "expired"}


def touches_listings(update_fields: Collection[str] | None) -> bool:
    """Whether a save of these fields can move an article in its lists."""
    return update_fields is None or bool(LISTING_FIELDS & set(update_fields))


def list_article(article: Article) -> None:
    """Make the lists say where the article stands now. Sends ``listings_changed`` when any of them changed."""
    wanted = {(place.kind, place.ref): place.at for place in places_of(article)}
    stored = {(row.kind, row.ref): row for row in Listing.objects.filter(article_id=article.pk)}
    gone = [row for place, row in stored.items() if place not in wanted]
    kept = [(row, wanted[place]) for place, row in stored.items() if place in wanted]
    moved = [(row, at) for row, at in kept if row.listed_at != at]
    new = [
        Listing(kind=kind, ref=ref, listed_at=at, article_id=article.pk)
        for (kind, ref), at in wanted.items()
        if (kind, ref) not in stored
    ]
    if not (gone or moved or new):
        return
    left = [Place(kind=row.kind, ref=row.ref, at=row.listed_at) for row in [*gone, *(row for row, _ in moved)]]
    came = [Place(kind=row.kind, ref=row.ref, at=row.listed_at) for row in new]
    came += [Place(kind=row.kind, ref=row.ref, at=at) for row, at in moved]
    with transaction.atomic():
        Listing.objects.filter(pk__in=[row.pk for row in gone]).delete()
        for row, at in moved:
            row.listed_at = at
        Listing.objects.bulk_update([row for row, _ in moved], ["listed_at"])
        Listing.objects.bulk_create(new)
        announce(left, came, article.pk, months=_recount(left, came))


def places_of(article: Article) -> tuple[Place, ...]:
    """Where a published article is listed: the paper, its sections, its authors, its topics. Unpublished: nowhere."""
    if not (article.live and article.published_at):
        return ()
    at = article.published_at
    sections = Section.objects.ancestor_of(article).values_list("pk", flat=True)
    people = [byline.person_id for byline in article.bylines.all()]
    topics = [link.topic_id for link in article.topic_links.all()]
    return (
        Place(kind=ListKind.SITE, ref=0, at=at),
        *(Place(kind=ListKind.SECTION, ref=pk, at=at) for pk in sections),
        *(Place(kind=ListKind.PERSON, ref=pk, at=at) for pk in dict.fromkeys(people)),
        *(Place(kind=ListKind.TOPIC, ref=pk, at=at) for pk in dict.fromkeys(topics)),
    )


def unlist_articles(ids: Iterable[int]) -> None:
    """Take articles that are about to be deleted out of their lists."""
    rows = Listing.objects.filter(article_id__in=list(ids))
    left = [Place(kind=row.kind, ref=row.ref, at=row.listed_at) for row in rows]
    if left:
        with transaction.atomic():
            rows.delete()
            announce(left, [], None, months=_recount(left, []))


def announce(left: Iterable[Place], came: Iterable[Place], article: int | None, *, months: Iterable[str]) -> None:
    """Tell the rooms above which lists changed, and where, and the names of the lists of months that changed."""
    changes = {ListingChange(key=key_of(place.kind, place.ref), at=place.at) for place in left}
    changes |= {ListingChange(key=key_of(place.kind, place.ref), at=place.at, article=article) for place in came}
    changes |= {ListingChange(key=key, at=None) for key in months}
    listings_changed.send(sender=Listing, changes=tuple(changes))


def tell_of_menu(before: Navigation) -> None:
    """Tell the rooms above what of the menu is different from what it was."""
    if keys := keys_changed(before, navigation()):
        navigation_changed.send(sender=Section, keys=keys)


def month_of(at: datetime) -> date:
    """The month an article is archived under, on the newsroom's clock."""
    return timezone.localtime(at).date().replace(day=1)


def _recount(left: list[Place], came: list[Place]) -> set[str]:
    """Keep the months' counts; returns the names of the lists of months that changed: their counts, or their parts."""
    change: dict[tuple[int, int, date], int] = {}
    for places, step in ((left, -1), (came, 1)):
        for place in places:
            row_key = (place.kind, place.ref, month_of(place.at))
            change[row_key] = change.get(row_key, 0) + step
    changed = {row_key: step for row_key, step in change.items() if step}
    names: set[str] = set()
    for (kind, ref, month), step in sorted(changed.items()):
        row = Q(kind=kind, ref=ref, month=month)
        if not MonthCount.objects.filter(row).update(count=F("count") + step):
            MonthCount.objects.create(kind=kind, ref=ref, month=month, count=max(step, 0))
        count = MonthCount.objects.values_list("count", flat=True).get(row)
        names.add(f"months:{key_of(kind, ref)}")
        if decide.parts(count) != decide.parts(count - step):
            names.add(f"month-set:{key_of(kind, ref)}")
    return names


@transaction.atomic
def merge_topics(kept: Topic, gone: Topic) -> int:
    """Make one topic of two: what stood under the one stands under the other, and its address leads there.

    Args:
        kept: the topic that stays.
        gone: the topic that is deleted.
    Returns:
        How many articles were moved over.
    """
    links = list(TopicLink.objects.filter(topic=gone).select_related("article"))
    for link in links:
        if TopicLink.objects.filter(article_id=link.article_id, topic=kept).exists():
            link.delete()
        else:
            link.topic = kept
            link.save()
    old = gone.get_absolute_url()
    gone.delete()
    for link in links:
        list_article(Article.objects.get(pk=link.article_id))
    Redirect.add_redirect(old, kept.get_absolute_url(), automatically_created=True)
    return len(links)
