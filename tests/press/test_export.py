"""The edition as a tree of files: whole, exact, and written only where something changed."""

from __future__ import annotations

import gzip
import threading
import time
from datetime import timedelta

import brotli
import pytest
import zstandard
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document

from broadsheet.press import follow
from broadsheet.press.export import assets
from broadsheet.press.export.exporter import Exporter
from broadsheet.press.export.links import links
from broadsheet.press.export.names import file_name, type_of
from broadsheet.press.export.redirects import as_map
from broadsheet.press.export.tree import Tree
from broadsheet.press.export.watching import Watcher
from broadsheet.press.history import pins
from broadsheet.press.pages import context
from tests.factories import make_article, make_person, make_picture, make_section, make_topic, republish
from tests.press.small_disk import filled, mounted

# Names and links, decided


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "index.html"),
        ("/news/x/", "news/x/index.html"),
        ("/feed/rss.xml", "feed/rss.xml"),
        ("/caf%C3%A9/", "café/index.html"),
        ("/news//x/", None),
        ("/../etc/passwd", None),
        ("/a/%2e%2e/b/", None),
        ("/.broadsheet/manifest.sqlite3", None),
        ("/a/index.html", None),
        ("/a.txt.gz", None),
        ("/a%00b/", None),
        (f"/{'x' * 300}/", None),
        ("relative", None),
    ],
)
def test_where_an_address_lies(path, name):
    assert file_name(path) == name


def test_types_as_a_server_tells_them():
    assert type_of("news/index.html") == "text/html; charset=utf-8"
    assert type_of("news/feed/atom.xml") == "application/atom+xml; charset=utf-8"
    assert type_of("sitemap-2025-06.xml") == "application/xml; charset=utf-8"
    assert type_of("strange.bin") == ""


def test_every_way_to_name_an_address_is_followed():
    body = b"""<a href="/a/?q=1&amp;r=2#x"><a href='older/'>
        <img src="/media/a.jpg" srcset="/media/b.jpg 1x, /media/c.jpg 2x">
        <style>@font-face{src:url(/static/f.woff2)}</style><loc>https://here.org/loc/</loc>
        <script type="application/ld+json">{"image":"https://here.org/media/ld.jpg"}</script>
        <a href="https://elsewhere.org/no/"><a href="mailto:x@here.org">
        <a href="//here.org/relative/"><a href="/caf\xc3\xa9/">"""
    assert links(body, "/list/", "https://here.org") == {
        "/a/", "/list/older/", "/media/a.jpg", "/media/b.jpg", "/media/c.jpg", "/static/f.woff2", "/loc/",
        "/media/ld.jpg", "/relative/", "/caf%C3%A9/",
    }  # fmt: skip


def test_a_redirect_cannot_write_into_the_configuration():
    rows = [
        ('/a"b\\c/', 'https://x.org/$uri"; return 200;', True),
        ("/plain/", "/to/", True),
        ("/other/", "/x/", False),
    ]
    text = as_map(rows, permanent=True).decode()
    assert text == '"/a\\"b\\\\c/" "https://x.org/%24uri%22%3B%20return%20200%3B";\n"/plain/" "/to/";\n'


# A whole run


@pytest.fixture
def news(paper, settings, tmp_path):
    settings.STATIC_ROOT = str(tmp_path / "static")
    (tmp_path / "static" / "theme").mkdir(parents=True)
    (tmp_path / "static" / "theme" / "site.css").write_text("p{}" * 100)
    (tmp_path / "static" / "theme" / "site.css.gz").write_bytes(gzip.compress(b"p{}" * 100))
    section = make_section(slug="news")
    person, topic = make_person("Ann Author", slug="ann"), make_topic("Harbour", slug="harbour")
    for number in range(6):
        make_article(
            section, slug=f"a{number}", at=timezone.now() - timedelta(hours=number), authors=[person], topics=[topic],
            text="Words. " * 100, lead_picture=make_picture() if number == 0 else None,
        )  # fmt: skip
    return section


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "tree"


@pytest.fixture
def exporter(reader, edition, folder, news):
    return Exporter(edition, folder)


def files(folder):
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino)
        for path in folder.rglob("*")
        if path.is_file() and ".broadsheet" not in path.parts
    }


