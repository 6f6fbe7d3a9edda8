"""One kind of page, as Wagtail's tutorial has it."""

from typing import ClassVar

from django.db import models
from wagtail.blocks import RichTextBlock
from wagtail.fields import StreamField
from wagtail.models import Page


class PlainPage(Page):
    """A date, an introduction, a body in blocks."""

    date = models.DateField()
    intro = models.CharField(max_length=250)
    body = StreamField([("paragraph", RichTextBlock())])
    template = "plain_page.html"

    class Meta:
        app_label = "plain_wagtail"

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
