"""Readers who have asked for letters, and the proof that they did."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _


def new_key() -> str:
    """Makes a subscriber's links their own: without it they could be made from the number."""
    return get_random_string(16)


class Subscriber(models.Model):
    """A mailbox that has confirmed at least one list."""

    email = models.EmailField(max_length=254, help_text=_("As it is written to."))
    email_key = models.CharField(max_length=254, unique=True, editable=False, help_text=_("By which it is found."))
    key = models.CharField(max_length=16, default=new_key, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    soft_bounces = models.PositiveSmallIntegerField(default=0, editable=False)
    soft_bounced_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("subscriber")

    def __str__(self) -> str:
        return self.email


class Subscription(models.Model):
    """A subscriber's place on a list. One who left stays, so that an old file does not bring them back."""

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="subscriptions")
    newsletter = models.ForeignKey("newsletters.Newsletter", on_delete=models.CASCADE, related_name="subscriptions")
    active = models.BooleanField(default=True)
    since = models.DateTimeField(default=timezone.now, help_text=_("When it was confirmed, or left."))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["newsletter", "subscriber"], name="subscribed_once")]
        indexes = [models.Index(fields=["newsletter", "active", "subscriber"], name="subscription_active")]

    def __str__(self) -> str:
        return f"{self.subscriber} {'on' if self.active else 'left'} {self.newsletter}"


class Consent(models.Model):
    """What a subscriber agreed to, or took back: when, where, in which words. It is never changed."""

    class Act(models.TextChoices):
        """What was done."""

        CONFIRMED = "confirmed", _("Confirmed by the link in the mail")
        CHOSE = "chose", _("Chose on the page of their own")
        LEFT = "left", _("Left")
        IMPORTED = "imported", _("Came with a file")
        ADDED = "added", _("Added by an editor")
        MOVED = "moved", _("Came along to another mailbox of the same account")

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="consents")
    newsletter = models.ForeignKey("newsletters.Newsletter", on_delete=models.CASCADE, related_name="+")
    act = models.CharField(max_length=10, choices=Act.choices)
    at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True, blank=True, help_text=_("When the form was sent."))
    where = models.CharField(max_length=300, blank=True, help_text=_("The page, or the source of the file."))
    wording = models.TextField(blank=True, help_text=_("What they agreed to, as they read it."))

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.at:%Y-%m-%d}"


class Suppression(models.Model):
    """A mailbox that is not written to, whatever it subscribes to, until its reader confirms again."""

    class Reason(models.TextChoices):
        """Why not."""

        HARD = "hard", _("There is no such mailbox")
        SOFT = "soft", _("It refused letter after letter")
        COMPLAINT = "complaint", _("Its reader called a letter spam")
        EDITOR = "editor", _("An editor said so")

    UNWANTED = (Reason.COMPLAINT, Reason.EDITOR)
    """Reasons that lie with the reader, not with the mailbox."""

    email_key = models.CharField(_("mailbox"), max_length=254, unique=True)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    detail = models.CharField(_("detail"), max_length=300, blank=True)
    at = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("suppressed mailbox")
        verbose_name_plural = _("suppressed mailboxes")

    def __str__(self) -> str:
        return f"{self.email_key}: {self.get_reason_display()}"
