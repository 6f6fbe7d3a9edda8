"""The theme's files as they are served: scripts without their comments and indentation, a fifth less to load."""

from __future__ import annotations

import re
from typing import Any

import brotli
from django.core.files.base import ContentFile
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

FOLDER = "theme/"
LARGE = 50_000
"""Bytes from which a file is packed at once rather than best. Readers load none so large; the desk's scripts are."""
_LINE = re.compile(r"^\s*(?://.*|/\*\*.*\*/)$", re.MULTILINE)
_BEHIND = re.compile(r"[ \t]+// [^'\"`\n]*$", re.MULTILINE)
_WITHIN = re.compile(r"/\* [^'\"`*\n]* \*/")
_INDENTED = re.compile(r"\n\s+")


class Packer(Compressor):
    """Packs each file beside itself. Of a large one, Brotli's last twelfth takes ten times as long as the rest."""

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        return bytes(brotli.compress(data, quality=9 if len(data) >= LARGE else 11))


class Files(CompressedManifestStaticFilesStorage):
    """Where a site's static files are collected."""

    def file_hash(self, name: str | None, content: Any = None) -> str:
        """By which a file's address changes: of what is served. The list of all files has no name."""
        return super().file_hash(name, _served(name, content) if name and content else content)

    def create_compressor(self, **options: Any) -> Packer:
        """What packs them."""
        return Packer(**options)

    def _save(self, name: str, content: Any) -> Any:
        return super()._save(name, _served(name, content))


def _served(name: str, content: Any) -> Any:
    if not (name.startswith(FOLDER) and name.endswith(".js")):
        return content
    return ContentFile(small(b"".join(content.chunks()).decode()).encode())


def small(script: str) -> str:
    """A script of the theme without comments and indentation.

    It reads what the theme's scripts are written in and no more: a comment has a line of its own, or stands behind a
    statement or in a block without quotes in it; no text goes over several lines that would miss its indentation.
    """
    script = _WITHIN.sub("", _BEHIND.sub("", _LINE.sub("", script)))
    return _INDENTED.sub("\n", script).strip() + "\n"
