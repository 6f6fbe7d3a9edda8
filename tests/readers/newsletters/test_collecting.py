"""The mailbox that letters come back to, read from real servers by IMAP and POP3."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command

from broadsheet.readers.newsletters import tasks
from broadsheet.readers.newsletters.actions import collecting
from broadsheet.readers.newsletters.mailing.reports import MOST_BYTES
from broadsheet.readers.newsletters.models import Delivery, LeftMail, Subscriber, Suppression
from tests.readers.newsletters.mail_servers import PASSWORD, Kept, serving
from tests.readers.newsletters.returned import FORGED, own, sample

pytestmark = pytest.mark.django_db
PLAIN, ENCRYPTED = ["imap", "pop3"], ["imaps", "imap+tls", "pop3s", "pop3+tls"]


@pytest.fixture(params=PLAIN)
def kept(request, certificate, settings, monkeypatch) -> Iterator[Kept]:
    """The mailbox that the site reads."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serving(request.param, certificate) as kept:
        settings.BOUNCE_MAILBOX = kept.url
        yield kept


@pytest.mark.parametrize("kept", PLAIN + ENCRYPTED, indirect=True)
def test_what_is_understood_is_taken_in_and_removed_and_the_rest_stays_unread(kept, delivery, logged):
    huge = sample("postfix", own(delivery)) + b"x" * MOST_BYTES
    kept.put(sample("out_of_office", own(delivery)), sample("postfix", FORGED), huge, sample("exim", own(delivery)))
    kept.put(b"From: ada@example.org\r\n\r\nGood morning.\r\n.\r\n", sample("delayed", own(delivery)))
    assert collecting.collect() == collecting.Collected(taken=2, left=4, more=False)
    assert sorted(kept.mails) == [1, 2, 3, 5] and not any(kept.flags.values())
    assert Suppression.objects.get().reason == "hard" and Delivery.objects.get().bounced
    assert "2 taken in and removed" in logged.text and "4 left there" in logged.text


