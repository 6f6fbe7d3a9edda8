"""The explorer and the search of pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Page

from broadsheet.desk.grants import grants
from broadsheet.desk.tree.children import branches
from broadsheet.newsroom.models import HomePage, Section


class TreeView(ExplorableIndexView):
    """The explorer: sections and static pages; a button leads to a section's articles."""

    def get_base_queryset(self) -> Any:
        granted = grants(self.request.user)
        if self.is_searching:
            pages = Page.objects.all() if self.is_searching_whole_tree else Page.objects.descendant_of(self.parent_page)
            return self.annotate_queryset(pages if granted.everything else pages.filter(granted.reach()))
        return self.annotate_queryset(Page.objects.filter(pk__in=branches(self.parent_page, granted)))

    @property
    def header_buttons(self) -> list[Any]:
        buttons = list(super().header_buttons)
        if isinstance(self.parent_page, HomePage | Section):
            buttons.append(HeaderButton("Articles", url=articles_of(self.parent_page), icon_name="doc-full"))
        return buttons


class PageSearchView(SearchView):
    """The search of pages: what the user may work on is asked of the hits, not of the whole tree."""

    def get_queryset(self) -> Any:
        granted = grants(self.request.user)
        pages = Page.objects.all() if granted.everything else Page.objects.filter(granted.reach())
        if self.selected_content_type:
            pages = pages.filter(content_type=self.selected_content_type)
        if self.ordering:
            pages = pages.order_by(self.ordering)
        self.all_pages = self.annotate_queryset(pages).autocomplete(
            self.search_query or "", order_by_relevance=not self.ordering
        )
        return self.all_pages


def articles_of(page: Page) -> str:
    """The address of the list of a section's articles, or of all."""
    address = reverse("desk_articles:list")
    return f"{address}?section={page.pk}" if isinstance(page, Section) else address
