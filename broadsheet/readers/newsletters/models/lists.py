"""Newsletters: the lists that readers subscribe to."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from broadsheet.newsroom.lists import ListRef
from broadsheet.newsroom.models import ListKind

WEEKDAYS = [
    (0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday")), (4, _("Friday")), (5, _("Saturday")),
    (6, _("Sunday")),
]  # fmt: skip
RESERVED = {"subscribe", "asked", "confirm", "me", "leave", "go"}
"""Addresses below /newsletters/ that are no list's."""
TIMING = ("rhythm", "weekday", "at", "active")


class Newsletter(models.Model):  # type: ignore[django-manager-missing]  # modelcluster is untyped
    """A list: what it carries, when it comes, what it promises.

    What it carries is a list of the newsroom by its kind and number, as in ``Listing``: of the paper, a section, an
    author or a topic. When that is gone, nothing new comes of it, and the subscribers stay.
    """

    class Rhythm(models.TextChoices):
        """When its letters are made."""

        DAILY = "daily", _("Every day")
        WEEKLY = "weekly", _("Every week")
        AT_ONCE = "at_once", _("When an article is published")
        BREAKING = "breaking", _("When an article is breaking news")
        FOLLOWING = "following", _("Every day, to each reader what they follow")
        BY_HAND = "by_hand", _("When an editor makes one")

    UNCLOCKED = (Rhythm.AT_ONCE, Rhythm.BREAKING)

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address"), max_length=60, unique=True, help_text=_("/newsletters/this/"))
    promise = models.CharField(
        _("promise"), max_length=200, help_text=_("One line: what readers get, and how often. They agree to this.")
    )
    kind = models.SmallIntegerField(choices=ListKind.choices, default=ListKind.SITE)
    ref = models.BigIntegerField(default=0)
    rhythm = models.CharField(_("rhythm"), max_length=10, choices=Rhythm.choices, default=Rhythm.DAILY)
    weekday = models.SmallIntegerField(_("day"), choices=WEEKDAYS, default=4, help_text=_("Of a weekly letter."))
    at = models.TimeField(_("time"), default=time(7), help_text=_("On the paper's own clock."))
    length = models.PositiveSmallIntegerField(_("articles"), default=8, help_text=_("At most, in one letter."))
    sends_itself = models.BooleanField(
        _("sends itself"), default=True, help_text=_("Otherwise an editor looks at each letter and sends it.")
    )
    active = models.BooleanField(
        _("offered"), default=True, help_text=_("Readers can subscribe, and letters are made.")
    )
    sender = models.CharField(_("sender"), max_length=80, blank=True, help_text=_("Empty: the paper's name."))
    imprint = models.CharField(
        _("imprint"),
        max_length=300,
        blank=True,
        help_text=_("Who sends it, with the postal address that laws ask for."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=10, help_text=_("The first is offered first."))
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    timed_since = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("newsletter")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a new timing counts from now, so that what it would have sent earlier today is not made up for."""
        before = Newsletter.objects.filter(pk=self.pk).values(*TIMING).first()
        if before and any(before[name] != getattr(self, name) for name in TIMING):
            self.timed_since = timezone.now()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "timed_since"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Its page, with its letters."""
        return reverse("newsletter", args=[self.slug])

    @property
    def is_personal(self) -> bool:
        """Whether each reader gets a letter of their own: what is new in the lists that they follow."""
        return self.rhythm == self.Rhythm.FOLLOWING

    @property
    def carries(self) -> ListRef:
        """The newsroom's list that its letters are made of."""
        return ListRef(kind=self.kind, ref=self.ref)

    def clean(self) -> None:
        super().clean()
        if self.rhythm == self.Rhythm.AT_ONCE and self.kind == ListKind.SITE:
            raise ValidationError(
                {"rhythm": _("For each article of the whole paper would be a flood: choose a section.")}
            )
        others = Newsletter.objects.filter(rhythm=self.Rhythm.FOLLOWING).exclude(pk=self.pk)
        if self.is_personal and others.exists():
            raise ValidationError({"rhythm": _("There is such a list already: readers follow all in one letter.")})
        if self.slug in RESERVED:
            raise ValidationError({"slug": _("This address is taken: choose another.")})
        if self.length < 1:
            raise ValidationError({"length": _("At least one.")})
