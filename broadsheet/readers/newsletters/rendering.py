"""A letter as HTML and as plain text: rendered once, with marks where each reader's own links go."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any

import mrml
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.dateformat import format as format_date
from django.utils.html import strip_tags
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from broadsheet.newsroom.models import Picture
from broadsheet.newsroom.navigation import navigation
from broadsheet.press.pages.frame import absolute, the_masthead
from broadsheet.readers.newsletters import links
from broadsheet.readers.newsletters.carried import carried
from broadsheet.readers.newsletters.decide import personal
from broadsheet.readers.newsletters.decide.selection import one_line
from broadsheet.readers.newsletters.models import Letter

logger = logging.getLogger("broadsheet.newsletters")

TOKEN = "0-reader-token-0"  # noqa: S105 (stands where a reader's token will)
"""The mark: no subscriber has the number 0, so no token looks like it."""
LARGE, SMALL = "fill-1120x630|format-jpeg|jpegquality-72", "fill-360x240|format-jpeg|jpegquality-72"


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """A letter for everybody."""

    subject: str
    """One line."""
    html: str
    """With TOKEN where a reader's token goes."""
    text: str
    """The same in plain text."""
    links: list[str] = field(default_factory=list)
    """The counted links, by their numbers."""


def render(letter: Letter, *, counted: bool = True) -> Rendered:
    """Render a letter.

    Args:
        letter: saved, with its articles; its web address must be known if it is to be sent.
        counted: links lead over the count of clicks; an editor's preview counts nothing.
    """
    newsletter = letter.newsletter
    subject = one_line(letter.subject or newsletter.name, 150)
    items, urls = [], []
    for number, card in enumerate(carried(letter, navigation())):
        url = absolute(card.url)
        urls.append(url)
        large = number == 0 and not newsletter.is_personal
        picture = _picture(card.picture, LARGE if large else SMALL)
        items.append(
            {
                "headline": one_line(card.headline, 300),
                "standfirst": one_line(card.standfirst, 500),
                "label": one_line(card.label, 60),
                "url": links.absolute("newsletters-go", links.click_token(letter.pk, number)) if counted else url,
                "picture": picture,
                "large": large,
                "mark": personal.mark(number) if newsletter.is_personal else "",
                "alt": card.picture.description if picture and card.picture else "",
            }
        )
    context: dict[str, Any] = {
        "subject": subject,
        "preheader": one_line(letter.preheader, 200),
        "introduction": letter.introduction,
        "introduction_text": _plain(letter.introduction),
        "items": items,
        "name": newsletter.name,
        "imprint": newsletter.imprint,
        "date": format_date(timezone.localtime(letter.due_at or timezone.now()), "j F Y"),
        "leave": links.absolute("newsletters-leave", TOKEN, newsletter.slug),
        "preferences": links.absolute("newsletters-me", TOKEN),
        "end": personal.END if newsletter.is_personal else "",
        "web": "" if newsletter.is_personal else _web_address(letter),
    }
    html, text = both("letter", context)
    return Rendered(subject=subject, html=html, text=text, links=urls)


def _web_address(letter: Letter) -> str:
    return settings.BASE_URL + (letter.get_absolute_url() or letter.newsletter.get_absolute_url())


def both(name: str, context: dict[str, Any]) -> tuple[str, str]:
    """A mail's HTML and its plain twin, from the templates ``name.mjml`` and ``name.txt``."""
    whole = {
        "paper": one_line(the_masthead().name, 80),
        "base_url": settings.BASE_URL,
        "language": translation.get_language() or settings.LANGUAGE_CODE,
        **context,
    }
    made = mrml.to_html(render_to_string(f"readers/newsletters/{name}.mjml", whole))
    html = made.content.replace("<head>", '<head><meta name="color-scheme" content="light dark">', 1)
    return html, render_to_string(f"readers/newsletters/{name}.txt", whole).strip() + "\n"


def _picture(picture: Picture | None, size: str) -> str:
    """A picture's address in a size and format that every mail program shows; empty if its file is gone."""
    if picture is None:
        return ""
    try:
        return absolute(picture.get_rendition(size).url)
    except (SourceImageIOError, InvalidFilterSpecError) as error:
        logger.warning("Picture %s is left out of a letter: %s", picture.pk, error)
        return ""


def _plain(rich: str) -> str:
    paragraphs = rich.replace("</p>", "</p>\n\n").replace("<br/>", "\n")
    return "\n".join(line.strip() for line in strip_tags(paragraphs).strip().splitlines())
