"""The cells of one row by the names of their columns, with the remarks that they give rise to."""

from __future__ import annotations

from collections.abc import Callable

from casebook.imports.cells import (
    EMPTY,
    CellKind,
    Effect,
    Remark,
    SheetCell,
    SheetRow,
    SheetTable,
    letter_of,
)
from casebook.imports.citing import Citing
from casebook.imports.columns import Columns
from casebook.imports.values import is_not_told
from casebook.sheets import CASES

_WHY = {
    CellKind.ERROR: "is an error of the spreadsheet",
    CellKind.NO_VALUE: "is a formula whose value is not saved",
    CellKind.BOOLEAN: "is true or false, which means nothing here",
}


class RowReader:
    """Reads one row.

    Args:
        keep: called with the part of an entry and the words of each remark about what was
            left out of it.
    """

    def __init__(
        self,
        table: SheetTable,
        columns: Columns,
        row: SheetRow,
        keep: Callable[[str, str], None] | None = None,
    ) -> None:
        self.table = table
        self.columns = columns
        self.row = row
        self.keep = keep

    def cell(self, column: str, part: str = "title", *, booleans: bool = False) -> SheetCell:
        """The cell of a column; empty where it holds nothing that can be read."""
        return self.cell_at(self.columns.at.get(column), part, booleans=booleans)

    def cell_at(self, at: int | None, part: str = "title", *, booleans: bool = False) -> SheetCell:
        if at is None or at >= len(self.row.cells):
            return EMPTY
        cell = self.row.cells[at]
        if cell.kind in _WHY and not (booleans and cell.kind is CellKind.BOOLEAN):
            self._remark(at, part, cell.words, _WHY[cell.kind], Effect.LEFT_OUT)
            return EMPTY
        if is_not_told(cell.words):
            if cell.line not in ("-", "\N{EN DASH}", "\N{EM DASH}"):
                self._remark(at, part, cell.words, "is read as an empty cell", Effect.READ)
            return EMPTY
        return cell

    def words(self, column: str, part: str = "title", longest: int = 0) -> str:
        """A cell on one line; empty where it is longer than it may be."""
        line = self.cell(column, part).line
        if longest and len(line) > longest:
            why = f"has {len(line)} characters; at most {longest} are allowed there"
            self.left_out(column, part, line, why)
            return ""
        return line

    def left_out(self, column: str, part: str, words: str, why: str) -> None:
        """Tells of a cell that is not clear, and has it written beside its part."""
        self._remark(self.columns.at.get(column), part, words, why, Effect.LEFT_OUT, column)

    def left_out_at(self, at: int | None, part: str, words: str, why: str) -> None:
        self._remark(at, part, words, why, Effect.LEFT_OUT)

    def read_as(self, column: str, words: str, why: str) -> None:
        """Tells how a cell was read."""
        self._remark(self.columns.at.get(column), "", words, why, Effect.READ, column)

    def read_as_at(self, at: int | None, words: str, why: str) -> None:
        self._remark(at, "", words, why, Effect.READ)

    def whole(self, why: str, words: str = "", part: str = "") -> None:
        """Tells of the row as a whole.

        Args:
            part: of the entry beside which it is to be written too; empty for none.
        """
        number = self.row.number
        remark = Remark(self.table.name, number, "", "", words, why, Effect.LEFT_OUT)
        self.table.remarks.append(remark)
        if part and self.keep is not None:
            self.keep(part, f"{self._named_row(number)}: {remark.said}")

    def refused(self, citing: Citing, part: str = "title") -> None:
        """Tells of the citations in cells of the row that could not be taken."""
        for group, fault in citing.taken_refused():
            self.whole(f"cannot be cited: {fault}; the row is cited", group, part)

    def _remark(
        self, at: int | None, part: str, words: str, why: str, effect: Effect, column: str = ""
    ) -> None:
        header = self.columns.header_at(at) or column
        letter = letter_of(at) if at is not None else ""
        remark = Remark(self.table.name, self.row.number, header, letter, words, why, effect)
        self.table.remarks.append(remark)
        if effect is Effect.LEFT_OUT and self.keep is not None:
            self.keep(part, f"{self._named_row(remark.row)}, {header}: {remark.said}")

    def _named_row(self, number: int) -> str:
        """A row, with its sheet where that is not the cases'."""
        return f"row {number}" if self.columns.sheet == CASES else f"{self.table.name} row {number}"
