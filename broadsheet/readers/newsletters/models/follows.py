"""What a subscriber follows: sections, authors, topics, each by its place in the newsroom's lists."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from broadsheet.newsroom.models import ListKind


class Follow(models.Model):
    """A list of the newsroom that a subscriber wants to hear of, in the one letter that is made for each reader."""

    subscriber = models.ForeignKey("newsletters.Subscriber", on_delete=models.CASCADE, related_name="follows")
    kind = models.SmallIntegerField(choices=ListKind.choices)
    ref = models.BigIntegerField()
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscriber", "kind", "ref"], name="followed_once")]
        indexes = [models.Index(fields=["kind", "ref", "subscriber"], name="followed_by")]

    def __str__(self) -> str:
        return f"{self.subscriber_id} follows {self.kind}:{self.ref}"
