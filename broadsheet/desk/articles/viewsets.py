"""Wagtail's own views of articles, where the desk has them do something else."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet

from broadsheet.desk.impact.panel import ImpactPanel
from broadsheet.desk.publishing.guards import ApproveView
from broadsheet.newsroom.models import Article


class BackToTheList:
    """Afterwards the editor is led to the list of articles: the explorer of a large section is slow to open."""

    next_url: str | None

    def redirect_away(self, *args: Any) -> HttpResponse:
        return redirect(self.next_url or "desk_articles:list")


class CreateArticleView(BackToTheList, CreateView):
    """Writing a new article."""


class EditArticleView(BackToTheList, EditView):
    """Editing an article."""

    def get_side_panels(self) -> MediaContainer:
        panels = [*super().get_side_panels()]
        if not self.expects_json_response:
            panels.append(ImpactPanel(self.page, self.request))
        return MediaContainer(panels)


class ArticleViewSet(PageViewSet):
    """Articles in the admin: approving is held to the rights, and leads back to the list of articles."""

    model = Article
    add_view_class = CreateArticleView
    edit_view_class = EditArticleView
    workflow_action_view_class = ApproveView
