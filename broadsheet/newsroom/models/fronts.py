"""Fronts: the home page and the sections' pages."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import Http404, HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from broadsheet.newsroom import page_context
from broadsheet.newsroom.blocks import FrontBlock
from broadsheet.newsroom.decide import DEEPEST_SECTION, TOO_DEEP
from broadsheet.newsroom.forms import SectionForm
from broadsheet.newsroom.models.moving import MovesWhole
from broadsheet.newsroom.models.readable import Readable

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


class Section(Readable, MovesWhole, Page):
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and tell of what the menu shows otherwise, once the addresses below have followed."""
        from broadsheet.newsroom import actions
        from broadsheet.newsroom.navigation import navigation

        with transaction.atomic():
            before = navigation()
            super().save(*args, **kwargs)
            actions.tell_of_menu(before)

    def can_move_to(self, parent: Page) -> bool:
        """Whether this section and those below it would still be within three levels there."""
        deepest = Section.objects.descendant_of(self, inclusive=True).aggregate(depth=models.Max("depth"))["depth"]
        below = (deepest or self.depth) - self.depth
        return bool(super().can_move_to(parent)) and parent.depth + 1 + below <= DEEPEST_SECTION

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find what lies below by its slug's index instead of walking the children, which may be a million."""
        if not path_components:
            return super().route(request, path_components)
        # By slug and path alone, which have an index together: asked for a depth too, a database may choose that index.
        below = Page.objects.filter(slug=path_components[0], path__range=self._get_children_path_interval(self.path))
        child = next((page for page in below.order_by("path") if page.depth == self.depth + 1), None)
        if child is None:
            raise Http404
        child._cached_parent_obj = self  # as the library does: spares a query
        return child.specific.route(request, path_components[1:])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **page_context.gather(self, request)}
