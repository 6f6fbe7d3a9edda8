"""What can be found: a row for each listed article, indexed by the database's own full-text search."""

from __future__ import annotations

from django.db import models


class SearchEntry(models.Model):
    """The words of one published article. FTS5 (SQLite) or a tsvector (PostgreSQL) is built on it by the migration."""

    article = models.OneToOneField(
        "newsroom.Article", primary_key=True, on_delete=models.CASCADE, related_name="search_entry"
    )
    title = models.TextField()
    standfirst = models.TextField(blank=True)
    body = models.TextField(blank=True)
    listed_at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["article", "listed_at"], name="search_article_date")]

    def __str__(self) -> str:
        return self.title
