"""When letters are due, what they carry, what a refusal means: without a database."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from broadsheet.newsroom.lists import Entry
from broadsheet.readers.newsletters.decide.mailboxes import key_of, mailbox
from broadsheet.readers.newsletters.decide.refusals import Refusal, refusal, statuses_in, telling
from broadsheet.readers.newsletters.decide.schedule import Timing, last_due, next_due
from broadsheet.readers.newsletters.decide.selection import choose, one_line, preheader_of, subject_of

LONDON, LORD_HOWE = ZoneInfo("Europe/London"), ZoneInfo("Australia/Lord_Howe")
SEVEN = Timing(at=time(7), weekday=None)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_seven_oclock_is_the_papers_seven_summer_and_winter():
    assert last_due(SEVEN, at("2026-01-15T07:00"), LONDON).at == at("2026-01-15T07:00")
    assert last_due(SEVEN, at("2026-07-15T06:00"), LONDON).at == at("2026-07-15T06:00")
    assert last_due(SEVEN, at("2026-07-15T05:59"), LONDON).slot == "2026-07-14"
    assert next_due(SEVEN, at("2026-07-15T05:59"), LONDON).slot == "2026-07-15"


@pytest.mark.parametrize("zone", [LONDON, LORD_HOWE, ZoneInfo("America/Sao_Paulo"), ZoneInfo("Pacific/Apia")])
@pytest.mark.parametrize("hour", [time(0), time(0, 30), time(1, 30), time(2, 15), time(7), time(23, 59)])
def test_each_day_of_the_year_once_however_the_clock_jumps(zone, hour):
    timing, now, slots = Timing(at=hour, weekday=None), at("2026-01-10T00:00"), []
    while now < at("2027-01-10T00:00"):
        due = last_due(timing, now, zone)
        if due.slot not in slots:
            slots.append(due.slot)
            assert timedelta(0) <= now - due.at < timedelta(minutes=20) or len(slots) == 1
        now += timedelta(minutes=20)
    days = [datetime.fromisoformat(slot).date() for slot in slots]
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]


def test_weekly_letters():
    friday = Timing(at=time(7), weekday=4)
    assert last_due(friday, at("2026-11-25T12:00"), LONDON).slot == "2026-11-20"
    assert next_due(friday, at("2026-11-25T12:00"), LONDON).slot == "2026-11-27"
    assert last_due(friday, at("2026-11-27T07:00"), LONDON).slot == "2026-11-27"


def test_the_front_comes_first_and_nothing_comes_twice():
    now = at("2026-11-25T07:00")
    newest = [Entry(article=pk, at=now - timedelta(hours=pk)) for pk in range(1, 8)]
    chosen = choose(front=[5, 2, 99, 2], newest=newest, already={1}, since=now - timedelta(hours=6), most=4)
    assert chosen == [5, 2, 3, 4]
    assert choose(front=[], newest=newest, already=set(range(9)), since=now - timedelta(days=9), most=4) == []


def test_subjects_are_one_line():
    assert subject_of(["Ferry\r\nBcc: x@y\u2028 late"], "Morning") == "Ferry Bcc: x@y late"
    assert subject_of([], "Morning") == "Morning"
    assert preheader_of(["a", "b", "c", "d"]) == "b; c"
    assert len(one_line("x" * 500, 150)) == 150


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (" Jo@Example.ORG ", "Jo@example.org"),
        ("jo@bücher.example", "jo@xn--bcher-kva.example"),
        ("jo+news@example.org", "jo+news@example.org"),
        ("jö@example.org", None),
        ("a@b\r\nBcc: c@d.example", None),
        ("<a@b.example>", None),
        ("a b@c.example", None),
        ("nobody", None),
        ("", None),
        ("a@" + "b" * 300 + ".example", None),
        ("a" * 64 + "@example.org", "a" * 64 + "@example.org"),
        ("a" * 65 + "@example.org", None),
        ("root@localhost", None),
        ("jo@10.0.0.12", None),
        ("jo@[10.0.0.12]", None),
        ("jo@[IPv6:fd00::12]", None),
    ],
)
def test_mailboxes(given, found):
    assert mailbox(given) == found
    assert found is None or key_of(found) == found.lower()


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("550 5.1.1 <x@y>: User unknown", Refusal.HARD),
        ("5.1.10", Refusal.HARD),
        ("550 5.2.1 mailbox disabled", Refusal.HARD),
        ("552 5.2.2 mailbox full", Refusal.SOFT),
        ("554 5.7.1 blocked, see our policy", Refusal.SOFT),
        ("450 4.1.1 try later", Refusal.SOFT),
        ("550 No such user here", Refusal.HARD),
        ("550 spam", Refusal.SOFT),
        ("", Refusal.SOFT),
    ],
)
def test_only_what_speaks_of_the_mailbox_is_hard(words, meaning):
    assert refusal(words) == meaning


def test_codes_are_told_from_numbers_of_servers():
    assert statuses_in("550 5.1.1 no, (#4.4.1) and 4.2.2.") == ("5.1.1", "4.4.1", "4.2.2")
    assert statuses_in("host mx[5.1.1.20] at 192.5.1.1, v5.1.1, said 550-no") == ()


def test_a_status_that_says_nothing_gives_way_to_the_servers_words():
    assert telling("5.0.0", "550 5.1.1 no such user") == "550 5.1.1 no such user"
    assert telling("4.0.0", "550 no such user") == "4.0.0"  # it is still being tried, whatever the server said
    assert telling("5.0.0", "") == "5.0.0" and telling("5.2.2", "550 5.1.1") == "5.2.2"
    assert telling("", "550 user unknown") == "550 user unknown"
