"""Pictures: never without a credit and an alt text."""

from __future__ import annotations

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition

from broadsheet.newsroom import decide


class Picture(AbstractImage):
    """A picture with what a newspaper owes its maker and its readers."""

    description = models.CharField(
        "alt text", max_length=255, help_text="What the picture shows, for those who cannot see it."
    )
    credit = models.CharField(max_length=200, help_text="Photographer and agency, as it should be printed.")
    licence = models.CharField(max_length=120, blank=True)
    source_name = models.CharField(max_length=120, blank=True, help_text="The wire it came from; empty if our own.")
    source_url = models.URLField(max_length=500, blank=True)

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "licence",
        "source_name",
        "source_url",
        "collection",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    @property
    def object_position(self) -> str:
        """CSS ``object-position`` that keeps the focal point in sight when a layout crops the picture."""
        focus = (self.focal_point_x, self.focal_point_y)
        return decide.object_position(focus=focus, width=self.width, height=self.height)

    @property
    def default_alt_text(self) -> str:
        """What stands in for the picture: its alt text."""
        return self.description


class Rendition(AbstractRendition):
    """A picture in one size and format."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]
