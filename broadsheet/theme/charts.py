"""Charts, drawn on the server as SVG: no script, no inline style, colours from the page's own classes.

Drawn by our own small code, not by a chart library: pygal's SVG of six columns is 12 KB, carries a script and a
style element that the paper's content policy rightly blocks, and fixes colours that cannot follow dark mode.
Ours is under 2 KB. Text is sized by the page (a container query), so that it stays readable on a phone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from broadsheet.theme.scales import Scale, exact_scale, number, scale_for

WIDTH = 480
PLOT_HEIGHT = 210
HEADROOM = 26
AXIS_ROOM = 56.0
"""Left of the plot, for the figures on the axis."""
BASELINE_ROOM = 30
LETTER = 9.5
"""Width of a letter at the size text has on a phone."""
COLUMN_SHARE = 0.68
"""How much of its slot a column fills."""
WIDEST_COLUMN = 90
BAR_ROW, BAR_HEIGHT = 22, 20
SHORT_UNIT = 3
CURRENCIES = ("£", "$", "€", "¥")


@dataclass(frozen=True, kw_only=True)
class Series:
    """One row of figures."""

    name: str
    """What it counts."""
    values: Sequence[float]
    """As many as there are labels."""


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart before it is drawn."""

    kind: str
    """"column", "bar" or "line"."""
    labels: Sequence[str]
    """Along the axis."""
    series: Sequence[Series]
    """One to four."""
    summary: str
    """The sentence that is read out."""
    unit: str = ""
    """Shown behind each figure."""


def draw(chart: Chart) -> str:
    """A chart as HTML: legend (with several series), drawing, and the data as a table one click away."""
    legend = _legend(chart) if len(chart.series) > 1 else ""
    return f'{legend}<div class="plot">{svg(chart)}</div>{table(chart)}'


def svg(chart: Chart) -> str:
    """The drawing. Columns whose labels would touch are drawn as bars."""
    kind = "bar" if chart.kind == "column" and _crowded(chart) else chart.kind
    body, height = {"bar": _bars, "line": _lines}.get(kind, _columns)(chart)
    label = escape(chart.summary, quote=True)
    return f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}">{body}</svg>'


def table(chart: Chart) -> str:
    """The data as a table."""
    heads = "".join(f'<th scope="col">{escape(_heading(row, chart.unit))}</th>' for row in chart.series)
    rows = "".join(
        f'<tr><th scope="row">{escape(label)}</th>'
        + "".join(f"<td>{number(row.values[place])}</td>" for row in chart.series)
        + "</tr>"
        for place, label in enumerate(chart.labels)
    )
    return (
        '<details><summary>Show the data</summary><div class="scroll"><table><thead><tr><td></td>'
        f"{heads}</tr></thead><tbody>{rows}</tbody></table></div></details>"
    )


def _legend(chart: Chart) -> str:
    items = "".join(f'<li class="k{n}"><span>{escape(row.name)}</span></li>' for n, row in enumerate(chart.series, 1))
    return f'<ul class="leg">{items}</ul>'


def _heading(row: Series, unit: str) -> str:
    return f"{row.name} ({unit})" if unit else row.name


def _scale(chart: Chart, length: float) -> Scale:
    values = [value for row in chart.series for value in row.values]
    return scale_for(values, length, from_zero=chart.kind != "line")


def _crowded(chart: Chart) -> bool:
    slot = WIDTH / max(len(chart.labels), 1)
    return any(len(label) * LETTER > slot for label in chart.labels)


def _has_room_for_values(chart: Chart) -> bool:
    longest = max(len(_figure(value, chart.unit)) for row in chart.series for value in row.values)
    return longest * LETTER < WIDTH / len(chart.labels) * COLUMN_SHARE / len(chart.series) * 1.4


def _columns(chart: Chart) -> tuple[str, int]:
    scale = _scale(chart, PLOT_HEIGHT)
    shows_values = _has_room_for_values(chart)
    left = 0.0 if shows_values else AXIS_ROOM
    slot = (WIDTH - left) / len(chart.labels)
    wide = min(slot * COLUMN_SHARE / len(chart.series), WIDEST_COLUMN)
    parts = [_grid(scale, None if shows_values else chart.unit)]
    for n, row in enumerate(chart.series):
        indent = left + (slot - wide * len(chart.series)) / 2 + wide * n
        unit = chart.unit if shows_values else None
        drawn = (_column(scale, indent + slot * place, wide, value, unit) for place, value in enumerate(row.values))
        parts.append(f'<g class="k{n + 1}">{"".join(drawn)}</g>')
    drop = 14 if scale.low < 0 and shows_values else 0  # room for the figures under the columns
    parts += _labels_below(chart, left, slot, every=1, drop=drop)
    return "".join(parts), HEADROOM + PLOT_HEIGHT + BASELINE_ROOM + drop


