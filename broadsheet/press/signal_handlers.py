"""From a change to the purge log."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import partial
from typing import Any, cast

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, post_page_move

from broadsheet.newsroom import reads, signals
from broadsheet.newsroom.listing_places import key_of as key_of_list
from broadsheet.newsroom.lists import Cursor
from broadsheet.newsroom.models import Article, HomePage, ListKind, Person, Picture, Section, TextPage, Topic
from broadsheet.press import differences, purge_log, recorder
from broadsheet.press.addresses import ALL_MOVED, address_key, listed_stems
from broadsheet.press.facets import NOT_SHOWN, STANDING, every_facet, facets_changed
from broadsheet.press.pages.archive import write_cursor
from broadsheet.press.redirects import address_in_tree, redirect_stems
from broadsheet.press.surrogate_keys import PARTS, WATCHED, facet_key, key_of, under

SITE = key_of_list(ListKind.SITE, 0)
ADDRESS = {"live", "slug", "url_path", "old_path"}
"""Fields that decide about an address."""
LISTS = {Person: "people", TextPage: "text-pages"}
"""Lists of all objects of a kind, for those that have no dates."""


def connect() -> None:
    """Watch what pages are made of, once, when the room opens."""
    reads.observe(recorder.observe_reading)
    for model in WATCHED:
        recorder.watch(model)
    pre_save.connect(_before_save, dispatch_uid="press.before_save")
    post_save.connect(_saved, dispatch_uid="press.saved")
    post_delete.connect(_deleted, dispatch_uid="press.deleted")
    signals.listings_changed.connect(_lists_changed, dispatch_uid="press.lists")
    signals.navigation_changed.connect(_navigation_changed, dispatch_uid="press.navigation")
    post_page_move.connect(_moved, dispatch_uid="press.moved")
    page_slug_changed.connect(_readdressed, dispatch_uid="press.readdressed")
    for signal in (post_save, post_delete):
        signal.connect(_restricted, sender=PageViewRestriction, dispatch_uid=f"press.restricted.{id(signal)}")
    post_save.connect(_picture_saved, sender=Picture, dispatch_uid="press.picture_saved")
    page_published.connect(_published, dispatch_uid="press.published")


def _before_save(instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    if isinstance(instance, (*WATCHED, *PARTS)) and not raw and not _is_hidden(update_fields):
        differences.remember(cast(Model, instance), update_fields)


def _saved(instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if raw:
        return
    if isinstance(instance, tuple(PARTS)):
        if created or differences.recall(cast(Model, instance)):
            _part_changed(instance)
    elif isinstance(instance, WATCHED):
        _changed(instance, differences.recall(instance), created)


def _changed(instance: Any, fields: Collection[str], created: bool) -> None:
    keys = [facet_key(key_of(instance), facet) for facet in facets_changed(_kind(instance), fields)]
    if type(instance) in LISTS and (created or {"name", "live", "slug", "url_path"} & set(fields)):
        keys.append(LISTS[type(instance)])
    if isinstance(instance, Section) and "url_path" in fields:
        keys += [under(instance.pk), ALL_MOVED]
    if created or ADDRESS & set(fields):
        keys += map(address_key, _addresses_of(instance))
    purge_log.append([(key, None) for key in keys], reason=f"{instance._meta.verbose_name} saved")


def _part_changed(instance: Any) -> None:
    facets = facets_changed(Article, [PARTS[type(instance)]])
    keys = [facet_key(f"page/{instance.article_id}", facet) for facet in facets]
    purge_log.append([(key, None) for key in keys], reason=f"{instance._meta.verbose_name} changed")


def _deleted(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, tuple(PARTS)):
        _part_changed(instance)
    elif isinstance(instance, WATCHED):
        keys = [facet_key(key_of(instance), facet) for facet in every_facet(_kind(instance))]
        keys += [LISTS[type(instance)]] if type(instance) in LISTS else []
        purge_log.append([(key, None) for key in keys], reason=f"{instance._meta.verbose_name} deleted")


def _kind(instance: Any) -> type[Any]:
    """The model whose facets count: a page saved as a plain one is still an article."""
    return (instance.specific_class or Page) if isinstance(instance, Page) else type(instance)


def _picture_saved(instance: Picture, **kwargs: Any) -> None:
    from broadsheet.press import tasks

    transaction.on_commit(partial(tasks.make_renditions.enqueue, instance.pk))


def _lists_changed(changes: tuple[signals.ListingChange, ...], **kwargs: Any) -> None:
    rows: list[tuple[str, datetime | None]] = [(change.key, change.at) for change in changes]
    for change in changes:
        if change.key == SITE and change.at and change.article:
            place = write_cursor(Cursor(at=change.at, article=change.article))
            rows += [(address_key(stem), None) for stem in listed_stems(change.at, place)]
    purge_log.append(rows, reason="list changed")


def _navigation_changed(keys: frozenset[str], **kwargs: Any) -> None:
    purge_log.append([(key, None) for key in sorted(keys)], reason="sections changed")


def _moved(instance: Page, **kwargs: Any) -> None:
    if kwargs["parent_page_before"].pk == kwargs["parent_page_after"].pk:
        return
    moved = (facet for facet in every_facet(_kind(instance)) if facet != STANDING)
    keys = [facet_key(key_of(instance), facet) for facet in moved]
    keys += [under(instance.pk), *map(address_key, _addresses_of(instance)), _left_behind(kwargs["url_path_before"])]
    keys += [ALL_MOVED] if issubclass(_kind(instance), Section) else []
    purge_log.append([(key, None) for key in keys], reason="address changed")


def _readdressed(instance_before: Page, **kwargs: Any) -> None:
    purge_log.append([(_left_behind(instance_before.url_path), None)], reason="address changed")


def _left_behind(url_path: str) -> str:
    """The key of an address that a page has left: Wagtail has made it a redirect by now."""
    home = HomePage.objects.values_list("url_path", flat=True).first() or "/"
    return address_key(address_in_tree(url_path, home))


def _addresses_of(instance: Any) -> Iterable[str]:
    """Where something can be read now."""
    if isinstance(instance, Redirect):
        return redirect_stems(instance.old_path)
    if isinstance(instance, Page):
        return [instance.get_url() or "/"] if instance.live else []
    return [instance.get_absolute_url()] if isinstance(instance, (Person, Topic)) else []


def _restricted(instance: PageViewRestriction, **kwargs: Any) -> None:
    keys = [f"page/{instance.page_id}", under(instance.page_id)]
    purge_log.append([(key, None) for key in keys], reason="access changed")


def _published(instance: Any, **kwargs: Any) -> None:
    from broadsheet.press import tasks

    tasks.print_soon(instance.get_url() or "")


def _is_hidden(update_fields: Any) -> bool:
    return update_fields is not None and set(update_fields) <= NOT_SHOWN
