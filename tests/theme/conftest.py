"""Pictures to render."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.images import ImageFile
from PIL import Image


@pytest.fixture
def make_picture(db: None, settings: Any, tmp_path: Path) -> Callable[..., Any]:
    """Make a picture of a given size."""
    settings.MEDIA_ROOT = str(tmp_path)
    cache.clear()  # renditions are cached by the picture's id, which the next test uses again

    def make(width: int = 1000, height: int = 600, **fields: Any) -> Any:
        from broadsheet.newsroom.models import Picture

        file = BytesIO()
        Image.new("RGB", (width, height), "#345").save(file, "JPEG")
        file.seek(0)
        values = {"title": "sea", "description": "A grey sea", "credit": "Drawing: us", **fields}
        return Picture.objects.create(file=ImageFile(file, name="sea.jpg"), **values)

    return make
