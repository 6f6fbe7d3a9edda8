"""What comes back: bounces and complaints by mail and from providers."""

from __future__ import annotations

import base64
import json

import pytest
from django.core.management import call_command
from django.utils import timezone

from broadsheet.readers.newsletters.actions import bounces, reports
from broadsheet.readers.newsletters.mailing.envelope import delivery_of, message_id
from broadsheet.readers.newsletters.models import Delivery, Letter, Subscriber, Suppression

pytestmark = pytest.mark.django_db

DSN = """From: MAILER-DAEMON@mx.example
To: news@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

It did not work.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; reader@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <reader@example.org>: no such
  user here

--B
Content-Type: {returned}

From: news@example.org
Message-ID: {message_id}
Subject: The morning letter

--B--
"""
ARF = """From: fbl@provider.example
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="B"

--B
Content-Type: text/plain

A complaint.

--B
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: Provider/1.0
Version: 1

--B
Content-Type: message/rfc822

From: news@example.org
Message-ID: {message_id}

The letter.

--B--
"""


def dsn(delivery: Delivery, **values: str) -> bytes:
    facts = {"action": "failed", "status": "5.1.1", "returned": "message/rfc822"}
    facts["message_id"] = message_id(delivery.letter_id, delivery.pk)
    return DSN.format(**{**facts, **values}).replace("\n", "\r\n").encode()


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_hard_bounce_ends_it(delivery, returned):
    assert "a bounce of delivery" in reports.take_mail(dsn(delivery, returned=returned)).words
    assert Suppression.objects.get().reason == "hard" and "no such user here" in Suppression.objects.get().detail
    delivery.refresh_from_db()
    assert delivery.bounced
    assert "known already" in reports.take_mail(dsn(delivery, returned=returned)).words


def test_a_bounce_whose_count_was_cut_short_counts_when_it_is_told_again(delivery, monkeypatch):
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(bounces, "suppress", die)
        with pytest.raises(KeyboardInterrupt):
            bounces.bounced(delivery.pk, "5.1.1", "no such user")
    assert bounces.bounced(delivery.pk, "5.1.1", "no such user")
    assert Suppression.objects.get().reason == "hard"


def test_soft_bounces_are_counted_and_many_end_it(delivery):
    for number in range(bounces.MOST_SOFT):
        Delivery.objects.update(bounced=False)
        reports.take_mail(dsn(delivery, status="5.2.2"))
        assert Suppression.objects.exists() == (number + 1 == bounces.MOST_SOFT)
    assert Suppression.objects.get().reason == "soft"


def test_soft_bounces_of_long_ago_are_forgotten(delivery):
    Subscriber.objects.update(soft_bounces=4, soft_bounced_at=timezone.now() - bounces.FORGOTTEN_AFTER)
    reports.take_mail(dsn(delivery, status="5.2.2"))
    assert Subscriber.objects.get().soft_bounces == 1 and not Suppression.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"action": "relayed"},
        {"message_id": "<1.1.0000@newsletters.testserver>"},
        {"message_id": "<somebody@else.example>"},
        {"message_id": ""},
        {"returned": "text/plain"},
    ],
)
def test_what_is_no_report_of_ours_changes_nothing(delivery, values):
    assert "left alone" in reports.take_mail(dsn(delivery, **values)).words
    assert not Suppression.objects.exists() and not Delivery.objects.filter(bounced=True).exists()


@pytest.mark.parametrize("mail", [b"", b"\xff\x00", b"Subject: hello\r\n\r\nhello", b"Content-Type: multipart/report"])
def test_any_other_mail_is_left_alone(db, mail):
    assert "left alone" in reports.take_mail(mail).words


def test_a_complaint_ends_everything(delivery, morning):
    mail = ARF.format(kind="abuse", message_id=message_id(delivery.letter_id, delivery.pk)).encode()
    assert "no more letters" in reports.take_mail(mail).words
    assert Suppression.objects.get().reason == "complaint"
    assert not Subscriber.objects.get().subscriptions.filter(active=True).exists()
    assert "left alone" in reports.take_mail(mail.replace(b"abuse", b"not-spam")).words


def test_message_ids_cannot_be_made_up(delivery):
    own = message_id(delivery.letter_id, delivery.pk)
    assert delivery_of(own) == delivery.pk
    assert delivery_of(own.replace(f".{delivery.pk}.", f".{delivery.pk + 1}.")) is None
    for wrong in ("", "<>", "<a.b.c@d>", "<1.2@d>", "<99999999999999999999.1.x@d>"):
        assert delivery_of(wrong) is None


def test_the_command_reads_files_and_mailboxes(delivery, tmp_path, capsys):
    (tmp_path / "one.eml").write_bytes(dsn(delivery))
    call_command("letters", "returned", str(tmp_path / "one.eml"))
    box = b"From MAILER-DAEMON Mon May  4 09:00:00 2026\n" + dsn(delivery).replace(b"\r\n", b"\n") + b"\n"
    (tmp_path / "box").write_bytes(box + box)
    call_command("letters", "returned", str(tmp_path / "box"))
    assert capsys.readouterr().out.count("a bounce of delivery") == 3


def test_a_providers_reports_need_the_secret(delivery, client, settings):
    from django.urls import clear_url_caches, include, path

    from broadsheet.ops import urls

    settings.ANYMAIL = {"WEBHOOK_SECRET": "name:secret"}
    urls.urlpatterns.insert(0, path("mail-reports/", include("anymail.urls")))
    clear_url_caches()
    event = {
        "RecordType": "Bounce",
        "ID": 42,
        "Type": "HardBounce",
        "MessageID": "883953f4",
        "Description": "The server was unable to deliver your message (ex: unknown user, mailbox not found).",
        "Details": "smtp;550 5.1.1 unknown",
        "Email": "reader@example.org",
        "BouncedAt": "2026-05-04T09:00:00Z",
        "Metadata": {"message_id": message_id(delivery.letter_id, delivery.pk)},
    }
    body, url = json.dumps(event), "/mail-reports/postmark/tracking/"
    try:
        assert client.post(url, body, "application/json").status_code == 400
        assert not Suppression.objects.exists()
        basic = "Basic " + base64.b64encode(b"name:secret").decode()
        assert client.post(url, body, "application/json", headers={"authorization": basic}).status_code == 200
        assert Suppression.objects.get().reason == "hard"
        spam = json.dumps({**event, "RecordType": "SpamComplaint", "Type": "SpamComplaint"})
        client.post(url, spam, "application/json", headers={"authorization": basic})
        assert Suppression.objects.get().reason == "complaint"
    finally:
        del urls.urlpatterns[0]
        clear_url_caches()
    assert Letter.objects.count() == 1
