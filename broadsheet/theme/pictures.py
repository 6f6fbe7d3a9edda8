"""Pictures as markup: AVIF for most browsers, WebP in coarser steps for older ones, JPEG for the rest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape  # Django's own looks for lazy texts first, which takes longer than the escaping
from typing import Any

from django.utils.safestring import SafeString, mark_safe
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


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The files that a picture is offered in."""

    avif: tuple[Filter, ...]
    """For most browsers."""
    webp: tuple[Filter, ...]
    """For older ones."""
    jpeg: Filter
    """For the rest."""

    @property
    def filters(self) -> tuple[Filter, ...]:
        """All of them."""
        return (*self.avif, *self.webp, self.jpeg)


@lru_cache(maxsize=1024)
def wanted_for(original: int, upto: int) -> Wanted:
    """The files needed. Kept, as reading their names took a tenth of a page with twenty pictures.

    Args:
        original: the picture's own width.
        upto: the widest that is of any use.
    """
    widths = widths_for(original, upto)
    coarse = [width for width in widths if width in WEBP_WIDTHS] or widths[-1:]
    fallback = max((width for width in widths if width <= FALLBACK_WIDTH), default=widths[0])
    return Wanted(
        avif=tuple(Filter(spec=spec(width, "avif")) for width in widths),
        webp=tuple(Filter(spec=spec(width, "webp")) for width in coarse),
        jpeg=Filter(spec=spec(fallback, "jpeg")),
    )


def render(image: Any, use: PictureUse) -> SafeString:
    """A picture element; needs one query at most, none if the renditions came with the picture."""
    wanted = wanted_for(image.width, use.upto)
    made = image.get_renditions(*wanted.filters)
    sizes = f'sizes="{escape(use.sizes)}"'
    return mark_safe(  # noqa: S308 (every value is escaped)
        f'<picture><source type="image/avif" srcset="{_srcset(wanted.avif, made)}" {sizes}>'
        f'<source type="image/webp" srcset="{_srcset(wanted.webp, made)}" {sizes}>'
        f"<img {_attributes(image, made[wanted.jpeg.spec].url, use)}></picture>"
    )


def _srcset(filters: tuple[Filter, ...], made: dict[str, Any]) -> str:
    return escape(", ".join(f"{made[wanted.spec].url} {made[wanted.spec].width}w" for wanted in filters))


def _attributes(image: Any, url: str, use: PictureUse) -> str:
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
    return " ".join(f'{name}="{escape(str(value))}"' for name, value in attributes.items())


def _shape(image: Any, use: PictureUse) -> tuple[int, int]:
    width = widths_for(image.width, use.upto)[-1]
    if use.ratio:
        across, _, down = use.ratio.partition("/")
        return width, round(width * int(down) / int(across))
    return width, round(width * image.height / image.width)
