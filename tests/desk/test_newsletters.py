"""Letters at the desk."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from broadsheet.readers.newsletters.actions import composing, queue, starting
from broadsheet.readers.newsletters.models import Delivery, Letter, Newsletter, Subscriber
from tests.factories import make_article
from tests.readers.newsletters.factories import make_newsletter, make_subscriber

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick(settings):
    settings.LETTERS_PER_SECOND = 0


@pytest.fixture
def morning(world) -> Newsletter:
    return make_newsletter(name="Morning", slug="morning")


@pytest.fixture
def chief(paper) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("chief", email="chief@example.org"))
    return client


@pytest.fixture
def letter(morning, world) -> Letter:
    make_article(world, title="Bridge opens", slug="bridge")
    make_article(world, title="Ferry sails", slug="ferry")
    return composing.compose(morning)[0]


def test_an_editor_makes_changes_and_sends_a_letter(editor, morning, world):
    person = make_subscriber(morning)
    ferry = make_article(world, title="Ferry sails")
    bridge = make_article(world, title="Bridge opens")
    answer = editor.post("/desk/letters/new/", {"newsletter": morning.pk})
    letter = Letter.objects.get()
    assert answer["Location"] == f"/desk/letters/{letter.pk}/"
    page = editor.get(answer["Location"]).content.decode()
    assert "Send now" in page and "1 subscriber" in page and "Bridge opens" in page
    items = list(letter.items.all())
    form = {
        "subject": "Good morning",
        "preheader": "The news",
        "introduction": '{"blocks": [], "entityMap": {}}',
        "items-TOTAL_FORMS": "2",
        "items-INITIAL_FORMS": "2",
        "items-MIN_NUM_FORMS": "0",
        "items-MAX_NUM_FORMS": "1000",
        "items-0-id": items[0].pk,
        "items-0-article": bridge.pk,
        "items-0-headline": "",
        "items-0-ORDER": "2",
        "items-1-id": items[1].pk,
        "items-1-article": ferry.pk,
        "items-1-headline": "The ferry, at last",
        "items-1-ORDER": "1",
    }
    answer = editor.post(f"/desk/letters/edit/{letter.pk}/", form)
    assert answer.status_code == 302, answer.context["form"].errors
    letter.refresh_from_db()
    assert letter.edited_at and letter.subject == "Good morning"
    assert [item.headline for item in letter.items.all()] == ["The ferry, at last", ""]
    assert (
        "It goes to 1 subscriber and cannot be called back."
        in editor.get(f"/desk/letters/{letter.pk}/").content.decode()
    )
    editor.post(f"/desk/letters/{letter.pk}/send/")
    assert [(message.subject, message.to) for message in mail.outbox] == [("Good morning", [person.email])]
    assert "The ferry, at last" in mail.outbox[0].body
    page = editor.get(f"/desk/letters/{letter.pk}/").content.decode()
    assert "of 1 handed over" in page and "Send now" not in page
    assert editor.get(f"/desk/letters/edit/{letter.pk}/").status_code == 404
    editor.post(f"/desk/letters/{letter.pk}/send/")
    assert len(mail.outbox) == 1


def test_the_preview_is_shut_in_and_has_its_dark(editor, letter):
    light = editor.get(f"/desk/letters/{letter.pk}/html/?light")
    assert "sandbox" in light["Content-Security-Policy"] and "(max-width:0)" in light.content.decode()
    assert "(min-width:0)" in editor.get(f"/desk/letters/{letter.pk}/html/?dark").content.decode()
    assert "/newsletters/go/" not in light.content.decode()


def test_a_time_a_hold_a_test_and_an_end(chief, letter):
    url = f"/desk/letters/{letter.pk}"
    at = timezone.localtime() + timedelta(hours=2)
    chief.post(f"{url}/time/", {"due_at": f"{at:%Y-%m-%d %H:%M}"})
    letter.refresh_from_db()
    assert letter.state == "scheduled" and abs(letter.due_at - at) < timedelta(minutes=1)
    chief.post(f"{url}/hold/")
    letter.refresh_from_db()
    assert letter.state == "draft"
    answer = chief.post(f"{url}/time/", {"due_at": "2020-01-01 07:00"}, follow=True)
    assert "That is over" in answer.content.decode()
    chief.post(f"{url}/test/")
    assert mail.outbox[0].subject == "[Test] Ferry sails" and mail.outbox[0].to == ["chief@example.org"]
    chief.post(f"{url}/cancel/")
    letter.refresh_from_db()
    assert letter.state == "cancelled" and starting.start_due() == []


def test_what_is_in_doubt_is_decided_by_an_editor(editor, letter, morning):
    people = [make_subscriber(morning) for _ in range(3)]
    starting.start(letter)
    for person in people:
        queue.doubt(queue.claim(letter.pk, 1), Delivery.objects.get(subscriber=person).pk, "The program ended.")
    queue.finish(letter.pk)
    url = f"/desk/letters/{letter.pk}/"
    page = editor.get(url).content.decode()
    assert all(person.email in page for person in people) and "The program ended." in page
    assert "3 in doubt" in editor.get("/desk/letters/").content.decode()
    assert "Letters in doubt" in editor.get("/desk/").content.decode()
    one, two, three = Delivery.objects.order_by("pk")
    editor.post(f"{url}decide/", {"one": "9" * 5000, "decision": "leave"})
    editor.post(f"{url}decide/", {"one": one.pk, "decision": "leave"})
    editor.post(f"{url}decide/", {"one": two.pk, "decision": "again"})
    assert [message.to for message in mail.outbox] == [[people[1].email]]
    three.refresh_from_db()
    assert three.state == "in_doubt"
    editor.post(f"{url}decide/", {"decision": "again"})
    assert len(mail.outbox) == 2 and set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_lists_are_made_by_name(editor, world):
    assert "Section: World" in editor.get("/desk/newsletter-lists/new/").content.decode()
    form = {
        "name": "World letter", "slug": "world-letter", "promise": "The world, weekly.", "carries": f"1:{world.pk}",
        "rhythm": "weekly", "weekday": "4", "at": "07:00", "length": "5", "sends_itself": "on", "active": "on",
        "position": "1", "sender": "", "imprint": "",
    }  # fmt: skip
    answer = editor.post("/desk/newsletter-lists/new/", form)
    assert answer.status_code == 302, answer.context["form"].errors
    made = Newsletter.objects.get()
    assert (made.kind, made.ref) == (1, world.pk)
    make_subscriber(made)
    listed = editor.get("/desk/newsletter-lists/").content.decode()
    assert (
        "World letter" in listed
        and "07:00" in listed
        and "1 subscriber<" in listed.replace("\n", "").replace(" <", "<")
    )
    refused = editor.post("/desk/newsletter-lists/new/", {**form, "slug": "x", "carries": "0:0", "rhythm": "at_once"})
    assert "flood" in refused.content.decode()


def test_subscribers_are_the_chiefs(chief, editor, morning):
    person = make_subscriber(morning, email="jo@example.org")
    assert editor.get("/desk/subscribers/").status_code == 302
    assert "jo@example.org" in chief.get("/desk/subscribers/?q=JO@").content.decode()
    assert "jo@example.org" not in chief.get("/desk/subscribers/?q=x").content.decode()
    file = io.BytesIO(b"email,consent_at,where\nnew@example.org,2026-05-04,Fair\nbad,2026-05-04,Fair\n")
    file.name = "people.csv"
    page = chief.post("/desk/subscribers/import/", {"file": file, "newsletter": morning.pk}).content.decode()
    assert "1 added" in page and "Line 3" in page
    export = b"".join(chief.get("/desk/subscribers/export/").streaming_content).decode()
    assert "new@example.org" in export and "jo@example.org" in export
    assert chief.get("/desk/suppressed-mailboxes/").status_code == 200
    assert "Delete for good" in chief.get("/desk/subscribers/").content.decode()
    chief.post(f"/desk/subscribers/{person.pk}/forget/")
    assert not Subscriber.objects.filter(pk=person.pk).exists()


def test_a_reporter_sees_none_of_it(reporter, letter):
    for path in (
        "letters/",
        f"letters/{letter.pk}/",
        f"letters/{letter.pk}/html/",
        "newsletter-lists/",
        "subscribers/",
    ):
        assert reporter.get(f"/desk/{path}").status_code in {302, 403}, path
    reporter.post(f"/desk/letters/{letter.pk}/send/")
    letter.refresh_from_db()
    assert letter.state == "draft"
    home = reporter.get("/desk/").content.decode()
    assert "/desk/letters/" not in home and "/desk/subscribers/" not in home


def test_the_list_of_letters_costs_the_same_however_long(editor, morning, world):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert editor.get("/desk/letters/").status_code == 200
        return len(found)

    for number in range(12):
        make_article(world, title=f"Report {number}")
        make_subscriber(morning)
        starting.start(composing.compose(morning)[0])
        if number == 1:
            queries()
            few = queries()
    assert queries() <= few
