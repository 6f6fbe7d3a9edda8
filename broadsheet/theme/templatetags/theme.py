"""What the theme's templates format with. Nothing here reads anything but the values it is given."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.template import Context
from django.template.exceptions import TemplateDoesNotExist
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from broadsheet.theme import assets, charts, icons, leads, pictures, players

logger = logging.getLogger("broadsheet.theme")
register = template.Library()

MOMENT, HOUR = "j F Y, H:i", "H:i"
PLAIN = {"paragraph", "heading", "list", "quotation", "pull_quote", "figure", "map", "gallery", "embed"}
"""Blocks of a body that the styles for all articles are enough for; any other needs the part ``blocks``."""


@register.simple_tag
def inline_css(*parts: str) -> SafeString:
    """The named parts of the styles, each in an element of its own, as the policy's hashes know them."""
    return mark_safe("".join(f"<style>{assets.inline_css(part)}</style>" for part in parts))  # noqa: S308


@register.simple_tag
def inline_script() -> SafeString:
    """The script that takes the saved theme before the first paint."""
    return mark_safe(f"<script>{assets.inline_script()}</script>")  # noqa: S308


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon."""
    return mark_safe(icons.icon(name))  # noqa: S308


@register.simple_tag
def picture(
    image: Any,
    sizes: str = "100vw",
    alt: str | None = None,
    ratio: str = "",
    eager: bool = False,
    upto: int = 1280,
    **attributes: str,
) -> SafeString:
    """A picture in all sizes a reader may need; nothing if its file is gone.

    Args:
        image: the picture; None renders nothing.
        sizes: how wide it is shown, as in the ``sizes`` attribute.
        alt: instead of the picture's own alt text; "" where the text beside it says it all.
        ratio: shape the layout crops to, as "3/2".
        eager: for the one picture that is seen first.
        upto: the widest file that is of use.
        attributes: ``class`` of the img element.
    """
    if not image:
        return SafeString("")
    use = pictures.PictureUse(
        sizes=sizes,
        alt=image.default_alt_text if alt is None else alt,
        css_class=attributes.get("class", ""),
        ratio=ratio,
        eager=eager,
        upto=upto,
    )
    try:
        return pictures.render(image, use)
    except (SourceImageIOError, InvalidFilterSpecError) as error:
        logger.warning("Picture %s is left out: %s", image.pk, error)
        return SafeString("")


@register.simple_tag
def rendition(image: Any, width: int = 1280, file_format: str = "jpeg") -> Any:
    """One file of a picture with its url, width and height; None if there is none."""
    try:
        return image.get_rendition(pictures.spec(width, file_format)) if image else None
    except SourceImageIOError as error:
        logger.warning("Picture %s is left out: %s", image.pk, error)
        return None


@register.simple_tag
def moment(when: datetime | None, form: str = MOMENT, rel: bool = False, after: datetime | None = None) -> SafeString:
    """A time element: "23 November 2026, 10:14".

    Args:
        when: the moment; None renders nothing.
        form: as in Django's date filter.
        rel: a fresh one may be told by its age.
        after: a moment told just before; on the same day the hour is enough.
    """
    if when is None:
        return SafeString("")
    local = timezone.localtime(when)
    if after and timezone.localtime(after).date() == local.date():
        form = HOUR
    fresh, told = " data-rel" if rel else "", escape(format_date(local, form))
    return mark_safe(f'<time datetime="{local.isoformat(timespec="seconds")}"{fresh}>{told}</time>')  # noqa: S308


@register.filter
def iso(when: datetime | None) -> str:
    """A moment as ISO 8601 with its offset."""
    return timezone.localtime(when).isoformat(timespec="seconds") if when else ""


@register.filter
def service_name(service: str) -> str:
    """A service's name as readers know it."""
    return icons.service_name(service)


@register.filter
def player_url(url: str) -> str:
    """What may be framed for an address; empty if nothing."""
    return players.player_url(url)


@register.filter
def has_blocks(body: Iterable[Any]) -> bool:
    """Whether a body needs the styles of what not every article has."""
    return any(block.block_type not in PLAIN for block in body)


@register.filter
def lead_of(cards: Sequence[Any]) -> leads.Lead | None:
    """The places of a lead's cards."""
    return leads.lead_of(cards)


@register.simple_tag
def chart(value: Any) -> SafeString:
    """A chart block's drawing, its legend and its data as a table."""
    drawn = charts.Chart(
        kind=value["kind"],
        labels=[str(label) for label in value["labels"]],
        series=[
            charts.Series(name=row["name"], values=[float(number) for number in row["values"]])
            for row in value["series"]
        ],
        unit=value.get("unit") or "",
        summary=value.get("summary") or value["title"],
    )
    return mark_safe(charts.draw(drawn))  # noqa: S308 (charts escapes every text)


@register.simple_tag(takes_context=True)
def include_if_there(context: Context, name: str) -> SafeString:
    """Another room's template with this page's context; nothing if the room is not installed."""
    engine = context.template.engine if context.template else template.Engine.get_default()
    try:
        found = engine.get_template(name)
    except TemplateDoesNotExist:
        return SafeString("")
    with context.push():
        return found.render(context)
