"""Nothing that could command a terminal gets through."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from casebook.safe_text import (
    MOST_COMBINING_MARKS,
    MOST_WITHOUT_CELL,
    made_safe,
    made_safe_line,
    screened,
    screened_output,
)

HOSTILE = [
    "\x1b]52;c;aGFjaw==\x07",
    "\x1b]0;title\x07",
    "\x9b31m",
    "\u202etxt.exe",
    "a\u2066b\u2069",
    "\x00\x08\x0e\x7f",
    "\ud800",
    "\u200b\u2060\ufeff",
    "x" + "\u0301" * 50,
    "\U000e0041",
    "\u3164",
    "a\u2028b\u2029c",
]


def _commands(text: str) -> list[str]:
    return [
        character
        for character in text
        if (unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") and character != "\n")
        or (unicodedata.category(character) == "Cf" and character not in "\u200d\u200e\u200f")
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_disarmed(text: str) -> None:
    assert _commands(made_safe(text)) == []


@given(st.text(alphabet=st.characters(codec=None, categories=None), max_size=60))
def test_any_text_is_disarmed_once_and_for_all(text: str) -> None:
    safe = made_safe(text)
    left = [c for c in _commands(safe) if not "\u0600" <= c <= "\u08e2"]
    assert left == []
    assert made_safe(safe) == safe
    safe.encode("utf-8")


@given(st.text(max_size=40))
def test_the_last_net_keeps_every_offset(text: str) -> None:
    caught = screened(text)
    assert len(caught) == len(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in caught)


def test_control_characters_become_pictures() -> None:
    assert made_safe("a\x1bb\x7f") == "a␛b␡"


@pytest.mark.parametrize(
    "text",
    [
        "café",
        "安代りんどう",
        "Ōsaka – Kyōto",
        "\U0001f469\u200d\U0001f33e",
        "e\u0301",
        "\u200eabc\u200f",
        "हिन्दी",
        "မြွေ့",
        "각",
        "\U0001f469\U0001f3fd\u200d\u2764\ufe0f\u200d\U0001f468\U0001f3fd",
        "①",
    ],
)
def test_what_scripts_need_stays(text: str) -> None:
    assert made_safe(text) == text


def test_combining_runs_are_cut() -> None:
    assert made_safe("e" + "\u0301" * 9) == "e" + "\u0301" * MOST_COMBINING_MARKS


def test_lines() -> None:
    assert made_safe("a\r\nb\rc\x85d\te") == "a\nb\nc\nd    e"
    assert made_safe_line(" a \n b\t") == "a b"


@pytest.mark.parametrize(
    "flood",
    ["\u0903", "\U0001f3fb", "\u200d", "\u0600", "\u1161", "\u0301", "\ufe0f", "\u200e", "\u0897"],
    ids=lambda flood: f"U+{ord(flood):04X}",
)
def test_what_takes_no_cell_does_not_flood(flood: str) -> None:
    """Terminals draw these in cells of their own, where widths count none."""
    safe = made_safe(("a" + flood * 50) * 3)
    assert len(safe) <= 3 * (1 + 50 * (flood == "\U0001f3fb") + MOST_WITHOUT_CELL)
    assert cell_len(safe) >= len(safe) // (1 + MOST_WITHOUT_CELL)


@given(st.text(alphabet=st.characters(codec=None, categories=None), max_size=60))
def test_nowhere_are_more_characters_without_a_cell(text: str) -> None:
    run = 0
    for character in made_safe(text):
        run = run + 1 if get_character_cell_size(character) == 0 and character != "\n" else 0
        assert run <= MOST_WITHOUT_CELL


@given(st.text(alphabet=st.characters(codec=None, categories=None), max_size=60))
def test_what_leaves_the_program_commands_nothing(text: str) -> None:
    out = screened_output(text)
    assert len(out) == len(text)
    left = set(_commands(out.removeprefix("\ufeff"))) - set("\t\r")
    assert [c for c in left if not "\u0600" <= c <= "\u08e2"] == []
    assert "\r" not in out.replace("\r\n", "\n").removesuffix("\r")
    out.encode("utf-8")


def test_formats_keep_their_tabs_and_ends_of_lines() -> None:
    text = "\ufeffa\tb\r\nc\n"
    assert screened_output(text) == text
