"""A published article from the edition, against nginx with gzip_static and against the same site rendered by Django.

    python bench/front.py [--seconds 5] [--connections 32]

Everything runs on this machine: each server alone on one core, the load (wrk) on another. All figures of a run belong
together; compare the ratios, not the requests a second. Needs nginx and wrk (Debian: apt install nginx-light wrk).
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import textwrap
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

SERVER_CORE, LOAD_CORE = "0", "1"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What one server did."""

    name: str
    plain: float
    gzip: float
    not_modified: float


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=32)
    options = parser.parse_args()
    for tool in ("nginx", "wrk", "taskset"):
        if shutil.which(tool) is None:
            print(f"{tool} is missing: on Debian, apt install nginx-light wrk util-linux")
            return 2
    with tempfile.TemporaryDirectory(prefix="bench-front-") as folder:
        return measure(Path(folder), options.seconds, options.connections)


def measure(folder: Path, seconds: int, connections: int) -> int:
    """Make a site with one long article, serve it in four ways, print the ratios."""
    path = make_site(folder)
    body = render(folder, path)
    figures = [
        serve_and_load("nginx gzip_static", nginx(folder, body), "/article.html", seconds, connections),
        serve_and_load("bare bytes, Granian WSGI", bare(folder, body), "/", seconds, connections),
        serve_and_load("Broadsheet, from the edition", broadsheet(folder), path, seconds, connections),
        serve_and_load("Django, rendered each time", django(folder), path, seconds, connections),
    ]
    show(figures, len(body))
    return 0


def show(figures: list[Figure], size: int) -> None:
    """Print requests a second and the ratios to nginx and to Django."""
    limit, ours, rendered = figures[0], figures[2], figures[3]
    print(f"\nOne article, {size:,} bytes of HTML; requests a second on one core\n")
    print(f"{'':32}{'plain':>10}{'gzip':>10}{'304':>10}{'gzip / nginx':>15}{'304 / nginx':>14}")
    for found in figures:
        ratio, again = found.gzip / limit.gzip, found.not_modified / limit.not_modified
        numbers = f"{found.plain:>10,.0f}{found.gzip:>10,.0f}{found.not_modified:>10,.0f}"
        print(f"{found.name:32}{numbers}{ratio:>15.3f}{again:>14.3f}")
    print(f"\nAgainst Django rendering the page: {ours.gzip / rendered.gzip:,.0f} times")
    print(f"Against the bare application: {ours.gzip / figures[1].gzip:.2f}")


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
    done = run_python(folder, script)
    return done.splitlines()[-1]


def render(folder: Path, path: str) -> bytes:
    """The article's HTML as the press prints it."""
    script = f"""
        import django; django.setup()
        from broadsheet.press.printer import Printer
        printer = Printer()
        leaf = printer.print({path!r}, printer.terms({path!r}), None).leaf
        import pathlib; pathlib.Path("article.html").write_bytes(leaf.bodies["identity"])
    """
    run_python(folder, script)
    return (folder / "article.html").read_bytes()


def nginx(folder: Path, body: bytes) -> list[str]:
    """The same bytes as a file with its .gz neighbour."""
    web = folder / "web"
    web.mkdir()
    (web / "article.html").write_bytes(body)
    (web / "article.html.gz").write_bytes(gzip.compress(body, 9))
    config = folder / "nginx.conf"
    config.write_text(
        textwrap.dedent(f"""
        worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
        events {{ worker_connections 1024; }}
        http {{
            access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; types {{ text/html html; }}
            open_file_cache max=100; etag on; client_body_temp_path {folder}; proxy_temp_path {folder};
            fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
            server {{ listen 127.0.0.1:PORT; root {web}; gzip_static on; }}
        }}
        """)
    )
    return ["nginx", "-c", str(config), "-p", str(folder)]


