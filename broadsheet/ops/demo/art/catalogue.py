"""Every picture by name: its style, palette, seed and what it shows."""

from typing import NamedTuple

from . import civic, harbour, land, leisure, pattern, science, table, trade
from .base import Style


class Cover(NamedTuple):
    """How a cover is drawn and what a reader who cannot see it is told."""

    style: Style
    palette: str
    seed: int
    alt: str


COVERS: dict[str, Cover] = {
    "harbour-dawn": Cover(
        land.sea, "dawn", 17, "Drawing of a calm sea at dawn, the low sun laying a path on the water"
    ),
    "trade-containers": Cover(
        harbour.containers, "quay", 1, "Drawing of stacked freight containers with one hanging from a crane"
    ),
    "harbour-cranes": Cover(harbour.cranes, "dawn", 4, "Drawing of three quay cranes in silhouette against a sunrise"),
    "rare-earths": Cover(
        science.elements, "plum", 3, "Drawing of the periodic table with the seventeen rare earths lit in gold and pink"
    ),
    "mine-terraces": Cover(
        science.terraces, "rust", 6, "Drawing of a terraced open-pit mine from above, a pool at its foot"
    ),
    "lever": Cover(trade.lever, "press", 2, "Drawing of a tilted beam: a small ball far out against a heavy block"),
    "london-river": Cover(
        land.river_city, "dawn", 21, "Drawing of a riverside city at dusk with a clock tower, a dome and a low bridge"
    ),
    "ai-circuit": Cover(
        science.circuit, "quay", 8, "Drawing of a computer chip with circuit lines running out from it"
    ),
    "ai-network": Cover(science.network, "ink", 9, "Drawing of layers of dots joined by lines of different thickness"),
    "tape-reels": Cover(leisure.reels, "rust", 5, "Drawing of two tape reels above a sound wave"),
    "silicon-wafer": Cover(science.wafer, "ice", 7, "Drawing of a round silicon wafer divided into small square chips"),
    "ferry": Cover(harbour.ferry, "sea", 12, "Drawing of a passenger ferry seen from the side, leaving a white wake"),
    "ferry-evening": Cover(harbour.ferry, "dawn", 31, "Drawing of a ferry crossing dark water under an orange sky"),
    "shop-fronts": Cover(trade.shop_fronts, "quay", 3, "Drawing of four small shops with striped awnings"),
    "fish-market": Cover(table.fish_market, "sea", 5, "Drawing of rows of mackerel laid on crushed ice"),
    "market-lines": Cover(trade.market, "night", 5, "Drawing of four jagged price lines crossing a dark grid"),
    "radio-mast": Cover(
        leisure.radio, "plum", 2, "Drawing of a lattice radio mast above a town, rings spreading from its tip"
    ),
    "printing-press": Cover(
        trade.press, "press", 4, "Drawing of a paper web running over the rollers of a printing press"
    ),
    "town-hall": Cover(
        civic.columns, "press", 1, "Halftone drawing of a building with six columns and a red sun behind it"
    ),
    "court-columns": Cover(
        civic.columns, "ink", 2, "Halftone drawing of a columned court building, a blue disc behind it"
    ),
    "ballot-box": Cover(civic.ballot, "press", 6, "Drawing of a marked voting paper dropping into a black ballot box"),
    "council-chamber": Cover(
        civic.chamber, "ink", 7, "Drawing of a half circle of seats coloured by party before a desk"
    ),
    "coast-hills": Cover(land.ridges, "dawn", 7, "Drawing of hills in layers of haze under a low sun"),
    "forest-hills": Cover(land.ridges, "forest", 18, "Drawing of green wooded hills fading into a pale sky"),
    "glacier": Cover(land.ridges, "ice", 11, "Drawing of blue mountain ridges fading into a pale sky"),
    "running-track": Cover(
        leisure.track, "rust", 16, "Drawing of the bend of a red running track with white lane lines"
    ),
    "football-pitch": Cover(
        leisure.pitch, "forest", 3, "Drawing of half a striped football pitch from above, with a ball"
    ),
    "sails": Cover(harbour.sails, "sea", 14, "Drawing of sailing dinghies racing on open water"),
    "river-bridge": Cover(
        harbour.bridge, "rust", 9, "Drawing of a suspension bridge over a wide river in evening light"
    ),
    "prairie-rails": Cover(
        land.rails, "forest", 10, "Drawing of a railway running straight across a plain to the horizon"
    ),
    "winter-sea": Cover(land.sea, "storm", 8, "Drawing of a grey winter sea under a pale sun"),
    "lighthouse": Cover(harbour.lighthouse, "storm", 11, "Drawing of a striped lighthouse on a headland, its beam lit"),
    "night-street": Cover(land.skyline, "night", 3, "Drawing of town roofs at night with yellow windows"),
    "rooftops": Cover(land.skyline, "rust", 4, "Drawing of a town's roofs in rust-red evening light"),
    "storm-chart": Cover(
        pattern.isobars, "storm", 5, "Drawing of a weather chart: pressure lines round a low, with a front"
    ),
    "clinic-clock": Cover(pattern.clock, "ice", 3, "Drawing of a wall clock above a row of empty waiting-room seats"),
    "cells": Cover(science.cells, "plum", 4, "Drawing of pink cells with dark walls, as under a microscope"),
    "night-moon": Cover(science.planet, "ice", 11, "Drawing of a large banded moon rising among stars"),
    "stage-lights": Cover(leisure.stage, "plum", 6, "Drawing of one figure on a curtained stage under five spotlights"),
    "chairs": Cover(leisure.chairs, "press", 2, "Drawing of eight different chairs in two rows, as in a catalogue"),
    "mackerel-plate": Cover(table.plate, "quay", 2, "Drawing of a whole mackerel on a plate with lemon and a fork"),
    "proof-marks": Cover(civic.proof, "press", 3, "Drawing of a page proof with a corrector's red marks in the margin"),
    "port-map": Cover(pattern.locator, "sea", 6, "Drawing of a map of a harbour town with streets, water and a marker"),
    "survey-map": Cover(science.contour, "forest", 9, "Drawing of height lines on a survey map in green and cream"),
    "tiles": Cover(pattern.tiles, "plum", 15, "Drawing of a wall of geometric tiles in plum, pink and gold"),
    "ribbons": Cover(pattern.ribbons, "plum", 12, "Drawing of pink, cream and gold ribbons flowing like a current"),
}
