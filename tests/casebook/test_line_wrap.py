"""Lines by cells, with the way back to the text."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from casebook.line_wrap import _NARROW, _pattern, _wrap_paragraph, padded, shortened, wrap

TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("abc -–\n日本語、。（「ー" + "é\u0301"), st.characters(codec="utf-8")
    ),
    max_size=120,
)


@given(TEXTS, st.integers(1, 40))
def test_nothing_but_blanks_is_lost_and_lines_fit(text: str, width: int) -> None:
    lines = wrap(text, width)
    kept = "".join(text[start:end] for start, end in lines)
    assert kept.split() == text.split() or "".join(kept.split()) == "".join(text.split())
    for start, end in lines:
        line = text[start:end]
        assert cell_len(line.rstrip()) <= width or len(line.strip()) <= 2 or line.startswith(" ")
    assert lines == sorted(lines)


NARROW = "".join(
    chr(code)
    for code in range(0x3000)
    if cell_len(chr(code)) == 1 and _pattern(_NARROW).fullmatch(chr(code))
)


def test_what_is_wrapped_by_offsets_takes_a_cell_each() -> None:
    assert len(NARROW) > 600
    assert "".join(filter(_pattern(_NARROW).fullmatch, map(chr, range(0x110000)))) == NARROW


@given(
    st.text(
        st.one_of(st.sampled_from("ab1 -\N{EN DASH}.)(\xa0"), st.sampled_from(NARROW)), max_size=90
    ),
    st.integers(1, 30),
    st.integers(0, 12),
)
@example("well-known words-and-", 8, 0)
@example("a  --- b \xa0 c-d-e-f", 5, 9)
def test_narrow_text_is_wrapped_as_all_other(text: str, width: int, indent: int) -> None:
    """The quick way and the slow one break at the same places."""
    assert wrap(text, width, indent=indent) == [*_wrap_paragraph(text, 0, len(text), width, indent)]


@pytest.mark.parametrize("letter", ["x", "漢", "e\u0301", "-"])
def test_a_long_word_is_measured_once(letter: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read grows with the length of a word, and not with its square."""
    measured: list[int] = []

    def noting(words: str) -> int:
        measured.append(len(words))
        return cell_len(words)

    monkeypatch.setattr("casebook.line_wrap.cell_len", noting)
    word = letter * 50_000
    lines = wrap(word, 78)
    assert "".join(word[start:end] for start, end in lines) == word
    assert max(cell_len(word[start:end]) for start, end in lines) <= 78
    assert sum(measured) < 20 * len(word)


def test_words_stay_whole() -> None:
    text = "The growers of Asiro"
    assert [text[a:b] for a, b in wrap(text, 11)] == ["The growers", "of Asiro"]


def test_cjk_breaks_between_characters_but_not_before_a_full_stop() -> None:
    text = "日本語の文章。"
    assert [text[a:b] for a, b in wrap(text, 13)] == ["日本語の文", "章。"]


def test_ranges_of_paragraphs_stay_together() -> None:
    text = "see it there [¶61-62]"
    assert [text[a:b] for a, b in wrap(text, 20)] == ["see it there", "[¶61-62]"]


def test_an_indented_first_line_has_less_room() -> None:
    text = "one two three"
    assert [text[a:b] for a, b in wrap(text, 9, indent=4)] == ["one", "two three"]


@given(TEXTS, st.integers(0, 30))
@example("ᄀ0", 2)
def test_padding_fills_exactly(text: str, width: int) -> None:
    line = text.replace("\n", " ")
    assert cell_len(shortened(line, width)) <= width
    assert cell_len(padded(line, width)) == width
