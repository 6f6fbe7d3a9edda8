"""Landscapes: hills, sea, towns, rails, streets."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from .base import WHITE, Colour, Palette, below, blend, disc, glow, gradient, noise, picture, plain, rgb, ridge_line


def ridges(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw seven ranges of hills fading into the haze under a low sun."""
    im = gradient(w, h, [blend(p[1], p[0], 0.25), p[0], p[4]])
    x, y, r = w * rng.uniform(0.25, 0.75), h * rng.uniform(0.3, 0.45), h * rng.uniform(0.07, 0.12)
    im = glow(im, x, y, h * 0.5, p[4], 0.8)
    disc(ImageDraw.Draw(im), x, y, r, blend(p[4], WHITE, 0.5))
    for i in range(7):
        t = i / 6
        line = h * (0.46 + 0.5 * t**1.15) + ridge_line(rng, w, 0.5 + 0.08 * t) * h * (0.13 - 0.05 * t)
        c = blend(blend(p[0], p[1], min(1, t * 2)), p[3], max(0, t - 0.15) ** 0.8)
        im.paste(gradient(w, h, [c, c, blend(c, p[0], 0.35 * (1 - t))]), mask=below(w, h, line))
    return im


def sea(rng: np.random.Generator, w: int, h: int, p: Palette, horizon: float = 0.0) -> Image.Image:
    """Draw open water with the sun's track on it."""
    full = (w, h)
    w, h = w // 2, h // 2
    hz = int(h * (horizon or rng.uniform(0.42, 0.55)))
    x, r = w * rng.uniform(0.3, 0.7), h * 0.11
    im = glow(gradient(w, h, [p[1], p[0], p[4], p[4]]), x, hz, h * 0.6, p[4], 0.85)
    ImageDraw.Draw(im).ellipse([x - r, hz - r * 1.2, x + r, hz + r * 0.8], fill=rgb(blend(p[4], WHITE, 0.6)))
    values = np.asarray(im, dtype=float).copy()
    yy, xx = np.mgrid[hz:h, 0:w]
    depth = (yy - hz) / (h - hz)
    swell = ((yy - hz) * 2) ** 0.72 * 1.9 + 6 * noise(rng, w, h - hz, 6, 4) + xx / w * 3
    wave = np.sin(swell) * 0.5 + 0.5
    water = p[2] + (p[3] - p[2]) * (depth**0.8)[..., None]
    water = water + (p[1] - water) * (wave**6 * (0.55 - 0.4 * depth))[..., None]
    track = np.exp(-(((xx - x) / (w * (0.04 + 0.16 * depth))) ** 2)) * (wave > 0.45) * (0.85 - 0.45 * depth)
    values[hz:] = water + (p[4] - water) * track[..., None]
    return picture(values).filter(ImageFilter.GaussianBlur(0.6)).resize(full, Image.Resampling.BICUBIC)


