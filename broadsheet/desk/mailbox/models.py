"""Mail that the site keeps instead of sending it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class KeptMail(models.Model):
    """One mail to one or more people, as it would have left."""

    kept_at = models.DateTimeField(default=timezone.now)
    recipients = models.TextField(help_text="The envelope's, with commas between them.")
    sender = models.CharField(max_length=320)
    subject = models.CharField(max_length=400, blank=True)
    source = models.BinaryField(help_text="The message as RFC 5322 has it.")

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("view",)
        verbose_name = "kept mail"
        verbose_name_plural = "kept mail"

    def __str__(self) -> str:
        return self.subject or "(no subject)"
