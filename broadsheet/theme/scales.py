"""The axis of a chart: round steps, and numbers as readers write them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

STEPS = 4


@dataclass(frozen=True, kw_only=True)
class Scale:
    """A linear axis."""

    low: float
    """Value at its start."""
    high: float
    """Value at its end."""
    length: float
    """How long it is drawn."""
    ticks: Sequence[float]
    """The round values on it."""

    def at(self, value: float) -> float:
        """How far along the axis a value lies."""
        return (value - self.low) / (self.high - self.low) * self.length


def scale_for(values: Sequence[float], length: float, *, from_zero: bool) -> Scale:
    """An axis that holds all values.

    Args:
        values: what is drawn.
        length: how long the axis is.
        from_zero: columns and bars must start at nought; a line that keeps far from it need not.
    """
    low, high = min(values, default=0.0), max(values, default=1.0)
    if from_zero or low < (high - low):
        low, high = min(low, 0.0), max(high, 0.0)
    step = _round_step((high - low) or abs(high) or 1.0)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    last = max(last, first + 1)
    ticks = [round(step * place, 10) for place in range(first, last + 1)]
    return Scale(low=ticks[0], high=ticks[-1], length=length, ticks=ticks)


def exact_scale(values: Sequence[float], length: float) -> Scale:
    """An axis without round ends, from nought, that values fill to the full."""
    low, high = min(0.0, *values), max(0.0, *values)
    return Scale(low=low, high=high if high > low else low + 1, length=length, ticks=())


def number(value: float) -> str:
    """A figure with thousands apart, a true minus and no needless decimals."""
    rounded = round(value, 2)
    text = f"{abs(rounded):,.2f}".rstrip("0").rstrip(".")
    return f"\u2212{text}" if rounded < 0 else text


def _round_step(span: float) -> float:
    rough = span / STEPS
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough - 1e-12)