def skyline(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw five rows of gabled town houses with lit windows."""
    im = gradient(w, h, [p[2], p[1], p[0], p[4]])
    im = glow(im, w * rng.uniform(0.2, 0.8), h * 0.8, h * 0.8, p[4], 0.7)
    for i in range(5):
        t = i / 4
        c = blend(blend(p[1], p[0], 0.3), p[3], t**0.7)
        d = ImageDraw.Draw(im)
        x = -rng.uniform(0, 60)
        while x < w:
            bw = rng.uniform(0.03, 0.065) * w * (0.6 + 0.9 * t)
            y = h - h * (0.56 - 0.09 * i) * rng.uniform(0.8, 1)
            _house(rng, d, (x, y, bw, h), p, c, t)
            x += bw * rng.uniform(0.98, 1.25)
        if i < 4:
            im = Image.blend(im, gradient(w, h, [p[1], p[0], p[4]]), 0.13)
    return im


def _house(
    rng: np.random.Generator,
    d: ImageDraw.ImageDraw,
    box: tuple[float, float, float, int],
    p: Palette,
    c: Colour,
    t: float,
) -> None:
    x, y, bw, h = box
    d.rectangle([x, y, x + bw, h], fill=rgb(c))
    if rng.random() < 0.5:
        d.rectangle([x + bw * 0.2, y - bw * 0.62, x + bw * 0.32, y], fill=rgb(c))
    if rng.random() < 0.8:
        d.polygon([(x, y), (x + bw, y), (x + bw * 0.5, y - bw * 0.55)], fill=rgb(c))
    if t <= 0.3:
        return
    gx, gy = h * 0.014, h * 0.026
    for wx in np.arange(x + gx, x + bw - gx, gx * 1.7):
        for wy in np.arange(y + gy, h, gy * 1.5):
            if rng.random() < 0.16 + 0.12 * t:
                light = rgb(blend(c, p[4], rng.uniform(0.35, 0.95)))
                d.rectangle([wx, wy, wx + gx * 0.75, wy + gy * 0.6], fill=light)


def river_city(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw a city across a river at dusk, with a clock tower, a dome and a low bridge."""
    hz = int(h * 0.66)
    town = skyline(rng, w, h, p).crop((0, h - hz, w, h))
    d = ImageDraw.Draw(town)
    dark = rgb(blend(p[3], p[2], 0.15))
    tx, tw = w * 0.24, w * 0.024
    d.rectangle([tx - tw, hz * 0.3, tx + tw, hz], fill=dark)
    d.polygon([(tx - tw * 1.25, hz * 0.3), (tx + tw * 1.25, hz * 0.3), (tx, hz * 0.1)], fill=dark)
    disc(d, tx, hz * 0.38, tw * 0.72, p[4])
    d.line([(tx, hz * 0.38), (tx, hz * 0.352)], fill=dark, width=4)
    d.line([(tx, hz * 0.38), (tx + tw * 0.4, hz * 0.39)], fill=dark, width=4)
    r = w * 0.07
    d.pieslice([w * 0.68 - r, hz * 0.56 - r, w * 0.68 + r, hz * 0.56 + r], 180, 360, fill=dark)
    d.rectangle([w * 0.68 - r * 1.15, hz * 0.56, w * 0.68 + r * 1.15, hz], fill=dark)
    d.rectangle([w * 0.675, hz * 0.36, w * 0.685, hz * 0.56], fill=dark)
    im = plain(w, h, p[3])
    im.paste(town, (0, 0))
    mirror = town.transpose(Image.Transpose.FLIP_TOP_BOTTOM).crop((0, 0, w, h - hz))
    mirror = mirror.filter(ImageFilter.GaussianBlur(h * 0.006))
    shift = (np.sin(np.arange(h - hz) ** 0.8 * 0.7) * np.linspace(2, w * 0.012, h - hz)).astype(int)
    values = np.asarray(mirror)
    wavy = np.stack([np.roll(row, k, axis=0) for row, k in zip(values, shift, strict=True)])
    im.paste(Image.blend(Image.fromarray(wavy), plain(w, h - hz, p[3]), 0.35), (0, hz))
    _low_bridge(ImageDraw.Draw(im), w, h, hz, p)
    return im


def _low_bridge(d: ImageDraw.ImageDraw, w: int, h: int, hz: int, p: Palette) -> None:
    dark = rgb(blend(p[3], p[2], 0.05))
    top, n = hz - h * 0.045, 6
    d.rectangle([0, top, w, top + h * 0.03], fill=dark)
    for i in range(n + 1):
        d.rectangle([w * i / n - w * 0.012, top, w * i / n + w * 0.012, hz + h * 0.03], fill=dark)
        disc(d, w * (i + 0.5) / n, top - h * 0.02, h * 0.006, p[4])
        d.line([(w * (i + 0.5) / n, top), (w * (i + 0.5) / n, top - h * 0.018)], fill=dark, width=4)


def rails(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw a railway running straight over a plain to the horizon."""
    hz, vx = h * 0.46, w * 0.56
    im = gradient(w, h, [p[1], p[0], p[4], p[4]])
    im = glow(im, vx, hz, h * 0.5, blend(p[4], WHITE, 0.5), 0.8)
    line = hz + ridge_line(rng, w, 0.5) * h * 0.02
    im.paste(gradient(w, h, [p[1], p[1], p[2], p[3]]), mask=below(w, h, line))
    d = ImageDraw.Draw(im)
    for i in range(-14, 15):
        d.line([(vx, hz), (vx + i * w * 0.3, h)], fill=rgb(blend(p[2], p[1], 0.25 + 0.02 * abs(i))), width=3)
    d.polygon([(vx, hz), (w * 0.1, h), (w * 0.9, h)], fill=rgb(blend(p[3], p[1], 0.35)))
    for k in range(1, 40):
        t = (k / 40) ** 3.0
        y, half = hz + (h - hz) * t, w * 0.34 * t
        d.rectangle([vx - half - w * 0.06 * t, y, vx + half - w * 0.06 * t, y + h * 0.03 * t], fill=rgb(p[3]))
    for s in (0.24, 0.7):
        edge = [(vx, hz), (w * s, h), (w * (s + 0.022), h)]
        d.polygon(edge, fill=rgb(blend(p[4], WHITE, 0.4)))
    for k in range(9):
        t = (k + 1) / 9
        x, y, height = vx + w * 0.42 * t**1.6, hz + h * 0.2 * t**1.6, h * 0.42 * t**1.6
        d.line([(x, y), (x, y - height)], fill=rgb(p[3]), width=max(2, int(10 * t)))
        d.line([(x - height * 0.13, y - height * 0.9), (x + height * 0.13, y - height * 0.9)], fill=rgb(p[3]), width=5)
    return im
