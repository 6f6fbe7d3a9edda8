"""The part of a text that is shown below a hit."""

from __future__ import annotations

import re

import pytest

from broadsheet.readers.search import decide, snippets
from broadsheet.readers.search.stemming import WORD, stem


def shown(text, typed):
    return snippets.snippet(text, decide.query(typed).terms, stem)


def test_a_snippet_shows_the_text_as_it_was_written():
    text = "Before. " * 40 + "In the Café Größe stood the ferries’ captains. " + "After. " * 40
    for typed, marked in (
        ("cafe", "<mark>Café</mark>"),
        ("ferry", "<mark>ferries</mark>"),
        ('"cafe grosse"', "<mark>Café Größe</mark>"),
        ("capt*", "<mark>captains</mark>"),
    ):
        found = shown(text, typed)
        assert marked in found and found.startswith("… ") and found.endswith(" …"), found
    hostile = shown("<b>the bees</b>", "bees")
    assert "<mark>bees</mark>" in hostile and "<b>" not in hostile
    inside = shown("The <i>bees</i> fly <b>out</b>.", '"the i bees"')
    assert inside == "<mark>The &lt;i&gt;bees</mark>&lt;/i&gt; fly &lt;b&gt;out&lt;/b&gt;."
    assert shown("", "x") == ""
    assert shown("!" * 500, "x") == "!" * 200


@pytest.mark.parametrize(
    ("language", "text", "typed", "marked"),
    [
        ("ru", "Вчера в йогуртовой лавке стояли ёлки и паромы.", "елка", ["ёлки"]),
        ("ru", "Корабли вышли, корабль вернулся.", "корабль", ["Корабли", "корабль"]),
        ("de", "Über die Öfen und die Fähren.", "ofen", ["Öfen"]),
        ("de", "Die Fähren und die fahren.", "fahren", ["Fähren", "fahren"]),
        ("tr", "İstanbul\u2019da, İzmir ve İstanbul.", "istanbul", ["İstanbul", "İstanbul"]),
        ("tr", "İzmir\u2019de bir dolmuş.", "dolmuş", ["dolmuş"]),
        ("tr", "İstanbul\u2019da ısı arttı.", "istanbul", ["İstanbul"]),
        ("en", "A council_house and the house.", "house", ["house"]),
        ("en", "They re-opened co-op, council_house and the council.", "council", ["council"]),
    ],
)
def test_words_are_marked_in_every_script(settings, language, text, typed, marked):
    settings.LANGUAGE_CODE = language
    assert re.findall("<mark>(.*?)</mark>", shown(text, typed)) == marked


def test_every_word_that_was_found_is_marked_and_no_other():
    text = (
        "Council and council\u2019s harbours; the Harbour-council, a recouncil \u2013 harbouring: counc. Élan council_."
    )
    words = {found[0] for found in WORD.finditer(text) if stem(found[0]) in {stem("council"), stem("harbour")}}
    marked = re.findall("<mark>(.*?)</mark>", shown(text, "council harbour"))
    assert set(marked) == words
    assert len(marked) == sum(stem(found[0]) in {stem(word) for word in words} for found in WORD.finditer(text))


def test_the_part_with_most_different_words_is_shown():
    text = "A harbour. " + "Nothing. " * 60 + "A council at the harbour. " + "Nothing. " * 60 + "The council."
    found = shown(text, "council harbour")
    assert "<mark>council</mark> at the <mark>harbour</mark>" in found
    assert found.count("<mark>") == 2
    twice = shown("First: a council, a harbour. " + "Nothing. " * 60 + "Then: a council, a harbour.", "council harbour")
    assert twice.startswith("First: ")


def test_of_an_endless_text_only_the_beginning_is_looked_through():
    assert "<mark>" in shown("word " * 1_000 + "bees", "bees")
    assert "<mark>" not in shown("word " * (snippets.READ // 5) + "bees", "bees")


def test_a_part_begins_and_ends_with_whole_words():
    text = "antidisestablishmentarianism " * 40 + "bees " + "word " * 60
    found = shown(text, "bees")
    assert found.removeprefix("… ").split()[0] == "antidisestablishmentarianism"
    assert len(re.sub("</?mark>|…", "", found).split()) == snippets.AROUND
    longer = "x" * (snippets.FAR // (snippets.BEFORE - 1))
    assert shown(f"{longer} " * 40 + "bees", "bees").removeprefix("… ").split()[0] == longer
    assert shown("word " * 60 + "-" * 300 + " bees", "bees") == "… <mark>bees</mark>"


def test_words_before_the_first_are_shown_where_they_begin_the_text():
    assert shown("“Yes,” said the bees.", "bees") == "“Yes,” said the <mark>bees</mark>."
