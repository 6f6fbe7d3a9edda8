"""People and topics: what articles are listed under besides their section."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail.snippets.models import register_snippet


def check_links(links: object) -> None:
    """Refuse what is not a list of labels and web or mail addresses.

    Raises:
        ValidationError: with an example.
    """
    if not (isinstance(links, list) and all(map(_is_link, links))):
        raise ValidationError('Write a list such as [{"label": "Mastodon", "url": "https://example.org/@me"}].')


def _is_link(entry: object) -> bool:
    if not isinstance(entry, dict) or set(entry) != {"label", "url"}:
        return False
    return bool(entry["label"]) and str(entry["url"]).startswith(("https://", "http://", "mailto:"))


@register_snippet
class Person(index.Indexed, models.Model):  # type: ignore[django-manager-missing]  # Wagtail's Orderable is untyped
    """An author, member of staff or guest, with a page of their own."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(
        max_length=120, unique=True, blank=True, help_text="The address: /authors/this/. Empty: made from the name."
    )
    role = models.CharField(max_length=120, blank=True)
    short_bio = models.CharField(max_length=250, blank=True, help_text="One line, under articles.")
    bio = RichTextField(blank=True, features=["bold", "italic", "link"])
    portrait = models.ForeignKey("newsroom.Picture", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    email = models.EmailField(blank=True, help_text="Shown to readers.")
    links = models.JSONField(
        default=list, blank=True, validators=[check_links], help_text='A list of {"label": …, "url": …}.'
    )
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

    def clean(self) -> None:
        super().clean()
        self.slug = self.slug or slugify(self.name)


@register_snippet
class Topic(index.Indexed, models.Model):  # type: ignore[django-manager-missing]  # as above
    """A subject that articles of any section share."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(
        max_length=120, unique=True, blank=True, help_text="The address: /topics/this/. Empty: made from the name."
    )
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

    def clean(self) -> None:
        super().clean()
        self.slug = self.slug or slugify(self.name)
