"""Limits: exact, whoever asks at once, and nothing that says who it was."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from broadsheet.readers.limits import senders
from broadsheet.readers.limits.actions import forget_old, take
from broadsheet.readers.limits.models import Allowance

HOUR = timedelta(hours=1)


def many(number):
    try:
        return [take("letters", "somebody", most=25, per=HOUR) for _ in range(number)]
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_of_four_workers_calls_exactly_the_limit_passes():
    with ThreadPoolExecutor(4) as workers:
        answers = [answer for part in workers.map(many, [20] * 4) for answer in part]
    assert sum(answers) == 25
    assert Allowance.objects.get().used == 25


@pytest.mark.django_db
def test_when_the_time_is_over_counting_begins_anew():
    assert [take("a", "x", most=2, per=HOUR) for _ in range(3)] == [True, True, False]
    assert take("b", "x", most=2, per=HOUR) and take("a", "y", most=2, per=HOUR)
    Allowance.objects.update(until=timezone.now() - HOUR)
    assert [take("a", "x", most=2, per=HOUR) for _ in range(3)] == [True, True, False]
    assert forget_old() == 2
    assert not take("c", "x", most=0, per=HOUR)


def request(**meta):
    return RequestFactory().get("/", **meta)


def test_a_proxy_is_believed_and_a_stranger_is_not():
    of = senders.address_of
    assert of(request(REMOTE_ADDR="8.8.8.8")) == "8.8.8.8"
    assert of(request(REMOTE_ADDR="8.8.8.8", HTTP_X_FORWARDED_FOR="198.51.100.1")) == "8.8.8.8"
    assert of(request(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="1.2.3.4, 198.51.100.1")) == "198.51.100.1"
    assert of(request(REMOTE_ADDR="10.0.0.3", HTTP_X_FORWARDED_FOR="nonsense")) == "10.0.0.3"


def test_a_senders_name_says_nothing():
    assert "203.0.113.9" not in senders.hash_of("203.0.113.9")
    assert senders.hash_of("203.0.113.9") != senders.hash_of("203.0.113.8")