@pytest.mark.parametrize("kept", ENCRYPTED, indirect=True)
def test_a_server_that_cannot_prove_who_it_is_is_told_nothing(kept, delivery, logged, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    kept.put(sample("postfix", own(delivery)))
    assert collecting.collect().taken == 0 and len(kept.mails) == 1
    assert not [line for line in kept.asked if PASSWORD in line or "LOGIN" in line or "PASS" in line]
    assert "CERTIFICATE_VERIFY_FAILED" in logged.text


def test_what_was_left_is_not_fetched_again_as_long_as_it_lies_there(kept, delivery):
    kept.put(b"Subject: a question\r\n\r\nWhen do you print?\r\n", sample("postfix", FORGED))
    collecting.collect()
    kept.put(sample("postfix", own(delivery)))
    assert collecting.collect() == collecting.Collected(taken=1)
    assert kept.fetched == [1, 2, 3]
    kept.remove(2)
    collecting.collect()
    assert kept.fetched == [1, 2, 3] and LeftMail.objects.count() == 1


@pytest.mark.parametrize(
    ("kept", "command"), [("imap", "STORE"), ("pop3", "DELE"), ("pop3", "QUIT")], indirect=["kept"]
)
def test_a_run_that_dies_before_it_removes_is_repeated_without_effect(kept, delivery, command, logged):
    kept.put(sample("delayed", own(delivery)).replace(b"Action: delayed", b"Action: failed"))
    kept.hang_up_at = command
    collecting.collect()
    assert len(kept.mails) == 1 and Subscriber.objects.get().soft_bounces == 1
    assert "was not reached, or was lost" in logged.text
    assert collecting.collect().taken == 1
    assert not kept.mails and Subscriber.objects.get().soft_bounces == 1


def test_a_run_that_dies_while_it_counts_is_repeated_and_counts(kept, delivery, monkeypatch):
    kept.put(sample("postfix", own(delivery)))
    with monkeypatch.context() as dying:
        dying.setattr("broadsheet.readers.newsletters.actions.bounces.suppress", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            collecting.collect()
    assert len(kept.mails) == 1 and not Suppression.objects.exists()
    collecting.collect()
    assert not kept.mails and Suppression.objects.exists()


def test_runs_are_short_and_what_nobody_understands_does_not_stand_in_the_way(kept, delivery, monkeypatch):
    monkeypatch.setattr(collecting, "MOST_AT_ONCE", 2)
    kept.put(*[b"Subject: a reply\r\n\r\nNo.\r\n"] * 3, sample("postfix", own(delivery)))
    assert collecting.collect() == collecting.Collected(left=2, more=True)
    tasks.collect_returned.enqueue()  # goes on by itself, here at once
    assert sorted(kept.mails) == [1, 2, 3] and Suppression.objects.exists()


def test_a_run_ends_after_its_time(kept, delivery, monkeypatch):
    monkeypatch.setattr(collecting, "RUN_SECONDS", -1)
    kept.put(sample("postfix", own(delivery)))
    assert collecting.collect() == collecting.Collected() and not kept.fetched


def test_a_mail_that_the_server_does_not_give_stops_nothing_and_is_asked_for_again(kept, delivery, logged, monkeypatch):
    kept.put(sample("exchange", own(delivery)), sample("complaint", own(delivery)))
    kept.unreadable = {1}
    assert collecting.collect() == collecting.Collected(taken=1)
    assert "1 not given by the server" in logged.text
    monkeypatch.setattr(collecting, "MOST_AT_ONCE", 1)
    kept.put(b"Subject: hello\r\n\r\n")
    assert collecting.collect() == collecting.Collected()  # nor is it asked for without end
    kept.unreadable = set()
    assert collecting.collect().taken == 1 and sorted(kept.mails) == [3]


@pytest.mark.parametrize(
    ("kept", "command"),
    [("imap", "LOGIN"), ("imap", "UID SEARCH"), ("pop3", "USER"), ("pop3", "UIDL")],
    indirect=["kept"],
)
def test_a_silent_server_is_not_waited_for(kept, delivery, command, monkeypatch, logged):
    monkeypatch.setattr(collecting, "TIMEOUT_SECONDS", 0.2)
    kept.silent_at, began = command, time.monotonic()
    assert collecting.collect() == collecting.Collected()
    assert time.monotonic() - began < 20 and "timed out" in logged.text


def test_a_wrong_password_is_told_without_the_password(kept, logged):
    kept.password = "another"
    assert collecting.collect() == collecting.Collected()
    assert "wrong password" in logged.text and "news@example.org@127.0.0.1" in logged.text
    assert PASSWORD not in logged.text and "s3cret" not in logged.text


def test_a_server_that_is_not_there_is_told(kept, settings, logged):
    settings.BOUNCE_MAILBOX = kept.url.replace(str(kept.port), "1")
    assert collecting.collect() == collecting.Collected()
    assert "refused" in logged.text


@pytest.mark.parametrize("kept", ["imap"], indirect=True)
def test_what_others_marked_is_not_removed_with_ours(kept, delivery, settings):
    settings.BOUNCE_MAILBOX = kept.url + "/Came%20back"
    kept.put(b"Subject: marked by an editor\r\n\r\n", sample("postfix", own(delivery)))
    kept.flags[1].add("\\Deleted")
    kept.uidplus = False
    assert collecting.collect().taken == 1
    assert sorted(kept.mails) == [1, 2] and kept.flags[2] == {"\\Deleted"}  # until somebody cleans up
    assert collecting.collect() == collecting.Collected() and kept.fetched == [2]
    kept.uidplus = True
    kept.put(sample("exim", own(delivery)))
    collecting.collect()
    assert sorted(kept.mails) == [1, 2]


@pytest.mark.parametrize("kept", ["imap"], indirect=True)
def test_a_folder_that_does_not_exist_is_told(kept, settings, logged):
    settings.BOUNCE_MAILBOX = kept.url + "/Nowhere"
    assert collecting.collect() == collecting.Collected()
    assert "no folder Nowhere" in logged.text


@pytest.mark.parametrize("kept", ["pop3"], indirect=True)
def test_a_server_that_knows_few_commands_is_read_all_the_same(kept, delivery):
    kept.knows_top = False
    kept.put(sample("postfix", own(delivery)))
    assert collecting.collect().taken == 1


def test_lines_of_any_length_are_read(kept, delivery):
    kept.put(sample("postfix", own(delivery)).replace(b"I'm sorry", b"so " * 30_000 + b"sorry"))
    assert collecting.collect().taken == 1


def test_signs_that_a_database_does_not_take_are_not_given_to_it(kept, delivery):
    mail = sample("exchange", own(delivery)).replace(b"Status: 5.1.10", b"Status: 5.1.10\x00")
    kept.put(mail.replace(b"RESOLVER", b"\x00\xff\xfe"))
    assert collecting.collect().taken == 1
    assert Suppression.objects.get().reason == "hard"


def test_a_message_id_that_is_no_text_stops_nothing(kept, delivery):
    half_a_character = sample("qmail", "<1.2.+3P8-@example.org>")
    kept.put(b"Content-Type: text/plain; charset=utf-7\r\n" + half_a_character, sample("exim", own(delivery)))
    assert collecting.collect() == collecting.Collected(taken=1, left=1)


def test_the_command_reads_it_now(kept, delivery, settings, capsys):
    kept.put(sample("postfix", own(delivery)), b"Subject: hello\r\n\r\n")
    call_command("letters", "collect")
    assert "1 taken in and removed, 1 left there." in capsys.readouterr().out
    settings.BOUNCE_MAILBOX = ""
    assert tasks.collect_returned.enqueue().return_value == {"taken": 0, "left": 0}
    with pytest.raises(CommandError, match="bounce_mailbox"):
        call_command("letters", "collect")
