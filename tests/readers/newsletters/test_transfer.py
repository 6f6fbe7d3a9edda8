"""Subscribers from and to a file, with proof."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from broadsheet.readers.newsletters.actions import subscribing, transfer
from broadsheet.readers.newsletters.errors import BadImport
from broadsheet.readers.newsletters.models import Consent, Newsletter, Subscriber, Subscription
from tests.readers.newsletters.factories import make_newsletter, make_subscriber

pytestmark = pytest.mark.django_db
HEAD = "email,list,consent_at,where,wording\n"


def take(text: str, **options):
    return transfer.import_subscribers(io.StringIO(text), **options)


def test_lines_with_proof_are_taken_and_others_are_named(morning):
    gone = make_subscriber(morning, email="gone@example.org")
    subscribing.leave(gone, morning, where="test")
    report = take(
        HEAD
        + "Jo@Example.org,morning,2026-05-04,Old site,I want letters\n"
        + "jo@example.org,morning,2026-05-04,Old site,\n"
        + "gone@example.org,morning,2026-05-04,Old site,\n"
        + "nobody,morning,2026-05-04,Old site,\n"
        + "a@example.org,nothing,2026-05-04,Old site,\n"
        + "b@example.org,morning,,Old site,\n"
        + "c@example.org,morning,2999-01-01,Old site,\n"
        + "d@example.org,morning,2026-05-04T09:00:00+02:00,,\n"
    )
    assert (report.added, report.left, report.refused_count) == (1, 1, 5)
    assert [line.split(":")[0] for line in report.refused] == [f"Line {number}" for number in range(5, 10)]
    proof = Consent.objects.get(subscriber__email_key="jo@example.org")
    assert (proof.act, proof.where) == ("imported", "Old site")
    assert timezone.localdate(proof.at).isoformat() == "2026-05-04"
    assert not Subscription.objects.get(subscriber=gone).active


def test_a_file_without_proof_is_refused(morning):
    with pytest.raises(BadImport, match="consent_at, where"):
        take("email,list\na@example.org,morning\n")
    with pytest.raises(BadImport, match="lacks"):
        take("")
    assert take("email,consent_at,where\na@example.org,2026-05-04,Fair\n", newsletter=morning).added == 1


def test_what_is_exported_can_be_imported(morning, client):
    other = make_newsletter(slug="other")
    make_subscriber(morning, other, email="jo@example.org")
    left = make_subscriber(morning, email="+left@example.org")
    subscribing.leave(left, morning, where="=cmd()")
    out = io.StringIO()
    csv.writer(out).writerows(transfer.export_subscribers())
    assert "'+left@example.org" in out.getvalue() and "'=cmd()" in out.getvalue()
    Subscriber.objects.all().delete()
    report = take(out.getvalue())
    assert (report.added, report.refused) == (2, [])
    assert set(Newsletter.objects.filter(subscriptions__active=True)) == {morning, other}


def test_the_commands(morning, tmp_path, capsys):
    file = tmp_path / "people.csv"
    file.write_text("\ufeff" + HEAD + "a@example.org,morning,2026-05-04,Fair,\nnobody,morning,2026-05-04,Fair,\n")
    call_command("letters", "import", str(file))
    out = capsys.readouterr()
    assert "1 added" in out.out and "Line 3" in out.err
    call_command("letters", "export", "--list", "morning")
    assert "a@example.org" in capsys.readouterr().out
    call_command("letters", "compose", "morning")
    call_command("letters", "list")
    assert "1 subscribers" in capsys.readouterr().out
    for wrong in (("import", str(file), "--list", "no"), ("send", "99"), ("compose", "no")):
        with pytest.raises(CommandError, match="broadsheet letters list"):
            call_command("letters", *wrong)
