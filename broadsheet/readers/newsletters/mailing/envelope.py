"""What stands on a letter to one reader: its headers and its parts.

RFC 2369 and 2919 (the list's headers), RFC 8058 (one-click unsubscription).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.utils import parseaddr
from functools import cached_property
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from broadsheet.press.pages.frame import the_masthead
from broadsheet.readers.newsletters import links
from broadsheet.readers.newsletters.decide.personal import Pieces, apart
from broadsheet.readers.newsletters.decide.selection import one_line
from broadsheet.readers.newsletters.models import Letter
from broadsheet.readers.newsletters.rendering import TOKEN

SALT = "newsletters.message"


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """One reader, as a batch was claimed."""

    delivery: int
    """The delivery's id."""
    email: str
    """The mailbox."""
    token: str
    """Of the reader's own links."""
    items: tuple[int, ...] = ()
    """What the reader gets of a letter that is made for each."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """A letter as one reader gets it."""

    subject: str
    """One line."""
    html: str
    """With the reader's links."""
    text: str
    """The same in plain text."""


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """What is the same for everybody."""

    letter: int
    """The letter's id."""
    sender: str
    """The From header."""
    bounces_to: str
    """The envelope's sender: where what cannot be delivered comes back."""
    subject: str
    """One line."""
    html: str
    """With marks for the reader's links."""
    text: str
    """The same in plain text."""
    leave: str
    """The address that a mail program posts to, with the mark."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """The list's headers."""
    headlines: tuple[str, ...] = ()
    """Of a letter of which each reader gets their own part: its items' headlines, by number."""

    def said(self, recipient: Recipient) -> Said:
        """What one reader's letter says."""
        html, text = self.html, self.text
        if self.headlines:
            html, text = self._apart[0].of(recipient.items), self._apart[1].of(recipient.items)
        subject = one_line(self.headlines[recipient.items[0]], 150) if recipient.items else self.subject
        token = recipient.token
        return Said(subject=subject, html=html.replace(TOKEN, token), text=text.replace(TOKEN, token))

    @cached_property
    def _apart(self) -> tuple[Pieces, Pieces]:
        return apart(self.html), apart(self.text)

    def message_id(self, recipient: Recipient) -> str:
        """The Message-ID, by which a letter that comes back is known; signed, so that nobody else can send one back."""
        return message_id(self.letter, recipient.delivery)


def letterhead(letter: Letter) -> Letterhead:
    """The letterhead of a letter whose HTML and text are settled."""
    newsletter, host = letter.newsletter, _host()
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    name = one_line(newsletter.sender or parseaddr(settings.DEFAULT_FROM_EMAIL)[0] or the_masthead().name, 80)
    page = settings.BASE_URL + newsletter.get_absolute_url()
    return Letterhead(
        letter=letter.pk,
        sender=str(Address(display_name=name, addr_spec=address)),
        bounces_to=address,
        subject=one_line(letter.subject, 150),
        html=letter.html,
        text=letter.text,
        leave=links.absolute("newsletters-leave", TOKEN, newsletter.slug),
        headers={
            "List-Id": f"<{newsletter.slug}.newsletters.{host}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "List-Subscribe": f"<{page}>",
            "List-Archive": f"<{page}>",
            "Feedback-ID": f"{letter.pk}:{newsletter.slug}:newsletter:{host}",
            "Precedence": "list",
        },
        headlines=_headlines(letter) if newsletter.is_personal else (),
    )


def _headlines(letter: Letter) -> tuple[str, ...]:
    rows = letter.items.values_list("headline", "article__title")
    return tuple(own or title for own, title in rows)


def message_id(letter: int, delivery: int) -> str:
    """A letter's Message-ID to one reader."""
    return f"<{letter}.{delivery}.{_seal(letter, delivery)}@newsletters.{_host()}>"


def delivery_of(message: str) -> int | None:
    """The delivery that a Message-ID of ours names; None for any other."""
    parts = message.strip().strip("<>").partition("@")[0].split(".")
    if len(parts) != 3 or not all(part.isdecimal() and len(part) < 19 for part in parts[:2]):
        return None
    if not parts[2].isascii():  # half a character, as UTF-7 can say it, cannot even be compared
        return None
    letter, delivery = int(parts[0]), int(parts[1])
    return delivery if constant_time_compare(parts[2], _seal(letter, delivery)) else None


def _seal(letter: int, delivery: int) -> str:
    return salted_hmac(SALT, f"{letter}.{delivery}", algorithm="sha256").hexdigest()[:20]


def _host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"
