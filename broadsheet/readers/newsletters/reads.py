"""What readers' pages show of the letters; each reading is announced, so that the press knows what to print again."""

from __future__ import annotations

from broadsheet.newsroom.models import ListKind
from broadsheet.newsroom.reads import reading
from broadsheet.readers.newsletters.models import Letter, Newsletter

LISTS = "newsletters"
"""The key of all lists that are offered."""
ARCHIVE_LENGTH = 60


def letters_key(newsletter: int) -> str:
    """The key of a list's letters."""
    return f"letters:{newsletter}"


def letter_key(letter: int) -> str:
    """The key of a letter."""
    return f"letter/{letter}"


def offered() -> list[Newsletter]:
    """The lists that readers can subscribe to, in their order: one query."""
    with reading(LISTS):
        return list(Newsletter.objects.filter(active=True).exclude(rhythm=Newsletter.Rhythm.FOLLOWING))


def for_each_reader() -> Newsletter | None:
    """The list whose letters bring each reader what they follow; None if the paper has none."""
    with reading(LISTS):
        return Newsletter.objects.filter(active=True, rhythm=Newsletter.Rhythm.FOLLOWING).first()


def offered_for(section: int | None) -> Newsletter | None:
    """The list that a page of a section invites to: the section's own, else the first; None without any."""
    lists = offered()
    own = (found for found in lists if section and (found.kind, found.ref) == (ListKind.SECTION, section))
    return next(own, lists[0] if lists else None)


def archive(newsletter: Newsletter) -> list[Letter]:
    """A list's letters, newest first."""
    with reading(letters_key(newsletter.pk)):
        found = Letter.objects.filter(newsletter=newsletter, state__in=Letter.OUT, issue__isnull=False)
        return list(found.defer("html", "text").order_by("-started_at", "-pk")[:ARCHIVE_LENGTH])
