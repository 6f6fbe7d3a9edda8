"""The servers: nginx, bare applications, Broadsheet, Wagtail without and with a page cache."""

from __future__ import annotations

import gzip
import importlib.util
import json
import subprocess
import sys
import textwrap
from pathlib import Path

from bench.front import site
from bench.front.loading import Server
from bench.front.site import Page

NGINX, OURS = "nginx gzip_static", "Broadsheet, from the edition"


def servers(folder: Path, path: str, page: Page) -> list[Server]:
    """All of them, ready to be started; nginx first."""
    made = [
        Server(name=NGINX, command=nginx(folder, page), path="/article.html"),
        Server(name="bare bytes, Granian WSGI", command=bare(folder, page, "bareapp", few=True), path="/"),
        Server(name="the same with our headers", command=bare(folder, page, "sameapp", few=False), path="/"),
        Server(name=OURS, command=granian("broadsheet.ops.wsgi:application"), path=path),
        Server(name="nginx, the exported tree", command=exported(folder), path=path),
        Server(name="the same site, rendered by Django", command=django(folder), path=path),
        Server(name="plain Wagtail", command=wagtail(folder, page, ""), path="/article/"),
    ]
    if importlib.util.find_spec("wagtailcache"):
        made.append(
            Server(name="Wagtail with wagtail-cache", command=wagtail(folder, page, "cached"), path="/article/")
        )
    else:
        print("Without wagtail-cache's row: pip install --no-deps wagtail-cache")
    return made


def nginx(folder: Path, page: Page) -> list[str]:
    """The same bytes as a file with its .gz neighbour."""
    web = folder / "web"
    web.mkdir()
    (web / "article.html").write_bytes(page.body)
    (web / "article.html.gz").write_bytes(gzip.compress(page.body, 9))
    return nginx_with(
        folder / "plain", f"types {{ text/html html; }} server {{ listen 127.0.0.1:PORT; root {web}; gzip_static on; }}"
    )


def exported(folder: Path) -> list[str]:
    """The tree that ``press export`` writes, with the configuration that ``press nginx`` prints."""
    tree = str(folder / "tree")
    configuration = press(folder, "nginx", tree, "--listen", "127.0.0.1:PORT")
    press(folder, "export", tree)
    return nginx_with(folder / "exported", configuration)


def press(folder: Path, *words: str) -> str:
    """A verb of ``broadsheet press`` in the site; returns what it printed."""
    command = [sys.executable, "-m", "broadsheet.ops.cli", "press", *words]
    return subprocess.run(
        command, cwd=folder, env=site.environment(folder), check=True, capture_output=True, text=True
    ).stdout


def nginx_with(own: Path, inside: str) -> list[str]:
    """nginx on one core, as fast as it goes, with this in its http block."""
    own.mkdir()
    config = own / "nginx.conf"
    temporary = " ".join(f"{kind}_temp_path {own};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    config.write_text(
        textwrap.dedent(f"""
        user root; worker_processes 1; daemon off; pid {own}/nginx.pid; error_log {own}/nginx.log;
        events {{ worker_connections 1024; }}
        http {{
            access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
            open_file_cache max=100; etag on; {temporary}
            {inside}
        }}
        """)
    )
    return ["nginx", "-c", str(config), "-p", str(own)]


def bare(folder: Path, page: Page, name: str, *, few: bool) -> list[str]:
    """An application that answers the same bytes at once, with few headers or with those of the page."""
    (folder / "body.gz").write_bytes(gzip.compress(page.body, 9))
    (folder / "body").write_bytes(page.body)
    kept = [("Content-Type", "text/html; charset=utf-8")] if few else [*page.headers, ("Vary", "Accept-Encoding")]
    unchanged = [] if few else [row for row in kept if row[0] not in {"Content-Type", "Content-Security-Policy"}]
    (folder / f"{name}.json").write_text(json.dumps([kept, unchanged]))
    (folder / f"{name}.py").write_text(
        textwrap.dedent(f"""
        import json, pathlib
        here = pathlib.Path(__file__).parent
        plain, packed = (here / "body").read_bytes(), (here / "body.gz").read_bytes()
        kept, unchanged = ([tuple(row) for row in rows] for rows in json.loads((here / "{name}.json").read_text()))
        tag = ("ETag", '"x"')
        sent = {{
            False: [*kept, tag, ("Content-Length", str(len(plain)))],
            True: [*kept, tag, ("Content-Encoding", "gzip"), ("Content-Length", str(len(packed)))],
        }}
        again = [*unchanged, tag]
        def application(environ, start_response):
            if environ.get("HTTP_IF_NONE_MATCH"):
                start_response("304 Not Modified", again)
                return [b""]
            gzip = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
            start_response("200 OK", sent[gzip])
            return [packed if gzip else plain]
        """)
    )
    return granian(f"{name}:application")


def django(folder: Path) -> list[str]:
    """The same site without the edition."""
    (folder / "djangoapp.py").write_text(
        "from broadsheet.ops.wsgi import django_application as application  # noqa: F401\n"
    )
    return granian("djangoapp:application")


def wagtail(folder: Path, page: Page, cached: str) -> list[str]:
    """A site as ``wagtail start`` makes it, with one page whose text is as long as ours."""
    own = folder / f"wagtail{cached}"
    own.mkdir()
    (own / "size").write_text(str(len(page.body)))
    variables = {
        "PEER_FOLDER": str(own),
        "PEER_CACHED": cached,
        "DJANGO_SETTINGS_MODULE": "bench.plain_wagtail.settings",
    }
    site.run_python(folder, "import bench.plain_wagtail.make as make; make.make()", **variables)
    return [
        "env",
        *(f"{name}={value}" for name, value in variables.items()),
        *granian("bench.plain_wagtail.wsgi:application"),
    ]


def granian(target: str) -> list[str]:
    """Granian with one worker."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", target, "--host", "127.0.0.1", "--port", "PORT",
        "--workers", "1", "--blocking-threads", "1", "--no-ws", "--log-level", "error",
    ]  # fmt: skip
