"""Pictures of items, fetched when the desk files them."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from broadsheet.wire.actions import fetch_picture
from broadsheet.wire.errors import BadPicture, NotPermitted
from broadsheet.wire.models import Item
from tests.wire.conftest import Answer, Site


def picture(kind: str = "JPEG", size: tuple[int, int] = (300, 200), **options: Any) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "navy").save(written, kind, **options)
    return written.getvalue()


def serve(site: Site, make_item: Callable[..., Item], body: bytes, **fields: Any) -> Item:
    site.pages["/p.jpg"] = Answer(body, type="image/jpeg")
    return make_item(**{"image_url": f"{site.url}/p.jpg", "images_allowed": True, **fields})


def test_a_picture_is_drawn_anew_without_metadata(site: Site, make_item: Callable[..., Item]) -> None:
    exif = Image.Exif()
    exif[0x010E] = "a secret place"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    found = fetch_picture(serve(site, make_item, picture(exif=exif.tobytes()), image_credit="R. Lind"))

    drawn = Image.open(io.BytesIO(found.content))
    assert (found.width, found.height, found.credit) == (200, 300, "R. Lind")
    assert drawn.format == "JPEG" and not drawn.getexif() and b"secret" not in found.content


def test_a_large_picture_is_made_smaller(site: Site, make_item: Callable[..., Item]) -> None:
    found = fetch_picture(serve(site, make_item, picture(size=(4_000, 1_000))))
    assert (found.width, found.height) == (2_560, 640)


def _bomb() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1_000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "body",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html>", _bomb(), picture()[:200], picture(size=(20, 20))],
)
def test_what_is_no_picture_is_refused(site: Site, make_item: Callable[..., Item], body: bytes) -> None:
    with pytest.raises(BadPicture):
        fetch_picture(serve(site, make_item, body))


def test_the_rights_come_first(site: Site, make_item: Callable[..., Item]) -> None:
    with pytest.raises(NotPermitted):
        fetch_picture(serve(site, make_item, picture(), images_allowed=False))
    with pytest.raises(NotPermitted):
        fetch_picture(make_item(images_allowed=True))
    assert site.asked == []