def test_everything_a_reader_can_reach_is_there_in_every_coding(reader, exporter, folder, news):
    for number in range(6, 46):
        make_article(news, slug=f"a{number}", at=timezone.now() - timedelta(hours=number))
    done = exporter.run()
    assert done.failed == []
    assert done.outside == []
    pages = exporter.manifest.pages()
    expected = {"/", "/news/", "/archive/", "/authors/", "/authors/ann/", "/topics/harbour/", "/404.html"}
    expected |= {"/robots.txt", "/feed/rss.xml", "/news/feed/atom.xml", "/topics/harbour/feed/feed.json"}
    expected |= {"/sitemap.xml", "/sitemap-news.xml"} | {f"/news/a{number}/" for number in range(46)}
    assert expected <= pages
    assert any("/older/" in path for path in pages)
    for path in pages:
        name, plain = file_name(path), reader.get(path).body
        assert (folder / name).read_bytes() == plain, path
        packed = reader.get(path, accept_encoding="br").headers.get("Content-Encoding")
        assert (folder / f"{name}.br").exists() == (packed == "br")
    page = folder / "news" / "a0" / "index.html"
    assert gzip.decompress(page.with_name("index.html.gz").read_bytes()) == page.read_bytes()
    assert brotli.decompress(page.with_name("index.html.br").read_bytes()) == page.read_bytes()
    assert zstandard.ZstdDecompressor().decompress(page.with_name("index.html.zst").read_bytes()) == page.read_bytes()
    reached = links(page.read_bytes(), "/news/a0/", "http://testserver")
    pictures = {link for link in reached if link.startswith("/media/")}
    assert pictures
    assert all((folder / link[1:]).is_file() for link in pictures)
    assert (folder / "static" / "theme" / "site.css.gz").is_file()


def test_a_second_run_writes_nothing(exporter, folder):
    exporter.run()
    before = files(folder)
    done = exporter.run()
    assert (done.written, done.removed, done.copied) == (0, 0, 0)
    assert files(folder) == before


def test_only_what_changed_is_written_and_what_is_gone_is_removed(exporter, edition, folder, news):
    from broadsheet.newsroom.models import Article

    exporter.run()
    before = files(folder)
    republish(Article.objects.get(slug="a5"), title="Quite another headline")
    Article.objects.get(slug="a4").unpublish()
    follow.follow()
    stale = set(edition.waiting())
    done = exporter.run()
    after = files(folder)
    changed = {name for name in after if after[name] != before.get(name)}
    pages = {file_name(path) for path in stale}
    assert {name.removesuffix(".br").removesuffix(".zst").removesuffix(".gz") for name in changed} <= pages
    assert 0 < done.written <= len(stale)
    assert b"Quite another headline" in after["news/a5/index.html"][0]
    assert not (folder / "news" / "a4").exists()
    assert done.removed >= 1
    assert "authors/index.html" not in changed
    assert "robots.txt" not in changed


def test_another_content_is_another_entity_tag_for_nginx(exporter, folder):
    name = "robots.txt"
    exporter.tree.put(name, b"one")
    first = (folder / name).stat()
    exporter.tree.put(name, b"two")
    second = (folder / name).stat()
    assert first.st_size == second.st_size
    assert int(first.st_mtime) != int(second.st_mtime)
    assert second.st_mtime < time.time()


def test_redirects_are_listed(exporter, folder, news):
    Redirect.objects.create(old_path="/old", redirect_link="https://elsewhere.org/new", is_permanent=True)
    Redirect.objects.create(old_path="/seasonal", redirect_page=news.page_ptr, is_permanent=False)
    exporter.run()
    moved, found = ((folder / ".broadsheet" / name).read_text() for name in ("moved.map", "found.map"))
    assert '"/old/" "https://elsewhere.org/new";' in moved
    assert '"/old" "https://elsewhere.org/new";' in moved
    assert '"/seasonal/"' in found
    assert "seasonal" not in moved


def test_documents_that_everybody_may_read_come_along(exporter, folder, news):
    from wagtail.models import Collection, CollectionViewRestriction

    open_, closed = (Document(title=name) for name in ("report", "secret"))
    closed.collection = Collection.get_first_root_node().add_child(name="Closed")
    CollectionViewRestriction.objects.create(collection=closed.collection, restriction_type="login")
    for document in (open_, closed):
        document.file.save(f"{document.title}.pdf", ContentFile(b"%PDF"))
    assert assets.source_of(open_.url)
    assert assets.source_of(closed.url) is None
    assert assets.source_of("/documents/999/x.pdf") is None
    assert assets.source_of("/media/../edition.sqlite3") is None


def test_all_media_if_wanted(exporter, folder, settings):
    exporter.run(media=True)
    originals = list((folder / "media" / "original_images").glob("*"))
    assert originals
    exporter.run()
    assert not (folder / "media" / "original_images").exists()


def test_a_page_with_other_headers_than_the_server_gives_is_left_to_the_application(exporter, folder):
    exporter.run()
    exporter.manifest.headers = (("X-Old", "1"),)
    done = exporter.run()
    assert "/news/a0/" in done.outside
    assert not (folder / "news" / "a0" / "index.html").exists()
    exporter.agree()
    assert exporter.run().outside == []
    assert (folder / "news" / "a0" / "index.html").exists()


