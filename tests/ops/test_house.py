"""The house rules that the import linter cannot see."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps

import broadsheet

HOUSE = Path(broadsheet.__file__).parent
FLOORS = {"newsroom": 0, "wire": 0, "theme": 0, "press": 1, "readers": 2, "desk": 3, "ops": 4}


def room_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "broadsheet" and len(parts) > 1 else None


def test_relations_between_models_go_down():
    for model in apps.get_models():
        room = room_of(model.__module__)
        if room is None:
            continue
        for field in model._meta.get_fields():
            other = room_of(field.related_model.__module__) if field.concrete and field.related_model else None
            if other and other != room:
                assert FLOORS[other] < FLOORS[room], f"{model.__name__}.{field.name} reaches into {other}"


@pytest.mark.parametrize("room", sorted(FLOORS))
def test_templates_load_tags_of_their_own_room_or_below(room):
    tags = {path.stem: path.relative_to(HOUSE).parts[0] for path in HOUSE.glob("*/**/templatetags/*.py")}
    for template in (HOUSE / room).rglob("templates/**/*.html"):
        for names in re.findall(r"{%\s*load ([^%]+)%}", template.read_text()):
            for name in names.split():
                other = tags.get(name, room)
                assert other == room or FLOORS[other] < FLOORS[room], f"{template.name} loads {name} of {other}"


def test_no_room_for_odds_and_ends():
    banned = {"core", "common", "utils", "helpers", "misc"}
    assert not [path for path in HOUSE.rglob("*") if path.stem in banned and "__pycache__" not in path.parts]


def test_no_migration_is_missing(db):
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
