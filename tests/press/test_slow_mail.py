"""A mail server that hangs: readers do not notice; who asks for a code gets it when the server is back (R9)."""

from __future__ import annotations

import time
from contextlib import contextmanager

import pytest

from tests.press.outage.asking import Readers
from tests.press.outage.faults import LOAD, wanting
from tests.press.outage.line import Line
from tests.press.outage.stock import PATHS
from tests.readers.newsletters import smtp_sink

pytestmark = pytest.mark.django_db  # has the suite's database made, of which the stock is a copy
KEPT = "SELECT args_kwargs FROM django_tasks_database_dbtaskresult WHERE task_path LIKE '%send_mail'"
TOKEN = {"Cookie": f"csrftoken={'a' * 32}", "X-CSRFToken": "a" * 32}


@pytest.fixture
def mailed(sites):
    """A site, the mail server it sends by, and the line between them."""
    with smtp_sink.listening() as sink:
        line = Line(sink.port)
        yield sites(more={"BROADSHEET_EMAIL_URL": f"smtp://127.0.0.1:{line.port}"}).start(), sink, line
        line.close()


@contextmanager
def asking_for_codes(site):
    """Readers-to-be, eight at a time, who want accounts. Gives what they were answered, by mailbox."""
    answers = {}

    def want(_number, sender):
        mailbox = f"reader-{sender}@example.org"
        answers[mailbox] = site.post("/account/signup/", {"email": mailbox}, sender=sender, **TOKEN).status

    with wanting(want):
        yield answers


def test_a_mail_server_that_hangs_holds_up_nobody_and_loses_nothing(mailed, stock):
    site, sink, line = mailed
    line.set("hang")
    with Readers(site.port, PATHS, LOAD).reading() as readers, asking_for_codes(site) as answers:
        time.sleep(3)
        seen = readers.until_now()
    assert (seen.errors, seen.wrong(stock.right)) == ([], [])
    assert len(seen.answers) > 0.8 * 3 * LOAD
    asked = [mailbox for mailbox, status in answers.items() if status == 302]
    assert len(asked) > 8 and set(answers.values()) <= {302, 429, 503}
    line.set("through")
    with site.worker():
        site.wait_until("sending", 60, lambda: len(sink.recipients) >= len(asked))
        site.wait_until("forgetting", 20, lambda: not [row for row in site.rows(KEPT) if "@example.org" in str(row)])
    assert sorted(sink.recipients) == sorted(asked)
