"""Static pages: about, terms, privacy, and the two whose forms reach the editors."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from broadsheet.newsroom import page_context
from broadsheet.newsroom.models.readable import Readable


class TextPage(Readable, Page):
    """A page that is not news."""

    class Form(models.TextChoices):
        """The form under the text, if any."""

        NONE = "", "None"
        CONTACT = "contact", "Contact the newsroom"
        TAKEDOWN = "takedown", "Ask for removal"

    intro = models.CharField(max_length=250, blank=True)
    body = RichTextField(blank=True, features=["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"])
    form = models.CharField(max_length=20, choices=Form.choices, blank=True, default=Form.NONE)

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body"), FieldPanel("form")]
    parent_page_types = ["newsroom.HomePage"]
    subpage_types: list[str] = []
    template = "theme/pages/text.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **page_context.gather(self, request)}
