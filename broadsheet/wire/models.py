"""The wire's nouns: who we listen to, what they reported, how it changed, and where else it was seen."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from broadsheet.wire.decide import is_silent


class Rights(models.TextChoices):
    """How much of a report we may publish."""

    HEADLINE = "headline", "Headline and link"
    EXCERPT = "excerpt", "Excerpt and link"
    FULL_TEXT = "full_text", "Full text under its licence"


class Filing(models.TextChoices):
    """What happens to a report when it arrives."""

    HOLD = "hold", "Wait for an editor"
    DRAFT = "draft", "Draft an article"
    PUBLISH = "publish", "Publish by itself"


class Kind(models.TextChoices):
    """What kind of thing a source is."""

    FEED = "feed", "Feed (RSS, RDF or Atom)"
    JSON = "json", "JSON Feed"
    SITEMAP = "sitemap", "News sitemap"


class SourceQuerySet(models.QuerySet["Source"]):
    def due(self, now: datetime) -> SourceQuerySet:
        """Active sources whose time has come, the longest waiting first."""
        return self.filter(active=True, next_fetch_at__lte=now).order_by("next_fetch_at", "id")

    def failing(self) -> SourceQuerySet:
        """Sources whose last poll failed."""
        return self.filter(failures__gt=0)


class Source(models.Model):
    """A feed we listen to, with its rights."""

    name = models.CharField(max_length=200)
    url = models.URLField("feed address", max_length=2000, unique=True)
    site_url = models.URLField("site", max_length=2000, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.FEED)
    language = models.CharField(max_length=35, blank=True, help_text="As BCP 47 has it, for example en or pt-BR.")
    section_hint = models.SlugField("section", max_length=100, blank=True, help_text="Where its reports usually go.")

    rights = models.CharField(max_length=10, choices=Rights.choices, default=Rights.HEADLINE)
    licence = models.CharField(max_length=200, blank=True, help_text="The licence's name, for example CC BY 4.0.")
    licence_url = models.URLField(max_length=2000, blank=True)
    images_allowed = models.BooleanField(default=False, help_text="May we publish its pictures?")
    extract_full_text = models.BooleanField(default=True, help_text="With full-text rights: read the linked pages.")
    embargo_minutes = models.PositiveIntegerField(default=0, help_text="Publish no earlier than this after it did.")
    expires_after_days = models.PositiveIntegerField(null=True, blank=True, help_text="Take down after this many days.")
    filing = models.CharField(max_length=10, choices=Filing.choices, default=Filing.HOLD)

    active = models.BooleanField(default=True)
    muted_until = models.DateTimeField(null=True, blank=True, help_text="No alerts about this source until then.")
    etag = models.CharField(max_length=1000, blank=True, editable=False)
    last_modified = models.CharField(max_length=200, blank=True, editable=False)
    hub = models.URLField("WebSub hub", max_length=2000, blank=True, editable=False)
    interval = models.PositiveIntegerField("seconds between polls", default=900, editable=False)
    usual_gap = models.PositiveIntegerField("seconds between its reports", default=0, editable=False)
    last_fetched_at = models.DateTimeField(null=True, editable=False)
    last_item_at = models.DateTimeField(null=True, editable=False)
    next_fetch_at = models.DateTimeField(default=timezone.now, editable=False)
    failures = models.PositiveIntegerField("failures in a row", default=0, editable=False)
    last_error = models.TextField(blank=True, editable=False)
    last_error_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["next_fetch_at"], name="wire_source_due", condition=Q(active=True))]

    def __str__(self) -> str:
        return self.name

    @property
    def is_silent(self) -> bool:
        """Whether it has been quiet for longer than it usually is."""
        return is_silent(usual_gap=self.usual_gap, last_item_at=self.last_item_at, now=timezone.now())

    @property
    def wants_pages(self) -> bool:
        """Whether linked pages are read for full text: only when the rights allow the text to be published."""
        return self.extract_full_text and self.rights == Rights.FULL_TEXT


class FilingRule(models.Model):
    """An editor's rule: reports like this go there. The first that fits decides."""

    position = models.PositiveIntegerField(default=0)
    source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.CASCADE, related_name="filing_rules", help_text="Empty: all."
    )
    include_words = models.TextField(blank=True, help_text="Any of these words or phrases, one a line. Empty: all.")
    exclude_words = models.TextField(blank=True, help_text="None of these words or phrases, one a line.")
    language = models.CharField(max_length=35, blank=True)
    category = models.CharField(max_length=200, blank=True, help_text="A category the source gave the report.")
    action = models.CharField(max_length=10, choices=Filing.choices, default=Filing.HOLD)
    section = models.SlugField(max_length=100, blank=True, help_text="File to this section.")
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.get_action_display()} ({self.source or 'all sources'})"


