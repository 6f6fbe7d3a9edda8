"""Colours, gradients, noise and the finishing touch shared by all drawings."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

Values = NDArray[np.float64]
Colour = NDArray[np.float64]
Palette = list[Colour]
Style = Callable[[np.random.Generator, int, int, Palette], Image.Image]

SUPERSAMPLE = 2

PALETTES: dict[str, tuple[str, ...]] = {
    "dawn": ("#f4c9a0", "#e58e73", "#a8516e", "#3c2a4d", "#fff1d6"),
    "sea": ("#dfeef0", "#8fbcc4", "#3f7f93", "#12394a", "#fff6df"),
    "storm": ("#c9ced6", "#8a95a5", "#4b5768", "#1c2430", "#e9d9b0"),
    "forest": ("#e6ead2", "#a9bf93", "#557a5a", "#1d3a2f", "#fbe9b5"),
    "rust": ("#f3dcc6", "#dd9a6a", "#a9452b", "#3d1a18", "#ffe9cf"),
    "night": ("#40507c", "#2b3663", "#1b2246", "#0c1026", "#ffd98a"),
    "press": ("#f3ece0", "#d8342b", "#1c1b1a", "#8b8579", "#f7b733"),
    "ink": ("#eef0ea", "#2350c8", "#14182b", "#8593b8", "#f2684a"),
    "plum": ("#f2e3ea", "#c65d7b", "#5c2751", "#26102b", "#f6c667"),
    "ice": ("#eaf3f8", "#a9cbe0", "#5b8db3", "#1e3f63", "#fdf8ee"),
    "quay": ("#f1e9da", "#e0a43a", "#2f6f73", "#14323c", "#d2543a"),
}


def colour(code: str) -> Colour:
    """Return "#rrggbb" as three floats."""
    digits = code.lstrip("#")
    return np.array([int(digits[i : i + 2], 16) for i in (0, 2, 4)], dtype=float)


WHITE = colour("#ffffff")


def palette(name: str) -> Palette:
    """Return the five colours of a palette: light, middle, strong, dark, accent."""
    return [colour(code) for code in PALETTES[name]]


def blend(a: Colour, b: Colour, t: float) -> Colour:
    """Mix two colours: all of a at 0, all of b at 1."""
    return a + (b - a) * t


def rgb(c: Colour) -> tuple[int, int, int]:
    """Return a colour as Pillow wants it."""
    r, g, b = (int(max(0.0, min(255.0, float(v)))) for v in c)
    return r, g, b


def plain(w: int, h: int, c: Colour) -> Image.Image:
    """Return an evenly coloured picture."""
    return Image.new("RGB", (w, h), rgb(c))


def picture(values: Values) -> Image.Image:
    """Return an array of colour values as a picture."""
    return Image.fromarray(values.clip(0, 255).astype("uint8"))


def gradient(w: int, h: int, stops: Sequence[Colour]) -> Image.Image:
    """Return a vertical gradient through the given colours."""
    at = np.linspace(0, 1, h)
    places = np.linspace(0, 1, len(stops))
    column = np.stack([np.interp(at, places, [s[k] for s in stops]) for k in range(3)], -1)
    return picture(column[:, None, :]).resize((w, h))


def noise(rng: np.random.Generator, w: int, h: int, octaves: int = 5, base: int = 3) -> Values:
    """Return smooth noise between 0 and 1: octaves of a random grid, each finer and fainter."""
    total = np.zeros((h, w))
    strength = 1.0
    for octave in range(octaves):
        n = base * 2**octave
        grid = rng.random((max(2, int(n * h / w) + 2), n + 2)).astype("float32")
        total += strength * np.asarray(Image.fromarray(grid).resize((w, h), Image.Resampling.BICUBIC))
        strength *= 0.5
    spread: Values = (total - total.min()) / (total.max() - total.min())
    return spread


def ridge_line(rng: np.random.Generator, w: int, rough: float = 0.55, octaves: int = 9) -> Values:
    """Return the heights (-1 to 1) of a jagged line w points long."""
    x = np.arange(w)
    y = np.zeros(w)
    strength = 1.0
    for octave in range(octaves):
        n = 2**octave + 2
        y += strength * np.interp(x, np.linspace(0, w, n), rng.random(n) - 0.5)
        strength *= rough
    level: Values = y / np.abs(y).max()
    return level


def below(w: int, h: int, line: Values, step: int = 2) -> Image.Image:
    """Return a mask of everything under a line of heights."""
    mask = Image.new("L", (w, h), 0)
    points = [(0.0, float(h)), *((float(x), float(line[x])) for x in range(0, w, step))]
    ImageDraw.Draw(mask).polygon([*points, (float(w), float(line[-1])), (float(w), float(h))], fill=255)
    return mask


def glow(im: Image.Image, x: float, y: float, radius: float, c: Colour, strength: float = 0.55) -> Image.Image:
    """Lay a soft light on a picture."""
    w, h = im.size
    yy, xx = np.mgrid[0 : h : h // 4 * 1j, 0 : w : w // 4 * 1j]
    mask = 255 * strength * np.exp(-((np.hypot(xx - x, yy - y) / radius) ** 1.4))
    return Image.composite(plain(w, h, c), im, Image.fromarray(mask.astype("uint8")).resize((w, h)))


def disc(d: ImageDraw.ImageDraw, x: float, y: float, r: float, c: Colour) -> None:
    """Draw a filled circle."""
    d.ellipse([x - r, y - r, x + r, y + r], fill=rgb(c))


def finish(im: Image.Image, w: int, h: int, rng: np.random.Generator, grain: float = 5.0) -> Image.Image:
    """Scale a supersampled drawing down, darken its corners and add film grain."""
    values = np.asarray(im.resize((w, h), Image.Resampling.LANCZOS), dtype=float)
    yy, xx = np.mgrid[-1 : 1 : h * 1j, -1 : 1 : w * 1j]
    vignette = 1 - 0.16 * np.clip(np.hypot(xx, yy) - 0.55, 0, 1) ** 1.3
    g = rng.normal(0, 1, (h + 1, w + 1))
    g = (g[:-1, :-1] + g[1:, :-1] + g[:-1, 1:] + g[1:, 1:]) / 2
    return picture(values * vignette[..., None] + (g * grain)[..., None])
