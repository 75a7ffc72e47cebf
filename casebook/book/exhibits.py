"""The exhibits of an entry, read from a book."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from casebook.book.connection import Book, Row
from casebook.book.exhibit_values import CitedWords, ExhibitLine, ExhibitRow
from casebook.book.rows import Cited, CitedParts, by_part, number, slug, text
from casebook.book.volumes import Said

MOST_COLUMNS = 50
"""More than a pack's exhibit may have; a made-up book's is cut."""

EXHIBITS_SQL = (
    "SELECT statement_id, key, caption, note FROM exhibit WHERE entry_id = ? ORDER BY position"
)
EXHIBIT_CELLS_SQL = (
    "SELECT c.exhibit_id, c.row_position, c.column_position, c.text FROM exhibit_cell AS c"
    " JOIN exhibit AS x ON x.statement_id = c.exhibit_id WHERE x.entry_id = ?"
    " ORDER BY x.position, c.row_position, c.column_position"
)


def exhibit_lines(
    book: Book, exhibits: Iterable[Row], cells: Iterable[Row], cited: Cited, said: Said
) -> tuple[ExhibitLine, ...]:
    """Exhibits as they are shown; one without a key or without cells is left out.

    Args:
        exhibits: rows of `EXHIBITS_SQL`.
        cells: rows of `EXHIBIT_CELLS_SQL`.
    """
    words: dict[int, dict[int, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for exhibit, row, column, found in cells:
        if 0 <= number(column) < MOST_COLUMNS:
            words[number(exhibit)][number(row)][number(column)] = text(found)
    lines: list[ExhibitLine] = []
    for statement, stored, caption, note in exhibits:
        key, table = slug(stored), words[number(statement)]
        if not key or not table.get(0):
            book.fault(f"exhibit {statement} has no key or no columns and is left out")
            continue
        parts = by_part(cited.get(statement, ()))
        columns = tuple(table[0].get(at, "") for at in range(max(table[0]) + 1))
        rows = tuple(_row(at, table[at], len(columns), parts) for at in sorted(table) if at > 0)
        lines.append(
            ExhibitLine(
                key,
                len(lines) + 1,
                CitedWords(text(caption), parts.get("", ())),
                columns,
                rows,
                CitedWords(text(note), parts.get("note", ())),
                said.get(statement, ""),
            )
        )
    return tuple(lines)


def _row(at: int, words: dict[int, str], columns: int, parts: CitedParts) -> ExhibitRow:
    cells = tuple(
        CitedWords(words.get(column, ""), parts.get(f"cell:{at}:{column}", ()))
        for column in range(columns)
    )
    return ExhibitRow(cells, parts.get(f"row:{at}", ()))
