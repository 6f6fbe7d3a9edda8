"""Reading the list of articles: never through the page tree, and never more than a window of the newest.

The list is ordered by the last change, which has an index of its own. Filters look through the newest WINDOW articles
from where the reader stands; if too few fit, the page says how far it looked and offers to look further. So the cost of
a page does not grow with the archive, whatever is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch, Q, QuerySet
from wagtail.models import Page, Revision, WorkflowState

from broadsheet.desk.articles.filters import LABELS, Filters, State, state_of
from broadsheet.desk.grants import grants
from broadsheet.desk.reading.access import may_see
from broadsheet.desk.reading.reads import views_of
from broadsheet.desk.sections import SectionChoice, nearest
from broadsheet.desk.wire_desk.filters import Mark
from broadsheet.newsroom.models import Article, Byline

PAGE = 40
WINDOW = 5_000
MOST_OF_A_STATE = 1_000


@dataclass(frozen=True, kw_only=True)
class Row:
    """One article in the list."""

    article: Article
    """The article, without its body."""
    section: SectionChoice | None
    """The section it stands in."""
    state: State
    """Where it stands."""
    authors: tuple[str, ...]
    """Names of its authors."""
    views: int | None
    """How often it was read in all; None where the user may not know."""
    may_edit: bool
    """Whether the user may edit it."""
    may_withdraw: bool
    """Whether the user may take it off the site."""

    @property
    def label(self) -> str:
        """Its state as shown."""
        return LABELS[self.state]


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One page of the list."""

    rows: tuple[Row, ...]
    """The articles, last changed first."""
    older: Mark | None
    """Where the next page begins; None at the end."""
    looked_back_to: datetime | None
    """Set when the page is short because the window ended, not the archive."""


def read_list(filters: Filters, user: Any, sections: list[SectionChoice]) -> Listed:
    """A page of the list, in a fixed number of queries."""
    window = _window(filters)
    wanted = _fitting(Article.objects.filter(pk__in=window.values("pk")[:WINDOW]), filters, user, sections)
    # First which, then what is shown of them: otherwise all of the window is read and sorted with its texts.
    ids = list(_last_changed_first(wanted).values_list("pk", flat=True)[: PAGE + 1])
    found = list(_with_what_is_shown(Article.objects.filter(pk__in=ids)))
    shown, more = found[:PAGE], len(found) > PAGE
    edge = None if more or not _narrows(filters, user) else _edge(window)
    on_page = {article.pk for article in shown}
    waiting, scheduled, granted = _in_moderation(on_page), _scheduled(on_page), grants(user)
    views = views_of(on_page) if may_see(user) else None
    rows = tuple(
        Row(
            article=article,
            section=nearest(sections, article.path),
            state=state_of(
                live=article.live,
                published_before=article.first_published_at is not None,
                scheduled=article.pk in scheduled,
                in_moderation=article.pk in waiting,
            ),
            authors=tuple(byline.person.name for byline in article.bylines.all()),
            views=views.get(article.pk, 0) if views is not None else None,
            may_edit=granted.may_edit(article),
            may_withdraw=article.live and granted.may("publish", article.path),
        )
        for article in shown
    )
    return Listed(rows=rows, older=_mark(shown[-1]) if more else edge, looked_back_to=edge.at if edge else None)


def _window(filters: Filters) -> QuerySet[Page]:
    kind = ContentType.objects.get_for_model(Article)
    pages = Page.objects.filter(content_type=kind, latest_revision_created_at__isnull=False)
    if filters.before:
        at, pk = filters.before.at, filters.before.item
        pages = pages.filter(latest_revision_created_at__lte=at)
        pages = pages.filter(Q(latest_revision_created_at__lt=at) | Q(pk__lt=pk))
    return pages.order_by("-latest_revision_created_at", "-pk")


def _fitting(
    articles: QuerySet[Article], filters: Filters, user: Any, sections: list[SectionChoice]
) -> QuerySet[Article]:
    if not user.is_superuser:
        articles = articles.filter(grants(user).reach())
    if filters.section:
        path = next((section.path for section in sections if section.id == filters.section), None)
        articles = articles.filter(path__startswith=path) if path else articles.none()
    if filters.author:
        articles = articles.filter(pk__in=Byline.objects.filter(person=filters.author).values("article"))
    for word in filters.text.split()[:10]:
        articles = articles.filter(Q(title__icontains=word) | Q(draft_title__icontains=word))
    return _in_state(articles, filters.state)


def _in_state(articles: QuerySet[Article], state: str) -> QuerySet[Article]:
    if state == State.MODERATION:
        return articles.filter(pk__in=_in_moderation(None))
    if state == State.SCHEDULED:
        return articles.filter(pk__in=_scheduled(None))
    if state == State.PUBLISHED:
        return articles.filter(live=True)
    if state == State.WITHDRAWN:
        return articles.filter(live=False, first_published_at__isnull=False)
    if state == State.DRAFT:
        return articles.filter(live=False, first_published_at__isnull=True)
    return articles


def _with_what_is_shown(articles: QuerySet[Article]) -> QuerySet[Article]:
    return _last_changed_first(
        articles.select_related("latest_revision__user")
        .defer("body", "body_text", "latest_revision__content")
        .prefetch_related(Prefetch("bylines", queryset=Byline.objects.select_related("person")))
    )


def _last_changed_first(articles: QuerySet[Article]) -> QuerySet[Article]:
    return articles.order_by("-latest_revision_created_at", "-pk")


def _narrows(filters: Filters, user: Any) -> bool:
    return filters.narrowed or not user.is_superuser


def _edge(window: QuerySet[Page]) -> Mark | None:
    last = window.values_list("latest_revision_created_at", "pk")[WINDOW - 1 : WINDOW + 1]
    found = list(last)
    return Mark(at=found[0][0], item=found[0][1]) if len(found) == 2 else None


def _in_moderation(among: set[int] | None) -> set[int]:
    states = WorkflowState.objects.active().filter(base_content_type=ContentType.objects.get_for_model(Page))
    if among is not None:
        states = states.filter(object_id__in=[str(pk) for pk in among])
    return {int(pk) for pk in states.values_list("object_id", flat=True)[:MOST_OF_A_STATE]}


def _scheduled(among: set[int] | None) -> set[int]:
    due = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
    if among is not None:
        due = due.filter(object_id__in=[str(pk) for pk in among])
    return {int(pk) for pk in due.values_list("object_id", flat=True)[:MOST_OF_A_STATE]}


def _mark(article: Article) -> Mark:
    return Mark(at=article.latest_revision_created_at, item=article.pk)


def scheduled_next(limit: int) -> list[Revision]:
    """The next versions to go live, soonest first."""
    due = Revision.objects.filter(approved_go_live_at__isnull=False).order_by("approved_go_live_at")
    return list(due.defer("content").prefetch_related("content_object")[:limit])
