"""What readers write to the newsroom."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Message(models.Model):
    """A reader's message in the editors' queue."""

    class Kind(models.TextChoices):
        """Which form it came by."""

        CONTACT = "contact", "Contact"
        TAKEDOWN = "takedown", "Takedown request"

    class State(models.TextChoices):
        """What has been done about it."""

        NEW = "new", "New"
        OPEN = "open", "In hand"
        DONE = "done", "Done"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=120)
    email = models.EmailField()
    subject = models.CharField(max_length=160, blank=True)
    url = models.URLField(max_length=1000, blank=True, help_text="The page it is about.")
    grounds = models.CharField(max_length=40, blank=True)
    text = models.TextField(max_length=8000)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.TextField(blank=True, help_text="For the newsroom only.")
    created_at = models.DateTimeField(default=timezone.now)
    sender = models.CharField(max_length=64, editable=False, help_text="Daily-salted hash, to limit floods.")

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "-created_at"], name="message_queue")]

    def __str__(self) -> str:
        return self.subject or f"{self.get_kind_display()} from {self.name}"
