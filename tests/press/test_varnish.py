"""A real Varnish as docs/how-to/use-a-cdn.md has it keeps pages, and forgets exactly what changed."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from django.core.handlers.wsgi import WSGIHandler

from broadsheet.press import follow
from broadsheet.press.cdn.courier import deliver
from broadsheet.press.cdn.varnish import Varnish
from broadsheet.press.edition import open_edition
from broadsheet.press.front import Front
from broadsheet.press.history import pins
from tests.factories import make_article, make_paper, make_section, republish
from tests.press.peers import free_port, site

GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "use-a-cdn.md"
XKEY = [Path(folder) / "libvmod_xkey.so" for folder in Path("/usr/lib").glob("**/varnish/vmods")]

pytestmark = [
    pytest.mark.skipif(
        not shutil.which("varnishd") or not any(path.exists() for path in XKEY),
        reason="no Varnish with xkey on this machine: on Debian, apt install varnish varnish-modules",
    ),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def origin(settings, transactional_db):
    """The site on a port, with a few pages, for a Varnish."""
    settings.CDN = "varnish"
    make_paper()
    news, other = make_section(slug="news"), make_section(slug="other")
    make_article(news, slug="one", title="First headline", text="Words. " * 300)
    make_article(other, slug="two", title="Elsewhere")
    front = Front(WSGIHandler())
    with site(front) as port:
        yield port


@pytest.fixture
def varnish(origin, settings, tmp_path):
    """A Varnish in front of it, as the guide has it."""
    with running(guide(origin), tmp_path, free_port()) as client:
        settings.CDN_URLS = [str(client.base_url).rstrip("/")]
        yield client


def guide(origin):
    """The guide's configuration, for the site's port."""
    return re.search(r"```vcl\n(.+?)```", GUIDE.read_text(), re.S)[1].replace('"8000"', f'"{origin}"')


@contextmanager
def running(configuration, folder, port):
    """A Varnish process, and a client that asks it."""
    (folder / "site.vcl").write_text(configuration)
    command = ["varnishd", "-F", "-j", "none", "-n", str(folder / "varnish"), "-a", f"127.0.0.1:{port}"]
    errors = folder / "errors"
    with errors.open("w") as log:
        process = subprocess.Popen(
            [*command, "-f", str(folder / "site.vcl"), "-s", "malloc,16m"], stdout=subprocess.DEVNULL, stderr=log
        )
    try:
        yield until_it_answers(process, port, errors)
    finally:
        process.terminate()
        process.wait(10)


def until_it_answers(process, port, errors):
    client = httpx2.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, headers={"Host": "testserver"})
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if client.get("/robots.txt").status_code == 200:
                return client
        except httpx2.TransportError:
            pass
        time.sleep(0.05)
    pytest.fail(f"Varnish did not start: {errors.read_text()}")


def hits(answer):
    """Whether Varnish had the page: it then names two transactions."""
    return len(answer.headers["x-varnish"].split()) == 2


def told(soft=False, caches=()):
    return deliver(open_edition(), Varnish(caches=tuple(caches), soft=soft))


@pytest.mark.parametrize("soft", [False, True])
def test_exactly_the_changed_pages_are_forgotten(varnish, settings, soft):
    caches = settings.CDN_URLS
    follow.follow()
    told(soft, caches)
    for path in ("/news/one/", "/other/two/", "/robots.txt"):
        varnish.get(path)
        kept = varnish.get(path)
        assert hits(kept), path
        assert not {"xkey", "surrogate-control"} & set(kept.headers)
    article = open_article("one")
    republish(article, title="Second headline")
    assert "First headline" in varnish.get("/news/one/").text
    follow.follow()
    assert told(soft, caches) >= 1
    changed = varnish.get("/news/one/")
    assert "Second headline" in changed.text
    assert hits(varnish.get("/news/one/"))
    assert hits(varnish.get("/robots.txt"))


def test_compressed_and_plain_clients_get_the_same_page(varnish):
    plain = varnish.get("/news/one/", headers={"Accept-Encoding": "identity"})
    packed = varnish.get("/news/one/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.text == packed.text


def test_a_rollback_empties_the_cache_of_pages(varnish, settings):
    assert "First headline" in varnish.get("/news/one/").text
    moment = time.time_ns() // 1000
    republish(open_article("one"), title="Second headline")
    follow.follow()
    told(caches=settings.CDN_URLS)
    assert "Second headline" in varnish.get("/news/one/").text
    pins.roll_back(moment, "test")
    told(caches=settings.CDN_URLS)
    assert "First headline" in varnish.get("/news/one/").text


def test_forms_and_the_desk_are_never_kept(varnish):
    for path in ("/desk/login/", "/search/?q=headline", "/nothing/here/"):
        varnish.get(path)
        assert not hits(varnish.get(path)), path


def test_only_named_machines_may_purge(varnish, origin, tmp_path):
    assert varnish.request("PURGE", "/", headers={"xkey-purge": "site"}).status_code == 200
    assert varnish.request("PURGE", "/").status_code == 400
    (tmp_path / "closed").mkdir()
    with running(
        guide(origin).replace('"127.0.0.1";\n    "::1"', '"192.0.2.1"'), tmp_path / "closed", free_port()
    ) as closed:
        assert closed.request("PURGE", "/", headers={"xkey-purge": "site"}).status_code == 403


def open_article(slug):
    from broadsheet.newsroom.models import Article

    return Article.objects.get(slug=slug)
