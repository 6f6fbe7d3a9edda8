"""A site with a letter to many, and senders that can be killed."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[4]
PREPARE = """
    from broadsheet.ops.prepare import prepare
    prepare("The Survivor", found=False)
"""
FILL = """
    from broadsheet.readers.newsletters.models import Newsletter, Subscriber, Subscription
    from tests.factories import make_article, make_paper, make_section
    make_paper()
    news = make_section(slug="news")
    for number in range({articles}):
        make_article(news, title=f"Report {{number}}: the harbour wall is mended", slug=f"report-{{number}}",
                     standfirst="The council met on Monday and spoke of it for three hours. " * 3)
    morning = Newsletter.objects.create(name="Morning", slug="morning", promise="Every day.", rhythm="by_hand")
    names = [f"reader{{number}}@example.org" for number in range({readers})]
    Subscriber.objects.bulk_create([Subscriber(email=name, email_key=name) for name in names], 1000)
    people = Subscriber.objects.values_list("pk", flat=True)
    Subscription.objects.bulk_create([Subscription(subscriber_id=pk, newsletter=morning) for pk in people], 1000)
"""
START = """
    import time
    from broadsheet.readers.newsletters.actions import composing, starting
    from broadsheet.readers.newsletters.models import Newsletter
    letter, _ = composing.compose(Newsletter.objects.get(slug="morning"))
    began = time.monotonic()
    count = starting.start(letter)
    print(letter.pk, count, time.monotonic() - began)
"""
COUNT = """
    from datetime import timedelta
    from collections import Counter
    from broadsheet.readers.newsletters.actions import queue
    from broadsheet.readers.newsletters.models import Delivery, Letter
    import json
    queue.recover(timedelta(0))
    queue.finish({letter})
    rows = Delivery.objects.filter(letter={letter}).values_list("subscriber__email", "state")
    print(json.dumps({{"state": Letter.objects.get(pk={letter}).state, "rows": list(rows)}}))
"""


@dataclass(frozen=True, kw_only=True)
class SendingSite:
    """The site."""

    folder: Path
    """Its folder."""
    port: int
    """Of the mail server."""
    database_url: str = ""
    """Empty for SQLite."""

    @property
    def environment(self) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("BROADSHEET_", "DJANGO_"))}
        return {
            **clean,
            "BROADSHEET_SITE": str(self.folder),
            "BROADSHEET_DATABASE_URL": self.database_url,
            "BROADSHEET_BASE_URL": "http://localhost:8000",
            "BROADSHEET_EMAIL_URL": f"smtp://127.0.0.1:{self.port}",
            "BROADSHEET_EMAIL_FROM": "news@example.org",
            "BROADSHEET_EMAIL_PER_SECOND": "0",
            "DJANGO_SETTINGS_MODULE": "broadsheet.ops.settings",
            "PYTHONPATH": str(ROOT),
        }

    def python(self, code: str) -> str:
        """Run a script on the site; returns what it prints."""
        script = "import django\ndjango.setup()\n" + textwrap.dedent(code)
        done = subprocess.run(
            [sys.executable, "-c", script], env=self.environment, capture_output=True, text=True, timeout=1200
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def found(self) -> None:
        """Make its database."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "broadsheet.toml").write_text('name = "The Survivor"\n')
        self.python(PREPARE)

    def fill(self, *, readers: int, articles: int = 8) -> None:
        """Make the paper and the list."""
        self.python(FILL.format(readers=readers, articles=articles))

    def start(self) -> int:
        """Start a letter; returns its id."""
        return int(self.python(START).split()[-3])

    @contextmanager
    def nursery(self, letter: int, *, forgetful: bool = False) -> Iterator[subprocess.Popen[str]]:
        """A process that brings up senders of a letter, each in a moment."""
        options = ["--forgetful"] if forgetful else []
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.readers.newsletters.killing.nursery", str(letter), *options],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            yield process
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(30)
