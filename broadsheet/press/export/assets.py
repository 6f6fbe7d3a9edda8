"""Files that pages load: styles, scripts, fonts, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

from django.conf import settings
from wagtail.documents.models import Document

from broadsheet.press.export.links import SAFE_PATH

DOCUMENTS = "/documents/"
_DOCUMENT = re.compile(r"^/documents/(\d+)/([^/]+)$")


def is_asset(path: str) -> bool:
    """Whether an address is that of a file, not of a page."""
    return path.startswith((settings.STATIC_URL, settings.MEDIA_URL, DOCUMENTS))


def source_of(path: str) -> Path | None:
    """The file on this machine behind an address; None if there is none, or if not everybody may read it."""
    if path.startswith(DOCUMENTS):
        return _document(path)
    for prefix, root in ((settings.STATIC_URL, settings.STATIC_ROOT), (settings.MEDIA_URL, settings.MEDIA_ROOT)):
        if path.startswith(prefix):
            base = Path(root).resolve()
            found = (base / unquote(path.removeprefix(prefix))).resolve()
            return found if found.is_relative_to(base) and found.is_file() else None
    return None


def _document(path: str) -> Path | None:
    found = _DOCUMENT.match(path)
    document = Document.objects.filter(pk=found[1]).first() if found else None
    if document is None or document.filename != unquote(found[2] if found else ""):
        return None
    if document.collection.get_view_restrictions().exists():
        return None
    source = Path(document.file.path)
    return source if source.is_file() else None


def always() -> Iterator[str]:
    """The theme's files, whether a page names them or a style or script of the theme."""
    yield from _below(Path(settings.STATIC_ROOT), "theme", settings.STATIC_URL)


def all_media() -> Iterator[str]:
    """Every uploaded file with its originals."""
    yield from _below(Path(settings.MEDIA_ROOT), "", settings.MEDIA_URL)


def _below(root: Path, part: str, prefix: str) -> Iterator[str]:
    for path in sorted((root / part).rglob("*")):
        if path.is_file() and not any(piece.startswith(".") for piece in path.relative_to(root).parts):
            yield prefix + quote(path.relative_to(root).as_posix(), safe=SAFE_PATH)
