"""A real nginx on the exported tree answers as the application does, and asks it for the rest."""

from __future__ import annotations

import shutil
import subprocess
import time
from contextlib import contextmanager
from io import StringIO

import httpx2
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection
from whitenoise import WhiteNoise

from broadsheet.newsroom.models import Article
from broadsheet.press.edition import open_edition
from broadsheet.press.export.exporter import Exporter
from broadsheet.press.export.watching import Watcher
from broadsheet.press.front import Front
from broadsheet.press.history import pins
from tests.factories import make_article, make_paper, make_person, make_picture, make_section, republish
from tests.press.peers import free_port, site

pytestmark = [
    pytest.mark.skipif(not shutil.which("nginx"), reason="no nginx here: on Debian, apt install nginx-light"),
    pytest.mark.django_db(transaction=True),
]

PAGES = [
    "/", "/news/", "/news/one/", "/news/caf%C3%A9/", "/feed/rss.xml", "/feed/atom.xml", "/feed/feed.json",
    "/robots.txt",
    "/sitemap.xml", "/sitemap-news.xml", "/archive/", "/authors/ann/", "/news/one/?utm_source=x",
]  # fmt: skip
ELSEWHERE = [
    "/nothing/here/", "/news/one", "/search/?q=headline", "/desk/login/", "/old/", "/news/one/index.html",
    "/news/one/index.html.br", "/.broadsheet/manifest.sqlite3", "/news//one/", "/messages/tip/",
]  # fmt: skip
CLIENTS = [
    "", "gzip", "br", "zstd", "gzip, deflate, br, zstd", "gzip, zstd", "br;q=0, gzip", "identity", "*", "*;q=0", "GZIP",
    "brotli", "gzip;q=0.5",
]  # fmt: skip
OF_THE_SERVER = {"date", "server", "connection", "etag", "transfer-encoding", "last-modified", "accept-ranges"}
"""What each server says in its own way. Entity tags are asked for below."""


@pytest.fixture
def home(settings, transactional_db, tmp_path):
    """The site on a port, with pages of every kind."""
    settings.STATIC_ROOT = str(tmp_path / "static")
    (tmp_path / "static" / "theme").mkdir(parents=True)
    for name, text in (("site.css", "p{} " * 200), ("site.js", "1;" * 200), ("f.woff2", "wOF2")):
        (tmp_path / "static" / "theme" / name).write_text(text)
    subprocess.run(["gzip", "-kn", str(tmp_path / "static" / "theme" / "site.css")], check=True)
    if Collection.get_first_root_node() is None:  # emptied with the tables by the test before
        Collection.add_root(name="Root")
    make_paper()
    news = make_section(slug="news")
    ann = make_person("Ann", slug="ann")
    make_article(
        news, slug="one", title="One headline", text="Words. " * 200, authors=[ann], lead_picture=make_picture()
    )
    make_article(news, slug="café", title="Two")
    Redirect.objects.create(old_path="/old", redirect_link="/news/one/", is_permanent=True)
    front = Front(WhiteNoise(WSGIHandler(), root=settings.STATIC_ROOT, prefix="/static/", max_age=31_536_000))
    with site(front) as port, client_of(port) as client:
        yield client


@pytest.fixture
def tree(home, tmp_path):
    """Its tree, exported."""
    exporter = Exporter(open_edition(), tmp_path / "tree")
    exporter.agree()
    exporter.run()
    return exporter


@pytest.fixture
def nginx(home, tree, tmp_path):
    """An nginx with the configuration that the command prints."""
    with running(tree, tmp_path, "--application", str(home.base_url)) as client:
        yield client


def client_of(port):
    headers = {"Host": "testserver", "Accept-Encoding": "identity"}
    return httpx2.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, headers=headers)


