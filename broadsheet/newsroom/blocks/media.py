"""Blocks with pictures, documents and things from elsewhere."""

from __future__ import annotations

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

WIDTHS = [("text", "As wide as the text"), ("wide", "Wider than the text")]


class AltBlock(blocks.CharBlock):
    """What a picture shows; no part of the article's words."""

    def get_searchable_content(self, value: str) -> list[str]:
        return []


class FigureBlock(blocks.StructBlock):
    """A picture with caption and credit."""

    picture = ImageChooserBlock()
    caption = blocks.CharBlock(required=False)
    alt = AltBlock(required=False, label="Alt text", help_text="Empty uses the picture's own.")
    size = blocks.ChoiceBlock(choices=WIDTHS, default="text")

    class Meta:
        icon = "image"
        template = "theme/blocks/figure.html"


class GalleryItemBlock(blocks.StructBlock):
    """One picture of a gallery."""

    picture = ImageChooserBlock()
    caption = blocks.CharBlock(required=False)


class GalleryBlock(blocks.StructBlock):
    """Several pictures side by side."""

    title = blocks.CharBlock(required=False)
    items = blocks.ListBlock(GalleryItemBlock(), min_num=2)

    class Meta:
        icon = "image"
        template = "theme/blocks/gallery.html"


class MapBlock(blocks.StructBlock):
    """A locator picture with the place it shows."""

    picture = ImageChooserBlock()
    place = blocks.CharBlock()
    caption = blocks.CharBlock(required=False)
    alt = AltBlock(required=False, label="Alt text", help_text="Empty uses the picture's own.")
    latitude = blocks.DecimalBlock(min_value=-90, max_value=90, required=False)
    longitude = blocks.DecimalBlock(min_value=-180, max_value=180, required=False)

    class Meta:
        icon = "site"
        template = "theme/blocks/map.html"


class EmbedBlock(blocks.StructBlock):
    """Video or audio on another site: nothing is loaded from there before the reader asks for it."""

    url = blocks.URLBlock()
    title = blocks.CharBlock()
    provider = blocks.CharBlock(help_text="Named to the reader before anything is loaded from it.")
    kind = blocks.ChoiceBlock(choices=[("video", "Video"), ("audio", "Audio"), ("embed", "Other")], default="video")
    poster = ImageChooserBlock(required=False)

    class Meta:
        icon = "media"
        template = "theme/blocks/embed.html"


class DocumentBlock(blocks.StructBlock):
    """A file to download."""

    file = DocumentChooserBlock()
    title = blocks.CharBlock()
    description = blocks.CharBlock(required=False)

    class Meta:
        icon = "doc-full"
        template = "theme/blocks/document.html"
