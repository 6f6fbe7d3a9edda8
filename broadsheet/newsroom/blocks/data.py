"""Blocks made of figures. Charts are drawn on the server; their data stay one click away."""

from __future__ import annotations

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

CHART_KINDS = [("column", "Columns"), ("bar", "Bars"), ("line", "Lines")]


class KeyFigureBlock(blocks.StructBlock):
    """One figure and what it counts."""

    value = blocks.CharBlock(max_length=20)
    label = blocks.CharBlock(max_length=120)


class KeyFiguresBlock(blocks.StructBlock):
    """A few figures that carry the report."""

    title = blocks.CharBlock(required=False)
    items = blocks.ListBlock(KeyFigureBlock(), min_num=1, max_num=6)

    class Meta:
        icon = "order"
        template = "theme/blocks/key_figures.html"


class TableBlock(blocks.StructBlock):
    """A data table."""

    title = blocks.CharBlock()
    table = TypedTableBlock([("text", blocks.CharBlock(required=False))])
    source = blocks.CharBlock(required=False)

    class Meta:
        icon = "table"
        template = "theme/blocks/table.html"


class SeriesBlock(blocks.StructBlock):
    """One row of a chart's figures, as many as there are labels."""

    name = blocks.CharBlock()
    values = blocks.ListBlock(blocks.FloatBlock(), min_num=1)


class ChartBlock(blocks.StructBlock):
    """A chart with its figures and one sentence that says what it shows."""

    kind = blocks.ChoiceBlock(choices=CHART_KINDS, default="column")
    title = blocks.CharBlock()
    subtitle = blocks.CharBlock(required=False)
    unit = blocks.CharBlock(required=False, help_text="Shown behind each figure, for example %.")
    labels = blocks.ListBlock(blocks.CharBlock(), min_num=2)
    series = blocks.ListBlock(SeriesBlock(), min_num=1, max_num=4)
    summary = blocks.CharBlock(help_text="One sentence that tells what the chart shows: it is read out.")
    source = blocks.CharBlock(required=False)

    class Meta:
        icon = "chart"
        template = "theme/blocks/chart.html"

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        wanted = len(cleaned["labels"])
        uneven = [row["name"] for row in cleaned["series"] if len(row["values"]) != wanted]
        if uneven:
            message = f"{', '.join(uneven)}: give {wanted} figures, one for each label."
            raise blocks.StructBlockValidationError(non_block_errors=[message])
        return cleaned


class EventBlock(blocks.StructBlock):
    """One event of a timeline."""

    when = blocks.CharBlock(max_length=60)
    title = blocks.CharBlock(required=False)
    text = blocks.TextBlock(required=False)


class TimelineBlock(blocks.StructBlock):
    """Events in their order."""

    title = blocks.CharBlock(required=False)
    events = blocks.ListBlock(EventBlock(), min_num=2)

    class Meta:
        icon = "history"
        template = "theme/blocks/timeline.html"
