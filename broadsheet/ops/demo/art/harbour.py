"""The harbour: containers, cranes, ferries, sails, a lighthouse, a bridge."""

import numpy as np
from PIL import Image, ImageDraw

from .base import WHITE, Colour, Palette, blend, glow, gradient, plain, rgb
from .land import sea


def containers(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw a wall of stacked freight containers with one lifted by a crane."""
    im = gradient(w, h, [blend(p[0], WHITE, 0.3), p[0]])
    d = ImageDraw.Draw(im)
    cw, ch = w / 6.5, h / 8.2
    tones = [p[1], p[2], p[3], p[4], blend(p[2], p[0], 0.45), blend(p[4], p[3], 0.4)]
    for col in range(7):
        top = int([3, 4, 5, 4, 2, 3, 5][col])
        for row in range(top):
            x, y = (col - 0.25) * cw, h * 0.93 - (row + 1) * ch
            _container(d, x, y, cw, ch, tones[int(rng.integers(len(tones)))])
    d.rectangle([0, h * 0.93, w, h], fill=rgb(p[3]))
    lift = (3.75 * cw, h * 0.13)
    _container(d, lift[0], lift[1] + ch * 0.5, cw, ch, p[4])
    for s in (0.12, 0.88):
        d.line([(lift[0] + cw * s, lift[1] + ch * 0.5), (lift[0] + cw * 0.5, -h * 0.05)], fill=rgb(p[3]), width=7)
    return im


def _container(d: ImageDraw.ImageDraw, x: float, y: float, cw: float, ch: float, c: Colour) -> None:
    d.rectangle([x, y, x + cw - 6, y + ch - 6], fill=rgb(c))
    ribs = 14
    for k in range(1, ribs):
        at = x + cw * k / ribs
        d.line([(at, y + ch * 0.12), (at, y + ch * 0.84)], fill=rgb(c * (0.8 if k % 2 else 0.92)), width=int(cw / 40))
    d.rectangle([x, y, x + cw - 6, y + ch * 0.07], fill=rgb(blend(c, WHITE, 0.18)))
    d.rectangle([x, y + ch * 0.9, x + cw - 6, y + ch - 6], fill=rgb(c * 0.68))


def cranes(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw quay cranes against the sunrise."""
    im = sea(rng, w, h, p, 0.72)
    d = ImageDraw.Draw(im)
    quay = h * 0.74
    for k, (at, size) in enumerate([(0.12, 0.7), (0.36, 0.85), (0.66, 1.0)]):
        _crane(d, w * at, quay, h * 0.62 * size, rgb(blend(p[3], p[1], 0.28 - 0.14 * k)))
    d.rectangle([0, quay - h * 0.012, w, quay + h * 0.035], fill=rgb(p[3]))
    for x in np.arange(0, w, w / 28):
        tall = h * 0.022 * int(rng.integers(1, 4))
        d.rectangle([x, quay - tall - h * 0.012, x + w / 31, quay], fill=rgb(blend(p[3], p[2], rng.uniform(0, 0.5))))
    return im


def _crane(d: ImageDraw.ImageDraw, x: float, y: float, s: float, c: tuple[int, int, int]) -> None:
    t = max(5, int(s * 0.028))
    boom = y - s * 0.62
    for dx in (0.0, 0.3):
        d.line([(x + s * dx, y), (x + s * dx, boom)], fill=c, width=t)
    d.line([(x, y - s * 0.25), (x + s * 0.3, y - s * 0.25)], fill=c, width=t)
    d.line([(x, y - s * 0.25), (x + s * 0.3, boom)], fill=c, width=t // 2)
    d.line([(x - s * 0.35, boom), (x + s * 0.95, boom)], fill=c, width=t)
    peak = (x + s * 0.15, y - s)
    for end in ((x, boom), (x + s * 0.3, boom), (x + s * 0.9, boom), (x - s * 0.3, boom)):
        d.line([peak, end], fill=c, width=max(3, t // 2))
    d.rectangle([x + s * 0.08, boom - s * 0.1, x + s * 0.24, boom], fill=c)
    d.line([(x + s * 0.7, boom), (x + s * 0.7, boom + s * 0.25)], fill=c, width=3)
    d.rectangle([x + s * 0.61, boom + s * 0.25, x + s * 0.79, boom + s * 0.33], fill=c)


def ferry(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw a ferry side-on, leaving a wake."""
    im = sea(rng, w, h, p, 0.5)
    d = ImageDraw.Draw(im)
    x, y, s = w * 0.3, h * 0.66, w * 0.46
    for k in range(40):
        far = k / 40
        half = h * (0.004 + 0.012 * far)
        at = x - far * x * 1.1
        d.ellipse([at - 60, y - half, at + 60, y + half], fill=rgb(blend(p[0], p[2], 0.3 + 0.5 * far)))
    hull = [(x, y - s * 0.12), (x + s, y - s * 0.13), (x + s * 0.93, y), (x + s * 0.03, y)]
    d.rectangle([x + s * 0.06, y - s * 0.2, x + s * 0.9, y - s * 0.1], fill=rgb(blend(p[0], WHITE, 0.6)))
    d.rectangle([x + s * 0.12, y - s * 0.27, x + s * 0.78, y - s * 0.19], fill=rgb(blend(p[0], WHITE, 0.75)))
    d.rectangle([x + s * 0.6, y - s * 0.33, x + s * 0.74, y - s * 0.26], fill=rgb(blend(p[0], WHITE, 0.6)))
    d.polygon(
        [
            (x + s * 0.25, y - s * 0.27),
            (x + s * 0.27, y - s * 0.37),
            (x + s * 0.36, y - s * 0.37),
            (x + s * 0.36, y - s * 0.27),
        ],
        fill=rgb(p[4] * 0.9),
    )
    d.polygon(hull, fill=rgb(p[3]))
    d.line([(x, y - s * 0.095), (x + s * 0.98, y - s * 0.1)], fill=rgb(p[4]), width=int(s * 0.012))
    for row, (lo, hi) in enumerate([(0.1, 0.86), (0.15, 0.75)]):
        for at in np.arange(lo, hi, 0.035):
            top = y - s * (0.175 + 0.07 * row)
            d.rectangle([x + s * at, top, x + s * (at + 0.02), top + s * 0.025], fill=rgb(p[2]))
    return im


def sails(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw a fleet of dinghies racing."""
    im = sea(rng, w, h, p, 0.4)
    d = ImageDraw.Draw(im)
    fleet = sorted((float(rng.uniform(0.44, 0.86)), float(rng.uniform(0.04, 0.96))) for _ in range(11))
    for k, (depth, at) in enumerate(fleet):
        s = h * (0.1 + 0.85 * (depth - 0.42))
        x, y = w * at, h * depth
        sail = [blend(p[0], WHITE, 0.7), p[4], blend(p[1], p[2], 0.3), p[0]][k % 4]
        d.polygon([(x, y - s), (x, y - s * 0.1), (x + s * 0.42, y - s * 0.1)], fill=rgb(sail))
        d.polygon(
            [(x - s * 0.03, y - s * 0.85), (x - s * 0.03, y - s * 0.1), (x - s * 0.27, y - s * 0.1)],
            fill=rgb(sail * 0.88),
        )
        d.polygon(
            [
                (x - s * 0.34, y - s * 0.07),
                (x + s * 0.48, y - s * 0.07),
                (x + s * 0.34, y + s * 0.06),
                (x - s * 0.24, y + s * 0.06),
            ],
            fill=rgb(p[3]),
        )
    return im


def lighthouse(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw a lighthouse on a headland, its beam over the water."""
    im = sea(rng, w, h, p, 0.64)
    x, top, base = w * 0.7, h * 0.2, h * 0.72
    beam = Image.new("L", (w, h), 0)
    bd = ImageDraw.Draw(beam)
    bd.polygon([(x, top), (0, h * 0.02), (0, h * 0.3)], fill=90)
    bd.polygon([(x, top), (w, h * 0.1), (w, h * 0.27)], fill=70)
    im = Image.composite(plain(w, h, p[4]), im, beam)
    im = glow(im, x, top, h * 0.16, blend(p[4], WHITE, 0.6), 0.9)
    d = ImageDraw.Draw(im)
    land = [
        (w * 0.42, h),
        (w * 0.5, h * 0.83),
        (w * 0.6, h * 0.73),
        (w * 0.72, h * 0.7),
        (w * 0.86, h * 0.72),
        (w, h * 0.66),
        (w, h),
    ]
    for k in range(6):
        a, b = k / 6, (k + 1) / 6
        y0, y1 = top + (base - top) * (0.1 + 0.9 * a), top + (base - top) * (0.1 + 0.9 * b)
        r0, r1 = w * (0.02 + 0.018 * a), w * (0.02 + 0.018 * b)
        tone = blend(p[0], WHITE, 0.5) if k % 2 else p[2]
        d.polygon([(x - r0, y0), (x + r0, y0), (x + r1, y1), (x - r1, y1)], fill=rgb(tone))
        d.polygon([(x + r0 * 0.35, y0), (x + r0, y0), (x + r1, y1), (x + r1 * 0.35, y1)], fill=rgb(tone * 0.72))
    d.polygon(land, fill=rgb(p[3]))
    d.rectangle([x - w * 0.026, top + h * 0.045, x + w * 0.026, top + h * 0.06], fill=rgb(p[3]))
    d.rectangle([x - w * 0.014, top - h * 0.02, x + w * 0.014, top + h * 0.045], fill=rgb(blend(p[4], WHITE, 0.7)))
    d.pieslice([x - w * 0.019, top - h * 0.055, x + w * 0.019, top + h * 0.015], 180, 360, fill=rgb(p[3]))
    cx, cy, s = w * 0.8, h * 0.715, h * 0.06
    d.rectangle([cx, cy - s, cx + s * 1.8, cy], fill=rgb(blend(p[0], p[3], 0.35)))
    d.polygon([(cx - s * 0.1, cy - s), (cx + s * 0.9, cy - s * 1.6), (cx + s * 1.9, cy - s)], fill=rgb(p[3]))
    d.rectangle([cx + s * 0.4, cy - s * 0.7, cx + s * 0.7, cy - s * 0.35], fill=rgb(p[4]))
    return im


def bridge(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw a suspension bridge over a wide river."""
    im = sea(rng, w, h, p, 0.68)
    d = ImageDraw.Draw(im)
    deck, top, dark = h * 0.6, h * 0.2, rgb(p[3])
    towers = (w * 0.24, w * 0.78)
    span = towers[1] - towers[0]
    for x0, x1 in ((towers[0] - span, towers[0]), towers, (towers[1], towers[1] + span)):
        xs = np.linspace(x0, x1, 61)
        ys = deck - h * 0.03 - (deck - top - h * 0.03) * (2 * (xs - x0) / (x1 - x0) - 1) ** 2
        points = [(float(x), float(y)) for x, y in zip(xs, ys, strict=True)]
        d.line(points, fill=dark, width=9, joint="curve")
        for x, y in points[::2]:
            d.line([(x, y), (x, deck)], fill=dark, width=3)
    for x in towers:
        for dx in (-w * 0.014, w * 0.014):
            d.rectangle([x + dx - 9, top - h * 0.02, x + dx + 9, h * 0.76], fill=dark)
        for y in (top, top + h * 0.13, top + h * 0.27):
            d.rectangle([x - w * 0.014, y, x + w * 0.014, y + h * 0.018], fill=dark)
        d.rectangle([x - w * 0.03, h * 0.74, x + w * 0.03, h * 0.79], fill=dark)
    d.rectangle([0, deck, w, deck + h * 0.022], fill=dark)
    return im
