"""Fronts: a list of containers, each with curated slots and a rule that fills the rest."""

from __future__ import annotations

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

LAYOUTS = [
    ("lead", "Lead: one large story, others around it"),
    ("cols", "Columns of cards"),
    ("feature", "Feature: tall pictures on a band"),
    ("rows", "Rows with small pictures"),
    ("list", "List of headlines"),
    ("opinion", "Opinion, with the writers' portraits"),
]
PALETTES = [("", "Paper"), ("dark", "Dark band"), ("tint", "Tinted band")]
BOOSTS = [("", "As the layout says"), ("large", "Larger"), ("small", "Smaller, without a picture")]


class SlotBlock(blocks.StructBlock):
    """One curated slot: an article, and how it stands here and only here."""

    article = blocks.PageChooserBlock(page_type="newsroom.Article")
    headline = blocks.CharBlock(required=False, help_text="In this slot only; empty uses the article's.")
    picture = ImageChooserBlock(required=False, help_text="In this slot only; empty uses the article's.")
    boost = blocks.ChoiceBlock(choices=BOOSTS, required=False, default="")
    pin = blocks.IntegerBlock(
        required=False, min_value=1, max_value=40, help_text="Holds this place, counted from 1, whatever comes in."
    )
    until = blocks.DateTimeBlock(required=False, help_text="Leaves the front by itself at this time.")


class ContainerBlock(blocks.StructBlock):
    """A container: its curated slots come first, then the newest of its section or topic not used yet."""

    title = blocks.CharBlock(required=False)
    layout = blocks.ChoiceBlock(choices=LAYOUTS, default="cols")
    palette = blocks.ChoiceBlock(choices=PALETTES, required=False, default="")
    section = blocks.PageChooserBlock(
        page_type="newsroom.Section", required=False, help_text="Fill from this section; empty fills from everywhere."
    )
    topic = SnippetChooserBlock("newsroom.Topic", required=False, help_text="Fill from this topic instead.")
    count = blocks.IntegerBlock(min_value=1, max_value=40, default=4)
    fill = blocks.BooleanBlock(required=False, default=True, help_text="Off: only the curated slots are shown.")
    slots = blocks.ListBlock(SlotBlock(), min_num=0, default=[])

    class Meta:
        icon = "grip"


class FrontBlock(blocks.StreamBlock):
    """A front is its containers, from top to bottom."""

    container = ContainerBlock()
