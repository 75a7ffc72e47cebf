"""Nothing that could command a terminal gets through."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.safe_text import MOST_COMBINING_MARKS, made_safe, made_safe_line, screened

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
