"""Signed links: a reader's own pages, the confirmation, the count of a click."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from broadsheet.readers.newsletters.errors import BadLink
from broadsheet.readers.newsletters.models import Subscriber

CONFIRM_SALT, READER_SALT, CLICK_SALT = "newsletters.confirm", "newsletters.reader", "newsletters.click"
CONFIRM_WITHIN = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Request:
    """What somebody asked for by the form. Until it is confirmed it is kept nowhere but in the link itself."""

    email: str
    """The mailbox."""
    lists: tuple[int, ...]
    """The newsletters' ids."""
    asked_at: datetime
    """When the form was sent."""
    where: str
    """The page it stood on."""
    follows: tuple[tuple[int, int], ...] = ()
    """What they follow: kinds and numbers of the newsroom's lists."""


def confirmation_of(request: Request) -> str:
    """The token of a confirmation link."""
    values = [request.email, list(request.lists), int(request.asked_at.timestamp()), request.where, request.follows]
    return signing.dumps(values, salt=CONFIRM_SALT, compress=True)


def read_confirmation(token: str) -> Request:
    """What a confirmation link was made for.

    Raises:
        BadLink: it is none of ours, or older than CONFIRM_WITHIN.
    """
    try:
        email, lists, asked, where, *more = signing.loads(token, salt=CONFIRM_SALT, max_age=CONFIRM_WITHIN)
    except signing.BadSignature as error:
        raise BadLink("This link is incomplete, or older than a week. Please subscribe again.") from error
    follows = tuple((int(kind), int(ref)) for kind, ref in (more[0] if more else ()))
    at = datetime.fromtimestamp(asked, UTC)
    return Request(email=email, lists=tuple(lists), asked_at=at, where=where, follows=follows)


def token_of(pk: int, key: str) -> str:
    """The token of a subscriber's own links. It stays good: a letter may be left years later."""
    return f"{pk}-{salted_hmac(READER_SALT, f'{pk}:{key}', algorithm='sha256').hexdigest()[:32]}"


def subscriber_of(token: str) -> Subscriber:
    """Whose link it is.

    Raises:
        BadLink: nobody's, or of somebody who is no longer known.
    """
    number = token.partition("-")[0]
    found = Subscriber.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
    if found is None or not constant_time_compare(token, token_of(found.pk, found.key)):
        raise BadLink("This link is incomplete, or its address is no longer known here.")
    return found


def absolute(name: str, *args: object) -> str:
    """A page of ours as a whole address."""
    return settings.BASE_URL + reverse(name, args=args)


def click_token(letter: int, number: int) -> str:
    """The token of a counted link. Signed, so that nobody counts up what nobody followed."""
    return signing.Signer(salt=CLICK_SALT, sep="~").sign(f"{letter}.{number}")


def read_click(token: str) -> tuple[int, int]:
    """Letter and number of a counted link.

    Raises:
        BadLink: it is none of ours.
    """
    try:
        letter, _, number = signing.Signer(salt=CLICK_SALT, sep="~").unsign(token).partition(".")
    except signing.BadSignature as error:
        raise BadLink("This link is incomplete.") from error
    return int(letter), int(number)
