"""How this paper holds it with comments."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="comment")
class CommentSettings(BaseSiteSetting):
    """Set once; an article may say otherwise for itself."""

    class Before(models.TextChoices):
        """What a moderator sees before everybody does."""

        ALL = "all", _("Every comment")
        FIRST = "first", _("A writer's first comment, and what looks odd")
        ODD = "odd", _("Only what looks odd")

    taken = models.BooleanField(_("take comments"), default=True)
    before = models.CharField(
        _("a moderator looks before publication at"), max_length=5, choices=Before.choices, default=Before.FIRST
    )
    close_after = models.PositiveSmallIntegerField(
        _("close after days"), default=14, help_text=_("0: never. What was written stays readable.")
    )
    edit_minutes = models.PositiveSmallIntegerField(_("minutes to change a comment"), default=10)
    most_links = models.PositiveSmallIntegerField(_("links without a moderator"), default=1)
    hide_after = models.PositiveSmallIntegerField(
        _("hide after reports"),
        default=0,
        validators=[MaxValueValidator(100)],
        help_text=_("Back into the queue after so many readers' reports; 0: a moderator decides."),
    )
    rules = models.TextField(
        _("rules"), blank=True, default="Be kind, stay with the subject, and sign with a name you stand by."
    )

    panels = [
        FieldRowPanel([FieldPanel("taken"), FieldPanel("before")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("close_after"), FieldPanel("edit_minutes")]),
                FieldRowPanel([FieldPanel("most_links"), FieldPanel("hide_after")]),
            ],
            "Limits",
        ),
        FieldPanel("rules"),
    ]

    class Meta:
        verbose_name = "comments"

    def __str__(self) -> str:
        return "Comments"
