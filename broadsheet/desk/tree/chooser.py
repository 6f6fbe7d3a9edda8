"""Choosing a page: sections as they lie in the tree, articles the newest first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.admin.views import chooser
from wagtail.models import Page

from broadsheet.desk.grants import Grants
from broadsheet.desk.tree.children import Offered, branches, newest_articles
from broadsheet.newsroom.models import Article, HomePage

EVERYWHERE = Grants(user=None, everything=True, granted=())
"""Any page may be linked to, whoever links."""


class BrowseView(chooser.BrowseView):
    """Leafing: what lies below a page; where articles can be chosen, then the newest of them."""

    parent_page: Page
    desired_classes: tuple[type[Page], ...]

    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        if parent_page_id is None and request.GET.get("page_type") == Article._meta.label_lower:
            # Where all articles lie: the library would find it by looking at every one.
            home = HomePage.objects.order_by("path").values_list("pk", flat=True).first()
            parent_page_id = home
        return super().get(request, parent_page_id)

    def get_object_list(self) -> Offered:
        ids = branches(self.parent_page, EVERYWHERE)
        if self.parent_page.depth > 1 and any(issubclass(Article, wanted) for wanted in self.desired_classes):
            ids += newest_articles(self.parent_page)
        return Offered(ids)

    def filter_object_list(self, pages: Any) -> Any:
        return pages  # as get_object_list has chosen them
