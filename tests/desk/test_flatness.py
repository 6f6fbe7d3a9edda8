"""What the desk's pages cost does not grow with the archive, for those who are no superusers."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, Revision

from broadsheet.newsroom.models import Article
from tests.desk.factories import make_reporter, make_user
from tests.factories import make_article, make_person, make_section
from tests.plans import walks

NOW = timezone.now()
PAGES = [
    "/desk/",
    "/desk/articles/",
    "/desk/articles/?section={section}",
    "/desk/articles/?text=harbour",
    "/desk/articles/?state=draft",
    "/desk/articles/?author={author}",
    "/desk/pages/{article}/edit/",
    "/desk/pages/{article}/history/",
    "/desk/pages/{section}/",
    "/desk/pages/search/?q=harbour",
    "/desk/choose-page/",
    "/desk/choose-page/?page_type=newsroom.article",
    "/desk/choose-page/{section}/?page_type=newsroom.article",
    "/desk/choose-page/search/?page_type=newsroom.article&q=harbour",
    "/desk/fronts/",
    "/desk/reading/",
    "/desk/reading/?period=month",
]


@pytest.fixture
def world(paper):
    """A section with articles, one of them old."""
    section, author = make_section(title="World"), make_person()
    article = make_article(section, authors=[author], title="The harbour wall", at=NOW - timedelta(days=9000))
    for age in range(12):
        make_article(section, authors=[author], title=f"The harbour wall {age}", at=NOW - timedelta(hours=age))
    make_section(section, title="Local")
    return {"section": section.pk, "article": article.pk, "author": author.pk}


@pytest.fixture
def section_editor(world):
    """Edits and publishes in the section, and nowhere else."""
    group = Group.objects.create(name="World's editors")
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_tally", "change_hotpin"]))
    for action in ("add", "change", "publish"):
        GroupPagePermission.objects.create(group=group, page_id=world["section"], permission_type=action)
    user = make_user()
    user.groups.add(group)
    return at_desk(user)


@pytest.fixture
def reporter(world):
    return at_desk(make_reporter())


def at_desk(user):
    client = Client()
    client.force_login(user)
    return client


def opens(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


SMALL_TABLES_TELL = pytest.mark.skipif(
    os.environ.get("BROADSHEET_TEST_DATABASE") == "postgres",
    reason="PostgreSQL plans a dozen rows otherwise than a million: its plans are asked on a filled archive",
)


@SMALL_TABLES_TELL
@pytest.mark.parametrize("who", ["section_editor", "reporter"])
def test_no_page_of_the_desk_walks_what_grows(who, world, request):
    client = request.getfixturevalue(who)
    for address in [page.format(**world) for page in PAGES]:
        opens(client, address)  # the first request of a process fills its own caches
        assert walks(lambda address=address: opens(client, address)) == [], address


def test_queries_do_not_grow_with_the_archive(world, section_editor):
    """Of all pages at once: making an archive for each of them costs more than asking them."""
    few = queries_of_all(world, section_editor)
    section = Page.objects.get(pk=world["section"])
    for number in range(60):
        make_article(section, title=f"More of the harbour {number}", at=NOW - timedelta(days=number))
    many = queries_of_all(world, section_editor)
    more_rows = 25 * 4  # a page of the chooser has at most 25 rows, with a few queries each of Wagtail's own
    most = {page: few[page] + (more_rows if "choose-page" in page or "search" in page else 0) for page in PAGES}
    assert {page: (few[page], many[page]) for page in PAGES if many[page] > most[page]} == {}


def queries_of_all(world, client):
    """How many queries each page asks, once what its first request fills is filled."""
    for page in PAGES:
        opens(client, page.format(**world))
    return {page: queries(client, page.format(**world)) for page in PAGES}


def queries(client, address):
    with CaptureQueriesContext(connection) as found:
        opens(client, address)
    return len(found)


@SMALL_TABLES_TELL
def test_the_check_sees_a_walk(world):
    """The twin that must fail: what Wagtail asks of all pages of a type is a walk."""
    kind = Article.objects.values_list("content_type", flat=True).first()
    assert walks(lambda: list(Page.objects.filter(content_type=kind).order_by("title")))
    assert walks(lambda: Page.objects.filter(title__contains="harbour").count())
    assert walks(lambda: list(Revision.objects.exclude(object_str="")))


def test_what_lies_below_an_article_is_one_step_into_the_index(world):
    article = Page.objects.get(pk=world["article"])
    assert walks(lambda: article.get_descendants().live().exists()) == []
    assert walks(lambda: Page.objects.descendant_of(article).count()) == []


def test_a_path_is_found_by_its_beginning_alone(world):
    section, other = Page.objects.get(pk=world["section"]), make_section(title="Sport")
    inside = {page.pk for page in Page.objects.descendant_of(section)}
    assert world["article"] in inside
    assert other.pk not in inside
    assert section.pk not in inside
    assert not Page.objects.filter(path__startswith=section.path + "~").exists()


def test_the_explorer_shows_sections_and_leads_to_the_articles(world, section_editor):
    page = opens(section_editor, f"/desk/pages/{world['section']}/")
    assert "Local" in page
    assert "The harbour wall" not in page
    assert f"/desk/articles/?section={world['section']}" in page


def test_articles_are_chosen_newest_first(world, reporter):
    answer = reporter.get("/desk/choose-page/?page_type=newsroom.article").json()["html"]
    assert answer.index("The harbour wall 0") < answer.index("The harbour wall 11")
    assert "World" in answer


def test_any_page_can_still_be_chosen_from_the_root(world, reporter):
    assert "The Gazette" in reporter.get("/desk/choose-page/").json()["html"]
    assert reporter.get("/desk/choose-page/?page_type=newsroom.nothing").status_code == 404


def test_the_search_of_pages_shows_the_newest_first_and_only_what_one_may_work_on(world, section_editor):
    elsewhere = make_article(make_section(title="Sport"), title="Harbour swimmers", at=NOW)
    page = opens(section_editor, "/desk/pages/search/?q=harb")
    assert page.index("The harbour wall 11") < page.index("The harbour wall 0")
    assert elsewhere.title not in page


def test_the_home_page_counts_articles_not_pages(world, reporter):
    page = opens(reporter, "/desk/")
    assert "13 articles" in page
    assert " Pages " not in page
