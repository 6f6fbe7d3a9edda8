"""Pictures as markup: AVIF for most browsers, WebP in coarser steps for older ones, JPEG for the rest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.images.models import Filter

WIDTHS = (240, 400, 640, 960, 1280, 1600)
WEBP_WIDTHS = (400, 960)
FALLBACK_WIDTH = 640
CENTRE = "50% 50%"


@dataclass(frozen=True, kw_only=True)
class PictureUse:
    """How a picture stands on a page."""

    sizes: str
    """The ``sizes`` attribute: how wide it is shown."""
    alt: str
    """Alt text; empty where the text beside it says it all."""
    css_class: str = ""
    """Class of the img element."""
    ratio: str = ""
    """Shape the layout crops to, as "3/2"; empty shows the whole picture."""
    eager: bool = False
    """Loaded first of all, not when scrolled to."""
    upto: int = 1280
    """The widest file that is of any use here."""


def spec(width: int, file_format: str) -> str:
    """Wagtail's name for a picture in one width and format."""
    return f"width-{width}|format-{file_format}"


def widths_for(original: int, upto: int) -> list[int]:
    """The widths to offer: never wider than the original; the original's own if all are."""
    return [width for width in WIDTHS if width <= min(original, upto)] or [original]


def specs_for(original: int, upto: int) -> dict[str, list[str]]:
    """The files needed, by format."""
    widths = widths_for(original, upto)
    coarse = [width for width in widths if width in WEBP_WIDTHS] or widths[-1:]
    fallback = max((width for width in widths if width <= FALLBACK_WIDTH), default=widths[0])
    return {
        "avif": [spec(width, "avif") for width in widths],
        "webp": [spec(width, "webp") for width in coarse],
        "jpeg": [spec(fallback, "jpeg")],
    }


def render(image: Any, use: PictureUse) -> SafeString:
    """A picture element; needs one query at most, none if the renditions came with the picture."""
    wanted = specs_for(image.width, use.upto)
    made = image.get_renditions(*(_filter(name) for names in wanted.values() for name in names))
    sources = format_html_join(
        "",
        '<source type="image/{}" srcset="{}" sizes="{}">',
        ((kind, _srcset(wanted[kind], made), use.sizes) for kind in ("avif", "webp")),
    )
    return format_html("<picture>{}{}</picture>", sources, _img(image, made[wanted["jpeg"][0]].url, use))


@lru_cache(maxsize=64)
def _filter(name: str) -> Filter:
    """A file's filter, whose name is read once: reading it took a tenth of a page with twenty pictures."""
    return Filter(spec=name)


def _srcset(specs: list[str], made: dict[str, Any]) -> str:
    return ", ".join(f"{made[name].url} {made[name].width}w" for name in specs)


def _img(image: Any, url: str, use: PictureUse) -> SafeString:
    width, height = _shape(image, use)
    attributes: dict[str, object] = {"src": url, "width": width, "height": height, "alt": use.alt}
    if use.eager:
        attributes["fetchpriority"] = "high"
    else:
        attributes |= {"loading": "lazy", "decoding": "async"}
    if use.css_class:
        attributes["class"] = use.css_class
    if use.ratio and image.object_position != CENTRE:
        attributes["style"] = f"object-position:{image.object_position}"
    return format_html("<img {}>", format_html_join(" ", '{}="{}"', attributes.items()))


def _shape(image: Any, use: PictureUse) -> tuple[int, int]:
    width = widths_for(image.width, use.upto)[-1]
    if use.ratio:
        across, _, down = use.ratio.partition("/")
        return width, round(width * int(down) / int(across))
    return width, round(width * image.height / image.width)
