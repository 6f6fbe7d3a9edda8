"""Letters: the issues of a newsletter."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import Orderable


def by_hand() -> str:
    """The slot of a letter that no schedule asked for."""
    return f"hand:{uuid4().hex}"


class Letter(ClusterableModel):
    """One letter to a list. Its slot says what asked for it: no slot is filled twice, whoever looks at the clock."""

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", _("Draft")
        SCHEDULED = "scheduled", _("Waits for its time")
        SENDING = "sending", _("Is being sent")
        SENT = "sent", _("Sent")
        EMPTY = "empty", _("Not sent: nothing new")
        CANCELLED = "cancelled", _("Cancelled")

    OPEN = (State.DRAFT, State.SCHEDULED)
    OUT = (State.SENDING, State.SENT)

    newsletter = models.ForeignKey("newsletters.Newsletter", on_delete=models.CASCADE, related_name="letters")
    slot = models.CharField(max_length=60, default=by_hand, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT, editable=False)
    due_at = models.DateTimeField(_("goes at"), null=True, blank=True)
    subject = models.CharField(_("subject"), max_length=150, help_text=_("Up to 60 characters are seen on a phone."))
    preheader = models.CharField(
        _("preheader"), max_length=200, blank=True, help_text=_("What mail programs show behind the subject.")
    )
    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])
    note = models.CharField(max_length=300, blank=True, editable=False, help_text=_("For editors."))
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False, help_text=_("By an editor: rules leave it alone then."))

    issue = models.CharField(max_length=20, null=True, editable=False)  # noqa: DJ001 (unique, and none until it is sent)
    html = models.TextField(blank=True, editable=False, help_text=_("As sent, without anybody's links."))
    text = models.TextField(blank=True, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)
    turn = models.PositiveIntegerField(default=0, editable=False, help_text=_("Which slice of the sending is next."))
    turn_until = models.DateTimeField(null=True, editable=False, help_text=_("When it is taken for lost."))

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("letter")
        constraints = [
            models.UniqueConstraint(fields=["newsletter", "slot"], name="letter_once"),
            models.UniqueConstraint(fields=["newsletter", "issue"], name="issue_once"),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="letter_due")]

    def __str__(self) -> str:
        return self.subject or f"{self.newsletter} {self.created_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self.state in self.OPEN

    @property
    def is_out(self) -> bool:
        """Whether its readers have it, or are getting it."""
        return self.state in self.OUT

    def get_absolute_url(self) -> str:
        """Its page in the archive, once it is out."""
        return reverse("letter", args=[self.newsletter.slug, self.issue]) if self.issue else ""


class LetterItem(Orderable):
    """An article in a letter."""

    letter = ParentalKey(Letter, on_delete=models.CASCADE, related_name="items")
    article = models.ForeignKey("newsroom.Article", on_delete=models.CASCADE, related_name="+")
    headline = models.CharField(
        _("headline"), max_length=200, blank=True, help_text=_("In this letter; empty: the article's.")
    )

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        constraints = [models.UniqueConstraint(fields=["letter", "article"], name="in_letter_once")]
