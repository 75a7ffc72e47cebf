"""Words and marks as large as a hall needs, drawn by half blocks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from casebook.vocabulary import Rating

LETTER_WIDTH, LETTER_ROWS = 4, 3
"""Cells of most letters, with the gap behind them, and of a line of them."""
MARK_WIDTH, MARK_ROWS = 9, 4
"""Cells of a mark."""

_GLYPHS = {
    "A": ".#.,#.#,###,#.#,#.#", "B": "##.,#.#,##.,#.#,##.", "C": ".##,#..,#..,#..,.##",
    "D": "##.,#.#,#.#,#.#,##.", "E": "###,#..,##.,#..,###", "F": "###,#..,##.,#..,#..",
    "G": ".##,#..,#.#,#.#,.##", "H": "#.#,#.#,###,#.#,#.#", "I": "###,.#.,.#.,.#.,###",
    "J": "..#,..#,..#,#.#,.#.", "K": "#.#,#.#,##.,#.#,#.#", "L": "#..,#..,#..,#..,###",
    "M": "#...#,##.##,#.#.#,#...#,#...#", "N": "#..#,##.#,#.##,#..#,#..#",
    "O": ".#.,#.#,#.#,#.#,.#.",
    "P": "##.,#.#,##.,#..,#..", "Q": ".#.,#.#,#.#,.#.,..#", "R": "##.,#.#,##.,#.#,#.#",
    "S": ".##,#..,.#.,..#,##.", "T": "###,.#.,.#.,.#.,.#.", "U": "#.#,#.#,#.#,#.#,###",
    "V": "#.#,#.#,#.#,#.#,.#.", "W": "#...#,#...#,#.#.#,##.##,#...#", "X": "#.#,#.#,.#.,#.#,#.#",
    "Y": "#.#,#.#,.#.,.#.,.#.", "Z": "###,..#,.#.,#..,###",
    "0": "###,#.#,#.#,#.#,###", "1": ".#.,##.,.#.,.#.,###", "2": "###,..#,###,#..,###",
    "3": "###,..#,.##,..#,###", "4": "#.#,#.#,###,..#,..#", "5": "###,#..,###,..#,###",
    "6": "###,#..,###,#.#,###", "7": "###,..#,..#,.#.,.#.", "8": "###,#.#,###,#.#,###",
    "9": "###,#.#,###,..#,###",
    " ": "...,...,...,...,...", ":": "...,.#.,...,.#.,...", ".": "...,...,...,...,.#.",
    ",": "...,...,...,.#.,#..", "-": "...,...,###,...,...", "+": "...,.#.,###,.#.,...",
    "?": "##.,..#,.#.,...,.#.", "!": ".#.,.#.,.#.,...,.#.", "'": ".#.,.#.,...,...,...",
    "(": ".#.,#..,#..,#..,.#.", ")": ".#.,..#,..#,..#,.#.", "/": "..#,..#,.#.,#..,#..",
    "&": ".#.,#.#,.#.,#.#,.##", "%": "#.#,..#,.#.,#..,#.#",
}  # fmt: skip

_MARKS = {
    Rating.MET: ("..#####..,.#######.,#########,#########,#########,#########,.#######.,..#####.."),
    Rating.PARTLY: (
        "..#####..,.#####.#.,######..#,######..#,######..#,######..#,.#####.#.,..#####.."
    ),
    Rating.NOT_MET: (
        "##.....##,.##...##.,..##.##..,...###...,...###...,..##.##..,.##...##.,##.....##"
    ),
    Rating.SILENT: (
        ".........,.........,.........,...###...,...###...,.........,.........,........."
    ),
}
_HIDDEN = "..#####..,.##...##.,.....###.,....###..,....##...,.........,....##...,....##..."

_EDGES = str.maketrans(
    {
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{LEFT DOUBLE QUOTATION MARK}": "'",
        "\N{RIGHT DOUBLE QUOTATION MARK}": "'",
    }
)


def can_be_large(words: str) -> bool:
    """Whether all letters of some words can be drawn large."""
    return all(letter in _GLYPHS for letter in _plain(words))


def large_width(words: str) -> int:
    """Cells of words in large letters, all of which can be drawn."""
    return sum(_GLYPHS[letter].index(",") + 1 for letter in _plain(words))


def large_words(words: str, width: int) -> list[str]:
    """Words in large letters, broken into as many lines as they need; none where there are letters
    that cannot be drawn, or a word is longer than a line.

    Args:
        width: of the lines, in cells.
    """
    if not can_be_large(words):
        return []
    lines: list[str] = []
    for word in _plain(words).split():
        if lines and large_width(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if any(large_width(line) > width for line in lines):
        return []
    return [row for line in lines for row in _drawn([_GLYPHS[letter] for letter in line], gap=1)]


def large_mark(rating: Rating | None) -> list[str]:
    """A mark as large as four lines; None is one that is not revealed."""
    return _drawn([_HIDDEN if rating is None else _MARKS[rating]], gap=0)


def _plain(words: str) -> str:
    """Words in the letters that can be drawn: capitals without accents."""
    parts = unicodedata.normalize("NFKD", words.translate(_EDGES))
    return "".join(each for each in parts if not unicodedata.combining(each)).upper()


def _drawn(glyphs: Sequence[str], gap: int) -> list[str]:
    """Glyphs beside one another; two of their rows are one line."""
    rows = [glyph.split(",") for glyph in glyphs]
    height = max(len(each) for each in rows)
    pixels = [("." * gap).join(each[row] for each in rows) for row in range(height)]
    if height % 2:
        pixels.append("." * len(pixels[0]))
    return ["".join(_half(pair)) for pair in zip(pixels[::2], pixels[1::2], strict=True)]


def _half(rows: tuple[str, str]) -> Iterable[str]:
    for upper, lower in zip(*rows, strict=True):
        yield _BLOCKS[upper == "#", lower == "#"]


_BLOCKS = {
    (False, False): " ",
    (True, False): "\N{UPPER HALF BLOCK}",
    (False, True): "\N{LOWER HALF BLOCK}",
    (True, True): "\N{FULL BLOCK}",
}
