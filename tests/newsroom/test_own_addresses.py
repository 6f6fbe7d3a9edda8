"""No page hides behind an address of the site itself: not by the desk's forms, not by code, and not without a word."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ValidationError
from django.urls import include, path
from wagtail.models import Page

from broadsheet.newsroom import own_addresses
from broadsheet.newsroom.models import HomePage, Section, TextPage
from broadsheet.press.early import Early
from tests.factories import make_article, make_section

REFUSED = "Addresses of the site itself begin with /search/"
URLS = "tests.newsroom.test_own_addresses"
OF_TOMORROW = ["of-tomorrow", "mail-reports", "mail-complaints", "issue-7", "plain"]


def _nothing(request, **of):
    """A view of a later version."""


urlpatterns = [
    path("", include(([path("of-tomorrow/<int:pk>/", _nothing)], "app"))),
    path("mail-reports/", include(([path("x/", _nothing)], "mail"))),
    path("mail-complaints/", include(([path("x/", _nothing)], "mail"))),
    path("issue-<int:number>/", _nothing),
    path("plain/", _nothing),
    path("", include("broadsheet.press.urls")),
]


def values(slug, kind="section", **more):
    given = {"title": slug.title(), "slug": slug, "intro": ""}
    if kind == "section":
        return {**given, "palette": "news", "containers-count": "0", **more}
    return {**given, "body": '{"entityMap": {}, "blocks": []}', "form": "", **more}


def add(client, parent, slug, kind="section", **more):
    return client.post(f"/desk/pages/add/newsroom/{kind}/{parent.pk}/", values(slug, kind, **more))


def edit(client, page, slug, **more):
    return client.post(f"/desk/pages/{page.pk}/edit/", values(slug, type(page).__name__.lower(), **more))


def hidden(parent, slug):
    """A page from before its address was the site's own."""
    page = make_section(parent)
    Page.objects.filter(pk=page.pk).update(slug=slug, url_path=f"{parent.url_path}{slug}/")
    return Section.objects.get(pk=page.pk)


# Which they are


@pytest.mark.parametrize(
    "slugs",
    [
        "search account comments follow newsletters push messages seen authors topics archive feed",
        "desk documents media static boxes _util",
    ],
)
def test_the_sites_own_addresses_are_known(slugs):
    assert [slug for slug in slugs.split() if not own_addresses.is_own(slug)] == []


@pytest.mark.parametrize("slug", ["health", "news", "robots", "sitemap", "older", "café", "searching", "seen-2"])
def test_others_are_free(slug):
    assert not own_addresses.is_own(slug)


def test_a_new_route_is_never_forgotten(settings):
    settings.ROOT_URLCONF = URLS
    assert [slug for slug in [*OF_TOMORROW, "search"] if own_addresses.is_own(slug)] == OF_TOMORROW


def test_what_the_front_answers_before_it_looks_for_a_page_is_known_too(monkeypatch):
    monkeypatch.setattr(own_addresses, "_kept", set())
    Early().add("/beacon/", lambda environ, start_response: [])
    assert own_addresses.is_own("beacon")


# The desk's forms


@pytest.mark.parametrize("kind", ["section", "textpage"])
@pytest.mark.parametrize("how", [{}, {"action-publish": "1"}])
def test_a_new_page_is_refused_at_the_slug(paper, admin_client, kind, how):
    answer = add(admin_client, paper, "search", kind, **how)
    assert answer.status_code == 200
    assert answer.context["form"].errors == {"slug": [own_addresses.refusal("search")]}
    assert REFUSED in answer.content.decode()
    assert not Page.objects.filter(slug="search").exists()


def test_further_down_the_slug_is_free(paper, admin_client):
    assert add(admin_client, make_section(), "search", **{"action-publish": "1"}).status_code == 302
    assert Section.objects.get(slug="search").url.endswith("/search/")


