"""A comparison as plain text: the matrix, then the evidence."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from casebook.book.setting_facts import setting_rows
from casebook.comparison.documents import (
    criterion_name,
    evidence_document,
    findings_document,
    legend_of,
)
from casebook.comparison.matrix import Comparison
from casebook.line_wrap import padded, wrap
from casebook.rating_signs import CONTESTED_MEANING
from casebook.renderings.columns import GUTTER
from casebook.renderings.text import READING_WIDTH, document_lines

_POINT = 30
_NARROWEST, _WIDEST = 13, 24


def comparison_lines(
    comparison: Comparison, width: int | None = None, measure: int = READING_WIDTH
) -> Iterator[str]:
    """The matrix, as wide as the terminal or as it needs, then what each cell rests on.

    Args:
        width: cells of a line of the matrix; None for as many as it needs.
        measure: cells of a line of prose.
    """
    count, points = len(comparison.entries), len(comparison.rows)
    cases = f"{count} {'case' if count == 1 else 'cases'}"
    title = (
        f"{comparison.framework.title}: {cases}, {points} {'point' if points == 1 else 'points'}"
    )
    yield title
    yield "=" * cell_len(title)
    yield ""
    yield from matrix_lines(comparison, width)
    yield ""
    yield legend_of(comparison)
    if comparison.counts.contested:
        yield CONTESTED_MEANING
    for document in (evidence_document(comparison), findings_document(comparison)):
        yield ""
        yield from document_lines(document, measure)


def matrix_lines(comparison: Comparison, width: int | None) -> Iterator[str]:
    """The ratings in a table; columns that do not fit the width follow in further tables.

    Args:
        width: cells of a line; None for as many as the table needs.
    """
    most = max((cell_len(criterion_name(row.criterion)) for row in comparison.rows), default=8)
    first = min(most, _POINT if width is None else min(_POINT, max(width // 2, 10)))
    room = None if width is None else max(width - first, _NARROWEST + len(GUTTER))
    count = len(comparison.entries)
    if room is None:
        at_once, cells = count, _WIDEST
    else:
        at_once = max(min(count, room // (_NARROWEST + len(GUTTER))), 1)
        cells = min(room // at_once - len(GUTTER), _WIDEST)
    for start in range(0, count, at_once):
        if start:
            yield ""
        yield from _block(comparison, range(start, min(start + at_once, count)), first, cells)


def _block(comparison: Comparison, places: range, first: int, cells: int) -> Iterator[str]:
    entries = [comparison.entries[at] for at in places]
    yield from _table_row("", [entry.title for entry in entries], first, cells)
    for name, words in setting_rows(entries):
        if any(words):
            yield from _table_row(name, words, first, cells)
    yield "-" * (first + len(entries) * (cells + len(GUTTER)))
    for row in comparison.rows:
        name = "  " * row.criterion.depth + criterion_name(row.criterion)
        marks = [row.cells[at].mark for at in places]
        yield from _table_row(name, marks, first, cells)
    yield "-" * (first + len(entries) * (cells + len(GUTTER)))
    counts = [comparison.counts_of(entry.slug).said for entry in entries]
    yield from _table_row("Ratings", counts, first, cells)


def _table_row(name: str, words: list[str], first: int, cells: int) -> Iterator[str]:
    """A row whose cells are wrapped, on as many lines as the longest needs."""
    columns = [_wrapped(name, first), *(_wrapped(text, cells) for text in words)]
    widths = [first, *(cells for _ in words)]
    for line in range(max(map(len, columns))):
        parts = [
            padded(column[line] if line < len(column) else "", wide)
            for column, wide in zip(columns, widths, strict=True)
        ]
        yield GUTTER.join(parts).rstrip()


def _wrapped(words: str, width: int) -> list[str]:
    return [words[start:end] for start, end in wrap(words, width)]
