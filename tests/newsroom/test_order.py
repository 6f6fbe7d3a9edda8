"""Rows of an article stand in a settled order, whatever the database does with its rows."""

from __future__ import annotations

from broadsheet.newsroom.models import Article, Person
from tests.factories import make_article, make_person, make_section


def test_authors_without_an_order_of_their_own_stay_as_they_were_named(paper):
    authors = [make_person(name) for name in ("Cy", "Ann", "Ben")]
    article = make_article(make_section(), authors=authors)
    article.bylines.update(sort_order=None)
    for person in Person.objects.order_by("name"):
        person.short_bio = f"About {person.name}."
        person.save()  # PostgreSQL puts a changed row elsewhere in its table
    article.bylines.filter(person__name="Cy").update(sort_order=None)
    named = [byline.person.name for byline in Article.objects.get(pk=article.pk).bylines.select_related("person")]
    assert named == ["Cy", "Ann", "Ben"]
