"""What a view mails reaches the worker whole, and is sent by it as it was written."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django_tasks_db.models import DBTaskResult

from broadsheet.ops import mail_by_worker, tasks

DATE = "Mon, 30 Nov 2026 20:00:00 -0000"
LOCAL = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def _web(settings, db):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    settings.EMAIL_BACKEND, settings.EMAIL_SENDER = mail_by_worker.BACKEND, LOCAL


def work_off(settings):
    settings.EMAIL_BACKEND = LOCAL
    for row in DBTaskResult.objects.order_by("enqueued_at"):
        tasks.send_mail.call(**row.args_kwargs["kwargs"])
    return mail.outbox


def written(message):
    """Its headers and its parts, without the marks between them, which are drawn anew each time."""
    whole = message.message()
    headers = {name: value for name, value in whole.items() if name != "Content-Type"}
    return headers, [(part.get_content_type(), part.get_payload()) for part in whole.walk() if not part.is_multipart()]


@pytest.mark.usefixtures("_web")
def test_a_message_comes_out_as_it_went_in(settings):
    message = EmailMultiAlternatives(
        "Ihr Code: 7\N{NO-BREAK SPACE}2", "Grüße", "Paper <news@example.org>", ["ada@example.org"],
        cc=["bob@example.org"], bcc=["eve@example.org"], reply_to=["desk@example.org"],
        headers={"Auto-Submitted": "auto-generated", "Message-ID": "<1@example.org>", "Date": DATE},
    )  # fmt: skip
    message.attach_alternative("<p>Grüße</p>", "text/html")
    assert message.send() == 1 and mail.outbox == []
    (sent,) = work_off(settings)
    assert sent.recipients() == message.recipients()
    assert written(sent) == written(message)


@pytest.mark.usefixtures("_web")
def test_a_message_that_is_sent_twice_is_the_same_to_whoever_gets_it(settings):
    EmailMessage("Code", "7 2", None, ["ada@example.org"]).send()
    work_off(settings)
    first, second = work_off(settings)
    assert first.message()["Message-ID"] == second.message()["Message-ID"]
    assert first.message()["Message-ID"].endswith("@testserver>"), "the machine's name is nobody's business"


@pytest.mark.usefixtures("_web")
def test_a_message_with_a_file_is_sent_at_once_and_one_to_nobody_not_at_all():
    message = EmailMessage("A file", "See there", None, ["ada@example.org"])
    message.attach("notes.txt", "Notes", "text/plain")
    assert message.send() == 1 and EmailMessage("Nobody", "", None, []).send() == 0
    assert [sent.subject for sent in mail.outbox] == ["A file"] and not DBTaskResult.objects.exists()


def test_mail_that_needs_no_server_is_not_handed_over(settings):
    for backend, is_handed_over in (*((one, False) for one in mail_by_worker.SERVERLESS), (LOCAL, True)):
        settings.EMAIL_BACKEND = backend
        mail_by_worker.hand_over()
        assert (settings.EMAIL_BACKEND == mail_by_worker.BACKEND) is is_handed_over
