"""Mail servers of our own, on this machine: a mailbox by IMAP and by POP3, encrypted or not, that fail when told to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.readers.newsletters.mail_servers.imap import ImapSession
from tests.readers.newsletters.mail_servers.kept import PASSWORD, Kept, Server
from tests.readers.newsletters.mail_servers.pop3 import Pop3Session

__all__ = ["PASSWORD", "Kept", "serving"]


@contextmanager
def serving(scheme: str, certificate: Path) -> Iterator[Kept]:
    """A mailbox that is served as an address's scheme says."""
    kept = Kept(scheme=scheme)
    session = ImapSession if scheme.startswith("imap") else Pop3Session
    with Server(kept, session, certificate) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield kept
        finally:
            kept.released.set()
            server.shutdown()
