"""What has changed in a report since last time."""

from __future__ import annotations

from dataclasses import dataclass

from broadsheet.wire.decide.reports import Report


@dataclass(frozen=True, kw_only=True)
class Known:
    """A report as it is stored."""

    #: Its title.
    title: str
    #: Its summary.
    summary: str
    #: Its body, safe HTML.
    body_html: str
    #: Its body's words.
    body_text: str
    #: The address of its picture.
    image_url: str
    #: Names of its authors.
    byline: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ItemChange:
    """What a source changed in its report."""

    #: The names of the fields that changed, in the order a reader meets them.
    fields: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.fields)

    @property
    def worth_telling(self) -> bool:
        """Whether words a reader sees have changed, and not markup or a picture alone."""
        return any(field in self.fields for field in ("title", "summary", "body_text"))


def what_changed(known: Known, report: Report) -> ItemChange:
    """Compare a report with what is stored of it. A picture or names that vanish from a feed are kept."""
    changed = [
        name for name in ("title", "summary", "body_html", "body_text") if getattr(known, name) != getattr(report, name)
    ]
    changed += [name for name in ("image_url", "byline") if getattr(report, name) not in ("", (), getattr(known, name))]
    return ItemChange(fields=tuple(changed))
