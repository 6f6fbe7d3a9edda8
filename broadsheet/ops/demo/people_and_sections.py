"""The demo's paper without its articles: sections, people, topics, pages, settings, home front."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from wagtail.models import Page, Site

from broadsheet.newsroom.establish import establish
from broadsheet.newsroom.models import HomePage, Paper, Person, Section, TextPage, Topic
from broadsheet.ops.demo import texts


def make_sections() -> HomePage:
    """The menu's tree and the static pages."""
    home = establish(texts.paper()["paper"]["name"], settings.BASE_URL)
    made: dict[str, Page] = {"": home}
    for wanted in texts.paper()["sections"]:
        parent = type(made[wanted["parent"]]).objects.get(pk=made[wanted["parent"]].pk)
        slug = wanted["slug"].removeprefix(wanted["parent"] + "-")
        section = Section(title=wanted["title"], slug=slug, palette=wanted["palette"], intro=wanted["intro"])
        made[wanted["slug"]] = parent.add_child(instance=section)
    for page in texts.paper()["static_pages"]:
        form = page.get("kind", "text")
        text = TextPage(
            title=page["title"],
            slug=page["slug"],
            intro=page.get("intro", ""),
            body=page.get("body", ""),
            form="" if form == "text" else form,
        )
        HomePage.objects.get(pk=home.pk).add_child(instance=text)
    return home


def make_people(pictures: Mapping[str, int]) -> None:
    """Authors and topics."""
    for wanted in texts.paper()["people"]:
        fields = ("name", "role", "short_bio", "email", "disclosure")
        values: dict[str, Any] = {field: wanted.get(field, "") for field in fields}
        values |= {
            "bio": f"<p>{wanted['bio']}</p>",
            "links": wanted.get("links", []),
            "portrait_id": pictures[wanted["portrait"]],
        }
        Person.objects.update_or_create(slug=wanted["slug"], defaults=values)
    for topic in texts.paper()["topics"]:
        Topic.objects.update_or_create(
            slug=topic["slug"], defaults={"name": topic["name"], "description": topic.get("description", "")}
        )


def make_settings() -> None:
    """Name, tagline, social links, footer."""
    wanted = texts.paper()["paper"]
    paper = Paper.for_site(Site.objects.get(is_default_site=True))
    for field in ("name", "tagline", "about", "copyright", "licence_notice", "google_news", "flipboard"):
        setattr(paper, field, wanted.get(field, ""))
    profiles = [{"type": "profile", "value": profile} for profile in wanted["social"]]
    paper.social = Paper._meta.get_field("social").stream_block.to_python(profiles)
    menus = [{"type": "menu", "value": _menu(menu)} for menu in texts.paper()["footer_menus"]]
    paper.footer = Paper._meta.get_field("footer").stream_block.to_python(menus)
    paper.save()


def make_front(articles: Mapping[str, int]) -> None:
    """The home page's containers, with what is curated."""
    sections = sections_by_slug()
    containers = []
    for wanted in texts.paper()["home"]["containers"]:
        boosts = {boost["article"]: boost for boost in wanted.get("boosts", [])}
        slots = [_slot(boosts.get(slug, {"article": slug}), articles) for slug in wanted.get("curated", [])]
        section = sections.get(wanted.get("section", ""))
        value = {
            "title": wanted.get("title", ""),
            "layout": wanted["layout"],
            "palette": wanted.get("palette", ""),
            "section": section.pk if section else None,
            "topic": None,
            "count": wanted["count"],
            "fill": True,
            "slots": slots,
        }
        containers.append({"type": "container", "value": value})
    home = HomePage.objects.get()
    home.containers = HomePage._meta.get_field("containers").stream_block.to_python(containers)
    home.save_revision().publish()


def sections_by_slug() -> dict[str, Section]:
    """The demo's sections by the slugs its texts use."""
    found = {}
    for wanted in texts.paper()["sections"]:
        slug = wanted["slug"].removeprefix(wanted["parent"] + "-")
        found[wanted["slug"]] = Section.objects.get(slug=slug, title=wanted["title"])
    return found


def _menu(menu: Mapping[str, Any]) -> dict[str, Any]:
    return {"title": menu["title"], "links": [_link(item) for item in menu["items"]]}


def _link(item: Mapping[str, str]) -> dict[str, Any]:
    kind, _, slug = item["link"].partition(":")
    page: Page | None = None
    if kind == "section":
        page = sections_by_slug()[slug]
    elif kind == "page":
        page = TextPage.objects.get(slug=slug)
    return {"label": item["label"], "page": page.pk if page else None, "address": "" if page else item["link"]}


def _slot(given: Mapping[str, Any], articles: Mapping[str, int]) -> dict[str, Any]:
    return {
        "article": articles[given["article"]],
        "headline": given.get("headline", ""),
        "picture": None,
        "boost": given.get("boost", ""),
        "pin": given.get("pin"),
        "until": None,
    }
