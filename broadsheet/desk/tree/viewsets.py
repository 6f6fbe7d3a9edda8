"""The screens of all pages that have none of their own."""

from __future__ import annotations

from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from broadsheet.desk.tree.views import PageSearchView, TreeView


class TreeViewSet(PageViewSet):
    """The explorer and the search of pages, instead of Wagtail's."""

    model = Page
    index_view_class = TreeView
    search_view_class = PageSearchView
    filterset_class = None
    """None: Wagtail's filters look for all owners and editors there ever were; articles have a list of their own."""
