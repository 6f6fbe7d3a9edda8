"""The site that is measured, and its page."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, kw_only=True)
class Page:
    """The page as the press prints it."""

    body: bytes
    """Its HTML."""
    headers: list[tuple[str, str]]
    """Its headers."""


def make_site(folder: Path) -> str:
    """A site with sections and 30 articles; returns the path of a long one."""
    script = """
        import django; django.setup()
        from broadsheet.ops.prepare import prepare
        prepare("The Bench")
        from broadsheet.newsroom.models import Article, Section, Byline, Person
        person = Person.objects.create(name="Ann Author", slug="ann")
        for number in range(30):
            text = "<p>" + "The council met on Monday and talked about the harbour wall again. " * 12 + "</p>"
            article = Article(title=f"Report number {number} of the harbour", slug=f"report-{number}", live=False,
                              standfirst="What was said, and by whom.")
            article.bylines = [Byline(person=person)]
            block = {"type": "paragraph", "value": text}
            article.body = Article._meta.get_field("body").stream_block.to_python([block] * 14)
            Section.objects.get(slug="news").add_child(instance=article)
            article.save_revision().publish()
        print(article.get_url())
    """
    (folder / "broadsheet.toml").write_text('name = "The Bench"\n')
    return run_python(folder, script).splitlines()[-1]


def render(folder: Path, path: str) -> Page:
    """The article as the press prints it."""
    script = f"""
        import django; django.setup()
        from broadsheet.press.printer import Printer
        printer = Printer()
        leaf = printer.print({path!r}, printer.terms({path!r}), None).leaf
        import json, pathlib
        pathlib.Path("article.html").write_bytes(leaf.bodies["identity"])
        print(json.dumps(leaf.headers))
    """
    headers = json.loads(run_python(folder, script).splitlines()[-1])
    return Page(body=(folder / "article.html").read_bytes(), headers=[(name, value) for name, value in headers])


def run_python(folder: Path, script: str, **more: str) -> str:
    """Run a script in the site, with ``more`` in its environment; returns what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        cwd=folder,
        env={**environment(folder), **more},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout.strip()


def environment(folder: Path) -> dict[str, str]:
    """A site of its own, nothing else set."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("BROADSHEET_", "DJANGO_"))}
    return {
        **clean,
        "BROADSHEET_SITE": str(folder),
        "DJANGO_SETTINGS_MODULE": "broadsheet.ops.settings",
        "PYTHONPATH": f"{ROOT}:{folder}",
    }
