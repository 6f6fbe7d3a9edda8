"""The editor's side panel: what will publishing change?"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from broadsheet.newsroom.models import Article
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def ask(client, article, query=""):
    return client.get(reverse("desk_articles:impact", args=[article.pk]) + query)


def test_the_panel_stands_in_the_editor_and_asks_the_list(editor, world):
    article = make_article(world, publish=False)
    page = editor.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert "What will publishing change?" in page
    assert f'data-impact="{reverse("desk_articles:impact", args=[article.pk])}"' in page


def test_it_tells_of_a_new_article(editor, world):
    article = make_article(world, slug="two", publish=False)
    told = ask(editor, article).content.decode()
    assert "New for readers:" in told
    assert "/world/two/" in told
    assert not Article.objects.get(pk=article.pk).live


def test_it_tells_what_forbids_publishing(editor, world):
    article = make_article(world, publish=False, rights="full_text", source_name="Coast")
    assert "licence" in ask(editor, article).content.decode().lower()


def test_it_tells_of_a_withdrawal(editor, world):
    article = make_article(world)
    assert "?withdraw" in ask(editor, article).content.decode()
    assert "Withdrawing takes the article off the paper" in ask(editor, article, "?withdraw").content.decode()
    assert Article.objects.get(pk=article.pk).live


def test_who_may_not_edit_may_not_ask(client, world):
    article = make_article(world)
    assert ask(client, article).headers["Location"].startswith("/desk/login/")
    stranger = User.objects.create_user("stranger")
    stranger.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(stranger)
    assert ask(client, article).headers["Location"] == "/desk/"
