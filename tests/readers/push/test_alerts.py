"""Breaking news reaches every device once, whatever the services answer and whoever dies in between."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from broadsheet.newsroom import decide as newsroom
from broadsheet.newsroom.models import Article
from broadsheet.readers.push import signal_handlers, tasks
from broadsheet.readers.push.actions import alerts, devices, sending
from broadsheet.readers.push.models import Alert, Device
from tests.factories import make_article
from tests.readers.push.push_service import Browser, PushService

pytestmark = pytest.mark.django_db


@pytest.fixture
def browsers(service: PushService) -> list[Browser]:
    made = [service.browser() for _ in range(5)]
    for browser in made:
        devices.register(browser.registration, sender="192.0.2.1")
    return made


def begun(section: Any, **values: Any) -> Alert:
    alert = alerts.begin(make_article(section, breaking=True, **values))
    assert alert
    return alert


def test_every_device_can_read_it_and_nobody_else(section: Any, browsers: list[Browser], service: PushService) -> None:
    alert = begun(section, title="Gas leak in Quay Street", slug="gas-leak")
    assert sending.take(alert.pk) and not sending.send_slice(alert.pk)
    for browser in browsers:
        (note,) = browser.notes
        assert (note["body"], note["url"]) == ("Gas leak in Quay Street", "/harbour/gas-leak/")
    alert.refresh_from_db()
    assert (alert.state, alert.sent, alert.gone, alert.failed) == (Alert.State.SENT, 5, 0, 0)
    (_, headers, body), *_ = service.taken
    assert headers["content-encoding"] == "aes128gcm" and b"Gas leak" not in body
    assert 0 < int(headers["ttl"]) <= newsroom.BREAKING.total_seconds()


def test_a_signature_of_another_key_is_refused_by_the_service(
    section: Any, browsers: list[Browser], service: PushService
) -> None:
    service.public = "another"
    alert = begun(section)
    sending.send_slice(alert.pk)
    alert.refresh_from_db()
    assert (alert.sent, alert.failed, service.taken) == (0, 5, [])


def test_publishing_tells_once_and_only_of_breaking_news(
    section: Any, browsers: list[Browser], service: PushService, django_capture_on_commit_callbacks: Any
) -> None:
    def published(act: Any) -> int:
        with django_capture_on_commit_callbacks() as callbacks:
            act()
        ours = [call for call in callbacks if getattr(call, "func", None) is signal_handlers._announce]
        for call in ours:
            call()
        return len(ours)

    assert published(lambda: make_article(section, title="Fair opens")) == 0
    assert published(lambda: make_article(section, title="Gas leak", breaking=True)) == 1
    assert published(lambda: Article.objects.get(title="Gas leak").save_revision().publish()) == 1
    old = timezone.now() - newsroom.BREAKING
    assert published(lambda: make_article(section, breaking=True, at=old)) == 1
    assert [note["body"] for note in browsers[0].notes] == ["Gas leak"]
    assert len(service.taken) == len(browsers) and Alert.objects.count() == 1


def test_who_took_it_back_is_forgotten_and_faults_are_counted(
    section: Any, browsers: list[Browser], service: PushService
) -> None:
    service.answers = {browsers[0].path: [410], browsers[1].path: [404], browsers[2].path: [500]}
    Device.objects.filter(endpoint=browsers[3].registration["endpoint"]).update(failures=4)
    alert = begun(section)
    sending.send_slice(alert.pk)
    alert.refresh_from_db()
    assert (alert.sent, alert.gone, alert.failed) == (2, 2, 1)
    assert sorted(Device.objects.values_list("failures", flat=True)) == [0, 0, 1]


def test_a_device_that_fails_and_fails_is_given_up(section: Any, browsers: list[Browser], service: PushService) -> None:
    Device.objects.exclude(endpoint=browsers[0].registration["endpoint"]).delete()
    service.answers = {browsers[0].path: [500] * sending.GIVEN_UP_AFTER}
    for _ in range(sending.GIVEN_UP_AFTER):
        assert Device.objects.exists()
        sending.send_slice(begun(section).pk)
    assert not Device.objects.exists()


def test_a_service_that_asks_to_wait_is_waited_for(section: Any, browsers: list[Browser], service: PushService) -> None:
    service.answers = {browsers[2].path: [429] * sending.MOST_WAITS}
    alert = begun(section)
    for wait in range(1, sending.MOST_WAITS + 1):
        assert not sending.send_slice(alert.pk)
        alert.refresh_from_db()
        assert (alert.state, alert.sent, alert.waits) == (Alert.State.SENDING, 2, wait)
        assert alert.not_before > timezone.now() and alerts.waiting() == []
        Alert.objects.update(not_before=timezone.now())
        assert alerts.waiting() == [alert.pk]
    assert not sending.send_slice(alert.pk)
    alert.refresh_from_db()
    assert (alert.state, alert.sent, [len(browser.notes) for browser in browsers]) == (Alert.State.SENT, 5, [1] * 5)


def test_what_a_dead_process_left_is_gone_on_with_and_shown_once(
    section: Any, browsers: list[Browser], service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "BATCH", 2)
    alert = begun(section)
    assert sending.take(alert.pk) and not sending.take(alert.pk)
    with monkeypatch.context() as dying:
        dying.setattr(sending, "_write_down", lambda *_: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            sending.send_slice(alert.pk)
    assert len(service.taken) == 2 and alerts.waiting() == []
    Alert.objects.update(not_before=timezone.now() - timedelta(seconds=1))
    assert tasks.go_on.call() == 1
    assert len(service.taken) == 7 and [len(browser.notes) for browser in browsers] == [1] * 5


def test_what_was_withdrawn_or_is_no_longer_news_is_not_sent(
    section: Any, browsers: list[Browser], service: PushService
) -> None:
    withdrawn, old = begun(section), begun(section)
    withdrawn.article.unpublish()
    Article.objects.filter(pk=old.article_id).update(published_at=timezone.now() - newsroom.BREAKING)
    for alert in (withdrawn, old):
        sending.send_slice(alert.pk)
        alert.refresh_from_db()
        assert alert.state == Alert.State.STOPPED
    assert service.taken == []


def test_nobody_asked_nobody_is_told(section: Any) -> None:
    assert alerts.begin(make_article(section, breaking=True)) is None
    assert not Alert.objects.exists()
