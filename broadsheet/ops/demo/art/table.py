"""Fish, at the market and on the table."""

import numpy as np
from PIL import Image, ImageDraw

from .base import WHITE, Palette, blend, colour, disc, picture, plain, rgb


def fish(d: ImageDraw.ImageDraw, x: float, y: float, s: float, p: Palette, flip: int = 1) -> None:
    """Draw one mackerel s long, centred on x, y."""
    back, belly = p[2], blend(p[0], p[1], 0.55)
    at = np.linspace(0, 1, 40)
    half = s * 0.15 * np.sin(np.pi * at**0.75) ** 0.8
    xs = x + flip * (0.5 - at * 0.86) * s
    upper = [(float(a), float(y - b)) for a, b in zip(xs, half, strict=True)]
    lower = [(float(a), float(y + b)) for a, b in zip(xs, half, strict=True)]
    tail = x - flip * 0.34 * s
    ends = [
        (tail, y),
        (x - flip * 0.52 * s, y - s * 0.12),
        (x - flip * 0.45 * s, y),
        (x - flip * 0.52 * s, y + s * 0.12),
    ]
    d.polygon(ends, fill=rgb(back))
    d.polygon(upper + lower[::-1], fill=rgb(belly))
    d.polygon([*upper, *((a, y - (y - b) * 0.05) for a, b in upper[::-1])], fill=rgb(back))
    for k in range(6, 32, 2):
        bx, by = upper[k]
        d.line(
            [(bx, by + s * 0.012), (bx - flip * s * 0.012, y - s * 0.02)], fill=rgb(p[3]), width=max(3, int(s * 0.012))
        )
    disc(d, x + flip * 0.42 * s, y - s * 0.018, s * 0.018, p[4])
    disc(d, x + flip * 0.42 * s, y - s * 0.018, s * 0.009, p[3] * 0.4)
    gill = [x + flip * 0.34 * s - s * 0.03, y - s * 0.08, x + flip * 0.34 * s + s * 0.03, y + s * 0.08]
    d.arc(gill, *((270, 90) if flip < 0 else (90, 270)), fill=rgb(p[3]), width=max(3, int(s * 0.008)))


def fish_market(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw rows of mackerel laid on ice."""
    im = picture(np.tile(blend(p[0], WHITE, 0.6), (h, w, 1)))
    d = ImageDraw.Draw(im)
    for _ in range(900):
        x, y, r = rng.uniform(0, w), rng.uniform(0, h), rng.uniform(0.01, 0.03) * h
        c = blend(p[0], WHITE if rng.random() < 0.6 else p[1], rng.uniform(0.2, 0.7))
        d.regular_polygon((x, y, r), 5, rotation=int(rng.integers(72)), fill=rgb(c))
    for row in range(5):
        for col in range(-1, 5):
            x = w * (0.08 + 0.3 * col + 0.15 * (row % 2)) + rng.uniform(-15, 15)
            fish(d, x, h * (0.1 + 0.2 * row) + rng.uniform(-12, 12), w * 0.28, p, 1 if row % 2 else -1)
    return im


def plate(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw a whole mackerel on a plate with lemon and a fork."""
    im = plain(w, h, blend(p[1], p[0], 0.25))
    d = ImageDraw.Draw(im)
    for k in range(12):
        tone = blend(p[1], p[2], 0.08 + 0.05 * rng.random())
        d.line([(0, h * k / 12), (w, h * k / 12)], fill=rgb(tone), width=5)
    x, y = w * 0.53, h * 0.52
    disc(d, x + 14, y + 20, h * 0.43, blend(p[1], p[3], 0.4))
    disc(d, x, y, h * 0.43, blend(p[0], WHITE, 0.8))
    disc(d, x, y, h * 0.32, blend(p[0], WHITE, 0.35))
    fish(d, x, y + h * 0.03, h * 0.74, p)
    for right, down in ((0.17, -0.17), (0.23, -0.1)):
        lx, ly, r = x + h * right, y + h * down, h * 0.055
        disc(d, lx, ly, r, colour("#f2c230"))
        disc(d, lx, ly, r * 0.82, colour("#fbe58c"))
        for k in range(4):
            a = np.pi * k / 4
            dx, dy = r * 0.8 * np.cos(a), r * 0.8 * np.sin(a)
            d.line([(lx - dx, ly - dy), (lx + dx, ly + dy)], fill=rgb(colour("#f2c230")), width=5)
    fx, steel = w * 0.13, rgb(blend(p[3], WHITE, 0.55))
    d.rounded_rectangle([fx - 10, h * 0.4, fx + 10, h * 0.88], 10, fill=steel)
    d.rounded_rectangle([fx - 40, h * 0.3, fx + 40, h * 0.42], 30, fill=steel)
    for k in range(4):
        d.rounded_rectangle([fx - 40 + 23 * k, h * 0.14, fx - 29 + 23 * k, h * 0.34], 5, fill=steel)
    return im
