"""Devices that asked for breaking news, what they were told, and the key that says it was us."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SigningKey(models.Model):
    """The site's key pair, by which push services know that a notification is ours (RFC 8292). There is one, for good:
    every device's registration names it."""

    private_pem = models.TextField()
    public = models.CharField(max_length=100, help_text=_("Uncompressed point, base64url (RFC 8292, 3.2)."))
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.public


class Device(models.Model):
    """A browser whose reader asked to be notified. Nothing says who it is."""

    endpoint = models.TextField(help_text=_("The push service's address for this browser."))
    endpoint_hash = models.CharField(max_length=64, unique=True)
    p256dh = models.CharField(max_length=100, help_text=_("Its public key (RFC 8291)."))
    auth = models.CharField(max_length=30, help_text=_("Its secret (RFC 8291)."))
    created_at = models.DateTimeField(default=timezone.now)
    failures = models.PositiveSmallIntegerField(default=0, help_text=_("In a row."))

    def __str__(self) -> str:
        return f"Device {self.pk}"


class Alert(models.Model):
    """Breaking news on its way to every device; once for an article."""

    class State(models.TextChoices):
        """Where it stands."""

        SENDING = "sending", _("Is being sent")
        SENT = "sent", _("Sent")
        STOPPED = "stopped", _("Stopped: withdrawn, or no longer news")

    article = models.OneToOneField("newsroom.Article", on_delete=models.CASCADE, related_name="alert")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SENDING)
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    finished_at = models.DateTimeField(_("ended"), null=True)
    reached = models.BigIntegerField(default=0, help_text=_("The last device that was dealt with."))
    not_before = models.DateTimeField(
        default=timezone.now, help_text=_("When nobody is at it, it may be gone on with.")
    )
    waits = models.PositiveSmallIntegerField(default=0, help_text=_("How often a service asked to wait at this place."))
    sent = models.PositiveIntegerField(_("sent"), default=0)
    gone = models.PositiveIntegerField(_("gone"), default=0, help_text=_("Devices that no longer want any."))
    failed = models.PositiveIntegerField(_("failed"), default=0)

    class Meta:
        verbose_name = _("notification")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "not_before"], name="alert_waiting")]

    def __str__(self) -> str:
        return self.article.title

    def seconds_left(self, now: datetime) -> int:
        """For how many seconds it is still news; 0 when it is not, or is withdrawn."""
        ends = self.article.breaks_until if self.article.live else None
        return max(0, int((ends - now).total_seconds())) if ends else 0