def test_a_page_that_cannot_be_printed_keeps_its_files(exporter, folder, monkeypatch):
    from broadsheet.newsroom.models import Article

    exporter.run()
    before = (folder / "news" / "a3" / "index.html").read_bytes()
    republish(Article.objects.get(slug="a3"), title="Other")
    render = context.context_of
    monkeypatch.setattr(context, "context_of", lambda page: render(page) if page.slug != "a3" else 1 / 0)
    done = exporter.run()
    assert done.failed == ["/news/a3/"]
    assert (folder / "news" / "a3" / "index.html").read_bytes() == before


# Watching


@pytest.fixture
def watcher(exporter):
    found = Watcher(exporter)
    found.look()
    return found


def test_a_stale_page_is_gone_at_once_and_there_again_when_printed(reader, watcher, edition, folder):
    from broadsheet.newsroom.models import Article

    page = folder / "news" / "a5" / "index.html"
    assert watcher.exporter.tree.is_on()
    republish(Article.objects.get(slug="a5"), title="Quite another headline")
    follow.follow()
    stale = set(edition.waiting())
    watcher.look()
    assert not any((folder / file_name(path)).exists() for path in stale)
    assert not page.with_name("index.html.br").exists()
    assert (folder / "authors" / "index.html").exists()
    reader.get("/news/a5/")
    watcher.look()
    assert b"Quite another headline" in page.read_bytes()


def test_a_page_that_is_printed_for_the_first_time_comes_into_the_tree(reader, watcher, folder, news):
    article = make_article(news, slug="new", lead_picture=make_picture())
    follow.follow()
    reader.get(article.get_url())
    watcher.look()
    page = folder / "news" / "new" / "index.html"
    pictures = {link for link in links(page.read_bytes(), "/", "http://testserver") if link.startswith("/media/")}
    assert pictures
    assert all((folder / link[1:]).is_file() for link in pictures)


def test_what_has_expired_is_gone(watcher, edition, folder):
    assert (folder / "sitemap-news.xml").exists()
    with edition.writing() as db:
        db.execute("UPDATE leaf SET expires = 1 WHERE path = '/sitemap-news.xml'")
    watcher.look()
    assert not (folder / "sitemap-news.xml").exists()


def test_while_readers_are_rolled_back_the_application_answers(watcher):
    pins.roll_back(time.time_ns() // 1000, "w")
    watcher.look()
    assert not watcher.exporter.tree.is_on()
    pins.roll_forward("w")
    watcher.look()
    assert watcher.exporter.tree.is_on()


def test_a_deleted_edition_is_exported_anew(monkeypatch, reader, edition, folder, news):
    monkeypatch.setattr("broadsheet.press.edition.file.LOOK_SECONDS", 0)
    watcher = Watcher(Exporter(edition, folder))
    assert watcher.look() is not None
    assert watcher.look() is None
    edition.connection()
    for suffix in ("", "-wal", "-shm"):
        edition.path.with_name(edition.path.name + suffix).unlink(missing_ok=True)
    edition._mine.look_at = 0
    done = watcher.look()
    assert done is not None
    assert watcher.exporter.tree.is_on()


def test_an_error_switches_the_tree_off_until_it_is_whole_again(watcher, monkeypatch):
    stop, tree = threading.Event(), watcher.exporter.tree
    looks = []

    def look():
        looks.append(tree.is_on())
        if len(looks) == 1:
            raise OSError("disk full")
        stop.set()

    monkeypatch.setattr(watcher, "look", look)
    monkeypatch.setattr("broadsheet.press.export.watching.PAUSE_SECONDS", 0)
    monkeypatch.setattr("broadsheet.press.export.watching.close_old_connections", lambda: None)
    watcher.keep(stop)
    assert looks == [True, False]
    assert not tree.is_on()


# The command


def test_on_a_full_disk_the_tree_can_still_be_switched_off_and_holds_no_half_files(tmp_path):
    with mounted(tmp_path / "disk", 1) as folder:
        tree = Tree(folder / "tree")
        tree.put("index.html", b"whole")
        for on in (False, True):
            tree.switch(on=on)
        with filled(folder):
            with pytest.raises(OSError, match="No space"):
                tree.put("other.html", b"x" * 100_000)
            tree.switch(on=False)
            assert not tree.is_on()
            names = {path.name for path in tree.folder.iterdir()}
            assert names == {"index.html", ".broadsheet"}


def test_the_command_line(reader, edition, news, folder, capsys):
    call_command("press", "export", str(folder))
    assert " written, 0 removed" in capsys.readouterr().out
    call_command("press", "export", str(folder))
    assert ": 0 written" in capsys.readouterr().out
    pins.roll_back(time.time_ns() // 1000, "w")
    with pytest.raises(CommandError):
        call_command("press", "export", str(folder))
