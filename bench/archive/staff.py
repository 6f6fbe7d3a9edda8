"""Who works at the archive's desk, and what they write."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission, User
from django.utils import timezone
from wagtail.models import GroupPagePermission

from bench.archive.plan import Planned
from bench.archive.world import World
from broadsheet.desk.actions.roles import REPORTERS
from broadsheet.newsroom.models import Article, Byline, Section, TopicLink


def publisher(world: World) -> User:
    """Somebody who publishes anywhere."""
    return User.objects.get(pk=world.users[0])


def section_editor(section: Section) -> User:
    """Somebody who edits and publishes in one section, and nowhere else."""
    group, new = Group.objects.get_or_create(name=f"Editors of {section.title}")
    if new:
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        for action in ("add", "change", "publish"):
            GroupPagePermission.objects.create(group=group, page=section, permission_type=action)
    user, _ = User.objects.get_or_create(username="section-editor")
    user.groups.set([group])
    return user


def reporter() -> User:
    """Somebody who writes, anywhere in the paper."""
    user, _ = User.objects.get_or_create(username="reporter")
    user.groups.set([Group.objects.get(name=REPORTERS)])
    return user


def draft(world: World, planned: Planned) -> Article:
    """A new draft with this text, in the first section, by the first author, on the first topic."""
    article = Article(
        title=planned.title,
        slug=f"new-{timezone.now():%Y%m%d%H%M%S%f}",
        standfirst=planned.standfirst,
        live=False,
        owner_id=world.users[0],
        lead_picture_id=world.pictures[0],
    )
    article.bylines = [Byline(person_id=world.authors[0][0])]
    article.topic_links = [TopicLink(topic_id=world.topics[0][0])]
    text = [{"type": "paragraph", "value": f"<p>{block.text}</p>"} for block in planned.blocks]
    article.body = Article._meta.get_field("body").stream_block.to_python(text)
    Section.objects.get(pk=world.sections[0].id).add_child(instance=article)
    return article


def changed(article_id: int) -> Article:
    """An article with another headline and standfirst, not published yet."""
    article: Article = Article.objects.get(pk=article_id)
    article.title = f"{article.title.partition(' (')[0]} ({timezone.now():%H:%M:%S.%f})"
    article.standfirst = f"Changed at {timezone.now():%H:%M:%S.%f}."
    return article
