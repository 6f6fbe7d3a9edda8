"""Making letters: from fronts and rules, each occasion once, never an article twice to the same list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from broadsheet.newsroom import lists
from broadsheet.newsroom.models import Article, HomePage, ListKind, Section
from broadsheet.newsroom.navigation import navigation
from broadsheet.press.pages import fronts
from broadsheet.readers.newsletters.actions import following
from broadsheet.readers.newsletters.decide import selection
from broadsheet.readers.newsletters.models import Letter, LetterItem, Newsletter

LOOKED_AT = 200
"""Entries of a list that a letter is chosen from."""
SINCE = {
    Newsletter.Rhythm.DAILY: timedelta(days=2),
    Newsletter.Rhythm.WEEKLY: timedelta(days=8),
    Newsletter.Rhythm.FOLLOWING: timedelta(days=2),
    Newsletter.Rhythm.AT_ONCE: timedelta(hours=12),
    Newsletter.Rhythm.BREAKING: timedelta(hours=12),
    Newsletter.Rhythm.BY_HAND: timedelta(days=14),
}
"""Nothing older is news in such a letter."""


def compose(
    newsletter: Newsletter,
    *,
    slot: str = "",
    due_at: datetime | None = None,
    articles: Sequence[int] | None = None,
    state: str = Letter.State.DRAFT,
) -> tuple[Letter, bool]:
    """Make the letter of an occasion, unless there is one already.

    Args:
        newsletter: the list.
        slot: the occasion's name; empty for a letter that an editor asks for.
        due_at: when it goes.
        articles: what it carries; None to choose by rule.
        state: SCHEDULED to have it go by itself.
    Returns:
        The letter, and whether it is new.
    """
    values = {"newsletter": newsletter, "due_at": due_at, "state": state, **({"slot": slot} if slot else {})}
    try:
        with transaction.atomic():
            letter = Letter.objects.create(**values)
            fill(letter, choose(newsletter) if articles is None else articles)
    except IntegrityError:  # two looked at the clock at the same moment: the other one made it
        return Letter.objects.get(newsletter=newsletter, slot=slot), False
    return letter, True


def choose(newsletter: Newsletter) -> list[int]:
    """The articles that a list's next letter would carry."""
    if newsletter.is_personal:
        return following.choose(newsletter, longest=SINCE[Newsletter.Rhythm.FOLLOWING])
    out = LetterItem.objects.filter(letter__newsletter=newsletter, letter__state__in=Letter.OUT)
    now = timezone.now()
    return selection.choose(
        front=front_of(newsletter),
        newest=lists.newest(newsletter.carries, LOOKED_AT),
        already=set(out.values_list("article_id", flat=True)),
        since=now - SINCE[Newsletter.Rhythm(newsletter.rhythm)],
        most=newsletter.length,
    )


def front_of(newsletter: Newsletter) -> list[int]:
    """What the front of a list's section shows now, from its top; nothing for authors and topics, which have none."""
    page: HomePage | Section | None = None
    if newsletter.kind == ListKind.SITE:
        page = HomePage.objects.live().order_by("path").first()
    elif newsletter.kind == ListKind.SECTION:
        page = Section.objects.live().filter(pk=newsletter.ref).first()
    if page is None:
        return []
    section = page.pk if isinstance(page, Section) else None
    plans = fronts.plans_of(page.containers) or fronts.standard_plans(section)
    return [card.id for container in fronts.fill(plans, navigation()) for card in container.cards]


def fill(letter: Letter, articles: Sequence[int]) -> None:
    """Put articles into a letter, with the subject and preheader they suggest. An editor's words stay."""
    headlines = dict(Article.objects.filter(pk__in=articles, live=True).values_list("pk", "title"))
    shown = [pk for pk in articles if pk in headlines]
    with transaction.atomic():
        LetterItem.objects.filter(letter=letter).delete()
        LetterItem.objects.bulk_create(
            LetterItem(letter=letter, article_id=pk, sort_order=number) for number, pk in enumerate(shown)
        )
        if letter.edited_at is None:
            titles = [headlines[pk] for pk in shown]
            own = letter.newsletter.is_personal  # each reader's letter has another first headline
            letter.subject = letter.newsletter.name if own else selection.subject_of(titles, letter.newsletter.name)
            letter.preheader = "" if own else selection.preheader_of(titles)
            letter.save(update_fields=["subject", "preheader"])


def drop_what_was_carried(letter: Letter) -> None:
    """Take out of a letter what another letter of its list has brought meanwhile, and what is no longer published."""
    out = LetterItem.objects.filter(letter__newsletter=letter.newsletter_id, letter__state__in=Letter.OUT)
    carried = out.exclude(letter=letter).values("article_id")
    items = LetterItem.objects.filter(letter=letter)
    items.filter(article_id__in=carried).delete()
    items.exclude(article__live=True).delete()
