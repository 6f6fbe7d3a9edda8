"""Deliveries: a letter to one subscriber, and what became of it; links, and how often each was followed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Delivery(models.Model):
    """A letter to one subscriber.

    QUEUED -> SENDING, committed before the mail server hears of it -> SENT, FAILED, or QUEUED again where the server
    surely has not got it. What a dead process left in SENDING becomes IN_DOUBT: it may have been sent, so only an
    editor sends it again.
    """

    class State(models.TextChoices):
        """Where it stands."""

        QUEUED = "queued", _("Waits")
        SENDING = "sending", _("Is being handed over")
        SENT = "sent", _("Handed over")
        FAILED = "failed", _("Refused")
        IN_DOUBT = "in_doubt", _("In doubt")
        DROPPED = "dropped", _("Not sent: left meanwhile")

    letter = models.ForeignKey("newsletters.Letter", on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(
        "newsletters.Subscriber", null=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    claim = models.CharField(max_length=32, blank=True, help_text=_("Of the batch it was last taken with."))
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    detail = models.CharField(max_length=300, blank=True)
    bounced = models.BooleanField(default=False, help_text=_("It came back after it had been handed over."))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "subscriber"], name="delivered_once")]
        indexes = [models.Index(fields=["letter", "state", "id"], name="delivery_queue")]

    def __str__(self) -> str:
        return f"{self.letter_id} to {self.subscriber_id}: {self.state}"


class LetterLink(models.Model):
    """A link of a letter, and how often it was followed. Nothing says by whom."""

    letter = models.ForeignKey("newsletters.Letter", on_delete=models.CASCADE, related_name="links")
    number = models.PositiveSmallIntegerField()
    url = models.CharField(max_length=1000)
    clicks = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["letter", "number"], name="link_once")]

    def __str__(self) -> str:
        return self.url