def _column(scale: Scale, x: float, wide: float, value: float, unit: str | None) -> str:
    top, bottom = sorted((_y(scale, value), _y(scale, 0)))
    box = f'<rect x="{x:.1f}" y="{top:.1f}" width="{wide - 1:.1f}" height="{bottom - top:.1f}"/>'
    if unit is None:
        return box
    return box + _text(x + wide / 2, bottom + 17 if value < 0 else top - 6, _figure(value, unit), "v", "middle")


def _lines(chart: Chart) -> tuple[str, int]:
    scale = _scale(chart, PLOT_HEIGHT)
    slot = (WIDTH - AXIS_ROOM) / len(chart.labels)
    drawn = (_line(scale, chart, n, slot) for n in range(len(chart.series)))
    longest = max(len(label) for label in chart.labels) * LETTER + 8
    labels = _labels_below(chart, AXIS_ROOM, slot, every=max(1, math.ceil(longest / slot)))
    return "".join([_grid(scale, chart.unit), *drawn, *labels]), HEADROOM + PLOT_HEIGHT + BASELINE_ROOM


def _line(scale: Scale, chart: Chart, n: int, slot: float) -> str:
    values, name = chart.series[n].values, f"k{n + 1}"
    points = [(AXIS_ROOM + slot * (place + 0.5), _y(scale, value)) for place, value in enumerate(values)]
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    drawn = f'<polyline class="{name}" points="{joined}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>'
    if len(chart.series) == 1:
        falling = len(values) > 1 and values[-1] < values[-2]
        drawn += _text(x, y + (22 if falling else -10), _figure(values[-1], chart.unit), "v", "middle")
    return f'<g class="{name}">{drawn}</g>'


def _bars(chart: Chart) -> tuple[str, int]:
    values = [value for row in chart.series for value in row.values]
    room = max(len(_figure(value, chart.unit)) for value in values) * LETTER + 8
    start = room if min(values) < 0 else 0.0
    scale = exact_scale(values, WIDTH - room - start)
    zero = start + scale.at(0)
    parts, y = [], 4.0
    for place, label in enumerate(chart.labels):
        parts.append(_text(0, y + 14, label, "", ""))
        y += BAR_ROW
        for n, row in enumerate(chart.series, 1):
            parts.append(_bar(n, zero, start + scale.at(row.values[place]), y, _figure(row.values[place], chart.unit)))
            y += BAR_HEIGHT + 3
        y += 9
    if start:
        parts.append(f'<line class="z" x1="{zero:.1f}" x2="{zero:.1f}" y1="0" y2="{y:.0f}"/>')
    return "".join(parts), round(y)


def _bar(n: int, zero: float, end: float, y: float, figure: str) -> str:
    left, right = sorted((zero, end))
    beside, anchor = (left - 5, "end") if end < zero else (right + 5, "")
    box = f'<rect x="{left:.1f}" y="{y:.1f}" width="{max(right - left, 1):.1f}" height="{BAR_HEIGHT}"/>'
    return f'<g class="k{n}">{box}</g>' + _text(beside, y + 16, figure, "v", anchor)


def _y(scale: Scale, value: float) -> float:
    return HEADROOM + PLOT_HEIGHT - scale.at(value)


def _grid(scale: Scale, unit: str | None) -> str:
    parts = []
    for tick in scale.ticks:
        y = _y(scale, tick)
        name = ' class="z"' if tick == 0 else ""
        parts.append(f'<line{name} x1="0" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>')
        if unit is not None:
            parts.append(_text(0, y - 4, _figure(tick, unit), "", ""))
    return "".join(parts)


def _labels_below(chart: Chart, left: float, slot: float, *, every: int, drop: int = 0) -> list[str]:
    y = HEADROOM + PLOT_HEIGHT + 22 + drop
    last = len(chart.labels) - 1
    return [
        _text(left + slot * (place + 0.5), y, label, "", "middle")
        for place, label in enumerate(chart.labels)
        if (last - place) % every == 0
    ]


def _text(x: float, y: float, text: str, css_class: str, anchor: str) -> str:
    name = f' class="{css_class}"' if css_class else ""
    where = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{name}{where}>{escape(text)}</text>'


def _figure(value: float, unit: str) -> str:
    if unit in CURRENCIES:
        return ("\u2212" if value < 0 else "") + unit + number(abs(value))
    short = unit if len(unit) <= SHORT_UNIT else ""
    return number(value) + (f"\u00a0{short}" if short and short.isalpha() else short)
