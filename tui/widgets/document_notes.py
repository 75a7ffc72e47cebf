"""The reader's notes in the margin of a document, beside the passages that they are on."""

from __future__ import annotations

from casebook.line_wrap import padded, shortened, wrap
from tui.widgets.line_view import Line, StyleRun

MEASURE = 88
"""Cells of a line of prose at the most: longer lines are hard to read."""

NOTE_WIDTH = 28
"""Cells of the margin in which notes stand."""

_EDGE = " \N{BOX DRAWINGS LIGHT VERTICAL} "


def with_note(line: Line, words: str, at: int) -> Line:
    """A line of a passage with a line of the notes on it, if there is one.

    Args:
        words: the notes, which go on with the lines of their passage.
        at: the place of the line among those of its passage.
    """
    width = NOTE_WIDTH - len(_EDGE)
    lines = [words[start:end] for start, end in wrap(words, width)]
    if at >= len(lines):
        return line
    text = padded(line.text, MEASURE + 1)
    shown = shortened(lines[at], width)
    whole = f"{text}{_EDGE}{shown}"
    run = StyleRun(len(text), len(whole), "note")
    return Line(whole, (*line.runs, run), line.fill)
