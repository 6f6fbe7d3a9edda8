"""People and topics: what articles are listed under besides their section."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail.snippets.models import register_snippet


@register_snippet
class Person(index.Indexed, models.Model):  # type: ignore[django-manager-missing]  # Wagtail's Orderable is untyped
    """An author, member of staff or guest, with a page of their own."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True, help_text="The address: /authors/this/")
    role = models.CharField(max_length=120, blank=True)
    short_bio = models.CharField(max_length=250, blank=True, help_text="One line, under articles.")
    bio = RichTextField(blank=True, features=["bold", "italic", "link"])
    portrait = models.ForeignKey("newsroom.Picture", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    email = models.EmailField(blank=True, help_text="Shown to readers.")
    links = models.JSONField(default=list, blank=True, help_text='A list of {"label": …, "url": …}.')
    disclosure = models.CharField(max_length=300, blank=True, help_text="Interests a reader should know of.")

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
        FieldRowPanel([FieldPanel("role"), FieldPanel("email")]),
        MultiFieldPanel([FieldPanel("portrait"), FieldPanel("short_bio"), FieldPanel("bio")], "About"),
        FieldPanel("disclosure"),
        FieldPanel("links"),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The author's page."""
        return reverse("author", args=[self.slug])


@register_snippet
class Topic(index.Indexed, models.Model):  # type: ignore[django-manager-missing]  # as above
    """A subject that articles of any section share."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True, help_text="The address: /topics/this/")
    description = models.TextField(blank=True)

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]), FieldPanel("description")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The topic's page."""
        return reverse("topic", args=[self.slug])
