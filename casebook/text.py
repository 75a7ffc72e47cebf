"""Text with marks: what stands in a book wherever prose stands.

The words are plain; emphasis, links and citations are marks beside them. So the same
words can be drawn, wrapped, searched, highlighted and copied, each by its own program.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any, NamedTuple

from casebook.citations import Citation
from casebook.stored_json import StoredJsonError, decoded


class MarkKind(StrEnum):
    """What a mark says of the words it covers."""

    EMPHASIS = "em"
    STRONG = "strong"
    CODE = "code"
    LINK = "link"
    """`target` is `entry:SLUG`, `term:SLUG`, a reader's `note:UID` or an http(s) address."""
    HIGHLIGHT = "highlight"
    """A reader's own; no book has it."""
    CITE = "cite"
    """Covers no words; `target` is the place in the text's `citations`."""


class Mark(NamedTuple):
    """A mark over the characters `start` to `end` of a text."""

    start: int
    end: int
    kind: MarkKind
    target: str = ""


class Text(NamedTuple):
    """Plain words, the marks over them, and the citations that the marks point to."""

    plain: str
    marks: tuple[Mark, ...] = ()
    citations: tuple[Citation, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.plain)


class Block(StrEnum):
    """What sort of block a passage is."""

    SUMMARY = "summary"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NUMBERED = "numbered"
    QUOTE = "quote"
    CODE = "code"


class Passage(NamedTuple):
    """One block of an entry's narrative.

    Attributes:
        position: its place in the entry; the summary is 0.
        level: of a heading 1 to 6, of a list item its depth from 1, else 0.
        number: of an item in a numbered list, else 0.
    """

    position: int
    block: Block
    text: Text
    level: int = 0
    number: int = 0


def marks_to_json(marks: tuple[Mark, ...]) -> str:
    """The marks as a book stores them: `[[start, end, kind, target], …]`."""
    rows = [[mark.start, mark.end, mark.kind.value, mark.target] for mark in marks]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def marks_from_json(stored: str, length: int) -> tuple[Mark, ...]:
    """The marks of a text of `length` characters; what is not a mark of it is left out."""
    try:
        rows = decoded(stored)
    except StoredJsonError:
        return ()
    if not isinstance(rows, list):
        return ()
    marks = (_mark_from(row, length) for row in rows)
    return tuple(mark for mark in marks if mark is not None)


def _mark_from(row: Any, length: int) -> Mark | None:
    match row:
        case [int(start), int(end), str(kind), str(target)] if 0 <= start <= end <= length:
            try:
                return Mark(start, end, MarkKind(kind), target)
            except ValueError:
                return None
        case _:
            return None
