"""Breaks text into lines by cells, keeping the way back to the text.

A line is a pair of offsets into the text, so whoever draws the lines can find marks,
matches and selections in them again. Breaks fall at blanks, after hyphens and dashes,
and between CJK characters; a word longer than a line is cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from rich.cells import cell_len, get_character_cell_size

Span = tuple[int, int]

_WORD = r"\S+\s*"
_NO_LINE_START = frozenset("、。，．・：；？！）］｝〕〉》」』】ー々〜～…,.:;?!)]}'\"%")
_BLANKS = " \xa0"
_DASHES = "-\N{EN DASH}\N{EM DASH}"
_NO_LINE_END = frozenset("（［｛〔〈《「『【([{")
_NARROW = r"[ -~\xa0-\xac\xae-\u02ff\u2010-\u2027]*"
"""Characters that take one cell each, Latin ones and the punctuation of prose."""


@cache
def _pattern(words: str) -> re.Pattern[str]:
    """A pattern, compiled when it is first needed: lists need none."""
    return re.compile(words)


def wrap(text: str, width: int, *, indent: int = 0) -> list[Span]:
    """The lines of a text, as offsets; blanks at the end of a line belong to no line.

    Args:
        width: cells of a line, at least 1.
        indent: cells that the first line has less.
    """
    lines: list[Span] = []
    for start, end in _paragraphs(text):
        is_narrow = (
            _pattern(_NARROW).fullmatch(text, start, end) and not text[start:end][:1].isspace()
        )
        wrapped = _wrap_narrow if is_narrow else _wrap_paragraph
        lines.extend(wrapped(text, start, end, max(width, 1), indent))
        indent = 0
    return lines


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for part in text.split("\n"):
        yield start, start + len(part)
        start += len(part) + 1


def _wrap_paragraph(text: str, start: int, end: int, width: int, indent: int) -> Iterator[Span]:
    line_start = start
    line_end = start
    used = min(indent + _leading_blanks(text, start, end), width - 1)
    for first, last, after in _pieces(text, start, end):
        cells = _cells(text, first, last, width)
        if used + cells > width and line_end > line_start:
            yield line_start, line_end
            line_start, used = first, 0
        while cells > width - used:
            cut = _cut(text, max(first, line_start), last, width - used)
            yield line_start, cut
            line_start, used = cut, 0
            cells = _cells(text, cut, last, width)
        used += cells + cell_len(text[last:after])
        line_end = last
    yield line_start, line_end


def _wrap_narrow(text: str, start: int, end: int, width: int, indent: int) -> Iterator[Span]:
    """What `_wrap_paragraph` yields where every character takes one cell.

    Lines are found from their ends and words are not looked at one by one, which takes a
    tenth of the time.
    """
    end = start + len(text[start:end].rstrip())
    blanks = _those_within(_BLANKS, text, start, end)
    dashes = _those_within(_DASHES, text, start, end)
    line_start, room = start, width - min(indent, width - 1)
    while line_start + room < end:
        limit = line_start + room
        blank = _last_of(blanks, text, line_start, limit + 1)
        line_end = next_start = -1
        if dashes:
            after_blank = max(blank + 1, line_start)
            line_end = next_start = _after_dash(text, after_blank, limit, start, blanks, dashes)
        if line_end < 0 and blank > line_start:
            line_end, next_start = blank, blank + 1
            while text[line_end - 1].isspace():
                line_end -= 1
            while text[next_start].isspace():
                next_start += 1
        elif line_end < 0:
            line_end = next_start = limit  # in the middle of a word
        yield line_start, line_end
        line_start, room = next_start, width
    yield line_start, end


def _those_within(signs: str, text: str, start: int, end: int) -> list[str]:
    """Which of some signs stand in a paragraph at all."""
    return [sign for sign in signs if text.find(sign, start, end) >= 0]


def _last_of(signs: Sequence[str], text: str, start: int, end: int) -> int:
    """The last place of any of some signs, or -1."""
    if len(signs) == 1:
        return text.rfind(signs[0], start, end)
    return max((text.rfind(sign, start, end) for sign in signs), default=-1)


def _after_dash(
    text: str, start: int, limit: int, least: int, blanks: Sequence[str], dashes: Sequence[str]
) -> int:
    """The last place up to a limit at which a line may break after a dash, or -1.

    Args:
        start: where the search begins, within a word or at its first character.
        least: where the paragraph begins.
        blanks: the blanks that the paragraph has.
        dashes: the dashes that it has.
    """
    at = _last_of(dashes, text, start, limit)
    if at < 0:
        return -1
    word_start = max(_last_of(blanks, text, least, start) + 1, least)
    while at >= 0:
        after = text[at + 1]
        if at + 1 - word_start > 2 and not after.isdigit() and after not in _NO_LINE_START:
            return at + 1
        at = _last_of(dashes, text, start, at)
    return -1


def _cells(text: str, first: int, last: int, width: int) -> int:
    """The cells of a piece; of one far wider than a line, some number above the width.

    What is left of a word that is cut line by line would else be counted on every line.
    """
    near = first + 8 * width
    if last > near and (cells := cell_len(text[first:near])) > width:
        return cells
    return cell_len(text[first:last])


def _leading_blanks(text: str, start: int, end: int) -> int:
    return end - start - len(text[start:end].lstrip(" "))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """What must stay on one line: first and last offset, and that after its blanks."""
    for match in _pattern(_WORD).finditer(text, start, end):
        first, after = match.span()
        last = first + len(match[0].rstrip())
        word = text[first:last]
        if word.isascii() and "-" not in word:
            yield first, last, after
            continue
        breaks = [first + offset for offset in _breaks_within(word)]
        for start, two in zip([first, *breaks], [*breaks, last], strict=True):
            yield start, two, after if two == last else two


def _breaks_within(word: str) -> Iterator[int]:
    """Offsets inside a word at which a line may break."""
    for offset in range(1, len(word)):
        before, after = word[offset - 1], word[offset]
        if after in _NO_LINE_START or before in _NO_LINE_END:
            continue
        is_after_dash = before in _DASHES and offset > 2 and not after.isdigit()
        if is_after_dash or _is_wide(before) or _is_wide(after):
            yield offset


def _is_wide(character: str) -> bool:
    return ord(character) >= 0x1100 and get_character_cell_size(character) == 2


def _cut(text: str, first: int, last: int, cells: int) -> int:
    """The offset at which a piece that is too long is cut; always after its first character."""
    used = 0
    for offset in range(first, last):
        used += get_character_cell_size(text[offset])
        if used > cells and offset > first:
            return offset
    return last


def cells_of(text: str) -> int:
    """The cells that a text takes.

    Rich knows letters at once; of a line with any other character it looks up every one, which
    takes ten times as long, and lists are full of dashes.
    """
    if not text.isascii():
        for sign in _SIGNS_OF_LISTS:
            text = text.replace(sign, "-")
    return cell_len(text)


_SIGNS_OF_LISTS = "\N{EN DASH}\N{HORIZONTAL ELLIPSIS}\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
"""Each takes one cell."""


def shortened(text: str, width: int) -> str:
    """A text cut to a number of cells, with an ellipsis where something is missing."""
    if cells_of(text) <= width:
        return text
    if width <= 1:
        return "\N{HORIZONTAL ELLIPSIS}"[:width]
    kept = text[: _cut(text, 0, len(text), width - 1)].rstrip()
    if cell_len(kept) >= width:  # one wide character, where there is room for none
        kept = ""
    return f"{kept}\N{HORIZONTAL ELLIPSIS}"


def padded(text: str, width: int) -> str:
    """A text filled up with blanks, or cut, to a number of cells."""
    cells = cells_of(text)
    if cells > width:
        text = shortened(text, width)
        cells = cells_of(text)
    return text + " " * (width - cells)
