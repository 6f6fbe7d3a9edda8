"""Where mail goes."""

from __future__ import annotations

import pytest
from django.utils.module_loading import import_string

from broadsheet.ops import mail


@pytest.mark.parametrize("scheme", sorted(set(mail.PROVIDERS) - {"ses"}))
def test_a_providers_address_opens_its_backend(scheme, settings):
    _, example, _ = mail.PROVIDERS[scheme]
    assert mail.problem(example) == ""
    found = mail.from_url(example)
    settings.ANYMAIL = found.anymail
    assert import_string(found.backend)() is not None  # it refuses to be made without its credentials
    assert "password" not in str(found.anymail).lower()


@pytest.mark.parametrize("scheme", sorted(mail.PROVIDERS))
def test_an_address_without_its_secret_is_refused_with_an_example(scheme):
    wrong = mail.problem(f"{scheme}://")
    assert wrong and (mail.PROVIDERS[scheme][1] in wrong or "broadsheet[ses]" in wrong)


def test_mail_servers():
    found = mail.from_url("smtp+tls://me:p%40ss@mail.example.org")
    assert (found.host, found.port, found.user, found.password) == ("mail.example.org", 587, "me", "p@ss")
    assert (found.starttls, found.tls) == (True, False)
    assert mail.from_url("smtps://mail.example.org").port == 465
    assert mail.from_url("smtp://localhost:2525").port == 2525
    assert not mail.from_url("smtp://localhost:2525").starttls
    assert "no mail server" in mail.problem("smtp://host:port")


def test_without_an_address_mail_is_kept():
    assert mail.from_url("").backend == mail.from_url("mailbox://").backend
    assert import_string(mail.from_url("").backend).__name__ == "MailboxBackend"


def test_a_key_keeps_its_capitals_and_signs():
    assert mail.from_url("sendgrid://SG.aB%2Fc_d-E").anymail["SENDGRID_API_KEY"] == "SG.aB/c_d-E"
    assert "eu.mailgun.net" in mail.from_url("mailgun://Key@mg.example.org?region=eu").anymail["MAILGUN_API_URL"]
