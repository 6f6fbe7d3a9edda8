"""What the history costs and how long going back takes: growth for each kind of change, rollback and speed after it.

    python bench/snapshots.py [--pages 10000]

Pages are variations of one real article as the press prints it. Bytes are of the files after a checkpoint; the peer is
the same history with every body kept whole (zstd).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

PARAGRAPH = "<p>{number}: the council met on {day} and talked about quay {quay} again, where {tonnes} tonnes lie.</p>"
CHANGED = 1000


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pages", type=int, default=10_000)
    pages = parser.parse_args().pages
    for name in [name for name in os.environ if name.startswith(("BROADSHEET_", "DJANGO_"))]:
        del os.environ[name]
    with tempfile.TemporaryDirectory(prefix="bench-snapshots-") as folder:
        (Path(folder) / "broadsheet.toml").write_text('name = "The Bench"\n')
        os.environ |= {"BROADSHEET_SITE": folder, "DJANGO_SETTINGS_MODULE": "broadsheet.ops.settings"}
        import django

        django.setup()
        from broadsheet.ops.prepare import prepare

        prepare("The Bench")
        measure(Path(folder), pages)
    return 0


def measure(folder: Path, pages: int) -> None:
    """Print growth and times."""
    import sqlite3

    import zstandard

    print(f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}, zstandard {zstandard.__version__}")
    frame = article()
    print(f"{pages:,} pages of {len(page(frame, 0)):,} bytes\n")
    whole = len(zstandard.ZstdCompressor(level=9).compress(page(frame, 0)))
    size, times = 0, {}
    for step in ("first", "again", "paragraph", "menu"):
        numbers = range(CHANGED) if step == "paragraph" else range(pages)
        took = sum(keep(f"/news/report-{number}/", page(frame, number, step)) for number in numbers)
        took *= 1000 / len(numbers)
        now = bytes_of(folder / "history.sqlite3")
        print(
            f"{WORDS[step]:44}{(now - size) / len(numbers):>9,.0f} bytes a page, {took:.2f} ms; "
            f"whole: {whole if step != 'again' else 0:,} bytes, ratio {(now - size) / len(numbers) / whole:.3f}"
        )
        size = now
        times[step] = time.time_ns() // 1000
    print(f"\nhistory {size / 1e6:.1f} MB, {size / pages:,.0f} bytes a page")
    go_back(frame, times["again"], pages)


WORDS = {
    "first": "printed the first time", "again": "printed again, unchanged", "paragraph": "a paragraph changed",
    "menu": "a new entry in the menu of every page",
}  # fmt: skip


def go_back(frame: str, moment: int, pages: int) -> None:
    """Roll back and forward, each until the front has answered with the right page."""
    from broadsheet.press.front import Front
    from broadsheet.press.history import pins
    from broadsheet.press.printer import environ_for

    front = Front(unexpected)

    def ask(number: int) -> bytes:
        return b"".join(front(environ_for(f"/news/report-{number}/"), unanswered))

    newest = ask(5)
    for _ in range(3):
        started = time.perf_counter()
        pins.roll_back(moment, "bench")
        must(ask(5) == page(frame, 5) != newest)
        back = time.perf_counter() - started
        started = time.perf_counter()
        pins.roll_forward("bench")
        must(ask(5) == newest)
        forward = time.perf_counter() - started
        print(f"the right page is served {back * 1000:.1f} ms after rollback, {forward * 1000:.1f} ms after forward")
    speed("newest pages", ask, pages)
    pins.roll_back(moment, "bench")
    speed("rolled back, every page changed since", ask, pages)
    pins.roll_back(time.time_ns() // 1000, "bench")
    speed("rolled back, no page changed since", ask, pages)


def speed(what: str, ask: Callable[[int], bytes], pages: int) -> None:
    """Print the time for a page when it is asked for the first time, and again from memory."""
    several = range(min(1000, pages))
    started = time.perf_counter()
    for number in several:
        ask(number)
    first = (time.perf_counter() - started) / len(several)
    ask(7)
    started = time.perf_counter()
    for _ in several:
        ask(7)
    again = (time.perf_counter() - started) / len(several)
    print(f"{what:40}{first * 1e6:>8,.0f} us a page at first,{again * 1e6:>6,.0f} us from memory")


def must(holds: bool) -> None:
    """End with an error if a page was wrong."""
    if not holds:
        raise SystemExit("a wrong page was served")


def unexpected(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Stands behind the front, and is not to be asked."""
    raise SystemExit(f"{environ['PATH_INFO']} was not answered by the front")


def unanswered(status: str, headers: list[tuple[str, str]]) -> None:
    """Takes status and headers."""


def keep(path: str, body: bytes) -> float:
    """As the printer does after a rendering. Returns the history's seconds."""
    from broadsheet.press.edition import open_edition
    from broadsheet.press.edition.leaf import make_leaf
    from broadsheet.press.history import open_history
    from broadsheet.press.recorder import Dependency

    made = make_leaf(path, 200, (("Content-Type", "text/html; charset=utf-8"),), body, None)
    started = time.perf_counter()
    open_history().keep(made)
    took = time.perf_counter() - started
    open_edition().put(made, [Dependency(key=path)], began=0, hot=False, render_ms=0)
    return took


def page(frame: str, number: int, step: str = "first") -> bytes:
    """One page at one step."""
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    rows = [
        PARAGRAPH.format(
            number=n, day=days[(number + n) % 5], quay=number * 31 % 97, tonnes=(number + 7) * 7919 * n % 99_991
        )
        for n in range(40)
    ]
    if step in {"paragraph", "menu"} and number < CHANGED:
        rows[20] = "<p>Corrected: nobody met on that day.</p>"
    text = frame.replace("BODY", "\n".join(rows)).replace("TITLE", f"Report {number} of the harbour")
    return text.replace("</nav>", '<a href="/elections/">Elections</a></nav>' if step == "menu" else "</nav>").encode()


def article() -> str:
    """A real article's page, with places for what varies."""
    from broadsheet.newsroom.models import Article, Section
    from broadsheet.press.printer import Printer

    found = Article(title="TITLE", slug="one", live=False, standfirst="What was said, and by whom.")
    found.body = Article._meta.get_field("body").stream_block.to_python([{"type": "paragraph", "value": "<p>BODY</p>"}])
    Section.objects.get(slug="news").add_child(instance=found)
    found.save_revision().publish()
    printer, path = Printer(), found.get_url()
    answer, _ = printer.render(path, printer.terms(path))
    return answer.leaf.bodies["identity"].decode()


def bytes_of(path: Path) -> int:
    """Size of a database's file once its log is written back."""
    from broadsheet.press.history import open_history

    open_history().connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.stat().st_size


if __name__ == "__main__":
    sys.exit(main())
