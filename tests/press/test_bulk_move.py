"""Pages moved in the desk's list, several at once: what shows them follows, or none has moved."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from wagtail.models import Page
from wagtail.signals import post_page_move

from broadsheet.newsroom import lists
from broadsheet.newsroom.lists import ListRef
from broadsheet.newsroom.models import ListKind
from broadsheet.press import follow
from broadsheet.press.models import Purge
from broadsheet.readers.search import decide
from broadsheet.readers.search.find import find
from tests.factories import make_article, make_section

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(reader):
    """A section with one below it and an article in each."""
    top, new = make_section(title="World", slug="world"), make_section(title="Sport", slug="sport")
    below = make_section(top, title="Sea", slug="sea")
    return {
        "top": top,
        "new": new,
        "below": below,
        "one": make_article(top, slug="one"),
        "two": make_article(below, slug="two"),
    }


def move(client, to, *pages):
    return client.post(
        f"/desk/bulk/wagtailcore/page/move/?id={'&id='.join(str(page.pk) for page in pages)}", {"chooser": to.pk}
    )


def in_section(section):
    return {entry.article for entry in lists.newest(ListRef(kind=ListKind.SECTION, ref=section.pk), 10)}


def test_lists_addresses_and_searches_follow(world, reader, admin_client):
    top, new, one, two = world["top"], world["new"], world["one"], world["two"]
    assert [reader.get(path).status for path in ("/world/one/", "/world/sea/two/", "/world/", "/sport/")] == [200] * 4
    assert move(admin_client, new, one, world["below"]).status_code == 302
    follow.follow()
    assert (in_section(top), in_section(new)) == (set(), {one.pk, two.pk})
    assert reader.get("/world/one/").headers["Location"] == "/sport/one/"
    assert reader.get("/world/sea/two/").headers["Location"] == "/sport/sea/two/"
    assert [reader.get(path).status for path in ("/sport/one/", "/sport/sea/two/")] == [200, 200]
    assert "/sport/sea/two/" in reader.get("/sport/").text and "/two/" not in reader.get("/world/").text
    assert {hit.article for hit in find(decide.query("council", section=new.pk), 0, 9).hits} == {one.pk, two.pk}
    assert not Page.find_problems()[0]


def test_all_of_it_or_nothing(world, admin_client):
    def breaks(instance, **kwargs):
        if instance.pk == world["below"].pk:
            raise IntegrityError("as when the database goes between two pages")

    before, purges = set(Page.objects.values_list("path", "url_path")), Purge.objects.count()
    post_page_move.connect(breaks)
    try:
        with pytest.raises(IntegrityError):
            move(admin_client, world["new"], world["one"], world["below"])
    finally:
        post_page_move.disconnect(breaks)
    assert set(Page.objects.values_list("path", "url_path")) == before
    assert in_section(world["top"]) == {world["one"].pk, world["two"].pk}
    assert Purge.objects.count() == purges
