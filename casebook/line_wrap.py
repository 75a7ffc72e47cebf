"""Breaks text into lines by cells, keeping the way back to the text.

A line is a pair of offsets into the text, so whoever draws the lines can find marks,
matches and selections in them again. Breaks fall at blanks, after hyphens and dashes,
and between CJK characters; a word longer than a line is cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len, get_character_cell_size

Span = tuple[int, int]

_WORD = re.compile(r"\S+\s*")
_NO_LINE_START = frozenset("、。，．・：；？！）］｝〕〉》」』】ー々〜～…,.:;?!)]}'\"%")
_DASHES = "-\N{EN DASH}\N{EM DASH}"
_NO_LINE_END = frozenset("（［｛〔〈《「『【([{")


def wrap(text: str, width: int, *, indent: int = 0) -> list[Span]:
    """The lines of a text, as offsets; blanks at the end of a line belong to no line.

    Args:
        width: cells of a line, at least 1.
        indent: cells that the first line has less.
    """
    lines: list[Span] = []
    for start, end in _paragraphs(text):
        lines.extend(_wrap_paragraph(text, start, end, max(width, 1), indent))
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
    for match in _WORD.finditer(text, start, end):
        first, after = match.span()
        last = first + len(match[0].rstrip())
        word = text[first:last]
        if word.isascii() and "-" not in word:
            yield first, last, after
            continue
        breaks = [first + offset for offset in _breaks_within(word)]
        for one, two in zip([first, *breaks], [*breaks, last], strict=True):
            yield one, two, after if two == last else two


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


def shortened(text: str, width: int) -> str:
    """A text cut to a number of cells, with an ellipsis where something is missing."""
    if cell_len(text) <= width:
        return text
    if width <= 1:
        return "\N{HORIZONTAL ELLIPSIS}"[:width]
    kept = text[: _cut(text, 0, len(text), width - 1)].rstrip()
    if cell_len(kept) >= width:  # one wide character, where there is room for none
        kept = ""
    return f"{kept}\N{HORIZONTAL ELLIPSIS}"


def padded(text: str, width: int) -> str:
    """A text filled up with blanks, or cut, to a number of cells."""
    short = shortened(text, width)
    return short + " " * (width - cell_len(short))
