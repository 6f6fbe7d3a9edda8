"""The site: a running story that stands in every box, and one who posts in it each second."""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.press.outage.asking import ask
from tests.press.outage.site import ROOT, Site

STORY = """
    from broadsheet.newsroom.models import Section
    from tests.factories import make_article
    print(make_article(Section.objects.get(slug="news"), slug="story", title="Post 0 of the harbour").pk)
"""
RANK = "from broadsheet.readers.reading.tasks import rank; rank.func()"
POSTING = """
    import django; django.setup()
    import sys, time
    from broadsheet.desk.actions.publish import publish
    from broadsheet.newsroom.models import Article
    story, begin, posts = Article.objects.get(slug="story"), float(sys.argv[1]), int(sys.argv[2])
    for number in range(1, posts + 1):
        time.sleep(max(0.0, begin + number - time.monotonic()))
        story.title = f"Post {number} of the harbour"
        story = publish(story)
        print(number, time.monotonic(), flush=True)
"""
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
BOX = re.compile(r'<live-box src="([^"]+)" data-seconds="(\d+)"')
VIEWS = 60
POSTS, PLAN, FETCHED = "posts.txt", "plan.json", "fetched.json"
"""Files in the site's folder."""


def begin_story(site: Site) -> None:
    """Publish the story and have it read, so that it leads Latest, Top posts and What's hot."""
    story = site.python(STORY).split()[-1]
    for reader in range(VIEWS):
        line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
        headers = {
            "X-Forwarded-For": f"10.0.0.{reader}",
            "User-Agent": AGENT,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        ask(line, f"/seen/{story}/", "POST", "from=", headers)
        line.close()
    site.wait_until("leading every box", 120, lambda: _leads(site))


def _leads(site: Site) -> bool:
    site.python(RANK)
    return all("Post 0 of the harbour" in site.get(f"/boxes/{box}/").text for box in ("latest", "top", "hot"))


def boxes_of(site: Site, path: str) -> list[tuple[str, float]]:
    """The boxes that a page has, each with its life in seconds."""
    return [(box, float(life)) for box, life in BOX.findall(site.get(path).text)]


@contextmanager
def posting(site: Site, begin: float, posts: int) -> Iterator[subprocess.Popen[bytes]]:
    """Post each second, in a process of its own, which writes down when each post had been published.

    Args:
        site: whose story it is.
        begin: on the monotonic clock.
        posts: how many.
    """
    command = [sys.executable, "-c", textwrap.dedent(POSTING), str(begin), str(posts)]
    environment = site.environment | {"BROADSHEET_DATABASE_URL": site.direct_url}
    with (site.folder / POSTS).open("w") as out:
        process = subprocess.Popen(command, cwd=site.folder, env=environment, stdout=out)
    with _ended(process):
        yield process


def posts_of(folder: Path) -> list[tuple[int, float]]:
    """What was posted: numbers, with the moments on the monotonic clock."""
    lines = [line.split() for line in (folder / POSTS).read_text().splitlines()]
    return [(int(number), float(moment)) for number, moment in lines]


@contextmanager
def readers(folder: Path, plan: dict[str, Any]) -> Iterator[subprocess.Popen[bytes]]:
    """All readers, in a process of their own; see ``bench.boxes.readers``."""
    (folder / PLAN).write_text(json.dumps(plan))
    command = [sys.executable, "-m", "bench.boxes.readers", str(folder / PLAN), str(folder / FETCHED)]
    with _ended(subprocess.Popen(command, cwd=ROOT)) as process:
        yield process


@contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    try:
        yield process
    finally:
        process.kill()
        process.wait()
