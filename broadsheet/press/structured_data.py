"""Structured data (schema.org as JSON-LD) for search engines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from broadsheet.newsroom.models import Article, Person, Picture, Topic

if TYPE_CHECKING:
    from broadsheet.press.pages.frame import Frame

KINDS = {Article.Format.ANALYSIS: "AnalysisNewsArticle", Article.Format.OPINION: "OpinionNewsArticle"}
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def dump(document: dict[str, Any]) -> str:
    """A document as JSON that cannot end the script element it stands in."""
    return json.dumps({"@context": "https://schema.org", **document}, ensure_ascii=False).translate(_ESCAPES)


def article(page: Article, frame: Frame, authors: list[Person], topics: list[Topic]) -> str:
    """NewsArticle, or its opinion and analysis kinds."""
    url = frame.canonical if not page.canonical_elsewhere else frame.base_url + frame.path
    document: dict[str, Any] = {
        "@type": KINDS.get(Article.Format(page.format), "NewsArticle"),
        "@id": id_of(page),
        "headline": page.title[:110],
        "url": url,
        "mainEntityOfPage": {"@type": "WebPage", "@id": url},
        "author": [_person(author, frame) for author in authors] or [_organisation(frame)],
        "publisher": _organisation(frame),
        "isAccessibleForFree": True,
        "wordCount": page.words,
    }
    if page.standfirst:
        document["description"] = page.standfirst
    if frame.section:
        document["articleSection"] = frame.section.title
    if page.published_at:
        document["datePublished"] = timezone.localtime(page.published_at).isoformat(timespec="seconds")
        changed = page.updated_at or page.published_at
        document["dateModified"] = timezone.localtime(changed).isoformat(timespec="seconds")
    if page.lead_picture:
        document["image"] = [_image(page.lead_picture, frame)]
    if topics:
        document["keywords"] = [topic.name for topic in topics]
    if page.source_url:
        document["isBasedOn"] = page.source_url
    if page.source_licence_url:
        document["license"] = page.source_licence_url
    return dump(document)


def id_of(page: Article) -> str:
    """By which other rooms say more of the same article in documents of their own (JSON-LD 1.1, 3.3)."""
    return f"{settings.BASE_URL}{page.get_url() or '/'}#article"


def breadcrumb(frame: Frame, last: str = "") -> str:
    """BreadcrumbList of the page's sections, and the page itself where it is not one."""
    names = [("Home", frame.base_url + "/"), *((item.title, frame.base_url + item.url) for item in frame.trail)]
    if last:
        names.append((last, frame.base_url + frame.path))
    elements = [
        {"@type": "ListItem", "position": place, "name": name, "item": url}
        for place, (name, url) in enumerate(names, 1)
    ]
    return dump({"@type": "BreadcrumbList", "itemListElement": elements})


def paper() -> str:
    """The paper itself: WebSite, published by a NewsMediaOrganization."""
    from broadsheet.press.pages.frame import absolute, the_paper

    about = the_paper()
    return dump(
        {
            "@type": "WebSite",
            "name": about.name,
            "url": absolute("/"),
            "description": about.tagline or about.name,
            "publisher": {"@type": "NewsMediaOrganization", "name": about.name, "url": absolute("/")},
        }
    )


def profile(person: Person, frame: Frame) -> str:
    """ProfilePage of an author."""
    return dump({"@type": "ProfilePage", "mainEntity": _person(person, frame)})


def _person(person: Person, frame: Frame) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "Person",
        "name": person.name,
        "url": frame.base_url + person.get_absolute_url(),
    }
    if person.role:
        found["jobTitle"] = person.role
    return found


def _organisation(frame: Frame) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "NewsMediaOrganization",
        "name": frame.paper.name,
        "url": frame.base_url + "/",
    }
    if frame.paper.logo:
        found["logo"] = _image(frame.paper.logo, frame)
    return found


def _image(picture: Picture, frame: Frame) -> dict[str, Any]:
    shown = picture.get_rendition("width-1280|format-jpeg")
    return {
        "@type": "ImageObject",
        "url": shown.full_url if shown.url.startswith("http") else frame.base_url + shown.url,
        "width": str(shown.width),
        "height": str(shown.height),
        "caption": picture.description,
        "creditText": picture.credit,
    }
