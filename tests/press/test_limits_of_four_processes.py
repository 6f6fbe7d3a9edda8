"""What readers may do so and so often, asked of four web processes at once: exactly so many pass."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from broadsheet.readers.accounts import limited
from broadsheet.readers.comments.actions import writing

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE, EACH = 8, 12
TOKEN = "a" * 32
"""Against forms of other sites: the cookie and the field say the same."""


def answers(site, path, said):
    """The answers to forms that are sent at once from one address, each by a connection of its own."""

    def send(number):
        values = {name: value.format(number) for name, value in said.items()} | {"csrfmiddlewaretoken": TOKEN}
        sent = {"sender": "127.0.0.9", "Cookie": f"csrftoken={TOKEN}"}
        return [site.post(path, values, **sent).status for _ in range(EACH)]

    with ThreadPoolExecutor(AT_ONCE) as senders:
        return Counter(status for part in senders.map(send, range(AT_ONCE)) for status in part)


def test_of_comments_that_four_processes_are_sent_at_once_exactly_the_limit_passes(sites):
    site = sites(workers=4).start()
    pk = site.python("from broadsheet.newsroom.models import Article; print(Article.objects.live().first().pk)")
    said = {"name": "Ada", "email": "ada-{}@example.org", "text": "The ferry is late again.", "took": "60"}
    counted = answers(site, f"/comments/{pk}/write/", said)
    assert counted == {302: writing.FROM_ONE_SENDER, 429: AT_ONCE * EACH - writing.FROM_ONE_SENDER}
    kept = site.python("from broadsheet.readers.comments.models import Comment; print(Comment.objects.count())")
    assert int(kept) == writing.FROM_ONE_SENDER


def test_of_codes_that_four_processes_are_asked_for_at_once_exactly_the_limit_passes(sites):
    site = sites(workers=4).start()
    counted = answers(site, "/account/login/code/", {"email": "ada-{}@example.org"})
    assert 0 < counted[200] + counted[302] <= limited.FROM_ONE_SENDER < counted[429], counted
    used = site.python(
        "from broadsheet.readers.limits.models import Allowance\n"
        "print(Allowance.objects.get(key__startswith='account:').used)"
    )
    assert int(used) == limited.FROM_ONE_SENDER
