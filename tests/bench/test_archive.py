"""The bench's archive holds what the product would have written, and a fill goes on where it was ended."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db.models import Sum
from wagtail.models import Collection, Page

from bench.archive import fill as filling
from bench.archive import rows
from bench.archive.check import differences
from bench.archive.founding import found
from bench.archive.plan import Plan, Shape
from broadsheet.desk.actions.roles import make_roles
from broadsheet.newsroom.models import Article, Listing, ListKind, MonthCount, Section

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(paper):
    make_roles()
    if not Collection.objects.exists():  # the end of a transactional test empties all tables
        Collection.add_root(name="Root")
    small = {"authors": 9, "topics": 20, "pictures": 2, "tops": 2, "middles": 1, "leaves": 1}
    return found(Shape(articles=36, until=datetime(2026, 11, 25, tzinfo=UTC), **small))


def test_articles_made_in_bulk_are_those_the_product_publishes(world):
    assert differences(world, range(24)) == []


def test_the_comparison_sees_what_a_fill_forgets(world, monkeypatch):
    """The twin that must fail: rows without their references."""
    monkeypatch.setattr(rows, "references", lambda written: iter(()))
    told = differences(world, range(1))
    assert told
    assert all("wagtailcore_referenceindex" in line for line in told)


def test_a_fill_goes_on_where_it_was_ended(world, tmp_path):
    world.save(tmp_path)
    plan = Plan(filling.shape_of(world))
    filling.write(world, filling.make_batch(world, plan, 0, 10), 0)
    assert filling.already(world) == 10
    filling.fill(tmp_path, filling.shape_of(world), batch=8)
    assert Article.objects.count() == Listing.objects.filter(kind=ListKind.SITE).count() == 36
    assert MonthCount.objects.filter(kind=ListKind.SITE).aggregate(all=Sum("count"))["all"] == 36
    assert Section.objects.aggregate(all=Sum("numchild"))["all"] == 36 + Section.objects.filter(depth__gt=3).count()
    assert Page.find_problems() == ([], [], [], [], [])
