"""The paper itself: name, tagline, links and small print."""

from __future__ import annotations

from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField

from broadsheet.newsroom.blocks.site import FooterBlock, SocialBlock


@register_setting(icon="home")
class Paper(BaseSiteSetting):
    """What a publisher sets once: it stands on every page, in the feeds and in the structured data."""

    name = models.CharField(max_length=80, default="Broadsheet")
    tagline = models.CharField(max_length=160, blank=True)
    logo = models.ForeignKey("newsroom.Picture", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    about = models.TextField(blank=True, help_text="A few lines about the paper, in the footer.")
    copyright = models.CharField(max_length=200, blank=True)
    licence_notice = models.CharField(max_length=300, blank=True, help_text="Under which terms others may use texts.")
    social = StreamField(SocialBlock(), blank=True)
    google_news = models.URLField(blank=True)
    flipboard = models.URLField(blank=True)
    footer = StreamField(FooterBlock(), blank=True)

    select_related = ["logo"]
    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("tagline"), FieldPanel("logo")], "The paper"),
        MultiFieldPanel([FieldPanel("about"), FieldPanel("copyright"), FieldPanel("licence_notice")], "Small print"),
        FieldPanel("social"),
        MultiFieldPanel([FieldRowPanel([FieldPanel("google_news"), FieldPanel("flipboard")])], "Follow us on"),
        FieldPanel("footer"),
    ]

    class Meta:
        verbose_name = "paper"

    def __str__(self) -> str:
        return self.name
