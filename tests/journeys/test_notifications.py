"""Breaking news on a reader's device: asked for by a click, shown by the browser, taken back by another click."""

from __future__ import annotations

import json
import os
import sqlite3

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import Site

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        os.environ.get("BROADSHEET_TEST_DATABASE") == "postgres", reason="starts a site of its own, on SQLite"
    ),
]
NOTE = {
    "title": "The Mirror",
    "body": "Gas leak in Quay Street",
    "url": "/news/",
    "tag": "article-7",
    "icon": "/push/icon.png",
}
REGISTRATION = {
    "endpoint": "https://updates.push.services.mozilla.com/wpush/v2/abc",
    "keys": {
        "p256dh": "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM",
        "auth": "tBHItJI5svbpez7KI4CCXg",
    },
}
WITHOUT_A_SERVICE = f"""
let kept = null;
const made = {json.dumps(REGISTRATION)};
PushManager.prototype.getSubscription = async () => kept;
PushManager.prototype.subscribe = async options => {{
  window.asked = options;
  return kept = {{ ...made, toJSON: () => made, unsubscribe: async () => {{ kept = null; return true; }} }};
}};
"""
"""The browser's push service is not on this machine: what it would say is said by its registration above."""


def devices(site: Site) -> list[str]:
    with sqlite3.connect(site.folder / "broadsheet.sqlite3") as database:
        return [endpoint for (endpoint,) in database.execute("SELECT endpoint FROM push_device")]


def test_a_reader_asks_is_shown_and_takes_it_back(site: Site, browser: Browser):
    context = browser.new_context(viewport={"width": 390, "height": 800}, permissions=["notifications"])
    context.add_init_script(WITHOUT_A_SERVICE)
    reader = context.new_page()
    errors: list[str] = []
    reader.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    reader.goto(f"{site.url}/newsletters/")
    assert reader.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    reader.get_by_role("button", name="Notify me on this device").click()
    expect(reader.get_by_text("breaking news will be shown on this device")).to_be_visible()
    assert devices(site) == [REGISTRATION["endpoint"]]
    key = reader.request.get(f"{site.url}/push/key/").text()
    assert reader.evaluate("window.asked") == {"userVisibleOnly": True, "applicationServerKey": key}

    developer = context.new_cdp_session(reader)
    found: list[str] = []
    developer.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(
            one["registrationId"] for one in told["registrations"] if one["scopeURL"].endswith("/push/")
        ),
    )
    developer.send("ServiceWorker.enable")
    reader.wait_for_timeout(200)
    for _ in range(2):
        pushed = {"origin": site.url, "registrationId": found[0], "data": json.dumps(NOTE)}
        developer.send("ServiceWorker.deliverPushMessage", pushed)
    shown = reader.evaluate(
        """async () => {
          const kept = await navigator.serviceWorker.getRegistration('/push/');
          for (let n = 0; n < 50; n++) {
            const notes = await kept.getNotifications();
            if (notes.length) return notes.map(note => [note.title, note.body, note.data.url]);
            await new Promise(done => setTimeout(done, 100));
          }
        }"""
    )
    assert shown == [["The Mirror", "Gas leak in Quay Street", "/news/"]]

    reader.get_by_role("button", name="Stop notifications on this device").click()
    expect(reader.get_by_role("button", name="Notify me on this device")).to_be_visible()
    assert devices(site) == [] and errors == [] and context.cookies() == []
