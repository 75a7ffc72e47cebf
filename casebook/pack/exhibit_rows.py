"""The rows of exhibits: captions, columns, cells, and the citations of each part."""

from __future__ import annotations

from casebook.exhibit_tables import Exhibit, ExhibitCell
from casebook.pack.forms import PartsForm
from casebook.pack.reader import Filed
from casebook.pack.row_writer import RowWriter
from casebook.statement_kinds import StatementKind


def write_exhibits(rows: RowWriter, entry: int, front: Filed[PartsForm], first: int) -> None:
    """Writes the exhibits of a file, which have been checked.

    Args:
        first: the position of the first of them on the entry's page.
    """
    for place, exhibit in enumerate(front.form.exhibits):
        spot = front.spot("exhibits", place)
        statement = rows.statement(StatementKind.EXHIBIT, spot)
        note = exhibit.note
        rows.add(
            Exhibit,
            statement_id=statement,
            entry_id=entry,
            position=first + place,
            key=exhibit.key,
            caption=exhibit.caption.plain,
            note=note.plain if note else "",
        )
        at = rows.cite(statement, exhibit.caption.citations)
        if note:
            at = rows.cite(statement, note.citations, part="note", start=at)
        for column, head in enumerate(exhibit.columns):
            _add(rows, statement, 0, column, head)
        for number, row in enumerate(exhibit.rows, 1):
            rows.at(front.spot("exhibits", place, "rows", number - 1))
            for column, cell in enumerate(row.cells):
                _add(rows, statement, number, column, cell.plain)
                part = f"cell:{number}:{column}"
                at = rows.cite(statement, cell.citations, part=part, start=at)
            if row.cites:
                at = rows.cite(statement, row.cites.citations, part=f"row:{number}", start=at)


def _add(rows: RowWriter, exhibit: int, row: int, column: int, words: str) -> None:
    rows.add(ExhibitCell, exhibit_id=exhibit, row_position=row, column_position=column, text=words)
