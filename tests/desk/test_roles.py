"""The groups a newsroom starts with, and what a newer version gives them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

from broadsheet.desk.actions.roles import MODERATORS, NEWS_EDITORS, REPORTERS, make_roles
from broadsheet.ops import prepare as preparing

pytestmark = pytest.mark.django_db


def test_roles_are_made_once_and_left_as_the_publisher_arranged_them(paper: Any) -> None:
    assert {group.name for group in make_roles()} == {REPORTERS, NEWS_EDITORS, MODERATORS}
    Group.objects.get(name=REPORTERS).page_permissions.all().delete()
    wagtails = GroupPagePermission.objects.filter(group__name="Editors").count()
    assert make_roles() == [] and not Group.objects.get(name=REPORTERS).page_permissions.exists()
    assert GroupPagePermission.objects.filter(group__name="Editors").count() == wagtails


def test_groups_are_given_what_a_newer_version_brings_and_nothing_back(
    paper: Any, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the version before had known no pins."""
    settings.STATIC_ROOT, settings.EDITION_PATH = str(tmp_path / "static"), str(tmp_path / "edition.sqlite3")
    make_roles()
    editors, pins = Group.objects.get(name=NEWS_EDITORS), Permission.objects.filter(codename="change_hotpin")
    taken = Permission.objects.get(codename="view_tally")
    editors.permissions.remove(taken)
    pins.delete()
    monkeypatch.setattr(preparing, "has_pending_migrations", lambda: True)
    preparing.prepare("Paper", found=False)
    assert set(editors.permissions.filter(codename__in=["change_hotpin", "view_tally"])) == set(pins) != set()
    assert not Group.objects.get(name=REPORTERS).permissions.filter(codename="change_hotpin").exists()
    editors.permissions.remove(*pins)
    preparing.prepare("Paper", found=False)
    assert not editors.permissions.filter(codename="change_hotpin").exists()