@pytest.mark.parametrize("kind", [Section, TextPage])
@pytest.mark.parametrize("how", [{}, {"action-publish": "1"}])
def test_another_slug_is_refused_at_the_slug(paper, admin_client, kind, how):
    page = paper.add_child(instance=kind(title="Find", slug="find"))
    answer = edit(admin_client, page, "search", **how)
    assert answer.context["form"].errors == {"slug": [own_addresses.refusal("search")]}
    assert Page.objects.get(pk=page.pk).slug == "find"
    assert edit(admin_client, page, "finding", **how).status_code == 302


def test_a_page_that_stood_there_before_can_be_worked_on_and_moved_aside(paper, admin_client):
    page = hidden(paper, "search")
    assert edit(admin_client, page, "search", title="Changed", **{"action-publish": "1"}).status_code == 302
    assert Section.objects.get(pk=page.pk).title == "Changed"
    first = Section.objects.get(pk=page.pk)
    first.move(HomePage.objects.get(), pos="first-child")
    assert edit(admin_client, page, "archive").status_code == 200
    assert edit(admin_client, page, "find", **{"action-publish": "1"}).status_code == 302


def test_a_copy_is_refused_at_the_slug(paper, admin_client):
    page = make_section(make_section(), slug="search")
    given = {"new_title": "Search", "new_slug": "search", "new_parent_page": paper.pk}
    for way in ({}, {"alias": "on"}, {"publish_copies": "on"}):
        answer = admin_client.post(f"/desk/pages/{page.pk}/copy/", {**given, **way})
        assert answer.context["form"].errors == {"new_slug": [own_addresses.refusal("search")]}
    admin_client.post(f"/desk/pages/{page.pk}/copy/", {**given, "new_slug": "find"})
    assert list(Section.objects.child_of(paper).filter(slug__in=["search", "find"]).values_list("slug")) == [("find",)]


@pytest.mark.parametrize(
    "way", ["/desk/pages/{page}/move/{home}/confirm/", "/desk/bulk/wagtailcore/page/move/?id={page}"]
)
def test_a_move_to_the_top_is_refused_with_the_reason(paper, admin_client, way):
    page = make_section(make_section(), slug="search")
    make_article(page, slug="one")
    url = way.format(page=page.pk, home=paper.pk)
    answer = admin_client.post(url, {"chooser": paper.pk}, follow=True)
    assert answer.status_code == 200
    assert REFUSED in answer.content.decode()
    assert not Page.objects.child_of(paper).filter(slug="search").exists()
    Section.objects.get(pk=page.pk).move(make_section(), pos="last-child")  # elsewhere it may


# Code


@pytest.mark.parametrize("live", [True, False])
def test_code_is_refused_too(paper, live):
    with pytest.raises(ValidationError, match=REFUSED):
        paper.add_child(instance=Section(title="Search", slug="search", live=live))
    section = make_section(live=live)
    section.slug = "search"
    with pytest.raises(ValidationError, match=REFUSED):
        section.save()
    below = make_section(section, slug="search")
    for page in (below, Page.objects.get(pk=below.pk)):
        with pytest.raises(ValidationError, match=REFUSED):
            page.move(HomePage.objects.get(), pos="last-child")


def test_a_slug_that_code_leaves_out_gets_a_number(paper):
    made = [paper.add_child(instance=TextPage(title="Archive")).slug for _ in range(2)]
    assert made == ["archive-2", "archive-2-2"]


# Pages that stand there already


def test_a_hidden_page_is_named_by_the_check(paper):
    page = hidden(paper, "topics")
    make_section(make_section(slug="news"), slug="topics")
    found = [message for message in run_checks(databases=["default"]) if message.id == "newsroom.W001"]
    assert [f"page {page.pk}" in message.msg for message in found] == [True]
    assert "/topics/" in found[0].msg
    assert f"/desk/pages/{page.pk}/edit/" in found[0].hint
    assert not [message for message in run_checks() if message.id == "newsroom.W001"]
