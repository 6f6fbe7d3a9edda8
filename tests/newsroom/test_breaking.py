"""Breaking news is marked for some hours, and no longer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from broadsheet.newsroom import decide

AT = datetime(2026, 7, 1, 12, tzinfo=UTC)


def test_a_report_breaks_for_some_hours_after_its_publication():
    assert decide.breaks_until(breaking=True, published_at=AT) == AT + decide.BREAKING
    assert decide.breaks_until(breaking=False, published_at=AT) is None
    assert decide.breaks_until(breaking=True, published_at=None) is None
    assert timedelta(0) < decide.BREAKING < timedelta(days=1)
