"""The picture tag: right sizes, no needless queries, nothing enlarged."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext

from broadsheet.theme import pictures


def render(image: Any, tag: str = '{% picture image sizes="50vw" %}') -> str:
    return Template("{% load theme %}" + tag).render(Context({"image": image}))


def widths(html: str, kind: str) -> list[int]:
    found = re.search(rf'type="image/{kind}" srcset="([^"]*)"', html)
    return [int(width) for width in re.findall(r" (\d+)w", found[1])] if found else []


def test_all_sizes_up_to_the_originals_are_offered(make_picture: Callable[..., Any]) -> None:
    html = render(make_picture(1000, 600))
    assert widths(html, "avif") == [240, 400, 640, 960]
    assert widths(html, "webp") == [400, 960]
    assert 'sizes="50vw"' in html


def test_nothing_is_enlarged(make_picture: Callable[..., Any]) -> None:
    assert widths(render(make_picture(200, 100)), "avif") == [200]


def test_a_small_use_gets_small_files(make_picture: Callable[..., Any]) -> None:
    assert widths(render(make_picture(1700, 900), "{% picture image upto=400 %}"), "avif") == [240, 400]


def test_only_a_hero_gets_the_widest(make_picture: Callable[..., Any]) -> None:
    assert pictures.widths_for(2000, 1280)[-1] == 1280
    assert pictures.widths_for(2000, 1600)[-1] == 1600


def test_no_query_when_the_renditions_came_along(make_picture: Callable[..., Any]) -> None:
    from broadsheet.newsroom.models import Picture, Rendition

    picture = make_picture()
    render(picture)
    again = Picture.objects.get(pk=picture.pk)
    again.prefetched_renditions = list(Rendition.objects.filter(image=again))
    with CaptureQueriesContext(connection) as queries:
        render(again)
    assert len(queries) == 0


def test_one_query_otherwise(make_picture: Callable[..., Any]) -> None:
    from django.core.cache import cache

    from broadsheet.newsroom.models import Picture

    picture = make_picture()
    render(picture)
    cache.clear()
    again = Picture.objects.get(pk=picture.pk)
    with CaptureQueriesContext(connection) as queries:
        render(again)
    assert len(queries) == 1, [q["sql"] for q in queries.captured_queries]


def test_room_is_kept_for_the_picture(make_picture: Callable[..., Any]) -> None:
    picture = make_picture(1000, 600)
    assert 'width="960" height="576"' in render(picture)
    assert 'width="960" height="640"' in render(picture, '{% picture image ratio="3/2" %}')


def test_lazy_unless_it_is_seen_first(make_picture: Callable[..., Any]) -> None:
    picture = make_picture()
    assert 'loading="lazy"' in render(picture)
    eager = render(picture, "{% picture image eager=True %}")
    assert 'fetchpriority="high"' in eager
    assert "lazy" not in eager


def test_a_cropped_picture_keeps_its_focal_point(make_picture: Callable[..., Any]) -> None:
    focused = make_picture(focal_point_x=900, focal_point_y=60, focal_point_width=1, focal_point_height=1)
    assert "object-position:90% 10%" in render(focused, '{% picture image ratio="3/2" %}')
    assert "object-position" not in render(focused)


def test_alt_text_is_the_pictures_own_unless_given(make_picture: Callable[..., Any]) -> None:
    picture = make_picture(description='A "grey" sea')
    assert 'alt="A &quot;grey&quot; sea"' in render(picture)
    assert 'alt=""' in render(picture, '{% picture image alt="" %}')


def test_a_lost_file_leaves_the_page_whole(make_picture: Callable[..., Any]) -> None:
    picture = make_picture()
    picture.file.storage.delete(picture.file.name)
    assert render(picture) == ""


def test_no_picture_is_nothing() -> None:
    assert render(None) == ""
