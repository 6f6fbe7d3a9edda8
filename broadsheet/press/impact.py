"""What a change will change for readers, found by making it and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from broadsheet.newsroom.models import Article, Person, Section, Topic
from broadsheet.press import purge_log, reasons
from broadsheet.press.addresses import KEY
from broadsheet.press.edition import Edition
from broadsheet.press.purge_log import PurgeRow
from broadsheet.press.reasons import Names


@dataclass(frozen=True, kw_only=True)
class Touched:
    """A leaf that will be rendered again."""

    path: str
    """Its address."""
    reasons: tuple[str, ...]
    """Why, in words, the weightiest first."""


@dataclass(frozen=True, kw_only=True)
class Impact:
    """What a change will change."""

    address: str
    """Where the article stands afterwards; empty if it stands nowhere."""
    is_new: bool
    """Nobody could read it at that address before."""
    touched: tuple[Touched, ...]
    """Every leaf of this edition that shows something of what changes, in the order of their addresses."""


def of_publishing(article: Article, edition: Edition) -> Impact:
    """What publishing an article's latest draft will change.

    Raises:
        RightsBreached: it may not be published, so it changes nothing.
    """
    return _impact(article, _publish_now, edition)


def of_withdrawing(article: Article, edition: Edition) -> Impact:
    """What taking an article off the paper will change."""
    return _impact(article, Article.unpublish, edition)


def _impact(article: Article, change: Callable[[Article], object], edition: Edition) -> Impact:
    was = (article.get_url() or "") if article.live else ""
    with transaction.atomic(), purge_log.noting() as rows:
        change(Article.objects.get(pk=article.pk))  # a copy: what is taken back must not stay in the caller's
        after = Article.objects.get(pk=article.pk)
        address = (after.get_url() or "") if after.live else ""
        names = names_of(rows)
        transaction.set_rollback(True)
    touched = _touched(rows, names, article, edition)
    return Impact(address=address, is_new=bool(address) and address != was, touched=touched)


def _publish_now(article: Article) -> None:
    revision = article.get_latest_revision() or article.save_revision()
    revision.content["go_live_at"] = None  # what is scheduled is looked at as if its time had come
    revision.save(update_fields=["content"])
    revision.publish()


def _touched(rows: list[PurgeRow], names: Names, article: Article, edition: Edition) -> tuple[Touched, ...]:
    found: dict[str, dict[str, int]] = {}
    for row in dict.fromkeys(rows):
        if row.key.startswith(KEY):
            continue  # what comes to be known about an address changes no page
        reason, weight = reasons.reason(row.key, names, own=article.pk)
        for path in edition.shown_by(row):
            found.setdefault(path, {})[reason] = weight
    return tuple(
        Touched(path=path, reasons=tuple(sorted(why, key=lambda reason: why[reason])))
        for path, why in sorted(found.items())
    )


def names_of(rows: list[PurgeRow]) -> Names:
    """The names of what the rows are about: at most four queries."""
    wanted = [reasons.subject(row.key) for row in rows]

    def named(kind: str, model: type, field: str) -> dict[int, str]:
        ids = {pk for of, pk in wanted if of == kind}
        return dict(model.objects.filter(pk__in=ids).values_list("pk", field)) if ids else {}  # type: ignore[attr-defined]

    return {
        "page": named("page", Article, "title"),
        "section": named("section", Section, "title"),
        "person": named("person", Person, "name"),
        "topic": named("topic", Topic, "name"),
    }
