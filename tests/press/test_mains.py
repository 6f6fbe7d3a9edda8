"""Visits to the main database: nobody waits for it unseen (R5, R9)."""

from __future__ import annotations

import pytest

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
