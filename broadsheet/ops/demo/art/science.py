"""Science and machines: circuits, networks, wafers, elements, contours, planets, cells."""

from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from .base import WHITE, Palette, blend, colour, disc, glow, gradient, noise, picture, plain, rgb


def circuit(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw a chip and the traces running out of it across a board."""
    im = glow(plain(w, h, p[3]), w / 2, h / 2, h * 0.8, p[2], 0.9)
    d = ImageDraw.Draw(im)
    s, n = h * 0.2, 13
    for side in range(4):
        for k in range(n):
            off = (k - (n - 1) / 2) / n * 2 * s * 0.92
            fan = off * rng.uniform(1.9, 2.6)
            run, far = s * rng.uniform(1.25, 2.2), s * rng.uniform(2.4, 4.6)
            path = [(s, off), (run, off), (run + abs(fan - off), fan), (max(far, run + abs(fan - off)), fan)]
            points = [_turn(x, y, side, w, h) for x, y in path]
            c = blend(p[1], p[4], float(rng.random() < 0.18))
            d.line(points, fill=rgb(c), width=6, joint="curve")
            disc(d, *points[-1], 13, c)
            disc(d, *points[-1], 6, p[3])
    x, y = w / 2, h / 2
    d.rounded_rectangle([x - s, y - s, x + s, y + s], s * 0.08, fill=rgb(p[3] * 0.5), outline=rgb(p[0]), width=8)
    cell = s * 1.5 / 8
    for i in range(8):
        for j in range(8):
            c = blend(p[2], [p[0], p[1], p[4]][int(rng.integers(3))], rng.uniform(0.1, 0.9))
            cx, cy = x - s * 0.75 + i * cell, y - s * 0.75 + j * cell
            d.rectangle([cx + 3, cy + 3, cx + cell - 3, cy + cell - 3], fill=rgb(c))
    return im


def _turn(x: float, y: float, side: int, w: int, h: int) -> tuple[float, float]:
    dx, dy = [(x, y), (-y, x), (-x, -y), (y, -x)][side]
    return w / 2 + dx, h / 2 + dy


def network(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw layers of nodes joined by weighted lines."""
    im = gradient(w, h, [blend(p[0], WHITE, 0.3), p[0]])
    d = ImageDraw.Draw(im)
    sizes = [5, 8, 10, 8, 5, 3]
    layers = [
        [(w * (0.1 + 0.16 * i), h * (0.5 + (k - (n - 1) / 2) * 0.088)) for k in range(n)] for i, n in enumerate(sizes)
    ]
    for left, right in pairwise(layers):
        for a in left:
            for b in right:
                weight = rng.random() ** 3
                c = blend(p[0], p[1] if rng.random() < 0.7 else p[4], 0.15 + 0.85 * weight)
                d.line([a, b], fill=rgb(c), width=int(2 + 7 * weight))
    for layer in layers:
        for x, y in layer:
            disc(d, x, y, h * 0.03, p[2])
            disc(d, x, y, h * 0.021, [p[0], p[1], p[4]][int(rng.integers(3))])
    return im


def wafer(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw a silicon wafer with its grid of chips."""
    full, (w, h) = (w, h), (w // 2, h // 2)
    yy, xx = np.mgrid[0:h, 0:w]
    cx, cy, r = w * 0.56, h * 0.54, h * 0.62
    dist, angle = np.hypot(xx - cx, yy - cy) / r, np.arctan2(yy - cy, xx - cx)
    sheen = np.cos(angle * 2 + 2.2 * dist + rng.uniform(0, 6)) * 0.5 + 0.5
    hue = np.cos(angle * 3 - dist * 4) * 0.5 + 0.5
    face = p[2] + (p[0] - p[2]) * (sheen**2)[..., None]
    face = face + (p[4] - face) * (hue * 0.38)[..., None] + (p[1] - face) * ((1 - hue) * 0.3)[..., None]
    cell = r / 7.5
    edge = ((xx - cx) % cell < cell * 0.07) | ((yy - cy) % cell < cell * 0.07)
    face[edge & (dist < 0.95)] *= 0.55
    face[dist > 0.95] = p[0]
    back = np.asarray(gradient(w, h, [p[3], p[3] * 0.6]), dtype=float)
    soft = np.clip((1 - dist) * r / 1.5, 0, 1)[..., None]
    return picture(back * (1 - soft) + face * soft).resize(full, Image.Resampling.BICUBIC)


def elements(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw the periodic table's outline with its seventeen rare earths lit."""
    im = glow(plain(w, h, p[3]), w / 2, h * 0.75, h * 0.7, p[2], 0.7)
    d = ImageDraw.Draw(im)
    s = w / 20.2
    for row in range(9):
        for col in range(18):
            if not _in_table(row, col):
                continue
            x, y = w * 0.055 + col * s, h * 0.055 + row * s * 1.09 + (s * 0.28 if row > 6 else 0)
            rare = _is_rare(row, col)
            c = blend(p[4], p[1], rng.uniform(0, 0.55)) if rare else blend(p[3], p[2], rng.uniform(0.95, 1.2))
            d.rounded_rectangle([x, y, x + s * 0.92, y + s], s * 0.07, fill=rgb(c))
            ink = rgb(p[3] if rare else blend(p[3], p[0], 0.55))
            d.rectangle([x + s * 0.12, y + s * 0.36, x + s * (0.38 + 0.2 * (col % 2)), y + s * 0.62], fill=ink)
            d.rectangle([x + s * 0.12, y + s * 0.14, x + s * 0.27, y + s * 0.2], fill=ink)
            d.rectangle([x + s * 0.12, y + s * 0.78, x + s * 0.62, y + s * 0.83], fill=ink)
    return im


def _in_table(row: int, col: int) -> bool:
    gaps = {0: range(1, 17), 1: range(2, 12), 2: range(2, 12)}
    if row in gaps:
        return col not in gaps[row]
    return 2 <= col <= 16 if row > 6 else True


def _is_rare(row: int, col: int) -> bool:
    """Scandium, yttrium and the fifteen of the lanthanide row."""
    return (row in (3, 4) and col == 2) or row == 7


def contour(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw height lines as on a survey map."""
    full, (w, h) = (w, h), (w // 2, h // 2)
    z = noise(rng, w, h, 4, 3)
    q = z * 22
    gy, gx = np.gradient(q)
    line = np.abs(q - np.round(q)) / (np.hypot(gx, gy) + 1e-6) < 1.0
    bold = line & (np.round(q) % 5 == 0)
    bold = np.asarray(Image.fromarray((bold * 255).astype("uint8")).filter(ImageFilter.MaxFilter(3))) > 0
    values = np.tile(p[0], (h, w, 1))
    values[z < np.quantile(z, 0.25)] = blend(p[0], p[3], 0.45)
    high = (z > np.quantile(z, 0.82)) * (0.45 + 0.55 * (z - 0.6))
    values = values + (p[1] - values) * high[..., None].clip(0, 1)
    values[line] = blend(p[0], p[2], 0.55)
    values[bold] = p[2]
    return picture(values).resize(full, Image.Resampling.LANCZOS)


def terraces(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw the stepped benches of an open pit, seen from the air."""
    full, (w, h) = (w, h), (w // 2, h // 2)
    yy, xx = np.mgrid[0:h, 0:w]
    dist = np.hypot((xx - w * 0.46) / w * 1.35, (yy - h * 0.52) / h)
    z = dist * 16 + 3.4 * noise(rng, w, h, 5, 3)
    step, part = np.floor(z), z - np.floor(z)
    t = np.clip(step / 11, 0, 1)[..., None]
    values = p[3] + (p[1] - p[3]) * t
    values = values + (p[0] - values) * np.clip((step - 9) / 5, 0, 0.8)[..., None]
    values = values * (0.72 + 0.4 * (part > 0.34))[..., None]
    light = np.clip(0.9 - 0.35 * (xx - w * 0.46) / w + 0.25 * (yy - h * 0.5) / h, 0.6, 1.2)
    values = values * (light * (0.9 + 0.2 * noise(rng, w, h, 4, 40)))[..., None]
    values[z < 2.6] = blend(p[2], colour("#2f7f86"), 0.75)
    return picture(values).resize(full, Image.Resampling.BICUBIC)


def planet(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw a banded moon rising among stars."""
    full, (w, h) = (w, h), (w // 2, h // 2)
    im = plain(w, h, blend(p[3], colour("#05060c"), 0.6))
    d = ImageDraw.Draw(im)
    for _ in range(700):
        disc(d, rng.uniform(0, w), rng.uniform(0, h), rng.exponential(0.7), blend(p[3], WHITE, rng.uniform(0.3, 1)))
    cx, cy, r = w * rng.uniform(0.5, 0.72), h * rng.uniform(0.6, 0.8), h * rng.uniform(0.5, 0.62)
    values = np.asarray(glow(im, cx - r * 0.3, cy - r * 0.3, r * 1.3, p[2], 0.8), dtype=float)
    yy, xx = np.mgrid[0:h, 0:w]
    dx, dy = (xx - cx) / r, (yy - cy) / r
    r2 = dx**2 + dy**2
    cloud = noise(rng, w, h, 5, 3)
    tex = (np.sin((dy * 0.9 + dx * 0.35 + (cloud - 0.5) * 0.5) * 16) * 0.5 + 0.5) * 0.6 + cloud * 0.4
    lit = np.clip(-0.62 * dx - 0.55 * dy + 0.55 * np.sqrt(np.clip(1 - r2, 0, 1)), 0, 1) ** 0.8
    ball = (p[2] + (p[0] - p[2]) * tex[..., None]) * 0.7 + p[1] * 0.3
    edge = np.clip((1 - np.sqrt(r2)) * r / 2, 0, 1)[..., None]
    return picture(values * (1 - edge) + ball * (0.04 + 0.96 * lit[..., None]) * edge).resize(full)


def cells(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw living cells under a microscope."""
    full, (w, h) = (w, h), (w // 2, h // 2)
    yy, xx = np.mgrid[0:h, 0:w]
    wx, wy = xx + 70 * (noise(rng, w, h, 3, 4) - 0.5), yy + 70 * (noise(rng, w, h, 3, 4) - 0.5)
    first, second = np.full((h, w), 1e9), np.full((h, w), 1e9)
    kind = np.zeros((h, w), dtype=int)
    for k in range(46):
        dist = np.hypot(wx - w * rng.uniform(-0.03, 1.03), wy - h * rng.uniform(-0.03, 1.03))
        near = dist < first
        second = np.where(near, first, np.minimum(second, dist))
        kind = np.where(near, k, kind)
        first = np.where(near, dist, first)
    tones = np.stack([blend(p[0], p[1], float(rng.uniform(0, 0.75))) for _ in range(46)])
    values = tones[kind] * (1.06 - 0.28 * np.clip(first / (h * 0.14), 0, 1))[..., None]
    wall = np.clip(1 - (second - first) / (h * 0.022), 0, 1)[..., None]
    values = values * (1 - wall) + p[2] * wall
    core = np.clip((h * 0.032 - first) / 3, 0, 1)[..., None]
    values = values * (1 - core) + blend(p[2], p[4], 0.35) * core
    return picture(values).resize(full, Image.Resampling.BICUBIC)
