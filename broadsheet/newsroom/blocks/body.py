"""The body of an article: every block an editor can use, in the order the block menu shows them."""

from __future__ import annotations

from wagtail import blocks

from broadsheet.newsroom.blocks import data, media, text


class BodyBlock(blocks.StreamBlock):
    """An article's body. Block names are stored in revisions: rename only with a data migration."""

    paragraph = text.ParagraphBlock(group="Text")
    heading = text.HeadingBlock(group="Text")
    list = text.ListBlock(group="Text")
    pull_quote = text.PullQuoteBlock(group="Text")
    quotation = text.QuotationBlock(group="Text")
    fact_box = text.FactBoxBlock(group="Text")
    explainer = text.ExplainerBlock(group="Text")
    figure = media.FigureBlock(group="Pictures and media")
    gallery = media.GalleryBlock(group="Pictures and media")
    map = media.MapBlock(group="Pictures and media")
    embed = media.EmbedBlock(group="Pictures and media")
    document = media.DocumentBlock(group="Pictures and media")
    key_figures = data.KeyFiguresBlock(group="Data")
    table = data.TableBlock(group="Data")
    chart = data.ChartBlock(group="Data")
    timeline = data.TimelineBlock(group="Data")
    related = text.RelatedBlock(group="Readers")
    correction = text.CorrectionBlock(group="Readers")
    subscribe = text.SubscribeBlock(group="Readers")
    live_post = text.LivePostBlock(group="Readers")
