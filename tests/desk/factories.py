"""What the desk's tests need: reports, sources, editors."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from django.contrib.auth.models import Group, User
from django.utils import timezone

from broadsheet.desk.actions.roles import NEWS_EDITORS, REPORTERS, make_roles
from broadsheet.wire.models import Item, Rights, Sighting, Source

_numbers = count(1)
PASSWORD = "open-sesame-42"


def make_source(name: str = "", **values: Any) -> Source:
    """A source, polled and fine unless told otherwise."""
    number = next(_numbers)
    values.setdefault("url", f"http://wire.example/{number}.xml")
    values.setdefault("last_fetched_at", timezone.now())
    return Source.objects.create(name=name or f"Agency {number}", **values)


def make_item(source: Source | None = None, *, minutes_ago: float = 0, **values: Any) -> Item:
    """A report in the queue."""
    number = next(_numbers)
    source = source or make_source()
    values.setdefault("title", f"Report {number}")
    values.setdefault("rights", Rights.EXCERPT)
    values.setdefault("body_html", "<p>The ferry sails at noon.</p>")
    values.setdefault("body_text", "The ferry sails at noon.")
    item = Item.objects.create(
        source=source,
        guid=f"guid-{number}",
        url=f"http://wire.example/news/{number}",
        words=5,
        first_seen_at=timezone.now() - timedelta(minutes=minutes_ago),
        **values,
    )
    Sighting.objects.create(item=item, source=source, guid=item.guid, entry_hash="x")
    return item


def make_user(role: str = "", **values: Any) -> User:
    """Somebody of the newsroom, in a group unless superuser."""
    user = User.objects.create_user(f"user{next(_numbers)}", password=PASSWORD, **values)
    if role:
        make_roles()
        user.groups.add(Group.objects.get(name=role))
    return user


def make_editor() -> User:
    """A news editor: publishes, works on the wire."""
    return make_user(NEWS_EDITORS)


def make_reporter() -> User:
    """A reporter: writes drafts."""
    return make_user(REPORTERS)
