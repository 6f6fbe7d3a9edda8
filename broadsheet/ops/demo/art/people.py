"""Author portraits: flat heads and shoulders, described feature by feature."""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from .base import Colour, Palette, blend, colour, disc, plain, rgb


@dataclass(frozen=True)
class Face:
    """What tells one portrait from the next."""

    palette: str
    skin: str
    hair: str
    top: int
    style: str
    glasses: bool = False
    beard: bool = False


FACES: dict[str, Face] = {
    "author-1": Face("dawn", "#e9bd98", "#2b1d1a", 3, "long"),
    "author-2": Face("sea", "#8d5a3b", "#1b1412", 3, "short", beard=True),
    "author-3": Face("forest", "#f1c7a3", "#b9b4aa", 2, "short", glasses=True),
    "author-4": Face("plum", "#c68d62", "#1d1416", 2, "bun"),
    "author-5": Face("rust", "#f3d0b4", "#8a4a22", 2, "bob", glasses=True),
    "author-6": Face("ice", "#dba77d", "#3a2a20", 3, "short"),
    "author-7": Face("quay", "#7a4a30", "#17110f", 2, "curls"),
    "author-8": Face("storm", "#efc4a2", "#6f6a66", 2, "bald", glasses=True, beard=True),
}


def portrait(name: str, w: int, h: int, p: Palette) -> Image.Image:
    """Draw one author's head and shoulders before a pale disc."""
    face = FACES[name]
    skin, hair = colour(face.skin), colour(face.hair)
    im = plain(w, h, blend(p[0], p[1], 0.35))
    d = ImageDraw.Draw(im)
    x, y, u = w / 2, h / 2 + min(w, h) * 0.03, min(w, h) / 10
    disc(d, x, y, 4.1 * u, p[4])
    _hair_behind(d, face.style, x, y, u, hair)
    d.ellipse([x - 3.9 * u, y + 2.2 * u, x + 3.9 * u, y + 10 * u], fill=rgb(p[face.top]))
    d.polygon([(x - 1.1 * u, y + 2.3 * u), (x + 1.1 * u, y + 2.3 * u), (x, y + 3.9 * u)], fill=rgb(skin * 0.88))
    d.rounded_rectangle([x - 0.75 * u, y + 0.8 * u, x + 0.75 * u, y + 2.9 * u], 0.6 * u, fill=rgb(skin * 0.84))
    for side in (-1, 1):
        disc(d, x + side * 1.68 * u, y - 0.1 * u, 0.32 * u, skin * 0.9)
    d.ellipse([x - 1.7 * u, y - 2.4 * u, x + 1.7 * u, y + 1.9 * u], fill=rgb(skin))
    if face.beard:
        d.pieslice([x - 1.7 * u, y - 1.5 * u, x + 1.7 * u, y + 2.05 * u], 12, 168, fill=rgb(hair))
        d.ellipse([x - 1.25 * u, y - 1.2 * u, x + 1.25 * u, y + 0.85 * u], fill=rgb(skin))
    _hair_front(d, face.style, x, y, u, hair)
    _features(d, x, y, u, skin, hair)
    if face.glasses:
        for side in (-1, 1):
            gx = x + side * 0.72 * u
            d.ellipse([gx - 0.52 * u, y - 0.72 * u, gx + 0.52 * u, y + 0.3 * u], outline=rgb(p[3]), width=int(u * 0.1))
        d.line([(x - 0.2 * u, y - 0.25 * u), (x + 0.2 * u, y - 0.25 * u)], fill=rgb(p[3]), width=int(u * 0.1))
    return im


def _features(d: ImageDraw.ImageDraw, x: float, y: float, u: float, skin: Colour, hair: Colour) -> None:
    line = rgb(blend(skin * 0.55, colour("#3a1c14"), 0.4))
    for side in (-1, 1):
        ex = x + side * 0.72 * u
        disc(d, ex, y - 0.2 * u, 0.13 * u, colour("#241915"))
        brow = [ex - 0.38 * u, y - 0.85 * u, ex + 0.38 * u, y - 0.4 * u]
        d.arc(brow, 205, 335, fill=rgb(blend(hair, skin, 0.2)), width=max(2, int(u * 0.13)))
    d.line(
        [(x, y - 0.1 * u), (x + 0.14 * u, y + 0.5 * u), (x - 0.08 * u, y + 0.52 * u)], fill=line, width=int(u * 0.07)
    )
    d.arc([x - 0.55 * u, y + 0.45 * u, x + 0.55 * u, y + 1.15 * u], 25, 155, fill=line, width=max(2, int(u * 0.09)))


def _hair_behind(d: ImageDraw.ImageDraw, style: str, x: float, y: float, u: float, hair: Colour) -> None:
    if style == "long":
        d.rounded_rectangle([x - 2.2 * u, y - 2.8 * u, x + 2.2 * u, y + 3.0 * u], 2 * u, fill=rgb(hair))
    elif style == "bob":
        d.rounded_rectangle([x - 2.15 * u, y - 2.8 * u, x + 2.15 * u, y + 1.5 * u], 1.6 * u, fill=rgb(hair))
    elif style == "bun":
        disc(d, x, y - 3.0 * u, 0.95 * u, hair)
    elif style == "curls":
        for k in range(14):
            angle = np.pi * (0.92 + 1.16 * k / 13)
            disc(d, x + 1.75 * u * np.cos(angle), y - 0.75 * u + 1.75 * u * np.sin(angle), 0.72 * u, hair)


def _hair_front(d: ImageDraw.ImageDraw, style: str, x: float, y: float, u: float, hair: Colour) -> None:
    if style == "bald":
        return
    cut = {"short": 0.62, "long": 0.72, "bob": 0.5, "bun": 0.7, "curls": 0.75}[style]
    low, high = round(180 + 35 * cut), round(360 - 35 * cut)
    d.chord([x - 1.82 * u, y - 2.75 * u, x + 1.82 * u, y + 1.0 * u], low, high, fill=rgb(hair))
    if style in ("long", "bob"):
        d.polygon(
            [
                (x - 1.8 * u, y - 1.3 * u),
                (x - 1.5 * u, y - 1.9 * u),
                (x + 0.3 * u, y - 2.3 * u),
                (x - 1.62 * u, y - 0.3 * u),
            ],
            fill=rgb(hair),
        )
