"""Blocks made of words."""

from __future__ import annotations

from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

INLINE = ["bold", "italic", "link", "document-link"]
PROSE = [*INLINE, "ol", "ul"]


class ParagraphBlock(blocks.RichTextBlock):
    """One or more paragraphs of running text."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(features=INLINE, **kwargs)

    class Meta:
        icon = "pilcrow"
        template = "theme/blocks/paragraph.html"


class HeadingBlock(blocks.StructBlock):
    """A heading inside the article; the headline itself is the page's h1."""

    text = blocks.CharBlock(max_length=160)
    level = blocks.ChoiceBlock(choices=[("2", "Heading"), ("3", "Subheading")], default="2")

    class Meta:
        icon = "title"
        template = "theme/blocks/heading.html"


class ListBlock(blocks.StructBlock):
    """A bulleted or numbered list."""

    ordered = blocks.BooleanBlock(required=False, label="Numbered")
    items = blocks.ListBlock(blocks.RichTextBlock(features=INLINE), min_num=1)

    class Meta:
        icon = "list-ul"
        template = "theme/blocks/list.html"


class PullQuoteBlock(blocks.StructBlock):
    """A striking sentence of the article, repeated large."""

    text = blocks.TextBlock()
    attribution = blocks.CharBlock(required=False)

    class Meta:
        icon = "openquote"
        template = "theme/blocks/pull_quote.html"


class QuotationBlock(blocks.StructBlock):
    """Somebody's words at length, with where they were said."""

    text = blocks.RichTextBlock(features=INLINE)
    speaker = blocks.CharBlock(required=False)
    source = blocks.CharBlock(required=False)
    url = blocks.URLBlock(required=False)

    class Meta:
        icon = "openquote"
        template = "theme/blocks/quotation.html"


class FactBoxBlock(blocks.StructBlock):
    """Background set apart from the running text."""

    title = blocks.CharBlock()
    text = blocks.RichTextBlock(features=PROSE)

    class Meta:
        icon = "info-circle"
        template = "theme/blocks/fact_box.html"


class QuestionBlock(blocks.StructBlock):
    """One question of an explainer."""

    question = blocks.CharBlock()
    answer = blocks.RichTextBlock(features=PROSE)


class ExplainerBlock(blocks.StructBlock):
    """Questions and answers."""

    items = blocks.ListBlock(QuestionBlock(), min_num=1)

    class Meta:
        icon = "help"
        template = "theme/blocks/explainer.html"


class RelatedBlock(blocks.StructBlock):
    """A link to another report, one of ours or elsewhere."""

    article = blocks.PageChooserBlock(page_type="newsroom.Article", required=False)
    url = blocks.URLBlock(required=False, label="or an address elsewhere")
    title = blocks.CharBlock(required=False, help_text="Needed for an address elsewhere.")

    class Meta:
        icon = "link"
        template = "theme/blocks/related.html"

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if not cleaned["article"] and not (cleaned["url"] and cleaned["title"]):
            raise blocks.StructBlockValidationError(
                non_block_errors=["Choose an article, or give an address and its title."]
            )
        return cleaned


class CorrectionBlock(blocks.StructBlock):
    """A correction noted where the mistake stood."""

    date = blocks.DateBlock()
    text = blocks.RichTextBlock(features=INLINE)

    class Meta:
        icon = "edit"
        template = "theme/blocks/correction.html"


class SubscribeBlock(blocks.StructBlock):
    """An invitation to follow the paper, in the middle of an article."""

    title = blocks.CharBlock()
    text = blocks.TextBlock(required=False)

    class Meta:
        icon = "mail"
        template = "theme/blocks/subscribe.html"


class LivePostBlock(blocks.StructBlock):
    """One entry of a live blog."""

    when = blocks.DateTimeBlock()
    title = blocks.CharBlock(required=False)
    text = blocks.RichTextBlock(features=PROSE)
    author = SnippetChooserBlock("newsroom.Person", required=False)
    key = blocks.BooleanBlock(required=False, label="Key event")
    pinned = blocks.BooleanBlock(required=False)

    class Meta:
        icon = "time"
        template = "theme/blocks/live_post.html"
