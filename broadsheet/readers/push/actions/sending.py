"""Sending an alert: device after device in their order, so that whoever goes on after a crash knows where.

What a crash sends twice is shown once: a notification of the same news replaces the older one on the device.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from broadsheet.press.pages.frame import the_masthead
from broadsheet.readers.push import decide
from broadsheet.readers.push.decide import Registration
from broadsheet.readers.push.models import Alert, Device
from broadsheet.readers.push.signing import Signer, sealed
from broadsheet.wire.errors import BadStatus, FetchError
from broadsheet.wire.fetching import Courier, Parcel

ABREAST, BATCH = 8, 200
SLICE_SECONDS = 8.0
LEASE = timedelta(minutes=2)
LONGEST_WAIT, MOST_WAITS = 300.0, 3
GIVEN_UP_AFTER = 10
"""Failures in a row after which a device is taken for gone."""
SENT, GONE, FAILED, WAIT = "sent", "gone", "failed", "wait"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one notification."""

    device: int
    """The device's id."""
    what: str
    """SENT, GONE, FAILED or WAIT."""
    seconds: float = 0.0
    """How long the service asked to wait."""


def take(alert: int) -> bool:
    """Whether this process is the one to go on with an alert."""
    now = timezone.now()
    rows = Alert.objects.filter(pk=alert, state=Alert.State.SENDING, not_before__lte=now)
    return bool(rows.update(not_before=now + LEASE))


def send_slice(pk: int, seconds: float = SLICE_SECONDS) -> bool:
    """Send an alert for so many seconds, or until it is done. Returns whether there is more to do right away."""
    until = time.monotonic() + seconds
    signer, local = Signer(), threading.local()
    with ThreadPoolExecutor(ABREAST, thread_name_prefix="push") as pool:
        while time.monotonic() < until:
            alert = Alert.objects.select_related("article").get(pk=pk)
            left = alert.seconds_left(timezone.now())
            devices = list(Device.objects.filter(pk__gt=alert.reached).order_by("pk")[:BATCH])
            if not left or not devices:
                _end(alert, Alert.State.SENT if left else Alert.State.STOPPED)
                return False
            say = _saying(alert, left, signer, local)
            outcomes = list(pool.map(say, devices))
            if not _write_down(alert, outcomes):
                return False
    Alert.objects.filter(pk=pk, state=Alert.State.SENDING).update(not_before=timezone.now())
    return True


def _saying(alert: Alert, left: int, signer: Signer, local: threading.local) -> Say:
    message = decide.message(
        paper=the_masthead().name,
        headline=alert.article.title,
        path=alert.article.get_url() or "/",
        article=alert.article_id,
        icon="/push/icon.png",
    )
    return Say(message=message, seconds=left, topic=decide.topic_of(alert.article_id), signer=signer, local=local)


@dataclass(frozen=True, kw_only=True)
class Say:
    """Tells devices one thing; called in several threads, none of which asks the database."""

    message: bytes
    """What."""
    seconds: int
    """How long a push service keeps it for a device that is off (TTL)."""
    topic: str
    """By which it replaces itself."""
    signer: Signer
    """Says who sends."""
    local: threading.local
    """Each thread's courier."""

    def __call__(self, device: Device) -> Outcome:
        """Tell one device."""
        to = Registration(endpoint=device.endpoint, p256dh=device.p256dh, auth=device.auth)
        headers = {
            **self.signer.headers(device.endpoint),
            "TTL": str(self.seconds),
            "Urgency": "high",
            "Topic": self.topic,
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
        }
        if not hasattr(self.local, "courier"):
            self.local.courier = Courier()
        try:
            self.local.courier.deliver(Parcel(url=device.endpoint, body=sealed(self.message, to), headers=headers))
        except BadStatus as error:
            return _refused(device.pk, error)
        except FetchError:
            return Outcome(device=device.pk, what=FAILED)
        return Outcome(device=device.pk, what=SENT)


def _refused(device: int, error: BadStatus) -> Outcome:
    if error.status in {404, 410}:  # RFC 8030, 7.3: the reader has taken it back
        return Outcome(device=device, what=GONE)
    if error.status == 429:
        return Outcome(device=device, what=WAIT, seconds=min(error.retry_after or 60.0, LONGEST_WAIT))
    return Outcome(device=device, what=FAILED)


def _write_down(alert: Alert, outcomes: list[Outcome]) -> bool:
    """Note what became of a batch. Returns whether to go on at once; a service that asks to wait is waited for."""
    first_wait = next((found for found in outcomes if found.what == WAIT), None)
    wait = first_wait if alert.waits < MOST_WAITS else None
    done = [found for found in outcomes if wait is None or found.device < wait.device]
    count = Counter(found.what for found in done)
    reached = done[-1].device if done else alert.reached
    now = timezone.now()
    with transaction.atomic():
        _mark(done)
        Alert.objects.filter(pk=alert.pk).update(
            reached=reached,
            sent=F("sent") + count[SENT],
            gone=F("gone") + count[GONE],
            failed=F("failed") + count[FAILED] + count[WAIT],
            waits=(alert.waits if reached == alert.reached else 0) + bool(wait),
            not_before=now + (timedelta(seconds=wait.seconds) if wait else LEASE),
        )
    return wait is None


def _mark(done: list[Outcome]) -> None:
    by = {what: [found.device for found in done if found.what == what] for what in (SENT, GONE, FAILED)}
    Device.objects.filter(pk__in=by[SENT], failures__gt=0).update(failures=0)
    Device.objects.filter(pk__in=by[FAILED]).update(failures=F("failures") + 1)
    Device.objects.filter(pk__in=by[FAILED], failures__gte=GIVEN_UP_AFTER).delete()
    Device.objects.filter(pk__in=by[GONE]).delete()


def _end(alert: Alert, state: str, now: datetime | None = None) -> None:
    rows = Alert.objects.filter(pk=alert.pk, state=Alert.State.SENDING)
    rows.update(state=state, finished_at=now or timezone.now())
