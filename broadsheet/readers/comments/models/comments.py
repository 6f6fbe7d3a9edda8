"""Comments, what readers say of them, and the mails that tell of answers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Comment(models.Model):
    """What a reader wrote under an article; every state of it is visible to its writer.

    UNCONFIRMED -> WAITING, APPROVED or SPAM, once its writer has shown that the mailbox is theirs; whatever a moderator
    decides can be decided anew. REMOVED has lost its text and stands only to hold the answers to it.
    """

    class State(models.TextChoices):
        """Where it stands."""

        UNCONFIRMED = "unconfirmed", _("Not confirmed by mail")
        WAITING = "waiting", _("Waits for a moderator")
        APPROVED = "approved", _("Published")
        REJECTED = "rejected", _("Not published")
        SPAM = "spam", _("Taken for spam")
        REMOVED = "removed", _("Deleted")

    class Follow(models.TextChoices):
        """Of what its writer is told by mail."""

        NOTHING = "", _("Nothing")
        ANSWERS = "answers", _("Answers to this comment")
        ALL = "all", _("All new comments here")

    article = models.ForeignKey("newsroom.Article", on_delete=models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="answers")
    root = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="thread")
    depth = models.PositiveSmallIntegerField(default=0)
    commenter = models.ForeignKey("comments.Commenter", null=True, on_delete=models.SET_NULL, related_name="comments")
    name = models.CharField(_("name"), max_length=60)
    text = models.TextField(_("comment"), max_length=8000, blank=True, help_text=_("A part of Markdown."))
    html = models.TextField(blank=True, editable=False, help_text=_("As it is shown: sanitised."))
    state = models.CharField(max_length=12, choices=State.choices, default=State.UNCONFIRMED)
    follow = models.CharField(max_length=8, choices=Follow.choices, default=Follow.NOTHING, blank=True)
    staff = models.CharField(max_length=80, blank=True, help_text=_("Author, Editor: as readers are told."))
    pick = models.BooleanField(_("editors' pick"), default=False)

    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)
    edited_at = models.DateTimeField(null=True)
    sender = models.CharField(max_length=64, blank=True, help_text=_("A hash that changes daily."))
    spam = models.FloatField(null=True, help_text=_("How likely the classifier finds that it is spam, 0 to 1."))
    signs = models.JSONField(default=list, blank=True, help_text=_("Why it was judged so, for moderators."))
    reason = models.CharField(_("reason"), max_length=300, blank=True, help_text=_("The writer reads it."))
    taught = models.CharField(max_length=4, blank=True, help_text=_("What the classifier has learned from it."))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("comment")
        indexes = [
            models.Index(fields=["article", "state", "root", "id"], name="comment_thread"),
            models.Index(fields=["state", "id"], name="comment_queue"),
            models.Index(fields=["commenter", "id"], name="comment_writer"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:60]}"

    def get_absolute_url(self) -> str:
        """Where it stands in its whole thread."""
        return f"{reverse('comment-thread', args=[self.article_id])}#comment-{self.pk}"

    @property
    def is_shown(self) -> bool:
        """Whether everybody can read it."""
        return self.state == self.State.APPROVED


class Report(models.Model):
    """A reader's word that a comment breaks the rules."""

    class Why(models.TextChoices):
        """The rule."""

        SPAM = "spam", _("It is advertising or spam")
        ABUSE = "abuse", _("It insults or threatens")
        FALSE = "false", _("It is false")
        OTHER = "other", _("Something else")

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    why = models.CharField(max_length=6, choices=Why.choices)
    text = models.CharField(max_length=500, blank=True)
    sender = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(default=timezone.now)
    settled = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "sender"], name="reported_once")]
        indexes = [models.Index(fields=["settled", "comment"], name="report_open")]

    def __str__(self) -> str:
        return f"{self.get_why_display()}: {self.text}"


class Notice(models.Model):
    """A mail that tells a commenter of a comment: once for each, whatever happens to whoever sends it."""

    class State(models.TextChoices):
        """Where it stands."""

        QUEUED = "queued", _("Waits")
        SENDING = "sending", _("Is being handed over")
        SENT = "sent", _("Handed over")
        DROPPED = "dropped", _("Not sent")

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="notices")
    to = models.ForeignKey("comments.Commenter", on_delete=models.CASCADE, related_name="notices")
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "to"], name="told_once")]
        indexes = [models.Index(fields=["state", "id"], name="notice_queue")]

    def __str__(self) -> str:
        return f"{self.comment_id} to {self.to_id}: {self.state}"
