"""Fronts: the home page and the sections' pages."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from broadsheet.newsroom import page_context
from broadsheet.newsroom.blocks import FrontBlock
from broadsheet.newsroom.decide import DEEPEST_SECTION, TOO_DEEP
from broadsheet.newsroom.forms import SectionForm

PALETTES = [
    (p, p.capitalize()) for p in ["news", "politics", "business", "climate", "tech", "culture", "sport", "opinion"]
]


class HomePage(Page):
    """The paper's front page."""

    containers = StreamField(FrontBlock(), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("containers")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["newsroom.Section", "newsroom.TextPage"]
    template = "theme/pages/home.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **page_context.gather(self, request)}


class Section(Page):
    """A section of the paper; sections nest up to three levels and their order in the tree is the menu's."""

    intro = models.CharField(max_length=250, blank=True, help_text="One line under the section's name.")
    palette = models.CharField(max_length=20, choices=PALETTES, default="news", help_text="The section's colour.")
    containers = StreamField(
        FrontBlock(), blank=True, help_text="Leave empty for the standard front: the newest, then the archive."
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("palette"),
        FieldPanel("containers"),
    ]
    promote_panels = [*Page.promote_panels]
    parent_page_types = ["newsroom.HomePage", "newsroom.Section"]
    subpage_types = ["newsroom.Section", "newsroom.Article"]
    template = "theme/pages/section.html"
    base_form_class = SectionForm
    show_in_menus_default = True

    def clean(self) -> None:
        super().clean()
        if self.depth and self.depth > DEEPEST_SECTION:
            raise ValidationError({"title": TOO_DEEP})

    def can_move_to(self, parent: Page) -> bool:
        """Whether this section and those below it would still be within three levels there."""
        deepest = Section.objects.descendant_of(self, inclusive=True).aggregate(depth=models.Max("depth"))["depth"]
        below = (deepest or self.depth) - self.depth
        return bool(super().can_move_to(parent)) and parent.depth + 1 + below <= DEEPEST_SECTION

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find an article by its slug's index instead of walking the children, which may be a million."""
        if len(path_components) == 1:
            child = (
                Page.objects.filter(slug=path_components[0], depth=self.depth + 1, path__startswith=self.path)
                .specific()
                .first()
            )
            if child is not None:
                return child.route(request, [])
        return super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **page_context.gather(self, request)}
