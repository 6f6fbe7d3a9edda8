"""Trade and the press: shops, prices, leverage, printing."""

import numpy as np
from PIL import Image, ImageDraw

from .base import WHITE, Colour, Palette, below, blend, disc, glow, gradient, plain, rgb, ridge_line


def shop_fronts(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw a row of small shops with striped awnings."""
    im = gradient(w, h, [p[0], blend(p[0], p[1], 0.5)])
    d = ImageDraw.Draw(im)
    n = 4
    for k in range(n):
        x, sw = w * k / n, w / n
        wall = [p[2], p[4], p[3], p[1]][k]
        top = h * rng.uniform(0.1, 0.2)
        d.rectangle([x, top, x + sw - 4, h * 0.9], fill=rgb(wall))
        d.rectangle([x - 4, top - h * 0.02, x + sw, top + h * 0.012], fill=rgb(wall * 0.7))
        for j in range(3):
            wx = x + sw * (0.14 + 0.27 * j)
            d.rectangle([wx, top + h * 0.08, wx + sw * 0.17, top + h * 0.22], fill=rgb(blend(p[0], WHITE, 0.4)))
        d.rectangle([x + sw * 0.08, h * 0.52, x + sw * 0.62, h * 0.84], fill=rgb(blend(p[4], WHITE, 0.6)))
        d.rectangle([x + sw * 0.7, h * 0.52, x + sw * 0.92, h * 0.9], fill=rgb(wall * 0.55))
        for j in range(8):
            tone = blend(p[0], WHITE, 0.5) if j % 2 else [p[1], p[2], p[4], p[3]][k]
            a, b = x + sw * (0.04 + 0.115 * j), x + sw * (0.04 + 0.115 * (j + 1))
            d.polygon(
                [(a, h * 0.43), (b, h * 0.43), (b + sw * 0.01, h * 0.55), (a + sw * 0.01, h * 0.55)], fill=rgb(tone)
            )
            d.pieslice([a + sw * 0.01, h * 0.53, b + sw * 0.01, h * 0.57], 0, 180, fill=rgb(tone))
    d.rectangle([0, h * 0.9, w, h], fill=rgb(blend(p[3], p[0], 0.25)))
    return im


def market(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw four price lines over a grid, shaded below."""
    im = gradient(w, h, [blend(p[3], p[2], 0.15), p[3]])
    d = ImageDraw.Draw(im)
    for i in range(1, 8):
        d.line([(0, h * i / 8), (w, h * i / 8)], fill=rgb(blend(p[3], p[0], 0.18)), width=2)
    fade = np.linspace(0.75, 0.05, h)[:, None]
    for i in range(4):
        slope = np.linspace(0.12, -0.12, w) * h * rng.uniform(-0.3, 1)
        line = h * (0.35 + 0.13 * i) + ridge_line(rng, w, 0.62) * h * 0.13 + slope
        c = [p[1], p[2], p[4], p[0]][i]
        mask = Image.fromarray((np.asarray(below(w, h, line, 4)) * fade).astype("uint8"))
        im.paste(plain(w, h, c), mask=mask)
        points = [(float(x), float(line[x])) for x in range(0, w, 4)]
        ImageDraw.Draw(im).line(points, fill=rgb(blend(c, WHITE, 0.45)), width=6, joint="curve")
    return im


def lever(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw a beam on a pivot, one small weight far out against a large one near."""
    im = glow(plain(w, h, p[0]), w * rng.uniform(0.45, 0.55), h * 0.5, h * 0.7, blend(p[0], WHITE, 0.8), 0.6)
    d = ImageDraw.Draw(im)
    px, py = w * 0.64, h * 0.62
    ends = [(w * 0.06, h * 0.4), (w * 0.94, h * 0.735)]
    _block(d, w * 0.83, h * 0.475, h * 0.16, p[1])
    d.line(ends, fill=rgb(p[2]), width=int(h * 0.03))
    disc(d, w * 0.115, h * 0.352, h * 0.055, p[4])
    d.polygon([(px, py), (px - h * 0.16, h * 0.9), (px + h * 0.16, h * 0.9)], fill=rgb(p[2]))
    d.rectangle([0, h * 0.9, w, h], fill=rgb(blend(p[3], p[0], 0.4)))
    for k in range(5):
        d.arc([w * 0.02, h * 0.2, w * 0.21, h * 0.5], 200 + 26 * k, 214 + 26 * k, fill=rgb(p[3]), width=6)
    return im


def _block(d: ImageDraw.ImageDraw, x: float, y: float, s: float, c: Colour) -> None:
    corners = [(x - s, y - s * 0.85), (x + s, y - s * 0.38), (x + s * 0.78, y + s * 1.2), (x - s * 1.2, y + s * 0.76)]
    d.polygon(corners, fill=rgb(c))
    d.polygon([corners[1], corners[2], (x + s * 0.45, y + s * 1.12), (x + s * 0.68, y - s * 0.46)], fill=rgb(c * 0.72))


def press(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw the paper web running over the rollers of a printing press."""
    im = gradient(w, h, [blend(p[2], p[3], 0.45), p[2]])
    d = ImageDraw.Draw(im)
    r, band, middle = w * 0.074, h * 0.085, h * 0.5
    xs = np.linspace(-0.1, 1.1, 240)
    ys = middle - np.cos((xs - 0.02) / 0.2 * np.pi) * (h * 0.085 + r + band * 0.5 - 2)
    points = [(float(w * x), float(y)) for x, y in zip(xs, ys, strict=True)]
    d.line(points, fill=rgb(p[0] * 0.8), width=int(band * 1.1), joint="curve")
    d.line(points, fill=rgb(p[0]), width=int(band), joint="curve")
    for k in range(4, 232, 7):
        (x0, y0), (x1, y1) = points[k], points[k + 1]
        length = float(np.hypot(x1 - x0, y1 - y0))
        nx, ny = -(y1 - y0) / length, (x1 - x0) / length
        for row in range(4):
            off, far = band * (row - 1.5) * 0.2, int(rng.integers(3, 6))
            x2, y2 = points[k + far]
            start, end = (x0 + nx * off, y0 + ny * off), (x2 + nx * off, y2 + ny * off)
            d.line([start, end], fill=rgb(p[1] if k % 35 == 4 and row == 0 else p[3]), width=int(h * 0.007))
    for k in range(6):
        x, y = w * (0.02 + 0.2 * k), middle + (1 if k % 2 else -1) * h * 0.085
        _roller(d, x, y, r, [p[3], p[1], p[3], p[4], p[3], p[1]][k])
    return im


def _roller(d: ImageDraw.ImageDraw, x: float, y: float, r: float, steel: Colour) -> None:
    for ring, tone in ((1.0, 0.55), (0.93, 0.9), (0.6, 0.75), (0.22, 0.4)):
        disc(d, x, y, r * ring, steel * tone)
    box = [x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8]
    d.arc(box, 200, 280, fill=rgb(blend(steel, WHITE, 0.5)), width=int(r * 0.08))
