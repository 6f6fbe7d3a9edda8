"""robots.txt after RFC 9309."""

from __future__ import annotations

import pytest

from broadsheet.wire.fetching.robots import allowed, rules


@pytest.mark.parametrize(
    ("path", "open_to_us"),
    [
        ("/", True),
        ("/shop", False),
        ("/shop/open", True),
        ("/x.pdf", False),
        ("/x.pdf?page=1", True),
        ("/a/secret/b", False),
        ("/caf%C3%A9/menu", False),
        ("/café/menu", False),
    ],
)
def test_the_longest_pattern_decides(path: str, open_to_us: bool) -> None:
    known = rules(
        "User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /shop # not this\nAllow: /shop/open\n"
        "Disallow: /*.pdf$\nDisallow: /a/*/b\nDisallow: /café/\nCrawl-delay: 10\n"
    )
    assert allowed(f"https://x.example{path}", known) is open_to_us


def test_a_group_of_our_own_replaces_the_one_for_everybody() -> None:
    known = rules("User-agent: *\nDisallow: /\n\nUser-agent: Broadsheet\nUser-agent: third\nDisallow: /only\n")
    assert allowed("https://x.example/anything", known)
    assert not allowed("https://x.example/only/this", known)


def test_no_rules_leave_everything_open() -> None:
    assert allowed("https://x.example/", rules(""))
    assert allowed("https://x.example/", rules("User-agent: *\nDisallow:\n"))
