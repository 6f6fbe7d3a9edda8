"""A letter to one reader as bytes. Pure, and quick: what is the same for everybody is made once."""

from __future__ import annotations

import binascii
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from uuid import uuid4

from broadsheet.readers.newsletters.mailing.envelope import Letterhead, Recipient
from broadsheet.readers.newsletters.rendering import TOKEN

PART = "Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"


class Writer:
    """Writes the letters of one letterhead."""

    def __init__(self, head: Letterhead) -> None:
        self.head = head
        self._boundary = f"=_{uuid4().hex}"
        self._top = self._headers(head.subject)
        self._text, self._html = _lines(head.text), _lines(head.html)
        line = f"--{self._boundary}"
        self._before_text = f"\r\n{line}\r\n{PART.format(kind='plain')}".encode()
        self._before_html = f"\r\n{line}\r\n{PART.format(kind='html')}".encode()
        self._end = f"\r\n{line}--\r\n".encode()

    def write(self, recipient: Recipient) -> bytes:
        """The whole message, with CRLF, in ASCII."""
        own = (
            f"To: {recipient.email}\r\nMessage-ID: {self.head.message_id(recipient)}\r\n"
            f"List-Unsubscribe: <{self.head.leave.replace(TOKEN, recipient.token)}>\r\n"
        )
        top, text, html = self._said(recipient)
        return b"".join(
            (
                top,
                own.encode("ascii"),
                self._before_text,
                _quoted(text),
                self._before_html,
                _quoted(html),
                self._end,
            )
        )

    def _said(self, recipient: Recipient) -> tuple[bytes, str, str]:
        if self.head.headlines:
            said = self.head.said(recipient)
            return self._headers(said.subject), _lines(said.text), _lines(said.html)
        token = recipient.token
        return self._top, self._text.replace(TOKEN, token), self._html.replace(TOKEN, token)

    def _headers(self, subject: str) -> bytes:
        message = EmailMessage(policy=SMTP)  # refuses line breaks in values, encodes what is not ASCII
        message["From"] = self.head.sender
        message["Subject"] = subject
        message["Date"] = formatdate(localtime=True)
        for name, value in self.head.headers.items():
            message[name] = value
        parts = f'MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary="{self._boundary}"\r\n'
        return message.as_bytes().rstrip(b"\r\n") + b"\r\n" + parts.encode()


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def _quoted(text: str) -> bytes:
    return binascii.b2a_qp(text.encode(), istext=True)
