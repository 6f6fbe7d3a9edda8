"""The address of the mailbox that letters come back to."""

from __future__ import annotations

import pytest

from broadsheet.readers.newsletters.decide.bounce_mailbox import EXAMPLE, PORTS, Security, from_url, problem


def test_an_address_is_read():
    found = from_url("imaps://news%40example.org:p%3A%2F%40@mail.example.org:1993/Came%20back/Letters")
    assert (found.is_imap, found.host, found.port) == (True, "mail.example.org", 1993)
    assert (found.user, found.password, found.folder) == ("news@example.org", "p:/@", "Came back/Letters")
    assert found.password not in repr(found) and found.password not in found.name


@pytest.mark.parametrize(
    ("scheme", "security"),
    [
        ("imaps", Security.TLS),
        ("imap+tls", Security.STARTTLS),
        ("imap", Security.NONE),
        ("pop3s", Security.TLS),
        ("pop3+tls", Security.STARTTLS),
        ("pop3", Security.NONE),
    ],
)
def test_every_scheme(scheme, security):
    url = f"{scheme}://user:password@localhost"
    assert problem(url) == ""
    found = from_url(url)
    assert (found.security, found.port, found.folder) == (security, PORTS[scheme], "INBOX")
    assert found.is_imap == scheme.startswith("imap")


@pytest.mark.parametrize(
    "url", ["", EXAMPLE, "imap://u:p@127.0.0.1", "pop3://u:p@[::1]:1110", "pop3s://u:p@mail.example/"]
)
def test_what_is_sound(url):
    assert problem(url) == ""


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mail.example.org", "must begin with"),
        ("https://u:p@mail.example.org", "must begin with"),
        ("imaps://[", "must begin with"),
        ("imaps://mail.example.org", "must be as"),
        ("imaps://user@mail.example.org", "must be as"),
        ("imaps://user:password@", "must be as"),
        ("imaps://user:password@host:port", "must be as"),
        ("imaps://user:pass#word@host", "must be as"),
        ("imaps://user:password@host/INBOX#news", "must be as"),
        ("imaps://user:password@host/INBOX?old", "must be as"),
        ("imaps://user:p%0D%0Aa1%20LOGOUT@host", "must be as"),
        ("imaps://user:password@host/IN%0ABOX", "must be as"),
        ("imaps://user:pass%C3%A9@host", "must be as"),
        ("imap://user:password@mail.example.org", "in the clear: write imaps:// or imap"),
        ("pop3://user:password@192.0.2.1", "in the clear: write pop3s:// or pop3"),
        ("pop3s://user:password@mail.example.org/INBOX", "POP3 does not know"),
    ],
)
def test_what_is_wrong_is_told_without_the_password(url, words):
    assert words in problem(url)
    assert "user:password" not in problem(url).replace(EXAMPLE, "")
