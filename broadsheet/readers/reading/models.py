"""How often what was read. Times are Unix seconds: the start of a bucket, in UTC."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Grain(models.IntegerChoices):
    """How wide a bucket is. A view stands in exactly one; older ones are gathered into wider ones."""

    MINUTE = 0
    HOUR = 1
    DAY = 2
    WEEK = 3


class Tally(models.Model):
    """The views of one article in one bucket."""

    # No constraint: an article may be deleted while a view of it waits; its rows go with it where Django deletes it.
    article = models.ForeignKey(
        "newsroom.Article", on_delete=models.CASCADE, related_name="tallies", db_constraint=False, db_index=False
    )
    grain = models.SmallIntegerField(choices=Grain.choices)
    at = models.BigIntegerField()
    views = models.BigIntegerField(default=0)
    direct = models.BigIntegerField(default=0)
    internal = models.BigIntegerField(default=0)
    search = models.BigIntegerField(default=0)
    social = models.BigIntegerField(default=0)
    elsewhere = models.BigIntegerField(default=0)
    quarter_1 = models.BigIntegerField(default=0)
    quarter_2 = models.BigIntegerField(default=0)
    quarter_3 = models.BigIntegerField(default=0)
    quarter_4 = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "count of views"
        verbose_name_plural = "counts of views"
        constraints = [models.UniqueConstraint(fields=["article", "grain", "at"], name="tally_once")]
        indexes = [models.Index(fields=["grain", "at"], name="tally_time")]

    def __str__(self) -> str:
        return f"{Grain(self.grain).name.lower()} {self.at} #{self.article_id}: {self.views}"


class Origin(models.Model):
    """How many views came from one host in an hour; the host alone is known, never the address."""

    at = models.BigIntegerField()
    kind = models.CharField(max_length=10, help_text="A value of origins.GROUPS.")
    host = models.CharField(max_length=100, blank=True)
    views = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["at", "kind", "host"], name="origin_once")]

    def __str__(self) -> str:
        return f"{self.at} {self.kind} {self.host}: {self.views}"


class Folded(models.Model):
    """A view into which the same reader's repeats are folded. Dropped when the folding window is over."""

    key = models.BigIntegerField(primary_key=True, help_text="A daily-salted hash of reader and article.")
    at = models.BigIntegerField(db_index=True)
    quarter = models.SmallIntegerField(default=0, help_text="How far it was read.")

    def __str__(self) -> str:
        return f"{self.key} at {self.at}"


class Salt(models.Model):
    """What a day's hashes are made with; dropped when the day is over, and nobody can make them again."""

    day = models.IntegerField(primary_key=True, help_text="Days since 1970.")
    value = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"the salt of day {self.day}"


class SpoolMark(models.Model):
    """How far a web process's spool has been counted, written with what was counted."""

    name = models.CharField(max_length=64, primary_key=True)
    position = models.BigIntegerField()
    at = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.name} up to {self.position}"


class Window(models.IntegerChoices):
    """The periods that are ranked."""

    HOT = 0, "Hot now"
    HOUR = 1, "Hour"
    DAY = 2, "Day"
    WEEK = 3, "Week"
    MONTH = 4, "Month"


class Rank(models.Model):
    """An article's place among what was read in a period."""

    window = models.SmallIntegerField(choices=Window.choices)
    place = models.SmallIntegerField()
    article = models.ForeignKey("newsroom.Article", on_delete=models.CASCADE, related_name="+", db_constraint=False)
    views = models.BigIntegerField(help_text="In the period; of what is hot, in the last hour.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["window", "place"], name="rank_once")]

    def __str__(self) -> str:
        return f"{Window(self.window).label} {self.place}: #{self.article_id}"


class HotPin(models.Model):
    """An article that editors keep at the head of What's hot."""

    article = models.OneToOneField("newsroom.Article", on_delete=models.CASCADE, related_name="hot_pin")
    place = models.PositiveSmallIntegerField(default=1, help_text="1 is the first.")
    until = models.DateTimeField(null=True, blank=True, help_text="When it leaves by itself; empty: when taken away.")
    pinned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    pinned_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "pin in What's hot"
        verbose_name_plural = "pins in What's hot"
        ordering = ["place", "-pinned_at"]

    def __str__(self) -> str:
        return f"{self.article} at place {self.place}"
