"""The site's own mailbox."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission, User
from django.core.mail import EmailMultiAlternatives, send_mail
from django.test import Client

from broadsheet.desk.mailbox import backend
from broadsheet.desk.mailbox.models import KeptMail
from broadsheet.desk.mailbox.reading import one_click, opened

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "<http://testserver/leave/>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


@pytest.fixture(autouse=True)
def _kept(settings):
    settings.EMAIL_BACKEND = "broadsheet.desk.mailbox.backend.MailboxBackend"


@pytest.fixture
def chief(paper) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("chief"))
    return client


def send(html="<p>Good <b>morning</b></p>", **headers) -> KeptMail:
    message = EmailMultiAlternatives("Grüße", "Good morning\n.", "News <n@e.org>", ["zoë@example.org"], headers=headers)
    message.attach_alternative(html, "text/html")
    assert message.send() == 1
    return KeptMail.objects.first()


def test_what_any_app_mails_is_shown_with_both_its_parts(chief):
    kept = send(**ONE_CLICK)
    assert "Grüße" in chief.get("/desk/mailbox/").content.decode()
    html = chief.get(f"/desk/mailbox/{kept.pk}/").content.decode()
    assert "Good morning" in html and "List-Unsubscribe-Post" in html
    assert 'action="http://testserver/leave/"' in html
    assert "Good <b>morning</b>" in chief.get(f"/desk/mailbox/{kept.pk}/html/").content.decode()
    assert "Mailbox" in chief.get("/desk/").content.decode()


def test_a_mail_can_run_nothing(chief):
    kept = send('<script>alert(1)</script><img src="https://tracker.example/1.gif">')
    assert "<script>alert(1)" not in chief.get(f"/desk/mailbox/{kept.pk}/").content.decode()
    policy = chief.get(f"/desk/mailbox/{kept.pk}/html/")["Content-Security-Policy"]
    assert "sandbox allow-popups" in policy and "allow-scripts" not in policy and "allow-same-origin" not in policy
    assert "default-src 'none'" in policy and "img-src 'self' data:" in policy


def test_it_is_the_superusers_unless_somebody_is_given_it(editor):
    kept = send()
    for path in ("/desk/mailbox/", f"/desk/mailbox/{kept.pk}/", f"/desk/mailbox/{kept.pk}/html/"):
        assert editor.get(path)["Location"] == "/desk/"
    assert "mailbox" not in editor.get("/desk/").content.decode()
    user = User.objects.get(pk=editor.session["_auth_user_id"])
    user.user_permissions.add(Permission.objects.get(codename="view_keptmail"))
    assert editor.get("/desk/mailbox/").status_code == 200


def test_the_newest_are_kept(monkeypatch):
    monkeypatch.setattr(backend, "KEPT", 3)
    for number in range(5):
        send_mail(f"Mail {number}", "text", None, ["a@example.org"])
    assert [mail.subject for mail in KeptMail.objects.all()] == ["Mail 4", "Mail 3", "Mail 2"]


def test_only_what_rfc_8058_asks_for_makes_a_button():
    assert one_click({"list-unsubscribe": "<mailto:x@y>, <https://a/b>"}) == ""
    given = {"list-unsubscribe-post": "List-Unsubscribe=One-Click"}
    assert one_click({**given, "list-unsubscribe": "<mailto:x@y>, <https://a/b>"}) == "https://a/b"
    assert one_click({**given, "list-unsubscribe": "<javascript:x>"}) == ""
    assert opened(b"Subject: x\r\n\r\nplain").text.strip() == "plain"
