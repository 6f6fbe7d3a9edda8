"""What comes back as mail servers really write it, and what only looks so."""

from __future__ import annotations

import pytest

from broadsheet.readers.newsletters.actions import reports
from broadsheet.readers.newsletters.models import Delivery, Subscriber, Suppression
from tests.readers.newsletters.returned import FORGED, own, sample

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["postfix", "exim", "exchange", "qmail"])
def test_no_such_mailbox_in_every_servers_words(delivery, name):
    taken = reports.take_mail(sample(name, own(delivery)))
    assert taken.understood and "a bounce of delivery" in taken.words
    assert Suppression.objects.get().email_key == "reader@example.org"
    assert Suppression.objects.get().reason == "hard" and "5.1.1" in Suppression.objects.get().detail


def test_a_complaint(delivery):
    assert reports.take_mail(sample("complaint", own(delivery))).understood
    assert Suppression.objects.get().reason == "complaint"


def test_a_delay_counts_for_nothing_and_the_failure_that_follows_counts(delivery):
    taken = reports.take_mail(sample("delayed", own(delivery)))
    assert taken.understood and "a delay" in taken.words
    assert Subscriber.objects.get().soft_bounces == 0 and not Suppression.objects.exists()
    reports.take_mail(sample("postfix", own(delivery)))
    assert Suppression.objects.get().reason == "hard"


def test_a_server_that_gave_up_after_days_counts_once_of_five(delivery):
    mail = sample("delayed", own(delivery)).replace(b"Action: delayed", b"Action: failed")
    assert reports.take_mail(mail).understood
    reports.take_mail(mail)
    assert Subscriber.objects.get().soft_bounces == 1 and not Suppression.objects.exists()


@pytest.mark.parametrize("name", ["out_of_office", "read_receipt", "forwarded", "warning_in_words"])
def test_mail_that_knows_the_letter_but_is_no_failure_changes_nothing(delivery, name):
    assert not reports.take_mail(sample(name, own(delivery))).understood
    assert_nothing_changed()


@pytest.mark.parametrize("name", ["postfix", "exim", "exchange", "qmail", "complaint", "delayed"])
@pytest.mark.parametrize("about", [FORGED, "<news@example.org>", ""])
def test_a_report_on_a_letter_nobody_sent_changes_nothing(delivery, name, about):
    assert not reports.take_mail(sample(name, about)).understood
    assert_nothing_changed()


def test_another_letters_seal_proves_nothing(delivery):
    seal = own(delivery).split(".", 2)[2]
    assert not reports.take_mail(sample("postfix", f"<{delivery.letter_id}.{delivery.pk + 1}.{seal}")).understood


@pytest.mark.parametrize(
    "mail",
    [
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\nContent-Type: message/rfc822\r\n\r\n" * 3000,
        b"From: mailer-daemon@a\r\nContent-Type: text/plain; charset=klingon\r\n\r\n550 5.1.1 \xff",
        b"From: =?utf-8?q?=ff?= <mailer-daemon\r\nMessage-ID: [\r\n\r\n5.1.1",
        b"Content-Type: multipart/report; report-type*0*=%ff; boundary=\r\n\r\n--\r\n",
        b"\x00" * 10_000,
    ],
    ids=["nested", "charset", "headers", "parameters", "zeros"],
)
def test_what_breaks_the_library_is_no_report(delivery, mail):
    assert not reports.take_mail(mail).understood
    assert_nothing_changed()


def assert_nothing_changed() -> None:
    assert not Suppression.objects.exists()
    assert not Delivery.objects.filter(bounced=True).exists()
    assert Subscriber.objects.get().soft_bounces == 0
    assert Subscriber.objects.get().subscriptions.filter(active=True).exists()
