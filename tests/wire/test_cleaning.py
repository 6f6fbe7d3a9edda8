"""The one sanitiser."""

from __future__ import annotations

import random
import re

import pytest

from broadsheet.wire.cleaning import (
    clean_html,
    plain_text,
    without_pictures,
    without_title,
    without_trackers,
    word_count,
)

BASE = "https://paper.example/news/1"

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<form action=//evil.example><input name=password><button>Go</button></form>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<base href='https://evil.example/'><a href='/x'>x</a>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<p>x<template><img src=x onerror=alert(1)></template>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
    "\x00<scr\x00ipt>alert(1)</script>",
]


@pytest.mark.parametrize("markup", HOSTILE)
def test_nothing_that_runs_survives(markup: str) -> None:
    cleaned = clean_html(f"<p>before</p>{markup}<p>after</p>", BASE)
    tags = re.findall(r"<[^>]*>", cleaned)
    assert not re.search(r"<(?:script|iframe|svg|math|style|form|input|button|base|meta|template)", "".join(tags))
    assert not any(re.search(r"\son\w+\s*=|javascript:|data:|style=", tag, re.IGNORECASE) for tag in tags)
    assert "evil.example" not in "".join(tags)


def test_cleaning_twice_changes_nothing() -> None:
    """Random soups of awkward markup; the seed is fixed, so that a failure can be seen again."""
    chance = random.Random(20261123)
    pieces = [
        *HOSTILE,
        *("<p>", "</p>", "<b>", "</i>", "<table><tr><td>", "</table>", "<li>", "<ul>", "<br>", "<br><br>", "text", " "),
        *("&amp;lt;", "&nbsp;", "<h1>H</h1>", "<div>", "</div>", "<figure><img src=/a.jpg>", "</figure>", "</a>"),
        *("<a href=/x>", "Advertisement", "<pre>\n\n x", "<blockquote>", "<!-- c -->", "<![CDATA[x]]>", "é", "<q>"),
        *("<img src='https://pixel.example.com/x.gif' width=1>", "<th>", "<caption>", "<p>Share this</p>", "\r\n"),
        *("<select><option>", "<p>x<br></p>", "<em><p>y</em>", "&#0;", "<a href=/a><a href=/b>", "<td>z"),
    ]
    for _ in range(600):
        markup = "".join(chance.choices(pieces, k=chance.randint(1, 25)))
        once = clean_html(markup, BASE)
        assert clean_html(once, BASE) == once, markup


def test_deep_nesting_and_great_length_end_as_plain_words() -> None:
    for markup in ("<blockquote>" * 20_000 + "deep", "<p>" + "long " * 300_000):
        cleaned = clean_html(markup, BASE)
        assert cleaned == clean_html(cleaned, BASE)


def test_addresses_become_absolute_and_lose_their_trackers() -> None:
    cleaned = clean_html(
        '<p><a href="/map?utm_source=rss&id=4&fbclid=z#top">Map</a> <img src="i.jpg" alt="I"></p>', BASE
    )
    assert 'href="https://paper.example/map?id=4#top"' in cleaned
    assert 'src="https://paper.example/news/i.jpg"' in cleaned
    assert 'rel="noopener noreferrer nofollow"' in cleaned


@pytest.mark.parametrize(
    "pixel",
    [
        '<img src="https://x.example/a.gif" width="1" height="1">',
        '<img src="https://x.example/a.gif" height="0">',
        '<img src="https://pixel.example.com/i?u=1">',
        '<img src="https://www.facebook.com/tr?id=1">',
        '<img src="http://feeds.feedburner.com/~r/x/~4/y">',
        "<img alt='nothing'>",
    ],
)
def test_tracking_pixels_go_and_leave_nothing_behind(pixel: str) -> None:
    assert clean_html(f"<p>Text.</p><p>{pixel}</p>", BASE) == "<p>Text.</p>"


@pytest.mark.parametrize(
    "artefact",
    [
        "<p>Story continues</p>",
        "<p><strong>Story continues below advertisement</strong></p>",
        "<div><p>Share this:</p><ul><li><a href='/f'>Facebook</a></li><li>Twitter</li></ul></div>",
        "<p><a href='/more'>Read more…</a></p>",
        "<p>ADVERTISEMENT</p>",
        "<h3>Related articles</h3>",
        "<p>Sign up for our newsletter and never miss a story.</p>",
        "<p>Follow us on Facebook and Instagram</p>",
        "<p>Read more: <a href='/x'>Council votes again</a></p>",
        "<p>The post <a href='/p'>Mole</a> appeared first on <a href='/'>Courier</a>.</p>",
        "<p>[Continue reading]</p>",
        "Advertisement",
    ],
)
def test_artefacts_of_the_source_go(artefact: str) -> None:
    assert clean_html(f"<p>First.</p>{artefact}<p>Last.</p>", BASE) == "<p>First.</p><p>Last.</p>"


@pytest.mark.parametrize(
    "sentence",
    [
        "<p>Share prices fell by a tenth on Tuesday after the bank said it would cut jobs.</p>",
        "<p>More than 400 people came to the harbour.</p>",
        "<p>Read the room, the mayor told her critics.</p>",
        "<p>Advertisement spending fell.</p>",
        "<p>“Follow the money,” he said.</p>",
        "<p>The story continues to divide the town.</p>",
        "<p>Related claims were dismissed.</p>",
    ],
)
def test_sentences_of_the_report_stay(sentence: str) -> None:
    assert clean_html(sentence, BASE) == sentence


def test_loose_words_become_paragraphs() -> None:
    assert clean_html("First line.<br><br>Second <b>line</b>.", BASE) == "<p>First line.</p><p>Second <b>line</b>.</p>"


def test_a_report_has_no_title_of_its_own() -> None:
    cleaned = clean_html("<h1>Mole  to be rebuilt</h1><p>Text.</p><h6>Deep</h6>", BASE)
    assert cleaned == "<h2>Mole  to be rebuilt</h2><p>Text.</p><h4>Deep</h4>"
    assert without_title(cleaned, "Mole to be rebuilt!") == "<p>Text.</p><h4>Deep</h4>"
    assert without_title(cleaned, "Another") == cleaned


def test_pictures_go_where_the_rights_leave_them_out() -> None:
    cleaned = clean_html("<p>A</p><figure><img src='/a.jpg'><figcaption>Cap</figcaption></figure><p>B</p>", BASE)
    assert "<img" in cleaned
    assert without_pictures(cleaned) == "<p>A</p><p>B</p>"


def test_plain_text_has_a_line_a_paragraph_and_no_markup() -> None:
    text = plain_text("<h2>Head</h2><p>One &amp;\n two&nbsp;three</p><ul><li>a</li><li>b</li></ul><script>x()</script>")
    assert text == "Head\nOne & two three\na\nb"
    assert word_count(text) == 6


def test_trackers_go_and_the_rest_of_an_address_stays_as_it_was() -> None:
    assert without_trackers("https://x.example/a?b=%20c&utm_medium=x&d=1") == "https://x.example/a?b=%20c&d=1"
    assert without_trackers("https://x.example/a?gclid=1") == "https://x.example/a"
    assert without_trackers("https://x.example/a?B=2&a") == "https://x.example/a?B=2&a"
