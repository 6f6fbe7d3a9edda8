"""Browsers register and take it back; nothing but a push service is ever spoken to."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from broadsheet.readers.push import decide, signing
from broadsheet.readers.push.actions import devices
from broadsheet.readers.push.errors import BadDevice
from broadsheet.readers.push.models import Device
from tests.readers.push.push_service import PushService

pytestmark = pytest.mark.django_db
JSON = "application/json"


def test_a_browser_registers_once_and_takes_it_back(service: PushService, client: Client, paper: Any) -> None:
    said = service.browser().registration
    for _ in range(2):
        answer = client.post("/push/devices/", said, content_type=JSON)
        assert (answer.status_code, answer.cookies) == (201, {})
    assert Device.objects.count() == 1
    assert client.post("/push/devices/leave/", {"endpoint": said["endpoint"]}, content_type=JSON).status_code == 204
    assert not Device.objects.exists()


def test_get_changes_nothing_and_other_sites_register_nobody(service: PushService, client: Client) -> None:
    said = service.browser().registration
    assert client.get("/push/devices/").status_code == 405
    assert client.get("/push/devices/leave/").status_code == 405
    other = {"HTTP_ORIGIN": "https://evil.example"}
    assert client.post("/push/devices/", said, content_type=JSON, **other).status_code == 403
    devices.register(said, sender="192.0.2.1")
    gone = {"endpoint": said["endpoint"]}
    assert client.post("/push/devices/leave/", gone, content_type=JSON, **other).status_code == 403
    assert Device.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"endpoint": "https://example.org/push/1"},
        {"endpoint": "https://127.0.0.1/push/1"},
        {"endpoint": "http://fcm.googleapis.com/fcm/send/1"},
        {"endpoint": "https://fcm.googleapis.com:8443/fcm/send/1"},
        {"endpoint": "https://fcm.googleapis.com@example.org/"},
        {"endpoint": "https://fcm.googleapis.com/\r\nX: y"},
        {"endpoint": "https://fcm.googleapis.com/" + "x" * 2000},
        {"endpoint": 7},
        {"keys": None},
        {"keys": {"p256dh": "AAAA", "auth": "AAAA"}},
        {"keys": {"p256dh": "B" * 87, "auth": "A" * 22}},
    ],
)
def test_what_is_no_registration_is_refused_with_a_reason(
    service: PushService, client: Client, settings: Any, change: dict[str, Any]
) -> None:
    settings.PUSH_SERVICES = ["fcm.googleapis.com", *settings.PUSH_SERVICES]
    said = {**service.browser().registration, **change}
    answer = client.post("/push/devices/", said, content_type=JSON)
    assert answer.status_code == 422 and "cannot be notified" in answer.json()["error"]
    assert not Device.objects.exists()


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"\xff", b'"x"', b"[" * 9000])
def test_noise_is_answered_calmly(client: Client, body: bytes) -> None:
    assert client.post("/push/devices/", body, content_type=JSON).status_code == 422
    assert client.post("/push/devices/leave/", body, content_type=JSON).status_code == 204


def test_one_sender_registers_so_many(service: PushService, client: Client) -> None:
    codes = [
        client.post("/push/devices/", service.browser().registration, content_type=JSON).status_code
        for _ in range(devices.FROM_ONE_SENDER + 2)
    ]
    assert codes == [201] * devices.FROM_ONE_SENDER + [429] * 2


def test_the_services_of_all_browsers_are_known(settings: Any) -> None:
    from broadsheet.ops.config import PUSH_SERVICES

    for host in ("fcm.googleapis.com", "updates.push.services.mozilla.com", "wns2-am3p.notify.windows.com"):
        assert decide.is_service(f"https://{host}/x", PUSH_SERVICES)
    assert decide.is_service("https://web.push.apple.com/x", PUSH_SERVICES)
    assert not decide.is_service("https://notify.windows.com.example.org/x", PUSH_SERVICES)
    with pytest.raises(BadDevice):
        decide.registration({"endpoint": "https://example.org/", "keys": {}}, PUSH_SERVICES)


def test_the_key_is_one_for_good(client: Client, paper: Any) -> None:
    key = client.get("/push/key/")
    assert key.content.decode() == signing.public_key()
    assert len(decide.unpacked(signing.public_key())) == decide.POINT
    worker = client.get("/push/worker.js")
    assert worker["Content-Type"].startswith("text/javascript") and b"showNotification" in worker.content
