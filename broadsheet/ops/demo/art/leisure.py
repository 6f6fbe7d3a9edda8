"""Sport, stage, furniture and sound."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from .base import WHITE, Colour, Palette, blend, colour, disc, glow, gradient, noise, picture, plain, rgb


def track(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw the bend of a running track."""
    full, (w, h) = (w, h), (w // 2, h // 2)
    yy, xx = np.mgrid[0:h, 0:w]
    cx, cy = w * rng.uniform(-0.2, 0.1), h * rng.uniform(1.0, 1.3)
    lane = (np.hypot((xx - cx) * 0.8, yy - cy) / h - 0.35) / 0.105
    part = lane - np.floor(lane)
    values = p[1] + (p[2] - p[1]) * (np.clip(lane, 0, 8) / 9)[..., None]
    values[lane < 0] = blend(p[3], p[2], 0.4)
    values[lane > 8] = blend(p[3], p[2], 0.75)
    values = values * (1 - 0.12 * noise(rng, w, h, 6, 30))[..., None]
    values[(np.minimum(part, 1 - part) < 0.028) & (lane > -0.03) & (lane < 8.03)] = colour("#fff8ee")
    return picture(values).resize(full, Image.Resampling.BICUBIC)


def pitch(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw a football pitch from above, with mown stripes and a ball."""
    im = plain(w, h, p[2])
    d = ImageDraw.Draw(im)
    for k in range(0, 14, 2):
        d.rectangle([w * k / 14, 0, w * (k + 1) / 14, h], fill=rgb(blend(p[2], p[1], 0.3)))
    chalk, t = rgb(blend(p[0], WHITE, 0.7)), int(h * 0.011)
    d.rectangle([w * 0.06, h * 0.08, w * 1.2, h * 0.92], outline=chalk, width=t)
    d.rectangle([w * 0.06, h * 0.24, w * 0.27, h * 0.76], outline=chalk, width=t)
    d.rectangle([w * 0.06, h * 0.37, w * 0.135, h * 0.63], outline=chalk, width=t)
    disc(d, w * 0.205, h * 0.5, h * 0.01, WHITE)
    r = h * 0.16
    d.arc([w * 0.205 - r, h * 0.5 - r, w * 0.205 + r, h * 0.5 + r], 308, 52, fill=chalk, width=t)
    d.line([(w * 0.76, h * 0.08), (w * 0.76, h * 0.92)], fill=chalk, width=t)
    d.ellipse([w * 0.76 - r, h * 0.5 - r, w * 0.76 + r, h * 0.5 + r], outline=chalk, width=t)
    x, y = w * rng.uniform(0.4, 0.5), h * rng.uniform(0.3, 0.4)
    d.ellipse([x + h * 0.012, y + h * 0.03, x + h * 0.1, y + h * 0.075], fill=rgb(p[3]))
    disc(d, x, y, h * 0.045, WHITE)
    for k in range(5):
        a = 2 * np.pi * k / 5
        disc(d, x + h * 0.029 * np.cos(a), y + h * 0.029 * np.sin(a), h * 0.008, p[3])
    disc(d, x, y, h * 0.012, p[3])
    return im


def stage(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw spotlights crossing over an empty stage with one figure."""
    im = gradient(w, h, [p[3] * 0.6, p[3], blend(p[3], p[2], rng.uniform(0.4, 0.6))])
    floor = h * 0.78
    ImageDraw.Draw(im).rectangle([0, floor, w, h], fill=rgb(blend(p[3], p[2], 0.7)))
    spots = [(0.1, 0.5, p[1]), (0.3, 0.44, p[4]), (0.5, 0.52, p[0]), (0.7, 0.56, p[4]), (0.9, 0.5, p[1])]
    for at, aim, c in spots:
        mask = Image.new("L", (w // 4, h // 4), 0)
        md = ImageDraw.Draw(mask)
        mx, my, half = w / 4 * at, h * 0.015, w / 4 * 0.085
        md.polygon(
            [(mx - 6, my), (mx + 6, my), (w / 4 * aim + half, h * 0.213), (w / 4 * aim - half, h * 0.213)], fill=95
        )
        md.ellipse([w / 4 * aim - half, h * 0.204, w / 4 * aim + half, h * 0.225], fill=150)
        im.paste(plain(w, h, c), mask=mask.filter(ImageFilter.GaussianBlur(4)).resize((w, h)))
        disc(ImageDraw.Draw(im), w * at, h * 0.05, h * 0.022, blend(c, WHITE, 0.5))
    d = ImageDraw.Draw(im)
    d.rectangle([0, h * 0.02, w, h * 0.035], fill=rgb(p[3] * 0.4))
    x, dark = w * 0.5, p[3] * 0.35
    disc(d, x, h * 0.62, h * 0.022, dark)
    body = [(x - h * 0.03, h * 0.65), (x + h * 0.03, h * 0.65), (x + h * 0.055, h * 0.84), (x - h * 0.055, h * 0.84)]
    d.polygon(body, fill=rgb(dark))
    for side in (-1, 1):
        for k in range(7):
            fold = w * (0.5 + side * (0.5 - 0.02 * k))
            c = blend(p[1], p[3], 0.35 + 0.3 * (k % 2)) * (1 - 0.04 * k)
            d.polygon([(fold, 0), (fold - side * w * 0.022, 0), (fold - side * w * 0.012, h), (fold, h)], fill=rgb(c))
    return im


def chairs(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw eight different chairs in two rows, as in a catalogue."""
    im = plain(w, h, p[0])
    d = ImageDraw.Draw(im)
    for k in range(8):
        x, y, s = w * (0.14 + 0.24 * (k % 4)), h * (0.42 + 0.46 * (k // 4)), h * rng.uniform(0.145, 0.155)
        disc(d, x, y - s * 1.0, s * 1.22, [p[4], blend(p[0], p[3], 0.3), blend(p[1], p[0], 0.55)][k % 3])
        _chair(d, x, y, s, [p[2], p[1], p[2], p[3]][(k + k // 4) % 4], k)
        d.line([(x - s * 1.2, y + s * 0.2), (x + s * 1.2, y + s * 0.2)], fill=rgb(p[3]), width=4)
    return im


def _chair(d: ImageDraw.ImageDraw, x: float, y: float, s: float, c: Colour, k: int) -> None:
    line, t, f, seat = rgb(c), int(s * 0.11), s * 0.62, y - s * 0.7
    d.rounded_rectangle([x - f, seat - t, x + f, seat + t], t, fill=line)
    for side in (-1, 1):
        d.line([(x + side * f * 0.82, seat), (x + side * f * (0.82 + 0.2 * (k % 3)), y + s * 0.18)], fill=line, width=t)
    top = seat - s * (0.85 + 0.2 * (k % 3))
    if k in (2, 5):
        d.arc([x - f, top, x + f, seat + s * 0.4], 180, 360, fill=line, width=t)
    else:
        d.rounded_rectangle([x - f, top, x + f, top + s * 0.26], t, fill=line)
    for j in range(1 + k % 5):
        bx = x + f * 0.8 * ((j + 0.5) / (1 + k % 5) * 2 - 1)
        d.line([(bx, top + s * 0.1), (bx, seat)], fill=line, width=max(4, t // 2))
    for side in (-1, 1):
        if k not in (2, 5):
            d.line([(x + side * f * 0.9, top + s * 0.1), (x + side * f * 0.9, seat)], fill=line, width=t)
    if k == 6:
        d.arc([x - s * 0.95, y - s * 0.35, x + s * 0.95, y + s * 0.22], 20, 160, fill=line, width=t)


def reels(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw two tape reels and the sound wave between them."""
    im = gradient(w, h, [p[0], blend(p[0], p[1], 0.35)])
    d = ImageDraw.Draw(im)
    for x, r in ((w * 0.27, h * 0.28), (w * 0.73, h * 0.28)):
        y = h * 0.36
        disc(d, x, y, r, p[2])
        disc(d, x, y, r * (0.86 if x < w / 2 else 0.62), p[3])
        for k in range(3):
            a = 2 * np.pi * k / 3 + 0.5
            disc(d, x + r * 0.5 * np.cos(a), y + r * 0.5 * np.sin(a), r * 0.22, p[0])
        disc(d, x, y, r * 0.17, p[4])
        disc(d, x, y, r * 0.06, p[3])
    n = 110
    level = np.abs(np.convolve(rng.normal(0, 1, n + 8), np.ones(5) / 3, "same"))[:n]
    for k in range(n):
        x, half = w * (0.04 + 0.92 * k / n), h * (0.008 + 0.075 * min(1.6, level[k]))
        c = p[4] if k < n * 0.4 else p[2]
        d.rounded_rectangle([x, h * 0.83 - half, x + w * 0.005, h * 0.83 + half], 6, fill=rgb(c))
    return im


def radio(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw a radio mast sending rings into the evening."""
    im = glow(gradient(w, h, [p[3], p[2], p[1], p[0]]), w * 0.38, h * 0.95, h * 0.6, p[4], 0.6)
    d = ImageDraw.Draw(im)
    x, top, base = w * 0.38, h * 0.2, h * 0.93
    for k in range(1, 9):
        r = h * 0.11 * k
        d.arc([x - r, top - r, x + r, top + r], 0, 360, fill=rgb(blend(p[4], p[2], 0.25 + 0.08 * k)), width=7)
    dark, half = rgb(p[3] * 0.6), w * 0.045
    for side in (-1, 1):
        d.line([(x, top), (x + side * half, base)], fill=dark, width=12)
    for k in range(12):
        a, b = (k / 12) ** 1.15, ((k + 1) / 12) ** 1.15
        ya, yb = top + (base - top) * a, top + (base - top) * b
        d.line([(x - half * a, ya), (x + half * b, yb)], fill=dark, width=6)
        d.line([(x + half * a, ya), (x - half * b, yb)], fill=dark, width=6)
        d.line([(x - half * b, yb), (x + half * b, yb)], fill=dark, width=6)
    disc(d, x, top, h * 0.014, colour("#f2553a"))
    d.polygon([(0, h), (0, h * 0.93), (w * 0.3, h * 0.9), (w * 0.7, h * 0.93), (w, h * 0.86), (w, h)], fill=dark)
    for k in range(9):
        hx, s = w * (0.56 + 0.05 * k), h * rng.uniform(0.03, 0.06)
        d.rectangle([hx, h * 0.92 - s, hx + w * 0.035, h], fill=dark)
        d.rectangle([hx + w * 0.01, h * 0.93 - s * 0.6, hx + w * 0.017, h * 0.945 - s * 0.6], fill=rgb(p[4]))
    return im
