"""What can be found: a row for each listed article, indexed by the database's own full-text search; spelling; terms."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from broadsheet.readers.search.stemming import LONGEST_WORD


class SearchEntry(index.Indexed, models.Model):
    """The stems of one published article. FTS5 (SQLite) or a tsvector (PostgreSQL) is built on it by the migration.

    A search engine has it as well, if there is one; the library's index in the database does not.
    """

    article = models.OneToOneField(
        "newsroom.Article", primary_key=True, on_delete=models.CASCADE, related_name="search_entry"
    )
    title = models.TextField()
    standfirst = models.TextField(blank=True)
    body = models.TextField(blank=True)
    marks = models.TextField(blank=True)
    listed_at = models.DateTimeField(db_index=True)

    search_fields = [*map(index.SearchField, ("title", "standfirst", "body")), index.FilterField("listed_at")]
    search_auto_update = False  # ``index_article`` does, when the rest of the entry is true

    def __str__(self) -> str:
        return self.title


class Stem(models.Model):
    """A stem that some entry has, or had."""

    text = models.CharField(max_length=LONGEST_WORD, primary_key=True)

    def __str__(self) -> str:
        return self.text


class Spelling(models.Model):
    """A word of headlines and names, without one of its letters: by these a word that is spelt otherwise is found."""

    part = models.CharField(max_length=30)
    word = models.CharField(max_length=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "word"], name="spelling_once")]

    def __str__(self) -> str:
        return f"{self.part}: {self.word}"


class SearchedTerm(models.Model):
    """What was searched for on a day, and how often: nothing says by whom."""

    day = models.DateField()
    text = models.CharField(_("searched for"), max_length=100)
    times = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0, help_text=_("Hits, the last time."))

    class Meta:
        verbose_name = _("searched term")
        constraints = [models.UniqueConstraint(fields=["day", "text"], name="searched_once_a_day")]

    def __str__(self) -> str:
        return self.text
