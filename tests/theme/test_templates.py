"""Every template compiles, and every block an editor can use has one."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.template.loader import get_template

from broadsheet.theme import assets

TEMPLATES = Path(assets.__file__).parent / "templates"


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_a_template_compiles(path: Path) -> None:
    get_template(path.relative_to(TEMPLATES).as_posix())


def test_every_block_of_a_body_has_its_template() -> None:
    from broadsheet.newsroom.blocks import BodyBlock

    for name, block in BodyBlock().child_blocks.items():
        assert block.meta.template == f"theme/blocks/{name}.html"
        get_template(block.meta.template)


def test_every_layout_of_a_front_has_its_template() -> None:
    from broadsheet.newsroom.blocks.front import LAYOUTS

    for name, _ in LAYOUTS:
        get_template(f"theme/layouts/{name}.html")


def test_nothing_is_loaded_from_elsewhere_and_no_handler_is_inline() -> None:
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text()
        assert 'src="http' not in text, path
        assert " onclick=" not in text, path
        assert "@import" not in text, path


def test_the_last_resort_needs_no_context() -> None:
    page = get_template("theme/pages/500_plain.html").render()
    assert "<h1" in page
    assert "{%" not in page
