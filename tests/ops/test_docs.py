"""The reference lists what the code has, and no more."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.dispatch import Signal

from broadsheet.newsroom import signals as newsroom
from broadsheet.newsroom.blocks import BodyBlock
from broadsheet.ops.config import SiteConfig
from broadsheet.wire import signals as wire

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"


def test_every_setting_is_explained():
    listed = re.findall(r"^\| `(\w+)` \|", (REFERENCE / "settings.md").read_text(), re.M)
    assert sorted(listed) == sorted(field.name for field in fields(SiteConfig) if field.name != "site")


def test_every_block_is_listed():
    listed = re.findall(r"^\| `(\w+)` \|", (REFERENCE / "blocks.md").read_text(), re.M)
    assert sorted(listed) == sorted(BodyBlock.base_blocks)


def test_every_signal_is_listed():
    text = (REFERENCE / "hooks.md").read_text()
    for module, room in ((newsroom, "newsroom"), (wire, "wire")):
        for name, value in vars(module).items():
            if isinstance(value, Signal):
                assert f"`{room}.signals.{name}`" in text


def test_every_command_of_ours_is_listed():
    text = (REFERENCE / "commands.md").read_text()
    for name, app in get_commands().items():
        if isinstance(app, str) and app.startswith("broadsheet."):
            assert f"broadsheet {name}" in text
            parser = load_command_class(app, name).create_parser("broadsheet", name)
            verbs = [
                action.choices for action in parser._actions if action.dest in {"verb", "command"} and action.choices
            ]
            for verb in verbs[0] if verbs else ():
                assert verb in text, f"broadsheet {name} {verb}"


@pytest.mark.parametrize("path", [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")], ids=str)
def test_links_between_documents_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text()):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"
