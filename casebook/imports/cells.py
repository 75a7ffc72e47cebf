"""Cells as they were read, and remarks about them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto
from typing import NamedTuple, Protocol

from casebook.safe_text import made_safe, made_safe_line

LONGEST_CELL = 32_767
"""Characters of a cell, as in Excel; what is beyond them is not read."""
MOST_COLUMNS = 256
MOST_ROWS = 100_000

_LONGEST_QUOTED = 120
_HARMLESS = re.compile(r"(^|[;\t\r\n])'(?=['\s]*[=+\-@\uff1d\uff0b\uff0d\uff20])")
"""The apostrophe that exports put before what a spreadsheet would take for a formula."""
ERRORS = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
)


class CellKind(Enum):
    TEXT = auto()
    NUMBER = auto()
    DATE = auto()
    BOOLEAN = auto()
    ERROR = auto()
    NO_VALUE = auto()
    """A formula whose value the file does not hold."""


class SheetCell(NamedTuple):
    """What stood in a cell.

    Attributes:
        words: as text, safe to show; empty for an empty cell.
        kind: what the table takes it for.
        serial: the day number of a date, or a number.
    """

    words: str = ""
    kind: CellKind = CellKind.TEXT
    serial: float = 0.0

    @property
    def line(self) -> str:
        return " ".join(self.words.split())


EMPTY = SheetCell()


def text_cell(words: str) -> SheetCell:
    """A cell of words, as a CSV has them and as a workbook has text."""
    safe = _HARMLESS.sub(r"\1", made_safe(words).strip())
    if safe in ERRORS:
        return SheetCell(safe, CellKind.ERROR)
    return SheetCell(safe)


class Effect(StrEnum):
    """What became of a cell that a remark is about."""

    LEFT_OUT = "left out"
    READ = "read"
    """It was read in a way that the person should know of."""


class Remark(NamedTuple):
    """Something to tell of a table, a row or a cell.

    Attributes:
        sheet: its name; empty for the file as a whole.
        row: as a spreadsheet counts; 0 for the sheet as a whole.
        column: what stands above the column; empty for the row as a whole.
        letter: the column as a spreadsheet names it.
        words: what was read.
        why: why it is doubtful, and what was made of it.
    """

    sheet: str
    row: int
    column: str
    letter: str
    words: str
    why: str
    effect: Effect = Effect.LEFT_OUT

    @property
    def said(self) -> str:
        """`"c. the war" is not a clear date`."""
        return f"{quoted(self.words)} {self.why}" if self.words else self.why

    def __str__(self) -> str:
        place = [self.sheet] if self.sheet else []
        if self.row:
            place.append(f"{self.letter}{self.row}" if self.letter else f"row {self.row}")
        where = " ".join(place)
        if self.column:
            where += f", {self.column}" if where else self.column
        end = f" ({self.effect})" if self.row and self.column else ""
        return f"{where}: {self.said}{end}" if where else f"{self.said}{end}"


def quoted(words: str) -> str:
    """Words in quotation marks, on one line, cut where they are long."""
    line = made_safe_line(words)
    if len(line) > _LONGEST_QUOTED:
        line = line[:_LONGEST_QUOTED] + "\N{HORIZONTAL ELLIPSIS}"
    return f'"{line}"'


def letter_of(column: int) -> str:
    """The name of a column in a spreadsheet: 0 is `A`, 26 is `AA`."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


class SheetRow(NamedTuple):
    """A row of a table, with the number that a spreadsheet gives it."""

    number: int
    cells: Sequence[SheetCell]


class Rows(Protocol):
    """What can be read row by row, more than once."""

    def __call__(self) -> Iterator[SheetRow]: ...


@dataclass(slots=True)
class SheetTable:
    """A sheet of a workbook, or a CSV.

    Attributes:
        name: of the sheet; empty for a CSV.
        rows: its rows that hold something, each time from the first.
        remarks: what is to be told of it; reading adds to them.
    """

    name: str
    rows: Rows
    remarks: list[Remark] = field(default_factory=list)

    def tell(self, why: str, words: str = "", row: int = 0, column: str = "") -> None:
        """Notes something about the sheet, once."""
        remark = Remark(self.name, row, column, "", words, why, Effect.READ)
        if remark not in self.remarks:
            self.remarks.append(remark)
