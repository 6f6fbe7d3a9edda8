"""The contact and takedown forms."""

from __future__ import annotations

import pytest
from django.test import Client

from broadsheet.newsroom.models import TextPage
from broadsheet.readers.contact.models import Message

GOOD = {"name": "Jo Reader", "email": "jo@example.org", "subject": "Hello", "text": "You made a mistake."}
TAKEDOWN = {**GOOD, "url": "https://news.example.org/world/one/", "grounds": "privacy", "truthful": "on"}


@pytest.fixture
def pages(paper):
    for kind in ("contact", "takedown"):
        paper.add_child(instance=TextPage(title=kind.title(), slug=kind, form=kind))


def test_a_message_reaches_the_queue(client, pages):
    response = client.post("/messages/contact/", GOOD)
    assert response.status_code == 302
    assert client.get(response["Location"]).status_code == 200
    message = Message.objects.get()
    assert (message.kind, message.name, message.state) == ("contact", "Jo Reader", "new")
    assert "127.0.0.1" not in message.sender


def test_a_takedown_request_needs_its_page_and_the_readers_word(client, pages):
    response = client.post("/messages/takedown/", {**TAKEDOWN, "url": "", "truthful": ""})
    assert response.status_code == 422
    assert "You made a mistake." in response.content.decode() or "truthful" in response.content.decode()
    assert not Message.objects.exists()
    assert client.post("/messages/takedown/", TAKEDOWN).status_code == 302
    assert Message.objects.get().grounds == "privacy"


def test_no_cookie_is_needed_and_none_is_set(pages):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/messages/contact/", GOOD, headers={"origin": "http://testserver"})
    assert response.status_code == 302
    assert not response.cookies


def test_a_form_on_another_site_is_refused(client, pages):
    assert client.post("/messages/contact/", GOOD, headers={"origin": "https://evil.example"}).status_code == 403
    assert client.post("/messages/contact/", GOOD, headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_programs_fall_into_the_trap(client, pages):
    assert client.post("/messages/contact/", {**GOOD, "website": "x"}).status_code == 302
    assert not Message.objects.exists()


def test_a_flood_is_stopped(client, pages):
    answers = [client.post("/messages/contact/", GOOD).status_code for _ in range(7)]
    assert answers == [302] * 5 + [429] * 2
    assert Message.objects.count() == 5


def test_only_post_and_only_known_forms(client, pages):
    assert client.get("/messages/contact/")["Location"] == "/contact/"
    assert client.put("/messages/contact/").status_code == 405
    assert client.post("/messages/nothing/", GOOD).status_code == 404
