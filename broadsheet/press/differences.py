"""What a save changes: the stored row is looked at before it is overwritten."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Field, Model


def remember(instance: Model, update_fields: Collection[str] | None) -> None:
    """Keep what a save is about to overwrite. One query; none for a new row."""
    instance._differences = _differences(instance, update_fields)  # type: ignore[attr-defined]


def recall(instance: Model) -> frozenset[str]:
    """The names of the fields that the save after ``remember`` changed."""
    found: frozenset[str] = instance.__dict__.pop("_differences", frozenset())
    return found


def _differences(instance: Model, update_fields: Collection[str] | None) -> frozenset[str]:
    if instance._state.adding or instance.pk is None:
        return frozenset()
    stored = type(instance)._base_manager.filter(pk=instance.pk).first()
    if stored is None:
        return frozenset()
    deferred = instance.get_deferred_fields()
    names = set(update_fields) if update_fields is not None else None
    return frozenset(
        field.name
        for field in instance._meta.concrete_fields
        if field.attname not in deferred
        and (names is None or field.name in names or field.attname in names)
        and _text(field, stored) != _text(field, instance)
    )


def _text(field: Field[Any, Any], instance: Model) -> str:
    value = field.value_from_object(instance)
    if isinstance(value, datetime):
        return str(value.timestamp())  # one moment, whatever the clock it was written by
    return "\0" if value is None else str(field.value_to_string(instance))
