"""The article: what we publish."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from broadsheet.newsroom import decide, page_context, panels, rights
from broadsheet.newsroom.blocks import BodyBlock
from broadsheet.newsroom.errors import RightsBreached
from broadsheet.newsroom.models.moving import MovesWhole
from broadsheet.newsroom.rights import RightsFacts

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from wagtail.models import Revision


class Article(MovesWhole, Page):
    """A report, a column, an explainer: a page under its section's page."""

    class Format(models.TextChoices):
        """What kind of text it is, as readers are told."""

        REPORT = "report", "Report"
        BRIEF = "brief", "Brief"
        LONG_READ = "long_read", "Long read"
        ANALYSIS = "analysis", "Analysis"
        EXPLAINER = "explainer", "Explainer"
        OPINION = "opinion", "Opinion"
        LIVE = "live", "Live"

    class CommentsAre(models.TextChoices):
        """Whether readers may comment."""

        AS_USUAL = "", "As the paper does"
        OPEN = "open", "Open, however old it is"
        CLOSED = "closed", "Closed: what was written stays"
        OFF = "off", "Off: none are shown"

    label = models.CharField("kicker", max_length=40, blank=True, help_text="Short, above the headline.")
    standfirst = models.TextField(blank=True, max_length=400)
    format = models.CharField(max_length=20, choices=Format.choices, default=Format.REPORT)
    breaking = models.BooleanField(
        "breaking news",
        default=False,
        help_text="Readers who asked for it are told at once, once for this article; it is marked for some hours.",
    )
    place = models.CharField(max_length=80, blank=True, help_text="Where it was reported from.")
    contributors = models.CharField(max_length=300, blank=True, help_text="For example: Additional reporting by …")
    body = StreamField(BodyBlock(), blank=True)

    lead_picture = models.ForeignKey(
        "newsroom.Picture", null=True, blank=True, on_delete=models.SET_NULL, related_name="leads"
    )
    lead_caption = models.CharField(max_length=300, blank=True)
    social_title = models.CharField(max_length=160, blank=True, help_text="For social networks; empty: the headline.")

    published_at = models.DateTimeField(
        null=True, blank=True, help_text="Shown to readers and used for order; empty: the moment it is published."
    )
    updated_at = models.DateTimeField(null=True, blank=True, help_text="Shown as “Updated”; empty: never.")
    minor_change = models.BooleanField(
        default=False, help_text="The next publication is a small mend: readers are not shown a new time."
    )

    source_name = models.CharField(max_length=120, blank=True)
    source_url = models.URLField(max_length=1000, blank=True, help_text="The original report.")
    source_licence = models.CharField(max_length=120, blank=True)
    source_licence_url = models.URLField(max_length=500, blank=True)
    source_published_at = models.DateTimeField(null=True, blank=True, help_text="The date as the source gave it.")
    rights = models.CharField(max_length=20, choices=rights.Rights.choices, default=rights.Rights.OWN)
    pictures_allowed = models.BooleanField(default=True, help_text="May the source's pictures be shown?")
    embargo_until = models.DateTimeField(null=True, blank=True)
    canonical_elsewhere = models.BooleanField(
        default=False, help_text="Search engines are pointed to the original (rel=canonical)."
    )

    comments_are = models.CharField(
        "comments", max_length=6, choices=CommentsAre.choices, default=CommentsAre.AS_USUAL, blank=True
    )

    body_text = models.TextField(blank=True, editable=False)
    words = models.PositiveIntegerField(default=0, editable=False)

    template = "theme/pages/article.html"
    parent_page_types = ["newsroom.Section"]
    subpage_types: list[str] = []
    content_panels = panels.ARTICLE_CONTENT
    settings_panels = panels.ARTICLE_SETTINGS
    promote_panels = panels.ARTICLE_PROMOTE
    search_fields = [
        *Page.search_fields,
        index.SearchField("standfirst"),
        index.FilterField("format"),
    ]

    class Meta:
        indexes = [models.Index(fields=["-published_at"], name="article_published")]

    @property
    def headline(self) -> str:
        """The headline as readers see it."""
        return self.title

    @property
    def reading_minutes(self) -> int:
        """Minutes an average reader takes."""
        return decide.reading_minutes(self.words)

    @property
    def breaks_until(self) -> datetime | None:
        """When it stops to be breaking news; None if it never was."""
        return decide.breaks_until(breaking=self.breaking, published_at=self.published_at)

    def clean(self) -> None:
        super().clean()
        if self.live and (breaches := rights.breaches(self.rights_facts())):
            raise ValidationError([breach.message for breach in breaches])

    def rights_facts(self) -> RightsFacts:
        """What the rights rules need to know of this article."""
        picture = self.lead_picture
        return RightsFacts(
            rights=self.rights,
            words=decide.count_words(self.text_of_body()),
            source_name=self.source_name,
            source_url=self.source_url,
            licence=self.source_licence,
            pictures_allowed=self.pictures_allowed,
            shows_source_picture=bool(picture and picture.source_name),
            embargo_until=self.embargo_until,
            now=max(timezone.now(), self.go_live_at or timezone.now()),
        )

    def text_of_body(self) -> str:
        """The words of the body without markup."""
        return " ".join(self.body.stream_block.get_searchable_content(self.body))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and keep the lists the article stands in true, in one transaction."""
        from broadsheet.newsroom import actions

        self.body_text = self.text_of_body()
        self.words = decide.count_words(self.body_text)
        if self.live and not self.published_at:
            self.published_at = timezone.now()
        with transaction.atomic():
            super().save(*args, **kwargs)
            if actions.touches_listings(kwargs.get("update_fields")):
                actions.list_article(self)

    def publish(
        self,
        revision: Revision,
        user: AbstractBaseUser | None = None,
        **kwargs: Any,
    ) -> None:
        """Publish a revision, unless the rights forbid it.

        Every way to publish ends here: the editor's button, a schedule, an import, the API.

        Raises:
            RightsBreached: the text, its picture or the moment is not covered by the source's rights.
        """
        draft = revision.as_object()
        if breaches := rights.breaches(draft.rights_facts()):
            raise RightsBreached(article=self.pk, breaches=breaches)
        scheduled = draft.go_live_at and draft.go_live_at > timezone.now()
        with transaction.atomic():
            if not scheduled:
                self._stamp(draft, revision)
            super().publish(revision, user=user, **kwargs)

    def _stamp(self, draft: Article, revision: Revision) -> None:
        """Write the dates this publication brings into the revision that is about to go live."""
        before = type(self).objects.filter(pk=self.pk).first()
        stamps = decide.stamp(
            now=timezone.now(),
            was_live=bool(before and before.live),
            changed=bool(before and decide.is_news(before.substance(), draft.substance())),
            minor=draft.minor_change,
            published_at=draft.published_at,
            updated_at=draft.updated_at,
        )
        revision.content["published_at"] = stamps.published_at.isoformat()
        revision.content["updated_at"] = stamps.updated_at.isoformat() if stamps.updated_at else None
        revision.content["minor_change"] = False
        revision.save(update_fields=["content"])

    def substance(self) -> tuple[str, ...]:
        """What readers would notice if it changed."""
        return (self.title, self.standfirst, self.text_of_body())

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **page_context.gather(self, request)}


class Ordered(Orderable):
    """Rows in their editor's order; those that were given none, as by an import, in the order they were made."""

    class Meta:
        abstract = True
        ordering = ["sort_order", "pk"]


class Byline(Ordered):
    """Who wrote it, in the order they are named."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="bylines")
    person = models.ForeignKey("newsroom.Person", on_delete=models.CASCADE, related_name="bylines")

    class Meta(Ordered.Meta):
        constraints = [models.UniqueConstraint(fields=["article", "person"], name="byline_once")]


class TopicLink(Ordered):
    """A topic of an article."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey("newsroom.Topic", on_delete=models.CASCADE, related_name="article_links")

    class Meta(Ordered.Meta):
        constraints = [models.UniqueConstraint(fields=["article", "topic"], name="topic_once")]


class RelatedLink(Ordered):
    """A related article chosen by an editor; it stands before those found by rule."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="related_links")
    related = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")


class Correction(Ordered):
    """A mistake, owned and mended."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="corrections")
    made_at = models.DateTimeField(default=timezone.now)
    text = RichTextField(features=["bold", "italic", "link"])

    class Meta(Ordered.Meta):
        ordering = ["-made_at", "-pk"]
