"""Scripts are served without their comments, and say the same."""

from __future__ import annotations

import hashlib
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.core.files import File
from django.core.files.base import ContentFile

from broadsheet.theme import assets
from broadsheet.theme.storage import LARGE, Files, small

SCRIPTS = sorted(path.name for path in assets.FOLDER.glob("*.js"))


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_comment_and_no_indentation_is_served_and_no_statement_lost(name: str) -> None:
    script = (assets.FOLDER / name).read_text()
    served = small(script)
    assert small(served) == served
    assert not any(line.startswith((" ", "//", "/*")) for line in served.splitlines())
    for sign in "{}()[];`":
        assert served.count(sign) == sum(line.count(sign) for line in code_of(script)), sign


def code_of(script: str) -> list[str]:
    """Its lines without comments, found another way: by where each comment of ours begins and ends."""
    lines = [line.split(" // ")[0] for line in script.splitlines() if not line.strip().startswith(("//", "/**"))]
    return [before + rest.partition("*/")[2] for before, _, rest in (line.partition("/* ") for line in lines)]


def test_what_looks_like_a_comment_in_a_text_stays() -> None:
    script = "const a = 'https://example.org'; // an address\nconst b = \"x // y\";\nconst c = `//\nz`;\n"
    assert small(script) == "const a = 'https://example.org';\nconst b = \"x // y\";\nconst c = `//\nz`;\n"


def test_it_is_served_under_an_address_that_is_its_own(tmp_path: Path) -> None:
    files = Files(location=tmp_path, base_url="/static/")
    sources = {name: assets.FOLDER / name for name in ("app.js", "icons/icon.svg")}
    for name, path in sources.items():
        with path.open("rb") as source:
            files.save(f"theme/{name}", File(source))
    list(files.post_process({f"theme/{name}": (files, f"theme/{name}") for name in sources}))
    script, icon = ((tmp_path / files.hashed_files[f"theme/{name}"]) for name in sources)
    assert script.read_text() == small(sources["app.js"].read_text())
    assert icon.read_bytes() == sources["icons/icon.svg"].read_bytes()
    assert script.name == f"app.{hashlib.md5(script.read_bytes(), usedforsecurity=False).hexdigest()[:12]}.js"


def test_what_readers_load_is_packed_as_small_as_can_be_and_what_is_large_soon(tmp_path: Path) -> None:
    files = Files(location=tmp_path, base_url="/static/")
    script = small((assets.FOLDER / "app.js").read_text()).encode()
    desk = Path(finders.find("wagtailadmin/js/draftail.js") or "").read_bytes()
    assert len(desk) > LARGE > len(script)
    for name, content in {"theme/app.js": script, "desk.js": desk}.items():
        files.save(name, ContentFile(content))
    list(files.post_process({name: (files, name) for name in ("theme/app.js", "desk.js")}))
    packed = {name: (tmp_path / f"{files.hashed_files[name]}.br").read_bytes() for name in ("theme/app.js", "desk.js")}
    assert packed["theme/app.js"] == brotli.compress(script, quality=11)
    assert brotli.decompress(packed["desk.js"]) == desk
    assert len(packed["desk.js"]) < 1.12 * len(brotli.compress(desk, quality=11))
