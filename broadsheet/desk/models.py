"""What joins the wire to the newsroom."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Filing(models.Model):
    """A wire item that was filed: who did it, and which article it became."""

    item = models.OneToOneField("wire.Item", on_delete=models.CASCADE, related_name="filed_as")
    article = models.ForeignKey("newsroom.Article", null=True, on_delete=models.SET_NULL, related_name="filings")
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    filed_at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True, help_text="What could not be done, such as a picture that did not load.")

    class Meta:
        ordering = ["-filed_at"]

    def __str__(self) -> str:
        return f"{self.item} -> {self.article or 'deleted article'}"
