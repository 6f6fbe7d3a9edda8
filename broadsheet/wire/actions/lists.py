"""Lists of feeds, in and out."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.text import slugify

from broadsheet.wire.formats import opml
from broadsheet.wire.models import Source


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """What an OPML import did."""

    #: Sources that are new.
    added: int
    #: Feeds that were known already and stayed as they were.
    known: int


def import_opml(document: bytes, name: str = "the file") -> ImportReport:
    """Take on every feed of an OPML document, headline rights only, its outermost group as section.

    Args: document, its bytes; name of the file, for messages.
    Raises: ParseError when it is no OPML.
    """
    outlines = opml.read(document, name)
    known = set(Source.objects.values_list("url", flat=True))
    new = [
        Source(
            name=outline.name or urlsplit(outline.url).netloc,
            url=outline.url,
            site_url=outline.site_url,
            section_hint=slugify(outline.groups[0])[:100] if outline.groups else "",
        )
        for outline in outlines
        if outline.url not in known
    ]
    Source.objects.bulk_create(new, batch_size=500)
    return ImportReport(added=len(new), known=len(outlines) - len(new))


def export_opml(title: str = "Sources") -> bytes:
    """Every source as an OPML 2.0 document, grouped by section."""
    return opml.write(
        (
            opml.Outline(
                url=source.url,
                name=source.name,
                site_url=source.site_url,
                groups=(source.section_hint,) if source.section_hint else (),
            )
            for source in Source.objects.order_by("section_hint", "name", "id").iterator(chunk_size=500)
        ),
        title,
    )
