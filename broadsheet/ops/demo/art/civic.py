"""Public life: columns, ballots, a chamber, a page proof."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from .base import WHITE, Palette, Values, blend, disc, picture, plain, rgb


def columns(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw a classical portico as a halftone print."""
    full, (w, h) = (w, h), (w // 2, h // 2)
    shade = picture(np.tile(np.linspace(250, 170, h)[:, None], (1, w)))
    d = ImageDraw.Draw(shade)
    top, bottom, cw = h * 0.34, h * 0.86, w * 0.062
    d.polygon([(w * 0.08, top * 0.86), (w * 0.5, h * 0.07), (w * 0.92, top * 0.86)], fill=120)
    d.polygon([(w * 0.17, top * 0.8), (w * 0.5, h * 0.13), (w * 0.83, top * 0.8)], fill=190)
    d.rectangle([w * 0.07, top * 0.86, w * 0.93, top], fill=90)
    d.rectangle([w * 0.1, top, w * 0.9, bottom], fill=28)
    for i in range(6):
        x = w * (0.13 + 0.74 * i / 5) - cw / 2
        for k in range(24):
            tone = int(245 - 190 * abs((k / 23) - 0.28) ** 1.1)
            d.rectangle([x + cw * k / 24, top, x + cw * (k + 1) / 24, bottom], fill=tone)
        d.rectangle([x - cw * 0.2, top, x + cw * 1.2, top + h * 0.025], fill=230)
        d.rectangle([x - cw * 0.2, bottom - h * 0.02, x + cw * 1.2, bottom], fill=215)
    for k in range(4):
        step = [w * (0.06 - 0.02 * k), bottom + h * 0.035 * k, w * (0.94 + 0.02 * k), bottom + h * 0.035 * (k + 1)]
        d.rectangle(step, fill=int(210 - 38 * k))
    values = _halftone(shade.filter(ImageFilter.GaussianBlur(1.5)), p, w / 120)
    yy, xx = np.mgrid[0:h, 0:w]
    sun = (np.hypot(xx - w * rng.uniform(0.72, 0.8), yy - h * 0.24) < h * 0.2) & (np.asarray(shade) > 165)
    sun &= yy < top * 1.2
    values[sun] = values[sun] * 0.25 + p[1] * 0.75
    return picture(values).resize(full, Image.Resampling.BICUBIC)


def _halftone(im: Image.Image, p: Palette, cell: float) -> Values:
    grey = np.asarray(im, dtype=float) / 255
    yy, xx = np.mgrid[0 : grey.shape[0], 0 : grey.shape[1]]
    t = np.deg2rad(24)
    u, v = (xx * np.cos(t) + yy * np.sin(t)) / cell, (-xx * np.sin(t) + yy * np.cos(t)) / cell
    screen = (np.cos(2 * np.pi * u) + np.cos(2 * np.pi * v)) / 4 + 0.5
    ink = 1 / (1 + np.exp(-(screen - grey) * 18))
    dots: Values = p[0] + (p[2] - p[0]) * ink[..., None]
    return dots


def ballot(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw a voting paper going into a ballot box."""
    im = plain(w, h, p[0])
    d = ImageDraw.Draw(im)
    disc(d, w * 0.5, h * 0.46, h * 0.42, p[4])
    x0, x1, y0 = w * 0.27, w * 0.73, h * 0.56
    paper = Image.new("RGBA", (int(w * 0.26), int(h * 0.5)), (*rgb(WHITE), 255))
    pd = ImageDraw.Draw(paper)
    pw, ph = paper.size
    for k in range(4):
        y = ph * (0.14 + 0.17 * k)
        pd.line([(pw * 0.12, y), (pw * (0.5 + rng.uniform(0, 0.15)), y)], fill=rgb(p[2]), width=int(ph * 0.022))
        pd.rectangle([pw * 0.74, y - ph * 0.045, pw * 0.88, y + ph * 0.045], outline=rgb(p[2]), width=int(ph * 0.012))
    y = ph * 0.31
    for dy in (-1, 1):
        cross = [(pw * 0.75, y - dy * ph * 0.04), (pw * 0.87, y + dy * ph * 0.04)]
        pd.line(cross, fill=rgb(p[1]), width=int(ph * 0.025))
    paper = paper.rotate(7, expand=True, resample=Image.Resampling.BICUBIC)
    im.paste(paper, (int(w * 0.37), int(h * 0.08)), paper)
    lid = [(x0 - w * 0.03, y0), (x1 + w * 0.03, y0), (x1 - w * 0.02, y0 - h * 0.09), (x0 + w * 0.02, y0 - h * 0.09)]
    mask = Image.new("L", (w, h), 0)
    md = ImageDraw.Draw(mask)
    md.polygon(lid, fill=255)
    md.polygon([(x0 + w * 0.02, y0 - h * 0.3), (x1, y0 - h * 0.3), (x1, y0 - h * 0.045), (x0, y0 - h * 0.045)], fill=0)
    im.paste(plain(w, h, blend(p[2], p[3], 0.45)), mask=mask)
    d = ImageDraw.Draw(im)
    d.line([(w * 0.35, y0 - h * 0.047), (w * 0.66, y0 - h * 0.047)], fill=rgb(p[2] * 0.5), width=int(h * 0.012))
    d.rectangle([x0 - w * 0.03, y0, x1 + w * 0.03, y0 + h * 0.05], fill=rgb(blend(p[2], p[3], 0.3)))
    d.rectangle([x0, y0 + h * 0.05, x1, h * 0.95], fill=rgb(p[2]))
    d.rectangle([x0 + (x1 - x0) * 0.7, y0 + h * 0.05, x1, h * 0.95], fill=rgb(p[2] * 0.72))
    disc(d, w * 0.45, h * 0.77, h * 0.07, p[1])
    return im


def chamber(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw the seats of a council chamber as a half circle of dots."""
    im = plain(w, h, p[0])
    d = ImageDraw.Draw(im)
    x, y = w / 2, h * 0.87
    for row in range(7):
        radius, n = h * (0.27 + 0.088 * row), 13 + 4 * row
        for k in range(n):
            at = k / (n - 1)
            angle = np.pi * (1 - at)
            c = p[1] if at < 0.43 else p[4] if at < 0.55 else p[3] if at < 0.62 else p[2]
            disc(d, x + radius * np.cos(angle), y - radius * np.sin(angle), h * 0.028 * rng.uniform(0.96, 1.04), c)
    d.rounded_rectangle([x - h * 0.13, y - h * 0.09, x + h * 0.13, y + h * 0.03], h * 0.02, fill=rgb(p[2]))
    d.line([(0, y + h * 0.07), (w, y + h * 0.07)], fill=rgb(p[2]), width=6)
    return im


def proof(rng: np.random.Generator, w: int, h: int, p: Palette) -> Image.Image:
    """Draw a page proof with a corrector's marks in the margin."""
    im = plain(w, h, blend(p[0], p[3], 0.28))
    page = Image.new("RGBA", (int(w * 0.74), int(h * 1.2)), (*rgb(blend(p[0], WHITE, 0.6)), 255))
    d = ImageDraw.Draw(page)
    pw, ph = page.size
    d.rectangle([pw * 0.09, ph * 0.07, pw * 0.7, ph * 0.11], fill=rgb(p[2]))
    d.rectangle([pw * 0.09, ph * 0.13, pw * 0.54, ph * 0.16], fill=rgb(p[2]))
    for row in range(17):
        y, x = ph * (0.22 + 0.042 * row), pw * 0.09
        stop = pw * (0.82 if row % 6 != 5 else 0.5)
        while x < stop:
            word = pw * rng.uniform(0.02, 0.085)
            d.rectangle([x, y, min(x + word, stop), y + ph * 0.013], fill=rgb(blend(p[2], p[3], 0.5)))
            x += word + pw * 0.012
    red, t = rgb(p[1]), int(w * 0.004)
    d.line([(pw * 0.3, ph * 0.269), (pw * 0.43, ph * 0.269)], fill=red, width=t * 2)
    d.line([(pw * 0.43, ph * 0.265), (pw * 0.5, ph * 0.235), (pw * 0.89, ph * 0.25)], fill=red, width=t, joint="curve")
    d.ellipse([pw * 0.2, ph * 0.41, pw * 0.36, ph * 0.45], outline=red, width=t)
    d.line([(pw * 0.36, ph * 0.43), (pw * 0.88, ph * 0.42)], fill=red, width=t)
    d.line([(pw * 0.6, ph * 0.6), (pw * 0.62, ph * 0.57), (pw * 0.64, ph * 0.6)], fill=red, width=t)
    for k, y in enumerate((0.25, 0.42, 0.59)):
        d.arc([pw * 0.89, ph * (y - 0.03), pw * 0.95, ph * (y + 0.03)], 40 * k, 250 + 40 * k, fill=red, width=t)
    page = page.rotate(-4, expand=True, resample=Image.Resampling.BICUBIC)
    im.paste(page, (int(w * 0.12), int(h * 0.04)), page)
    return im
