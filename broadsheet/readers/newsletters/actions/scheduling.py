"""Composing what is due: each occasion once, whoever looks at the clock."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from broadsheet.newsroom.models import Article, Listing, ListKind
from broadsheet.readers.newsletters.actions import composing
from broadsheet.readers.newsletters.decide import schedule
from broadsheet.readers.newsletters.models import Letter, Newsletter, Subscription

CLOCKED = (Newsletter.Rhythm.DAILY, Newsletter.Rhythm.WEEKLY, Newsletter.Rhythm.FOLLOWING)


def compose_due(now: datetime | None = None) -> list[Letter]:
    """Compose the letters that go within the hour, and those whose time came when nothing ran. Returns the new ones.

    A list without subscribers makes no letters; one with nothing new makes an empty letter, so that editors see why
    none went.
    """
    now = now or timezone.now()
    made = []
    for newsletter in Newsletter.objects.filter(active=True, rhythm__in=CLOCKED):
        for due in _occasions(newsletter, now):
            known = Letter.objects.filter(newsletter=newsletter, slot=due.slot).exists()
            if not known and Subscription.objects.filter(newsletter=newsletter, active=True).exists():
                letter, new = composing.compose(newsletter, slot=due.slot, due_at=due.at, state=_state(newsletter))
                made += [letter] if new else []
    return made


def announce(article: Article) -> list[Letter]:
    """Make the letters of the lists that are sent at once: for each of a list's articles, or for breaking news alone.

    Returns:
        The new ones: an article that was announced is not announced again.
    """
    if not article.live or article.published_at is None:
        return []
    if timezone.now() - article.published_at > composing.SINCE[Newsletter.Rhythm.AT_ONCE]:
        return []
    places = set(Listing.objects.filter(article=article).values_list("kind", "ref"))
    made = []
    for newsletter in Newsletter.objects.filter(active=True, rhythm__in=Newsletter.UNCLOCKED):
        wanted = (newsletter.kind, newsletter.ref) in places and _asks_for(newsletter, article)
        if wanted and article.published_at >= newsletter.timed_since:
            letter, new = composing.compose(
                newsletter,
                slot=f"article:{article.pk}",
                due_at=timezone.now(),
                articles=[article.pk],
                state=_state(newsletter),
            )
            made += [letter] if new else []
    return made


def _asks_for(newsletter: Newsletter, article: Article) -> bool:
    if newsletter.rhythm == Newsletter.Rhythm.BREAKING:
        return article.breaking
    return newsletter.kind != ListKind.SITE


def _state(newsletter: Newsletter) -> str:
    return Letter.State.SCHEDULED if newsletter.sends_itself else Letter.State.DRAFT


def _occasions(newsletter: Newsletter, now: datetime) -> list[schedule.Due]:
    weekly = newsletter.rhythm == Newsletter.Rhythm.WEEKLY
    timing = schedule.Timing(at=newsletter.at, weekday=newsletter.weekday if weekly else None)
    zone = timezone.get_default_timezone()
    last, upcoming = schedule.last_due(timing, now, zone), schedule.next_due(timing, now, zone)
    missed = [last] if last and now - last.at <= schedule.GRACE and last.at >= newsletter.timed_since else []
    return missed + ([upcoming] if upcoming and upcoming.at - now <= schedule.AHEAD else [])