class Status(models.TextChoices):
    """Where a report stands at the desk."""

    NEW = "new", "New"
    HELD = "held", "Held"
    SPIKED = "spiked", "Spiked"
    FILED = "filed", "Filed"


class ItemQuerySet(models.QuerySet["Item"]):
    def queue(self, now: datetime | None = None) -> ItemQuerySet:
        """What waits for an editor, the newest first; what has expired does not wait."""
        fresh = Q(expires_at=None) | Q(expires_at__gt=now or timezone.now())
        return self.filter(fresh, status=Status.NEW).order_by("-first_seen_at", "-id")

    def from_source(self, source: Source) -> ItemQuerySet:
        """Reports this source has carried, also those another carried first."""
        return self.filter(pk__in=Sighting.objects.filter(source=source).values("item_id"))

    def in_section(self, section: str) -> ItemQuerySet:
        """Reports meant for a section, by its slug."""
        return self.filter(section_hint=section)

    def containing(self, text: str) -> ItemQuerySet:
        """Reports with every one of these words in title, summary or body."""
        found = self
        for word in text.split()[:10]:
            fits = Q(title__icontains=word) | Q(summary__icontains=word) | Q(body_text__icontains=word)
            found = found.filter(fits)
        return found


class Item(models.Model):
    """One report from one source, cleaned, with the rights it came under."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="items")
    guid = models.CharField(max_length=500)
    url = models.URLField(max_length=2000, blank=True)
    canonical_url = models.CharField(max_length=2000, blank=True)
    title = models.CharField(max_length=1000, blank=True)
    summary = models.TextField(blank=True)
    body_html = models.TextField(blank=True)
    body_text = models.TextField(blank=True)
    byline = models.JSONField(default=list, blank=True)
    categories = models.JSONField(default=list, blank=True)
    image_url = models.URLField(max_length=2000, blank=True)
    image_credit = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=35, blank=True)
    words = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField("published by its source", null=True, blank=True)
    published_given = models.CharField("date as its source wrote it", max_length=64, blank=True)
    first_seen_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    status = models.CharField(max_length=10, choices=Status.choices, default=Status.NEW)
    filing = models.CharField(max_length=10, choices=Filing.choices, default=Filing.HOLD)
    filing_reason = models.CharField(max_length=300, blank=True)
    section_hint = models.SlugField(max_length=100, blank=True)
    full_text_error = models.TextField(blank=True, help_text="Why the linked page gave no full text.")

    rights = models.CharField(max_length=10, choices=Rights.choices)
    licence = models.CharField(max_length=200, blank=True)
    licence_url = models.URLField(max_length=2000, blank=True)
    images_allowed = models.BooleanField(default=False)
    embargo_until = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    fingerprint = models.CharField(max_length=32, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["-first_seen_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["source", "guid"], name="wire_item_once_a_source")]
        indexes = [
            models.Index("status", models.F("first_seen_at").desc(), models.F("id").desc(), name="wire_item_queue"),
            models.Index(fields=["section_hint", "status"], name="wire_item_section"),
            models.Index(fields=["canonical_url"], name="wire_item_canonical", condition=~Q(canonical_url="")),
            models.Index(fields=["fingerprint"], name="wire_item_fingerprint", condition=~Q(fingerprint="")),
        ]

    def __str__(self) -> str:
        return self.title or self.url or self.guid


class ItemVersion(models.Model):
    """How a report stood before its source changed it."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="versions")
    title = models.CharField(max_length=1000, blank=True)
    summary = models.TextField(blank=True)
    body_html = models.TextField(blank=True)
    changed = models.JSONField(default=list, help_text="Which fields the source then changed.")
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-replaced_at", "-id"]

    def __str__(self) -> str:
        return f"{self.title} (until {self.replaced_at:%Y-%m-%d %H:%M})"


class Sighting(models.Model):
    """One entry of one feed that carries a report; the same report seen again is one item with two sightings."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="sightings")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="sightings")
    guid = models.CharField(max_length=500)
    url = models.URLField(max_length=2000, blank=True)
    title = models.CharField(max_length=1000, blank=True)
    entry_hash = models.CharField(max_length=64)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["seen_at", "id"]
        constraints = [models.UniqueConstraint(fields=["source", "guid"], name="wire_sighting_once_a_source")]

    def __str__(self) -> str:
        return f"{self.source}: {self.title or self.guid}"
