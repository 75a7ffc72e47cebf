"""Text with marks: how a book stores prose.

The words are plain; emphasis, links and citations are marks beside them. So the same
words can be drawn, wrapped, searched, highlighted and copied, each by its own program.
"""

from __future__ import annotations

import json
import re
from enum import StrEnum
from typing import Any, NamedTuple

from casebook.citations import Citation
from casebook.safe_text import made_safe_line
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
    """The kind of block that a passage is."""

    SUMMARY = "summary"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NUMBERED = "numbered"
    QUOTE = "quote"
    CODE = "code"


class PassageLine(NamedTuple):
    """A block of an entry's narrative.

    Attributes:
        position: its place in the entry; the summary is 0.
        level: of a heading 1 to 6, of a list item its depth from 1, else 0.
        number: of an item in a numbered list, else 0.
        volume: the slug of the volume that says it, in a book of several volumes.
    """

    position: int
    block: Block
    text: Text
    level: int = 0
    number: int = 0
    volume: str = ""


def marks_to_json(marks: tuple[Mark, ...]) -> str:
    """The marks as a book stores them: `[[start, end, kind, target], …]`."""
    rows = [[mark.start, mark.end, mark.kind.value, mark.target] for mark in marks]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


MOST_MARKS = 5_000
"""Marks that one text may have."""

LONGEST_TARGET = 2_000
"""Characters of the address that a link leads to."""


def marks_from_json(stored: str, length: int, citations: int) -> tuple[Mark, ...]:
    """The marks of a text; what is not a mark of it is left out.

    Args:
        length: characters of the text.
        citations: the number of the text's citations; a mark that points beyond is left out.
    """
    try:
        rows = decoded(stored)
    except StoredJsonError:
        return ()
    if not isinstance(rows, list):
        return ()
    marks = (_mark_from(row, length, citations) for row in rows[:MOST_MARKS])
    return tuple(mark for mark in marks if mark is not None)


def _mark_from(row: Any, length: int, citations: int) -> Mark | None:
    match row:
        case [int(start), int(end), str(kind), str(target)] if 0 <= start <= end <= length:
            pass
        case _:
            return None
    match kind:
        case MarkKind.CITE:
            is_number = target.isascii() and target.isdecimal() and len(target) < 6
            is_mark = is_number and int(target) < citations
        case MarkKind.LINK:
            # Text that was safe in its column may not be so once its JSON is decoded.
            target = made_safe_line(target)
            is_mark = len(target) <= LONGEST_TARGET and _LINK.match(target) is not None
        case MarkKind.EMPHASIS | MarkKind.STRONG | MarkKind.CODE:
            target, is_mark = "", True
        case _:
            return None
    return Mark(start, end, MarkKind(kind), target) if is_mark else None


_LINK = re.compile(r"entry:|term:|https?://")
