"""Pattern and plan: tiles, ribbons, a locator map, a weather chart, a clock."""

import numpy as np
from PIL import Image, ImageDraw

from .base import WHITE, Palette, blend, disc, noise, picture, plain, rgb


def tiles(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw a wall of geometric tiles."""
    c = w / 6
    im = plain(w, h, p[0])
    d = ImageDraw.Draw(im)
    for i in range(6):
        for j in range(5):
            first, second = (p[k] for k in rng.choice(5, 2, replace=False))
            _tile(rng, d, (i * c, j * c, c), rgb(first), rgb(second))
    return im


def _tile(
    rng: np.random.Generator,
    d: ImageDraw.ImageDraw,
    box: tuple[float, float, float],
    back: tuple[int, int, int],
    front: tuple[int, int, int],
) -> None:
    x, y, c = box
    d.rectangle([x, y, x + c + 1, y + c + 1], fill=back)
    kind, turn = int(rng.integers(5)), int(rng.integers(4))
    if kind == 0:
        cx, cy, start = x + c * (turn % 2), y + c * (turn // 2), (0, 90, 270, 180)[turn]
        d.pieslice([cx - c, cy - c, cx + c, cy + c], start, start + 90, fill=front)
    elif kind == 1:
        d.ellipse([x + c * 0.14, y + c * 0.14, x + c * 0.86, y + c * 0.86], fill=front)
    elif kind == 2:
        d.polygon([(x, y), (x + c, y), (x, y + c)], fill=front)
    elif kind == 3:
        for k in range(0, 6, 2):
            d.rectangle([x + c * k / 6, y, x + c * (k + 1) / 6, y + c], fill=front)
    else:
        d.pieslice([x, y - c / 2, x + c, y + c / 2], 0, 180, fill=front)
        d.pieslice([x, y + c / 2, x + c, y + c * 1.5], 180, 360, fill=front)


def ribbons(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw streams of ribbons following a current."""
    im = plain(w, h, p[3])
    d = ImageDraw.Draw(im)
    turn = noise(rng, w // 16, h // 16, 3, 2) * 2.2 * np.pi
    tones = [p[0], p[1], p[4], blend(p[1], p[4], 0.5)]
    for k in range(700):
        x, y = rng.uniform(-0.1, 1.1) * w, rng.uniform(-0.1, 1.1) * h
        points = []
        for _ in range(int(rng.integers(20, 80))):
            i = int(min(max(y / 16, 0), h // 16 - 1))
            j = int(min(max(x / 16, 0), w // 16 - 1))
            x, y = x + np.cos(turn[i, j]) * 18, y + np.sin(turn[i, j]) * 18
            points.append((float(x), float(y)))
        width = int(rng.choice([3, 5, 5, 9, 14]))
        d.line(points, fill=rgb(blend(tones[k % 4], p[2], rng.uniform(0, 0.6))), width=width, joint="curve")
    return im


def locator(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw a map of a harbour town: land, water, soundings, streets and a marker."""
    full, (sw, sh) = (w, h), (w // 2, h // 2)
    yy, xx = np.mgrid[0:sh, 0:sw]
    z = noise(rng, sw, sh, 5, 3) * 0.5 + (yy / sh) * 0.75 - 0.45 * np.exp(-(((xx - sw * 0.56) / (sw * 0.13)) ** 2))
    values = np.tile(blend(p[1], p[0], 0.55), (sh, sw, 1))
    for k, level in enumerate((0.22, 0.34, 0.46)):
        values[z > level] = blend(p[1], p[0], 0.68 + 0.12 * k)
    land = z > 0.56
    values[land] = blend(p[4] * 0.93, p[1], 0.12)
    values[(z > 0.56) & (z < 0.572)] = p[3]
    im = picture(values).resize(full, Image.Resampling.BICUBIC)
    streets = Image.new("L", full, 0)
    d = ImageDraw.Draw(streets)
    for k in range(-6, 22):
        d.line([(w * (k / 16), 0), (w * (k / 16 + 0.14), h)], fill=255, width=5 if k % 4 else 12)
        d.line([(0, h * (k / 14 + 0.05)), (w, h * (k / 14 - 0.09))], fill=255, width=5 if k % 4 else 12)
    solid = np.asarray(Image.fromarray(((z > 0.6) * 255).astype("uint8")).resize(full))
    mask = Image.fromarray(np.minimum(np.asarray(streets), solid))
    im.paste(plain(w, h, WHITE), mask=mask)
    d = ImageDraw.Draw(im)
    x, y, s = w * 0.69, h * 0.62, h * 0.055
    d.polygon([(x - s * 0.82, y - s * 1.55), (x + s * 0.82, y - s * 1.55), (x, y)], fill=rgb(p[2]))
    disc(d, x, y - s * 1.85, s, p[2])
    disc(d, x, y - s * 1.85, s * 0.4, WHITE)
    d.line([(w * 0.05, h * 0.94), (w * 0.19, h * 0.94)], fill=rgb(p[3]), width=10)
    needle = [(w * 0.93, h * 0.05), (w * 0.945, h * 0.14), (w * 0.93, h * 0.12), (w * 0.915, h * 0.14)]
    d.polygon(needle, fill=rgb(p[3]))
    return im


def isobars(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw a weather chart: pressure lines round a deep low, and a front."""
    full, (sw, sh) = (w, h), (w // 2, h // 2)
    yy, xx = np.mgrid[0:sh, 0:sw]
    low = np.hypot((xx - sw * 0.36) / sw * 1.5, (yy - sh * 0.46) / sh * 1.05)
    z = np.sqrt(low + 0.02) * 13 + 1.6 * noise(rng, sw, sh, 3, 2)
    gy, gx = np.gradient(z)
    line = np.abs(z - np.round(z)) / (np.hypot(gx, gy) + 1e-6) < 1.15
    t = np.clip((z - z.min()) / (z.max() - z.min()), 0, 1)[..., None]
    values = p[3] + (p[1] - p[3]) * t
    values[line] = blend(p[0], WHITE, 0.7)
    im = picture(values).resize(full, Image.Resampling.BICUBIC)
    d = ImageDraw.Draw(im)
    at = np.linspace(0, 1, 90)
    xs, ys = w * (0.38 + 0.33 * at + 0.1 * np.sin(at * 2.6)), h * (0.48 + 0.52 * at**1.4)
    front = [(float(x), float(y)) for x, y in zip(xs, ys, strict=True)]
    d.line(front, fill=rgb(p[4]), width=14, joint="curve")
    for k in range(6, 84, 12):
        (x0, y0), (x1, y1) = front[k], front[k + 5]
        tip = ((x0 + x1) / 2 + (y1 - y0) * 0.8, (y0 + y1) / 2 - (x1 - x0) * 0.8)
        d.polygon([(x0, y0), (x1, y1), tip], fill=rgb(p[4]))
    return im


def clock(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw a waiting-room clock over a row of empty seats."""
    im = plain(w, h, p[0])
    d = ImageDraw.Draw(im)
    d.rectangle([0, h * 0.62, w, h], fill=rgb(blend(p[0], p[1], 0.6)))
    x, y, r = w * 0.5, h * 0.3, h * 0.22
    disc(d, x, y, r, p[2])
    disc(d, x, y, r * 0.88, blend(p[0], WHITE, 0.8))
    for k in range(12):
        a = np.pi * k / 6
        tick = [(x + r * q * np.sin(a), y - r * q * np.cos(a)) for q in (0.7, 0.8)]
        d.line(tick, fill=rgb(p[3]), width=10 if k % 3 == 0 else 5)
    d.line([(x, y), (x + r * 0.42, y + r * 0.18)], fill=rgb(p[3]), width=15)
    d.line([(x, y), (x + r * 0.02, y - r * 0.62)], fill=rgb(p[3]), width=10)
    disc(d, x, y, r * 0.06, p[4])
    for k in range(7):
        sx, sw = w * (0.045 + 0.132 * k), w * 0.11
        c = p[4] if k == int(rng.integers(2, 5)) else p[2]
        d.rounded_rectangle([sx, h * 0.58, sx + sw, h * 0.74], h * 0.02, fill=rgb(c))
        d.rounded_rectangle([sx - 5, h * 0.76, sx + sw + 5, h * 0.81], h * 0.02, fill=rgb(c * 0.8))
        for q in (0.12, 0.88):
            d.line([(sx + sw * q, h * 0.81), (sx + sw * q, h * 0.93)], fill=rgb(p[3]), width=10)
    return im
