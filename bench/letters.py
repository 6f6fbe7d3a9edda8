"""How many letters a minute one core renders, writes and hands to a mail server; and how long a letter takes to begin.

    python bench/letters.py [--readers 12000] [--articles 8] [--rounds 3] [--postgres URL]

The mail server is a process of its own on the other core; PostgreSQL's processes (a scratch database on the server
whose address is given) run where there is room. In the same run, over the same line: the same bytes handed over by
smtplib alone, as the limit, and the same letter by Django's own messages, built for each reader.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.press.outage.databases import postgresql
from tests.press.peers import free_port
from tests.readers.newsletters.killing.site import ROOT, START, SendingSite

SEND = """
    import os, time
    os.sched_setaffinity(0, {{0}})
    from django.core.mail import EmailMultiAlternatives, get_connection
    from broadsheet.readers.newsletters.actions import queue, sending
    from broadsheet.readers.newsletters.mailing.couriers import SmtpCourier
    from broadsheet.readers.newsletters.mailing.envelope import Recipient, letterhead
    from broadsheet.readers.newsletters.mailing.writing import Writer
    from broadsheet.readers.newsletters.models import Letter
    sending.BATCH = {batch}
    before = time.process_time(), time.monotonic()
    sent = sending.send_slice({letter}, seconds=1e6).sent
    ours = sent / (time.monotonic() - before[1])
    busy = (time.process_time() - before[0]) / (time.monotonic() - before[1])

    head = letterhead(Letter.objects.select_related("newsletter").get(pk={letter}))
    people = [Recipient(delivery=n, email=f"reader{{n}}@example.org", token="12345-" + "a" * 32) for n in range({few})]
    size = len(Writer(head).write(people[0]))
    written = [Writer(head).write(people[0])] * len(people)
    backend = get_connection()
    backend.open()
    before = time.monotonic()
    for person, message in zip(people, written):
        backend.connection.sendmail(head.bounces_to, [person.email], message)
    bare = len(people) / (time.monotonic() - before)
    before = time.monotonic()
    for person in people:
        text, html = (part.replace("0-reader-token-0", person.token) for part in (head.text, head.html))
        message = EmailMultiAlternatives(head.subject, text, head.sender, [person.email], headers=dict(head.headers))
        message.attach_alternative(html, "text/html")
        backend.send_messages([message])
    django = len(people) / (time.monotonic() - before)
    print(sent, ours, busy, bare, django, size)
"""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--readers", type=int, default=12_000)
    parser.add_argument("--articles", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--batch", type=int, default=5, help="deliveries taken at once, as the product does")
    parser.add_argument("--postgres", default="", help="address of a database on a server where others may be made")
    parser.add_argument("--folder", type=Path, default=None, help="where the site is made; a scratch folder without")
    options = parser.parse_args()
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.readers.newsletters.killing.server", str(port)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    os.sched_setaffinity(server.pid, {1})
    scratch = postgresql(options.postgres) if options.postgres else nullcontext("")
    with tempfile.TemporaryDirectory(prefix="bench-letters-", dir=options.folder) as folder, scratch as url:
        site = SendingSite(folder=Path(folder), port=port, database_url=url)
        site.found()
        site.fill(readers=options.readers, articles=options.articles)
        return report(site, server, options)


def report(site: SendingSite, server: subprocess.Popen[str], options: argparse.Namespace) -> int:
    """The rounds, their medians, and whether the server got what was sent."""
    rounds, sent = [], 0
    for _ in range(options.rounds):
        site.python("from broadsheet.readers.newsletters.models import Letter; Letter.objects.all().delete()")
        pk, count, seconds = site.python(START).split()[-3:]
        few = min(3000, options.readers)
        found = [float(part) for part in site.python(SEND.format(letter=pk, batch=options.batch, few=few)).split()]
        sent += int(found[0])
        rounds.append(found[1:])
        print(
            f"begun for {count} in {float(seconds):.2f} s; {found[1] * 60:,.0f} letters a minute "
            f"({found[2]:.0%} of the core), smtplib alone {found[3] * 60:,.0f}, "
            f"Django's messages {found[4] * 60:,.0f}; "
            f"{found[5] / 1024:.1f} KB each"
        )
    ours, _, bare, django, _ = (statistics.median(values) for values in zip(*rounds, strict=True))
    print(f"median {ours * 60:,.0f} a minute: {ours / bare:.2f} of smtplib alone, {ours / django:.1f} times Django's")
    out, _ = server.communicate(timeout=30)
    got = int(out.split()[0])
    expected = sent + options.rounds * 2 * min(3000, options.readers)
    print(f"The mail server got {got} of {expected}.")
    return 0 if got == expected and ours * 60 >= 6000 else 1


if __name__ == "__main__":
    sys.exit(main())