@contextmanager
def running(tree, tmp_path, *options):
    port, text = free_port(), StringIO()
    call_command("press", "nginx", str(tree.tree.folder), "--listen", f"127.0.0.1:{port}", *options, stdout=text)
    own = tmp_path / "nginx"
    own.mkdir()
    (own / "site.conf").write_text(text.getvalue())
    temporary = "".join(f"{kind}_temp_path {own}/t; " for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (own / "nginx.conf").write_text(
        f"daemon off; user root; pid {own}/pid; error_log {own}/errors; events {{}}\n"
        f"http {{ access_log off; {temporary} include {own}/site.conf; }}\n"
    )
    command = ["nginx", "-p", str(own), "-c", str(own / "nginx.conf")]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert tested.returncode == 0, tested.stderr
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        with client_of(port) as client:
            until_it_answers(client)
            yield client
    finally:
        process.terminate()
        process.wait(10)


def until_it_answers(client):
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            client.get("/robots.txt")
        except httpx2.TransportError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("nginx does not answer")


def raw(client, path, accepts="identity", method="GET", **headers):
    """Status, headers and the bytes on the wire."""
    with client.stream(method, path, headers={"Accept-Encoding": accepts, **headers}) as answer:
        body = b"".join(answer.iter_raw())
        sent = sorted((n.lower(), v) for n, v in answer.headers.multi_items() if n.lower() not in OF_THE_SERVER)
        return answer.status_code, sent, body, answer.headers


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_pages_are_those_of_the_application(home, nginx, method):
    for path in PAGES:
        for accepts in CLIENTS:
            ours, theirs = raw(home, path, accepts, method), raw(nginx, path, accepts, method)
            assert theirs[:3] == ours[:3], (path, accepts)


def test_pages_do_not_need_the_application(tree, tmp_path):
    with running(tree, tmp_path, "--application", f"http://127.0.0.1:{free_port()}") as nginx:
        for path in PAGES:
            assert raw(nginx, path)[0] == 200, path
        assert raw(nginx, "/search/?q=x")[0] == 502


def test_the_rest_is_the_applications(home, nginx):
    for path in ELSEWHERE:
        ours, theirs = raw(home, path), raw(nginx, path)
        assert theirs[0] == ours[0], path
        assert dict(theirs[1]).get("location") == dict(ours[1]).get("location"), path
        assert dict(theirs[1]).get("cache-control") == dict(ours[1]).get("cache-control"), path
    for path in ("/", "/messages/tip/"):
        ours, theirs = raw(home, path, method="POST"), raw(nginx, path, method="POST")
        assert theirs[0] == ours[0], path


def test_files_are_those_of_the_application(home, nginx):
    page = home.get("/news/one/").text
    media = page[page.index("/media/") :].split('"')[0].split()[0]
    for path in ("/static/theme/site.css", "/static/theme/site.js", "/static/theme/f.woff2", media):
        for accepts in ("identity", "gzip"):
            ours, theirs = raw(home, path, accepts), raw(nginx, path, accepts)
            assert (theirs[0], theirs[2]) == (ours[0], ours[2]), path
            own = {name: value for name, value in ours[1] if name != "content-disposition"}
            if path.startswith("/static/"):
                own["vary"] = "Accept-Encoding"  # nginx says so of files without a packed neighbour too
            assert dict(theirs[1]) == own, path


def test_entity_tags_are_made_of_content(nginx, tree):
    tags = {accepts: raw(nginx, "/news/one/", accepts)[3]["etag"] for accepts in ("identity", "gzip", "br", "zstd")}
    assert len(set(tags.values())) == 4
    for accepts, tag in tags.items():
        status, sent, body, _ = raw(nginx, "/news/one/", accepts, **{"If-None-Match": tag})
        assert (status, body) == (304, b"")
        assert "content-type" not in dict(sent)
    plain = raw(nginx, "/news/one/")[3]
    assert "last-modified" not in plain
    assert raw(nginx, "/news/one/", **{"If-Modified-Since": "Mon, 01 Jan 2035 00:00:00 GMT"})[0] == 200


def test_a_change_is_never_hidden_by_an_old_file(home, nginx, tree):
    watcher = Watcher(tree)
    watcher.look()
    republish(Article.objects.get(slug="one"), title="Second headline")
    watcher.look()
    assert b"Second headline" in raw(nginx, "/news/one/")[2]
    watcher.look()
    assert (tree.tree.folder / "news" / "one" / "index.html").exists()
    assert b"Second headline" in raw(nginx, "/news/one/")[2]


def test_rolled_back_readers_are_answered_by_the_application_at_once(home, nginx, tree):
    watcher = Watcher(tree)
    watcher.look()
    moment = time.time_ns() // 1000
    republish(Article.objects.get(slug="one"), title="Second headline")
    raw(home, "/news/one/")
    watcher.look()
    pins.roll_back(moment, "test")
    watcher.look()
    assert b"One headline" in raw(nginx, "/news/one/")[2]
    pins.roll_forward("test")
    watcher.look()
    assert b"Second headline" in raw(nginx, "/news/one/")[2]


def test_a_mirror_without_an_application(tree, tmp_path):
    with running(tree, tmp_path, "--static") as mirror:
        assert raw(mirror, "/news/one/", "br")[3]["content-encoding"] == "br"
        missing = raw(mirror, "/nothing/")
        assert missing[0] == 404
        assert b"Page not found" in missing[2]
        assert dict(missing[1])["content-type"] == "text/html; charset=utf-8"
        assert dict(missing[1])["cache-control"] == "no-store"
        moved = raw(mirror, "/old/")
        assert (moved[0], dict(moved[1])["location"]) == (301, "/news/one/")
        assert raw(mirror, "/.broadsheet/manifest.sqlite3")[0] == 404
        assert raw(mirror, "/news/one/index.html.br")[0] == 404
