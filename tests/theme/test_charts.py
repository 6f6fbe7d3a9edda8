"""Charts: from figures to an accessible drawing."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from broadsheet.theme.charts import Chart, Series, draw, svg, table
from broadsheet.theme.scales import number, scale_for

YEARS = ["2020", "2021", "2022", "2023", "2024", "2025"]
NAMESPACE = ""


def chart(kind: str = "column", **values: object) -> Chart:
    given = {
        "labels": YEARS,
        "series": [Series(name="Contracts", values=[12, 15, 19, 24, 29, 31])],
        "summary": "Contracts rose from 12 to 31.",
        **values,
    }
    return Chart(kind=kind, **given)  # type: ignore[arg-type]


def parsed(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)


@pytest.mark.parametrize("kind", ["column", "bar", "line"])
def test_a_chart_is_an_image_with_its_summary_as_name(kind: str) -> None:
    root = parsed(svg(chart(kind)))
    assert root.get("role") == "img"
    assert root.get("aria-label") == "Contracts rose from 12 to 31."


@pytest.mark.parametrize("kind", ["column", "bar", "line"])
def test_a_chart_is_small_and_has_neither_script_nor_style(kind: str) -> None:
    drawn = draw(chart(kind))
    assert len(drawn.encode()) < 6_000
    assert "<script" not in drawn
    assert "style" not in drawn


def test_columns_are_as_tall_as_their_figures() -> None:
    heights = [float(box.get("height", 0)) for box in parsed(svg(chart())).iter("rect")]
    assert heights == sorted(heights)
    assert heights[0] / heights[-1] == pytest.approx(12 / 31, rel=0.01)


def test_negative_columns_hang_from_the_zero_line() -> None:
    drawn = chart(labels=["May", "June"], series=[Series(name="Change", values=[8.1, -21])], unit="%")
    root = parsed(svg(drawn))
    up, down = root.iter("rect")
    zero = next(line for line in root.iter("line") if line.get("class") == "z")
    assert float(up.get("y", 0)) + float(up.get("height", 0)) == pytest.approx(float(zero.get("y1", 0)), abs=0.11)
    assert float(down.get("y", 0)) == pytest.approx(float(zero.get("y1", 0)), abs=0.11)
    assert "\u221221%" in [text.text for text in root.iter("text")]


def test_negative_bars_stay_inside_the_drawing() -> None:
    drawn = chart("bar", labels=["A", "B"], series=[Series(name="Change", values=[-40, 10])], unit="%")
    for box in parsed(svg(drawn)).iter("rect"):
        assert float(box.get("x", 0)) >= 0
        assert float(box.get("x", 0)) + float(box.get("width", 0)) <= 480


def test_every_text_is_escaped() -> None:
    wicked = '<script>&"'
    drawn = draw(chart(labels=[wicked, "b"], series=[Series(name=wicked, values=[1, 2])] * 2, summary=wicked))
    assert "<script" not in drawn
    assert "&lt;script&gt;&amp;" in drawn


def test_several_series_get_a_legend_and_a_column_of_the_table_each() -> None:
    drawn = draw(chart(series=[Series(name=n, values=[1, 2, 3, 4, 5, 6]) for n in ("Here", "There")], unit="t"))
    assert drawn.count('<li class="k') == 2
    assert '<th scope="col">There (t)</th>' in drawn


def test_long_labels_turn_columns_into_bars() -> None:
    long = [f"A label that needs room {n}" for n in range(6)]
    boxes = list(parsed(svg(chart(labels=long))).iter("rect"))
    assert len({box.get("height") for box in boxes}) == 1


def test_the_table_has_every_figure() -> None:
    assert table(chart()).count("<td>") == 6 + 1  # and the empty corner


def test_all_zero_figures_can_be_drawn() -> None:
    for kind in ("column", "bar", "line"):
        parsed(svg(chart(kind, series=[Series(name="Nothing", values=[0] * 6)])))


@pytest.mark.parametrize(
    ("value", "text"), [(1234567, "1,234,567"), (-3.5, "\u22123.5"), (0.004, "0"), (-0.004, "0"), (12.0, "12")]
)
def test_numbers_are_written_for_readers(value: float, text: str) -> None:
    assert number(value) == text


def test_a_scale_has_round_ticks_around_its_values() -> None:
    scale = scale_for([12, 31], 100, from_zero=True)
    assert scale.ticks[0] == 0
    assert scale.ticks[-1] >= 31
    assert scale.at(scale.high) == 100


def test_a_line_far_from_nought_need_not_start_there() -> None:
    assert scale_for([101, 104], 100, from_zero=False).low > 90
