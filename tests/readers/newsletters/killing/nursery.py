"""Brings up senders: loads everything once, then forks one for each line it reads, and prints its process id.

With ``--forgetful`` they are the broken twin: what they take is not marked before the mail server hears of it.
"""

from __future__ import annotations

import os
import signal
import sys

import django


def main() -> None:
    """Serve until the input ends; a child that ends by itself is reaped at the next line."""
    django.setup()
    from broadsheet.readers.newsletters.actions import sending

    letter = int(sys.argv[1])
    if "--forgetful" in sys.argv:
        forget()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            sending.send_slice(letter, seconds=1e6)
            os._exit(0)
        print(child, flush=True)  # noqa: T201


def forget() -> None:
    """Take deliveries without marking them."""
    from django.utils import timezone

    from broadsheet.readers.newsletters.actions import queue
    from broadsheet.readers.newsletters.mailing.envelope import Recipient

    def claim(letter: int, size: int, personal: object = None) -> queue.Batch:
        rows = queue.ready(letter, timezone.now()).order_by("pk").values_list("pk", "subscriber__email")[:size]
        recipients = tuple(Recipient(delivery=pk, email=email, token="x") for pk, email in rows)
        return queue.Batch(claim="", recipients=recipients, taken=len(recipients))

    queue.claim = claim


if __name__ == "__main__":
    main()
