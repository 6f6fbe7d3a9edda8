"""File a wire item: make an article's draft of it, within its rights."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.files.images import ImageFile
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from wagtail.models import Page

from broadsheet.desk.actions.publish import publish
from broadsheet.desk.decide import draft_of, suggested_slugs
from broadsheet.desk.errors import CannotFile, CannotPublish
from broadsheet.desk.models import Filing
from broadsheet.newsroom.models import Article, Picture, Section
from broadsheet.wire import actions as wire
from broadsheet.wire.errors import WireError
from broadsheet.wire.models import Filing as FilingChoice
from broadsheet.wire.models import Item, Rights

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True, kw_only=True)
class Filed:
    """What filing came to."""

    article: Article
    """The draft, or the article if it was published at once."""
    note: str
    """What could not be done; empty if all went well."""


def file_item(item: Item, section: Section, user: User | None = None, *, picture_later: bool = False) -> Filed:
    """Make a draft of a wire item in a section.

    Args:
        item: a report of the wire.
        section: where the article goes.
        user: who files it; None for a rule.
        picture_later: leave fetching the picture to a job, so that filing many does not wait for the network.
    Returns:
        The draft. An item that was filed before gives the article it became.
    Raises:
        CannotFile: the user may not write in that section, or the item has no headline.
    """
    if not item.title.strip():
        raise CannotFile(f"Item {item.pk} has no headline: open the original and write the article by hand.")
    if user is not None and not section.permissions_for_user(user).can_add_subpage():
        raise CannotFile(f"You may not write in {section.title}: choose another section or ask its editor.")
    known = Filing.objects.filter(item=item).select_related("article").first()
    if known is not None and known.article is not None:
        return Filed(article=known.article, note=known.note)
    picture, note = (None, "") if picture_later else _picture(item)
    try:
        with transaction.atomic():
            Filing.objects.filter(item=item).delete()
            filing = Filing.objects.create(item=item, filed_by=user, note=note)
            filing.article = _draft(item, section, picture, user)
            filing.save(update_fields=["article"])
            wire.mark_filed(item)
    except IntegrityError:  # somebody else filed it in the same moment
        filing = Filing.objects.select_related("article").get(item=item)
    if filing.article is None:
        raise CannotFile(f"Item {item.pk} is being filed by somebody else: reload the queue.")
    if picture_later and item.images_allowed and item.image_url:
        _fetch_picture_later(filing)
    return Filed(article=filing.article, note=note)


def suggested_section(item: Item) -> Section | None:
    """The published section a report suggests; the highest where a slug stands twice."""
    slugs = suggested_slugs(item.section_hint, item.categories)
    found = {section.slug: section for section in Section.objects.live().filter(slug__in=slugs).order_by("-depth")}
    return next((found[slug] for slug in slugs if slug in found), None)


def add_picture(filing: Filing) -> str:
    """Give a draft the picture of its report, if nobody has touched the draft since it was filed.

    Returns:
        What could not be done, which is also noted on the filing; empty if all went well.
    """
    picture, note = _picture(filing.item)
    article = filing.article
    if picture is not None and article is not None:
        note = _illustrate(article, picture)
    Filing.objects.filter(pk=filing.pk).update(note=note)
    return note


def file_by_rule(item: Item) -> Filed | None:
    """File an item as its source's rules say; publishes it where they say so. None if it waits for an editor.

    Raises:
        CannotFile: the rule names a section that does not exist.
    """
    if item.filing == FilingChoice.HOLD:
        return None
    section = suggested_section(item)
    if section is None:
        raise CannotFile(f"Item {item.pk}: there is no section {item.section_hint!r}. Name one at its source or rule.")
    filed = file_item(item, section)
    if item.filing != FilingChoice.PUBLISH or filed.article.live:
        return filed
    try:
        return Filed(article=publish(filed.article), note=filed.note)
    except CannotPublish as error:
        Filing.objects.filter(item=item).update(note=str(error))
        return Filed(article=filed.article, note=str(error))


def _illustrate(article: Article, picture: Picture) -> str:
    with transaction.atomic():
        fresh = Article.objects.select_for_update().get(pk=article.pk)
        if fresh.live or fresh.revisions.count() > 1 or fresh.lead_picture_id:
            return f"The report's picture is in the library as “{picture.title}”: the draft was being edited already."
        fresh.lead_picture = picture
        fresh.save(update_fields=["lead_picture"])
        fresh.save_revision()
    return ""


def _fetch_picture_later(filing: Filing) -> None:
    from broadsheet.desk import tasks

    transaction.on_commit(lambda: tasks.add_picture.enqueue(filing.pk))


def _draft(item: Item, section: Section, picture: Picture | None, user: User | None) -> Article:
    taken = draft_of(title=item.title, summary=item.summary, body_html=item.body_html, rights=item.rights)
    article = Article(
        title=taken.title[:255],
        slug=_free_slug(section, taken.title),
        standfirst=taken.standfirst[:400],
        live=False,
        owner=user,
        lead_picture=picture,
        rights=item.rights,
        pictures_allowed=item.images_allowed,
        embargo_until=item.embargo_until,
        expire_at=item.expires_at,
        source_name=item.source.name[:120],
        source_url=item.url[:1000],
        source_licence=item.licence[:120],
        source_licence_url=item.licence_url[:500],
        source_published_at=item.published_at,
        contributors=_contributors(item),
        canonical_elsewhere=item.rights == Rights.FULL_TEXT,
    )
    article.body = Article._meta.get_field("body").stream_block.to_python(taken.body)
    Section.objects.get(pk=section.pk).add_child(instance=article)
    article.save_revision(user=user)
    return article


def _contributors(item: Item) -> str:
    """Who wrote it, where the source names more than itself."""
    names = [name for name in item.byline if name.strip().lower() != item.source.name.strip().lower()]
    return f"Reporting by {', '.join(names)}"[:300] if names else ""


def _free_slug(section: Section, title: str) -> str:
    wanted = slugify(title)[:80].strip("-") or "report"
    taken = set(Page.objects.child_of(section).filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(slug for slug in [wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))] if slug not in taken)


def _picture(item: Item) -> tuple[Picture | None, str]:
    """The item's picture, if its source allows it; and what went wrong with it."""
    if not (item.images_allowed and item.image_url):
        return None, ""
    known = Picture.objects.filter(source_url=item.image_url[:500]).first()
    if known is not None:
        return known, ""
    try:
        fetched = wire.fetch_picture(item)
    except WireError as error:
        return None, f"The picture could not be taken over: {error}"
    picture = Picture(
        title=item.title[:255],
        description=item.title[:255],
        credit=(item.image_credit or item.source.name)[:200],
        licence=item.licence[:120],
        source_name=item.source.name[:120],
        source_url=item.image_url[:500],
    )
    picture.file = ImageFile(io.BytesIO(fetched.content), name=fetched.name)
    picture.save()
    return picture, ""
