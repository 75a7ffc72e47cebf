"""What a reader is told of a source to judge it by: its grade, what was read, and when."""

from __future__ import annotations

from casebook.book.source_values import SourceLine


def grade_words(source: SourceLine) -> str:
    """The grade of a source and what it means: `B (press, firm or association)`; or nothing."""
    return f"{source.grade} ({source.grade.said})" if source.grade else ""


def told_of(source: SourceLine) -> str:
    """All of it in a sentence: `Grade B, read in part, accessed 2026-11-21.`; or nothing."""
    parts = (
        f"grade {source.grade}" if source.grade else "",
        f"read {source.extent}" if source.extent else "",
        f"accessed {source.accessed}" if source.accessed else "",
    )
    words = ", ".join(filter(None, parts))
    return f"{words[:1].upper()}{words[1:]}." if words else ""
