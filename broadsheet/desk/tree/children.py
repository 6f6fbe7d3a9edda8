"""The pages below one, as the tree's screens show them: all but the articles, which have a list of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from wagtail.models import Page, get_page_models

from broadsheet.desk.grants import Grants
from broadsheet.newsroom import lists
from broadsheet.newsroom.models import Article, ListKind, Section

OFFERED = 500
"""The newest articles that can be chosen by leafing; older ones are found by searching."""


def branches(parent: Page, granted: Grants) -> list[int]:
    """The pages right below one that are no articles, in the editors' order, if the user may see them.

    Read from the kinds' own small tables, whole: to the page table an article is a child as any other, and a database
    that is asked for some of the rows may walk the large table.
    """
    kinds = [kind for kind in get_page_models() if kind is not Page and not issubclass(kind, Article)]
    rows = sorted(row for kind in kinds for row in kind.objects.order_by().values_list("path", "pk"))
    return [pk for path, pk in rows if path[: -Page.steplen] == parent.path and granted.leads_to(path)]


def newest_articles(parent: Page) -> list[int]:
    """The newest published articles of a section, or of the paper."""
    of = lists.WHOLE_PAPER
    if issubclass(parent.specific_class or Page, Section):
        of = lists.ListRef(kind=ListKind.SECTION, ref=parent.pk)
    return [entry.article for entry in lists.newest(of, OFFERED)]


class Offered(Sequence[Page]):
    """Pages by their ids, in that order; only the part that is looked at is read."""

    def __init__(self, ids: list[int]) -> None:
        self._ids = ids

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, index: int) -> Page: ...
    @overload
    def __getitem__(self, index: slice) -> list[Page]: ...
    def __getitem__(self, index: int | slice) -> Page | list[Page]:
        wanted = self._ids[index] if isinstance(index, slice) else [self._ids[index]]
        pages = Page.objects.filter(pk__in=wanted).defer_streamfields().specific().annotate_approved_schedule()
        by_id = {page.pk: page for page in pages}
        found = [by_id[pk] for pk in wanted if pk in by_id]
        return found if isinstance(index, slice) else found[0]

    def __iter__(self) -> Iterator[Page]:
        return iter(self[:])
