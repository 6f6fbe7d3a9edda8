"""What is inlined: its hashes are true, and it stays small."""

from __future__ import annotations

import base64
import hashlib
import re
from types import SimpleNamespace

import brotli
import pytest
from django.template import Context, Template
from django.template.loader import get_template

from broadsheet.theme import assets
from broadsheet.theme.templatetags.theme import PLAIN, has_blocks

CSS_BUDGET, JS_BUDGET, FONT_BUDGET = 6 * 1024, 5 * 1024, 40 * 1024


def hash_of(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def rendered(source: str) -> str:
    return Template("{% load theme %}" + source).render(Context())


@pytest.mark.parametrize("part", assets.PARTS)
def test_the_policy_allows_the_styles_that_pages_carry(part: str) -> None:
    found = re.findall(r"<style>(.*?)</style>", rendered(f'{{% inline_css "{part}" %}}'), re.DOTALL)
    assert [hash_of(text) in assets.style_hashes().split() for text in found] == [True]


def test_the_policy_allows_the_script_that_pages_carry() -> None:
    found = re.findall(r"<script>(.*?)</script>", rendered("{% inline_script %}"), re.DOTALL)
    assert [hash_of(text) for text in found] == assets.script_hashes().split()


@pytest.mark.parametrize("parts", ["front", "article", "article blocks", "pages", "pages talk"])
def test_a_page_carries_less_than_six_kilobytes_of_styles(parts: str) -> None:
    css = "".join(assets.inline_css(part) for part in ("base", *parts.split()))
    assert len(brotli.compress(css.encode())) < CSS_BUDGET


def test_the_script_is_small_and_changes_nothing_by_inline_handlers() -> None:
    script = (assets.FOLDER / "app.js").read_bytes()
    assert len(brotli.compress(script)) < JS_BUDGET
    assert b"innerHTML" not in script


def test_the_fonts_of_a_first_view_are_small() -> None:
    fonts = [assets.FOLDER / "fonts" / f"{name}-core.woff2" for name in ("newsreader", "public-sans")]
    assert sum(font.stat().st_size for font in fonts) < FONT_BUDGET


@pytest.mark.parametrize("part", assets.PARTS)
def test_every_file_that_styles_name_is_there(part: str) -> None:
    for file in assets.PARTS[part]:
        for name in re.findall(r"url\(\.\./([\w./-]+)\)", (assets.FOLDER / "css" / f"{file}.css").read_text()):
            assert (assets.FOLDER / name).exists()
    assert "url(../" not in assets.inline_css(part)


@pytest.mark.parametrize("name", sorted(PLAIN))
def test_the_styles_of_a_plain_block_are_on_every_article(name: str) -> None:
    template = get_template(f"theme/blocks/{name}.html").template.source  # type: ignore[attr-defined]
    classes = {word for words in re.findall(r'class="([^"{]*)', template) for word in words.split()}
    begun = r"(?:^|,)\.([a-z][\w-]*)"  # what a selector begins with
    styled = set(re.findall(begun, (assets.FOLDER / "css" / "blocks.css").read_text(), re.MULTILINE))
    assert not classes & styled


def test_an_article_carries_the_styles_of_blocks_only_if_it_has_such() -> None:
    plain, chart = SimpleNamespace(block_type="paragraph"), SimpleNamespace(block_type="chart")
    assert not has_blocks([]) and not has_blocks([plain])
    assert has_blocks([plain, chart])
    assert has_blocks([SimpleNamespace(block_type="of another room")])


def test_minifying_keeps_meaning() -> None:
    css = "/* x */ a , b :hover { width : calc(1px + 2px) ; }\n@media (width: 1em) and (height: 2em) { a { top: 0 } }"
    small = assets.minify(css)
    assert "calc(1px + 2px)" in small
    assert "b :hover{" in small
    assert ") and (" in small
    assert "/*" not in small


def test_an_unknown_part_is_refused() -> None:
    with pytest.raises(ValueError, match="No styles called"):
        assets.inline_css("nothing")