def bare(folder: Path, body: bytes) -> list[str]:
    """An application that answers the same bytes at once: Granian's own limit."""
    (folder / "body.gz").write_bytes(gzip.compress(body, 9))
    (folder / "body").write_bytes(body)
    (folder / "bareapp.py").write_text(
        textwrap.dedent("""
        import pathlib
        here = pathlib.Path(__file__).parent
        plain, packed = (here / "body").read_bytes(), (here / "body.gz").read_bytes()
        kind = ("Content-Type", "text/html; charset=utf-8")
        def application(environ, start_response):
            if environ.get("HTTP_IF_NONE_MATCH"):
                start_response("304 Not Modified", [("ETag", '"x"')])
                return [b""]
            body = packed if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "") else plain
            coding = [("Content-Encoding", "gzip")] if body is packed else []
            start_response("200 OK", [kind, ("ETag", '"x"'), ("Content-Length", str(len(body))), *coding])
            return [body]
        """)
    )
    return granian("bareapp:application")


def broadsheet(folder: Path) -> list[str]:
    """The web process as `broadsheet run` starts it."""
    return granian("broadsheet.ops.wsgi:application")


def django(folder: Path) -> list[str]:
    """The same site without the edition."""
    (folder / "djangoapp.py").write_text(
        "from broadsheet.ops.wsgi import django_application as application  # noqa: F401\n"
    )
    return granian("djangoapp:application")


def granian(target: str) -> list[str]:
    """Granian with one worker."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", target, "--host", "127.0.0.1", "--port", "PORT",
        "--workers", "1", "--blocking-threads", "1", "--no-ws", "--log-level", "error",
    ]  # fmt: skip


def serve_and_load(name: str, command: list[str], path: str, seconds: int, connections: int) -> Figure:
    """Start a server on one core, load it from another, stop it."""
    port = free_port()
    folder = Path(tempfile.gettempdir())
    ready = []
    for part in command:
        if part.endswith("nginx.conf"):
            config = Path(part)
            config.write_text(config.read_text().replace("PORT", str(port)))
        ready.append(part.replace("PORT", str(port)))
    site = next(folder.glob("bench-front-*"))
    process = subprocess.Popen(["taskset", "-c", SERVER_CORE, *ready], cwd=site, env=environment(site))
    url = f"http://127.0.0.1:{port}{path}"
    try:
        tag = first_answer(url)
        plain = wrk(url, seconds, connections)
        packed = wrk(url, seconds, connections, "Accept-Encoding: gzip")
        again = wrk(url, seconds, connections, "Accept-Encoding: gzip", f"If-None-Match: {tag}")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(15)
    print(f"{name}: {plain:,.0f} plain, {packed:,.0f} gzip, {again:,.0f} not modified", flush=True)
    return Figure(name=name, plain=plain, gzip=packed, not_modified=again)


def first_answer(url: str) -> str:
    """Wait for the server; returns the entity tag of its gzip variant."""
    deadline = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})) as answer:
                return answer.headers.get("ETag", "")
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def wrk(url: str, seconds: int, connections: int, *headers: str) -> float:
    """Requests a second; answers other than 2xx and 3xx are an error."""
    flags = [part for header in headers for part in ("-H", header)]
    command = ["taskset", "-c", LOAD_CORE, "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", *flags, url]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in found:
        raise SystemExit(f"{url} answered with errors:\n{found}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", found)[1])  # type: ignore[index]


def run_python(folder: Path, script: str) -> str:
    """Run a script in the site."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout.strip()


def environment(folder: Path) -> dict[str, str]:
    """A site of its own, nothing else set."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("BROADSHEET_", "DJANGO_"))}
    root = str(Path(__file__).parents[1])
    settings = "broadsheet.ops.settings"
    return {
        **clean,
        "BROADSHEET_SITE": str(folder),
        "DJANGO_SETTINGS_MODULE": settings,
        "PYTHONPATH": f"{root}:{folder}",
    }


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
