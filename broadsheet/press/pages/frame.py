"""The frame around every page: paper, menu, breadcrumb, addresses, what the head says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from broadsheet.newsroom.models import Paper, Picture
from broadsheet.newsroom.navigation import MenuItem, Navigation, navigation
from broadsheet.press import recorder
from broadsheet.press.boxes.baking import Shelf
from broadsheet.press.surrogate_keys import facet_key, key_of


@dataclass(frozen=True, kw_only=True)
class FeedLink:
    """A feed that the page offers."""

    title: str
    """What it carries."""
    url: str
    """Its whole address."""
    type: str
    """Its media type."""


@dataclass(frozen=True, kw_only=True)
class FooterLink:
    """A link in the footer."""

    label: str
    """Its text."""
    url: str
    """Its address."""


@dataclass(frozen=True, kw_only=True)
class FooterMenu:
    """A column of the footer."""

    title: str
    """Its heading."""
    links: list[FooterLink]
    """Its links."""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What every page has around its content."""

    paper: PaperShown
    """The paper's settings."""
    navigation: Navigation
    """The menu."""
    footer: list[FooterMenu]
    """The footer's columns."""
    title: str
    """For the title element."""
    description: str
    """For search engines."""
    path: str
    """The page's path."""
    canonical: str
    """The address search engines should keep, whole."""
    base_url: str
    """The paper's address without a slash."""
    trail: list[MenuItem] = field(default_factory=list)
    """The sections above the page, from the top; empty outside sections."""
    feeds: list[FeedLink] = field(default_factory=list)
    """Feeds, the page's own first."""
    structured_data: list[str] = field(default_factory=list)
    """JSON-LD documents, safe to stand in a script element."""
    social_title: str = ""
    """For Open Graph."""
    social_type: str = "website"
    """Open Graph's type."""
    picture: Picture | None = None
    """For Open Graph."""
    robots: str = "max-image-preview:large"
    """For the robots meta element."""
    year: int = 0
    """Of the copyright line."""
    published_at: datetime | None = None
    """For Open Graph, on articles."""
    updated_at: datetime | None = None
    """For Open Graph, on articles."""
    boxes: Shelf = field(default_factory=Shelf)
    """The live boxes, by name."""

    @property
    def current(self) -> MenuItem | None:
        """The top-level section the page belongs to."""
        return self.trail[0] if self.trail else None

    @property
    def section(self) -> MenuItem | None:
        """The nearest section the page belongs to."""
        return self.trail[-1] if self.trail else None

    @property
    def palette(self) -> str:
        """The colour of the page's section; the paper's own outside sections."""
        return self.section.palette if self.section else "news"


def absolute(path: str) -> str:
    """A path as a whole address."""
    return path if path.startswith(("http://", "https://")) else settings.BASE_URL + path


class PaperShown:
    """The paper's settings; each that a page asks for is recorded, so that a new tagline touches what shows it."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper

    def __getattr__(self, name: str) -> Any:
        recorder.shows(facet_key(key_of(self._paper), name))
        return getattr(self._paper, name)


def the_paper() -> PaperShown:
    """The paper's settings."""
    with recorder.unseen():
        site = Site.objects.filter(is_default_site=True).first()
        return PaperShown(Paper.for_site(site) if site else Paper())


def the_masthead() -> Paper:
    """The paper's name, tagline and copyright line: what a feed shows of it."""
    site = Site.objects.filter(is_default_site=True).values("pk")
    found = Paper.objects.filter(site_id__in=site).only("name", "tagline", "copyright", "site").first()
    return found or Paper()


def changes_with_the_year() -> int:
    """The year of the copyright line; whatever shows it changes by itself at midnight of New Year's Eve."""
    today = timezone.localdate()
    if record := recorder.current():
        next_year = datetime(today.year + 1, 1, 1, tzinfo=timezone.get_current_timezone())
        record.until(next_year)
    return today.year


def feed_links(title: str, base: str) -> list[FeedLink]:
    """The three feeds of a page that has some. ``base`` is the path the file names are added to."""
    return [
        FeedLink(title=f"{title} ({name})", url=absolute(f"{base}feed/{file}"), type=kind)
        for name, file, kind in (
            ("RSS", "rss.xml", "application/rss+xml"),
            ("Atom", "atom.xml", "application/atom+xml"),
            ("JSON", "feed.json", "application/feed+json"),
        )
    ]


def frame(
    *,
    title: str,
    path: str,
    description: str = "",
    tree_path: str = "",
    own_feeds: list[FeedLink] | None = None,
    **more: object,
) -> Frame:
    """Build a page's frame.

    Args:
        title: what the page is called; the paper's name is added.
        path: the page's path.
        description: for search engines; the paper's tagline when empty.
        tree_path: place in the page tree, for the breadcrumb; empty outside sections.
        own_feeds: feeds of this page; the whole paper's come after them.
        more: further fields of Frame.
    """
    paper, menu = the_paper(), navigation()
    home = reverse("home")
    values: dict[str, object] = {
        "canonical": absolute(path),
        "social_title": title or paper.name,
        "year": changes_with_the_year(),
        **more,
    }
    return Frame(
        paper=paper,
        navigation=menu,
        footer=footer(paper),
        title=f"{title} | {paper.name}" if title else _whole_name(paper),
        description=description or paper.tagline,
        path=path,
        base_url=settings.BASE_URL,
        trail=menu.trail(tree_path) if tree_path else [],
        feeds=[*(own_feeds or []), *feed_links(paper.name, home)],
        **values,  # type: ignore[arg-type]  # names and types are Frame's own, given by our callers
    )


def _whole_name(paper: PaperShown) -> str:
    return f"{paper.name}: {paper.tagline}" if paper.tagline else str(paper.name)


def footer(paper: PaperShown) -> list[FooterMenu]:
    """The footer's columns with their addresses."""
    columns = []
    for block in paper.footer:
        links = [
            FooterLink(label=link["label"], url=link["page"].get_url() if link["page"] else link["address"] or "/")
            for link in block.value["links"]
        ]
        columns.append(FooterMenu(title=block.value["title"], links=links))
    return columns
