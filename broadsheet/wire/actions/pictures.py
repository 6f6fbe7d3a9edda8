"""Fetching an item's picture when the desk files it: the bytes are never trusted, the picture is drawn anew."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from broadsheet.wire.errors import BadPicture, NotPermitted
from broadsheet.wire.fetching import FetchRequest, Purpose, fetch
from broadsheet.wire.models import Item

#: Pixels a picture may have; more is a bomb or a poster.
MOST_PIXELS = 50_000_000
#: The longest side of what is kept.
LONGEST_SIDE = 2_560
#: Pictures smaller than this a side are icons.
SMALLEST_SIDE = 100
_MOST_BYTES = 10 * 1024 * 1024
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")


@dataclass(frozen=True, kw_only=True)
class FetchedPicture:
    """A picture that may be published: drawn anew, without metadata."""

    #: Where it came from.
    url: str
    #: A file name with the right ending.
    name: str
    #: The bytes, JPEG, or PNG where it has transparency.
    content: bytes
    #: Pixels.
    width: int
    #: Pixels.
    height: int
    #: To whom it is credited, as its source said, or the source's name.
    credit: str


def fetch_picture(item: Item) -> FetchedPicture:
    """Fetch the picture of an item.

    Raises: NotPermitted when the source's rights leave pictures out or there is none; FetchError; BadPicture.
    """
    if not item.images_allowed:
        raise NotPermitted(item.pk, "its source does not allow its pictures to be published")
    if not item.image_url:
        raise NotPermitted(item.pk, "it has no picture")
    fetched = fetch(FetchRequest(url=item.image_url, purpose=Purpose.PICTURE, max_bytes=_MOST_BYTES))
    picture = redrawn(fetched.body, item.image_url)
    kind = "PNG" if picture.mode == "RGBA" else "JPEG"
    written = io.BytesIO()
    picture.save(written, kind, quality=88, optimize=True)
    return FetchedPicture(
        url=item.image_url,
        name=f"wire-{item.pk}.{'png' if kind == 'PNG' else 'jpg'}",
        content=written.getvalue(),
        width=picture.width,
        height=picture.height,
        credit=item.image_credit or item.source.name,
    )


def redrawn(content: bytes, url: str) -> Image.Image:
    """The first frame of a picture, upright, in RGB or RGBA, without metadata and no larger than needed.

    Raises: BadPicture when the bytes are no picture of a kind we accept, or too many or too few pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
                _check_size(opened, url)
                opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                upright = ImageOps.exif_transpose(opened)
                upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                mode = "RGBA" if upright.has_transparency_data else "RGB"
                bare = Image.new(mode, upright.size)
                bare.paste(upright.convert(mode))
                return bare
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadPicture(url, "it is no JPEG, PNG, WebP, AVIF or GIF picture of a sensible size") from error
    except (OSError, ValueError, SyntaxError, MemoryError, EOFError, IndexError) as error:
        raise BadPicture(url, f"it is damaged ({error})") from error


def _check_size(picture: Image.Image, url: str) -> None:
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise BadPicture(url, f"{width} x {height} is more than {MOST_PIXELS:,} pixels")
    if min(width, height) < SMALLEST_SIDE:
        raise BadPicture(url, f"{width} x {height} is too small")
