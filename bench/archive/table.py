"""Rows of a model's table."""

from __future__ import annotations

from typing import Any

from django.db import connection

Row = tuple[Any, ...]


class Table:
    """A model's table: rows with the model's defaults where nothing else is said: no new field is forgotten."""

    def __init__(self, model: Any) -> None:
        fields = [field for field in model._meta.local_concrete_fields if not getattr(field, "generated", False)]
        instance = model()
        self.name: str = model._meta.db_table
        automatic = {
            field.column for field in fields if field.primary_key and field.get_internal_type().endswith("AutoField")
        }
        self.fields = [field for field in fields if field.column not in automatic]
        self._defaults = {f.column: f.get_db_prep_save(getattr(instance, f.attname), connection) for f in self.fields}
        self._id = next(iter(automatic), "")

    def columns(self, *, numbered: bool) -> list[str]:
        """The columns of a row; its id, which the database gives unless ``numbered``, first."""
        return [*([self._id] if numbered and self._id else []), *self._defaults]

    def row(self, *first: Any, **values: Any) -> Row:
        """A row: the id, if it is given, then the columns."""
        if unknown := values.keys() - self._defaults.keys():
            raise KeyError(f"{self.name} has no column {', '.join(unknown)}")
        return (*first, *(values.get(column, default) for column, default in self._defaults.items()))
