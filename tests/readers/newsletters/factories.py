"""Lists, subscribers and letters for the tests."""

from __future__ import annotations

from itertools import count
from typing import Any

from broadsheet.newsroom.models import ListKind, Section
from broadsheet.readers.newsletters import links
from broadsheet.readers.newsletters.actions import subscribing
from broadsheet.readers.newsletters.models import Consent, Newsletter, Subscriber

_numbers = count(1)


def make_newsletter(section: Section | None = None, **values: Any) -> Newsletter:
    """A daily list; of a section if one is given."""
    number = next(_numbers)
    of = {"kind": ListKind.SECTION, "ref": section.pk} if section else {}
    defaults = {"name": f"Letter {number}", "slug": f"letter-{number}", "promise": "The news, each morning."}
    return Newsletter.objects.create(**{**defaults, **of, **values})


def make_subscriber(*newsletters: Newsletter, email: str = "") -> Subscriber:
    """Somebody who is on these lists."""
    email = email or f"reader{next(_numbers)}@example.org"
    for newsletter in newsletters:
        subscribing.add(email, newsletter, Consent(act=Consent.Act.IMPORTED, where="a test"))
    return Subscriber.objects.get(email_key=email.lower())


def token(subscriber: Subscriber) -> str:
    """Of the subscriber's own links."""
    return links.token_of(subscriber.pk, subscriber.key)
