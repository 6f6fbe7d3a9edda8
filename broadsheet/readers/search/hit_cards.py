"""Articles as hits show them, read as plain values: as objects, twenty articles with their pictures' files took as long
as the search that found them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from broadsheet.newsroom import decide
from broadsheet.newsroom.models import Article, Byline, Picture, Rendition
from broadsheet.newsroom.navigation import MenuItem, Navigation
from broadsheet.press.pages.cards import kicker_of, palette_of, path_of
from broadsheet.theme.pictures import WIDTHS, spec

WIDEST = 640
"""The widest file of a picture that a hit offers."""
OFFERED = [spec(width, kind) for width in WIDTHS if width <= WIDEST for kind in ("avif", "webp", "jpeg")]
ARTICLE_FIELDS = (
    "pk", "title", "slug", "path", "label", "format", "breaking", "published_at", "lead_picture", "lead_picture__width",
    "lead_picture__height", "lead_picture__focal_point_x", "lead_picture__focal_point_y",
)  # fmt: skip
FILE_FIELDS = ("image", "filter_spec", "file", "width")


@dataclass(frozen=True, kw_only=True)
class HitFile:
    """One file of a picture."""

    url: str
    """Where it is."""
    width: int
    """In pixels."""


@dataclass(frozen=True, kw_only=True)
class HitPicture:
    """A picture, as much of it as the tag ``picture`` needs."""

    pk: int
    """The picture's id."""
    width: int
    """Of the original, in pixels."""
    height: int
    """Of the original, in pixels."""
    object_position: str
    """Which part of it a layout keeps."""
    files: Mapping[str, HitFile]
    """Those of OFFERED that there are, by their specs."""
    default_alt_text: str = ""
    """Beside a headline a picture says nothing more."""

    def get_renditions(self, *filters: Any) -> dict[str, Any]:
        """Files by their specs; what is missing is made."""
        if all(wanted.spec in self.files for wanted in filters):
            return {wanted.spec: self.files[wanted.spec] for wanted in filters}
        return Picture.objects.get(pk=self.pk).get_renditions(*filters)


@dataclass(frozen=True, kw_only=True)
class HitCard:
    """An article as a hit shows it: what the theme's partial ``hit.html`` has."""

    headline: str
    """The headline."""
    url: str
    """The article's path."""
    label: str
    """The kicker; the section's name where the article has none."""
    palette: str
    """The colour of its section."""
    is_breaking: bool
    """Whether it is breaking news now."""
    is_live: bool
    """Whether it is a live blog."""
    published_at: datetime | None
    """When it was published."""
    picture: HitPicture | None
    """The lead picture."""
    authors: Sequence[Mapping[str, str]]
    """Who wrote it, each with a ``name``."""


def hit_cards(ids: Iterable[int], menu: Navigation) -> dict[int, HitCard]:
    """Articles that are published, by id, in three queries."""
    found = Article.objects.filter(pk__in=list(ids), live=True).order_by()
    rows = list(found.values_list(*ARTICLE_FIELDS, named=True))
    files = _files({row.lead_picture for row in rows if row.lead_picture})
    names = _names([row.pk for row in rows])
    return {row.pk: _card(row, menu.section_of(row.path), files, names[row.pk]) for row in rows}


def _card(
    row: Any, section: MenuItem | None, files: Mapping[int, Mapping[str, HitFile]], names: list[Mapping[str, str]]
) -> HitCard:
    breaks_until = decide.breaks_until(breaking=row.breaking, published_at=row.published_at)
    return HitCard(
        headline=row.title,
        url=path_of(row.slug, section),
        label=kicker_of(row.label, section),
        palette=palette_of(row.format, section),
        is_breaking=breaks_until is not None and breaks_until > timezone.now(),
        is_live=row.format == Article.Format.LIVE,
        published_at=row.published_at,
        picture=_picture(row, files.get(row.lead_picture, {})) if row.lead_picture else None,
        authors=names,
    )


def _picture(row: Any, files: Mapping[str, HitFile]) -> HitPicture:
    size = {"width": row.lead_picture__width, "height": row.lead_picture__height}
    focus = (row.lead_picture__focal_point_x, row.lead_picture__focal_point_y)
    position = decide.object_position(focus=focus, **size)
    return HitPicture(pk=row.lead_picture, object_position=position, files=files, **size)


def _files(pictures: set[int]) -> dict[int, dict[str, HitFile]]:
    """The files of pictures, by their specs; those of a narrow one have its own width."""
    small = Q(filter_spec__in=OFFERED) | Q(width__lt=WIDTHS[0])
    rows = Rendition.objects.filter(small, image__in=pictures, focal_point_key="").values_list(*FILE_FIELDS)
    storage = Rendition._meta.get_field("file").storage
    found: dict[int, dict[str, HitFile]] = defaultdict(dict)
    for picture, name, file, width in rows:
        found[picture][name] = HitFile(url=storage.url(file), width=width)
    return found


def _names(ids: list[int]) -> dict[int, list[Mapping[str, str]]]:
    """Authors by article, in their order."""
    found: dict[int, list[Mapping[str, str]]] = defaultdict(list)
    rows = Byline.objects.filter(article__in=ids).order_by("sort_order", "pk")
    for article, name in rows.values_list("article", "person__name"):
        found[article].append({"name": name})
    return found
