"""Who comments, and who may not."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _


def new_key() -> str:
    """Makes a commenter's links their own: without it they could be made from the number."""
    return get_random_string(16)


class Commenter(models.Model):
    """A mailbox that has confirmed it, or an account, that comments."""

    email = models.EmailField(max_length=254, help_text=_("As it is written to."))
    email_key = models.CharField(max_length=254, unique=True, editable=False, help_text=_("By which it is found."))
    name = models.CharField(max_length=60, help_text=_("As it was last signed with."))
    key = models.CharField(max_length=16, default=new_key, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="commenter"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("commenter")

    def __str__(self) -> str:
        return self.email


class Ban(models.Model):
    """A mailbox whose comments are refused. Its writer is told so."""

    email_key = models.CharField(_("mailbox"), max_length=254, unique=True)
    until = models.DateTimeField(_("until"), null=True, blank=True, help_text=_("Empty: for good."))
    reason = models.CharField(_("reason"), max_length=200, blank=True, help_text=_("The writer reads it."))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL)
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("ban")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.email_key

    @staticmethod
    def in_force() -> Q:
        """Those that hold now."""
        return Q(until=None) | Q(until__gt=timezone.now())
