"""Visits to the main database: nobody waits for it unseen (R5, R9)."""

from __future__ import annotations

import threading
from contextlib import contextmanager, nullcontext

import pytest

from broadsheet.press.errors import MainsAway
from broadsheet.press.mains import gate as gates
from broadsheet.press.mains.gate import Gate
from broadsheet.press.mains.visits import Visit

pytestmark = pytest.mark.django_db

AFTER_AN_ERROR = """
    from django.core.signals import request_finished
    from django.db import connection
    import broadsheet.ops.wsgi
    connection.ensure_connection()
    connection.errors_occurred = True
    connection.connection.close()  # whoever asks is told, and lets go of it
    request_finished.send(None)
    print(connection.connection is not None)
"""


def test_once_an_answer_is_given_the_database_is_not_asked_anything(sites):
    """Django looks after an error whether a connection can still be used: outside the gate, with nobody watching."""
    assert sites().python(AFTER_AN_ERROR).splitlines()[-1] == "True"


CUT_WHEN_LOST = """
    from django.db import connection
    from broadsheet.press.mains.answering import the_mains
    from broadsheet.press.mains.visits import Visit
    visit = Visit()
    with visit.paid(the_mains()):
        connection.connection.close()
        with visit.waiting():
            visit.cut(after=0)
    print("went on")
"""


def test_whoever_looks_after_the_waiting_goes_on_when_a_connection_was_lost_meanwhile(sites):
    assert sites().python(CUT_WHEN_LOST).splitlines()[-1] == "went on"


@contextmanager
def somebody_inside(gate, doing):
    """Somebody has the only place, and is at something until this ends."""
    visit, entered, leave = Visit(), threading.Event(), threading.Event()

    def be_inside():
        with gate.passed(visit), doing(visit):
            entered.set()
            leave.wait(10)

    thread = threading.Thread(target=be_inside)
    thread.start()
    entered.wait(30)
    try:
        yield
    finally:
        leave.set()
        thread.join()


def test_who_waits_for_another_machine_holds_up_nobody_before_the_gate(monkeypatch):
    monkeypatch.setattr(gates, "LONGEST_WAIT_SECONDS", 3600)
    gate = Gate(1)
    with somebody_inside(gate, Visit.away), pytest.raises(MainsAway), gate.passed(Visit()):
        pass


def test_once_waiting_was_in_vain_the_next_do_not_wait(monkeypatch):
    monkeypatch.setattr(gates, "LONGEST_WAIT_SECONDS", 0.1)
    gate = Gate(1)
    with somebody_inside(gate, lambda _visit: nullcontext()):
        with pytest.raises(MainsAway), gate.passed(Visit()):
            pass
        monkeypatch.setattr(gates, "LONGEST_WAIT_SECONDS", 3600)
        with pytest.raises(MainsAway), gate.passed(Visit()):
            pass
