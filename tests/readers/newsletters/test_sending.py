"""From a letter to mailboxes: what goes over, what is refused, what is in doubt. Against a real mail server."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.test import Client
from django.utils import timezone

from broadsheet.readers.newsletters import tasks
from broadsheet.readers.newsletters.actions import composing, queue, sending, starting, subscribing
from broadsheet.readers.newsletters.errors import CannotSend
from broadsheet.readers.newsletters.models import Delivery, Letter, LetterLink, Subscriber, Suppression
from broadsheet.readers.newsletters.rendering import TOKEN
from tests.factories import make_article
from tests.readers.newsletters.factories import make_newsletter, make_subscriber, token
from tests.readers.newsletters.smtp_sink import Sink, listening

pytestmark = pytest.mark.django_db


@pytest.fixture
def sink(settings) -> Sink:
    with listening() as found:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", found.port
        yield found


def make_letter(newsletter, section, **values) -> Letter:
    make_article(
        section, title=values.pop("title", "Ferry sails"), standfirst="At noon.", slug=values.pop("slug", "ferry")
    )
    letter, _ = composing.compose(newsletter)
    return letter


def send(letter: Letter) -> Letter:
    starting.start(letter)
    tasks.keep_time.call()
    return Letter.objects.get(pk=letter.pk)


def states(letter) -> dict[str, str]:
    return dict(Delivery.objects.filter(letter=letter).values_list("subscriber__email", "state"))


def test_everybody_gets_it_once_over_one_connection(sink, morning, section):
    people = [make_subscriber(morning) for _ in range(60)]
    letter = send(make_letter(morning, section))
    assert sorted(sink.recipients) == sorted(person.email for person in people)
    assert letter.state == Letter.State.SENT and letter.finished_at
    assert set(states(letter).values()) == {"sent"}
    assert sink.connections == 1
    with pytest.raises(CannotSend, match="sent"):
        starting.start(letter)
    tasks.keep_time.call()
    assert len(sink.got) == 60


def test_what_stands_on_it(sink, morning, section):
    person = make_subscriber(morning)
    letter = make_letter(morning, section, title="Fähre <b>fährt</b> & mehr")
    send(letter)
    message = message_from_bytes(sink.got[0][1], policy=policy.default)
    assert message["Subject"] == "Fähre <b>fährt</b> & mehr"
    assert message["To"] == person.email and str(message["From"]) == "The Gazette <news@example.org>"
    assert message["List-Id"] == "<morning.newsletters.testserver>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = message["List-Unsubscribe"].strip("<>")
    assert url == f"http://testserver/newsletters/leave/{token(person)}/morning/"
    html, text = (message.get_body((kind,)).get_content() for kind in ("html", "plain"))
    assert "Fähre &lt;b&gt;fährt&lt;/b&gt; &amp; mehr" in html and "prefers-color-scheme:dark" in html.replace(" ", "")
    assert "Fähre <b>fährt</b> & mehr" in text and "At noon." in text and "At noon." in html
    assert url in text and url in html and TOKEN not in text + html
    assert all(len(line) < 80 for line in sink.got[0][1].split(b"\r\n") if line[:1] != b"L")
    Client(enforce_csrf_checks=True).post(url.removeprefix("http://testserver"), {"List-Unsubscribe": "One-Click"})
    assert not person.subscriptions.get().active


def test_refusals(sink, morning, section):
    for name in ("good", "gone", "full", "later", "spam"):
        make_subscriber(morning, email=f"{name}@example.org")
    sink.rcpt = {"gone@example.org": "550 5.1.1 no such user", "full@example.org": "552 5.2.2 full"}
    sink.rcpt["later@example.org"] = "451 4.7.1 greylisted"
    sink.data = {"spam@example.org": "554 5.7.1 we do not like it"}
    letter = send(make_letter(morning, section))
    found = {email.partition("@")[0]: state for email, state in states(letter).items()}
    assert found == {"good": "sent", "gone": "failed", "full": "failed", "later": "queued", "spam": "failed"}
    assert letter.state == Letter.State.SENDING
    assert [row.email_key for row in Suppression.objects.all()] == ["gone@example.org"]
    assert Subscriber.objects.get(email="full@example.org").soft_bounces == 1
    sink.rcpt = {}
    tasks.keep_time.call()
    assert states(letter)["later@example.org"] == "queued"  # not before its time
    Delivery.objects.update(not_before=timezone.now())
    Letter.objects.update(turn_until=None)
    tasks.keep_time.call()
    assert states(letter)["later@example.org"] == "sent"
    assert Letter.objects.get(pk=letter.pk).state == Letter.State.SENT
    again = make_letter(morning, section, slug="second")
    starting.start(again)
    assert "gone@example.org" not in states(again)


def test_a_letter_put_off_too_often_has_failed(sink, morning, section):
    make_subscriber(morning, email="later@example.org")
    sink.rcpt["later@example.org"] = "451 4.7.1 greylisted"
    letter = send(make_letter(morning, section))
    for _ in range(queue.ATTEMPTS):
        Delivery.objects.update(not_before=timezone.now())
        Letter.objects.update(turn_until=None)
        tasks.keep_time.call()
    assert states(letter) == {"later@example.org": "failed"}


@pytest.mark.parametrize("answer", ["hang up", "hang up after keeping"])
def test_a_server_lost_while_it_had_the_letter_leaves_it_in_doubt(sink, morning, section, answer):
    first, lost, last = (make_subscriber(morning, email=f"{name}@example.org") for name in ("first", "lost", "last"))
    sink.data = {lost.email: answer}
    letter = send(make_letter(morning, section))
    assert states(letter) == {first.email: "sent", lost.email: "in_doubt", last.email: "sent"}
    assert letter.state == Letter.State.SENT
    sink.data = {}
    tasks.keep_time.call()
    assert sink.recipients.count(lost.email) == (answer == "hang up after keeping")
    queue.send_again(Delivery.objects.filter(letter=letter, subscriber=lost))
    tasks.keep_time.call()
    assert states(letter)[lost.email] == "sent" and sink.recipients.count(first.email) == 1


def test_no_mail_server_keeps_everybody_waiting_and_says_so(sink, morning, section, settings):
    make_subscriber(morning)
    settings.EMAIL_PORT = 1
    letter = send(make_letter(morning, section))
    assert letter.state == Letter.State.SENDING and "It waits" in letter.note
    assert set(states(letter).values()) == {"queued"} and Delivery.objects.get().attempts == 0
    settings.EMAIL_PORT = sink.port
    Letter.objects.update(turn_until=None)
    tasks.keep_time.call()
    assert len(sink.got) == 1 and Letter.objects.get(pk=letter.pk).note == ""


def test_a_server_that_refuses_us_costs_no_reader_their_place(sink, morning, section):
    make_subscriber(morning)
    sink.sender = "550 5.7.1 not you"
    letter = send(make_letter(morning, section))
    assert "does not take mail from news@example.org" in letter.note
    assert set(states(letter).values()) == {"queued"} and not Suppression.objects.exists()


def test_who_leaves_while_it_is_sent_does_not_get_it(sink, morning, section):
    stays, leaves = make_subscriber(morning), make_subscriber(morning)
    letter = make_letter(morning, section)
    starting.start(letter)
    subscribing.leave(leaves, morning, where="test")
    tasks.keep_time.call()
    assert sink.recipients == [stays.email] and states(letter)[leaves.email] == "dropped"


def test_what_a_dead_process_held_is_in_doubt_and_not_sent_by_itself(sink, morning, section):
    held, waits = make_subscriber(morning), make_subscriber(morning)
    letter = make_letter(morning, section)
    starting.start(letter)
    batch = queue.claim(letter.pk, 1)
    assert [found.email for found in batch.recipients] == [held.email]
    assert queue.recover() == 0  # its time is not over
    Delivery.objects.filter(claim=batch.claim).update(claimed_at=timezone.now() - queue.LEASE - timedelta(seconds=1))
    tasks.keep_time.call()
    assert sink.recipients == [waits.email] and states(letter)[held.email] == "in_doubt"
    queue.settle(batch, [batch.recipients[0].delivery])  # it was alive after all, and knows better
    assert states(letter)[held.email] == "sent"


def test_a_turn_is_taken_once(morning, section):
    make_subscriber(morning)
    letter = make_letter(morning, section)
    starting.start(letter)
    assert [sending.take_turn(letter.pk, 0) for _ in range(3)] == [True, False, False]
    assert sending.waiting_letters() == []
    Letter.objects.update(turn_until=None)
    assert sending.waiting_letters() == [(letter.pk, 1)]
    assert sending.waiting_letters() == []


def test_slow_hands_give_back_what_they_cannot_do_in_time(morning, section, monkeypatch):
    for _ in range(3):
        make_subscriber(morning)
    letter = make_letter(morning, section)
    starting.start(letter)
    batch = queue.claim(letter.pk, 3)
    monkeypatch.setattr(queue, "LEASE", timedelta(0))
    assert sending.hand_over(batch, None, sending.Pace(0)) == 0
    assert set(states(letter).values()) == {"queued"}


def test_the_pace_is_kept(monkeypatch):
    now, slept = [100.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    monkeypatch.setattr(sending.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(sending.time, "sleep", sleep)
    pace = sending.Pace(10)
    for _ in range(21):
        pace.wait()
    assert sum(slept) == pytest.approx(2.0)


def test_another_backend_gets_the_same_letter(morning, section, settings):
    settings.EMAIL_BACKEND = "broadsheet.desk.mailbox.backend.MailboxBackend"
    from broadsheet.desk.mailbox.models import KeptMail
    from broadsheet.desk.mailbox.reading import opened

    person = make_subscriber(morning)
    send(make_letter(morning, section))
    found = opened(bytes(KeptMail.objects.get().source))
    assert found.unsubscribe == f"http://testserver/newsletters/leave/{token(person)}/morning/"
    assert "Ferry sails" in found.html and "Ferry sails" in found.text


def test_clicks_are_counted_and_lead_only_where_the_letter_links(sink, client, morning, section):
    make_subscriber(morning)
    letter = make_letter(morning, section)
    send(letter)
    text = message_from_bytes(sink.got[0][1], policy=policy.default).get_body(("plain",)).get_content()
    path = next(word for word in text.split() if "/newsletters/go/" in word).removeprefix("http://testserver")
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, "http://testserver/harbour/ferry/")
    assert not answer.cookies
    client.head(path)
    assert LetterLink.objects.get().clicks == 1
    for wrong in (path.replace(".0", ".1"), path[:-3] + "xx/", "/newsletters/go/https:evil.example/"):
        assert client.get(wrong).status_code == 404


def test_two_lists_and_their_readers_are_kept_apart(sink, morning, section):
    other = make_newsletter(section, slug="harbour-letter")
    both, one = make_subscriber(morning, other), make_subscriber(other)
    send(make_letter(other, section))
    assert sorted(sink.recipients) == sorted([both.email, one.email])
    send(composing.compose(morning)[0])
    assert sink.recipients.count(both.email) == 2 and sink.recipients.count(one.email) == 1
