"""Single mails against a real mail server: away, hanging, refusing one mailbox, lost while it has a mail in hand."""

from __future__ import annotations

import smtplib

import pytest
from django.core.mail import EmailMessage

from broadsheet.readers.newsletters.errors import ServerAway
from broadsheet.readers.newsletters.mailing import one_mail
from broadsheet.readers.newsletters.mailing.one_mail import MailServer
from tests.press.outage.line import Line
from tests.readers.newsletters import smtp_sink


@pytest.fixture
def line(settings):
    """The line to a mail server; ``line.sink`` is what that got."""
    with smtp_sink.listening() as sink:
        line = Line(sink.port)
        line.sink = sink
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
        settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = line.port, 1
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield line
        line.close()


def mail(to="ada@example.org"):
    return EmailMessage("Code", "7 2", "news@example.org", [to])


@pytest.mark.parametrize("how", ["hang", "refuse"])
def test_a_server_that_is_away_is_tried_once_and_again_after_a_pause(line, how, monkeypatch, caplog):
    server = MailServer()
    line.set(how)
    for _ in range(3):
        with pytest.raises(ServerAway, match="not reached") as raised:
            server.send(mail())
        assert not raised.value.may_have_it
    assert line.calls == 1 and caplog.text.count("so mail waits") == 1
    line.set("through")
    with pytest.raises(ServerAway):
        server.send(mail())
    later = one_mail.time.monotonic() + one_mail.PAUSE_SECONDS
    monkeypatch.setattr(one_mail.time, "monotonic", lambda: later)
    server.send(mail())
    server.send(mail("bob@example.org"))
    assert line.sink.recipients == ["ada@example.org", "bob@example.org"]
    assert caplog.text.count("reached again") == 1


def test_a_mailbox_that_is_refused_says_nothing_of_the_server(line):
    server = MailServer()
    line.sink.rcpt["nobody@example.org"] = "550 no such mailbox"
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        server.send(mail("nobody@example.org"))
    server.send(mail())
    assert line.sink.recipients == ["ada@example.org"]


def test_it_is_told_when_the_server_may_have_the_mail_all_the_same(line):
    line.sink.data["ada@example.org"] = "hang up after keeping"
    with pytest.raises(ServerAway) as raised:
        MailServer().send(mail())
    assert raised.value.may_have_it and line.sink.recipients == ["ada@example.org"]
