"""Reads workbooks (XLSX) row by row, so that a large one takes no more memory than a small one.

The file is other people's: it is a zip, whose parts are looked through before openpyxl gets
them, for their sizes, for declarations of entities, for formulas and for merged cells.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any, NamedTuple

from casebook.errors import CasebookError
from casebook.exports.extras import MissingError
from casebook.imports.cells import (
    EMPTY,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    CellKind,
    SheetCell,
    SheetRow,
    SheetTable,
    text_cell,
)
from casebook.regular_file import open_regular
from casebook.safe_text import made_safe_line
from casebook.texts_on_disk import StoredList

LARGEST_PART = 128 * 1024 * 1024
LARGEST_STRINGS = 64 * 1024 * 1024
"""Bytes of the table of strings, which is kept on the disk."""
MOST_PARTS = 2_000

_CHUNK = 1024 * 1024
_OVERLAP = 256
"""Bytes of a chunk that are looked at once more with the next, for what lies across both."""
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+\d+:[A-Z]+\d+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_MOST_MERGED = 1_000


class _Look(NamedTuple):
    """What the parts of a workbook hold that openpyxl does not tell while it reads by rows."""

    formulas: bool
    merged: dict[str, list[str]]


def open_workbook(path: Path, until: ExitStack) -> list[SheetTable]:
    """The sheets of a workbook.

    Args:
        until: the workbook stays open as long as this.

    Raises:
        MissingError: openpyxl is not installed.
        CasebookError: the file is no workbook, or larger than one may be.
    """
    try:
        import openpyxl  # noqa: F401
    except ImportError:
        raise MissingError(
            "A workbook needs a package that is not installed: pip install 'casebook[import]'."
            " A CSV needs none."
        ) from None
    look = _looked_through(path)
    book, strings = _loaded(path, until)
    values = _loaded(path, until, strings)[0] if look.formulas else None
    tables = []
    for sheet in book.worksheets:
        rows = _SheetRows(sheet, values[sheet.title] if values else None, book.epoch)
        table = SheetTable(made_safe_line(sheet.title), rows)
        rows.table = table
        for area in look.merged.get(str(getattr(sheet, "_worksheet_path", "")), ()):
            table.tell(f"the cells {area} are merged; their content is read from the first of them")
        tables.append(table)
    return tables


def _loaded(
    path: Path, until: ExitStack, strings: StoredList | None = None
) -> tuple[Any, StoredList]:
    """A workbook, and its table of strings.

    Args:
        strings: of a workbook whose saved values are to be read instead of its formulas.
    """
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.xml.constants import SHARED_STRINGS

    class Reader(ExcelReader):  # type: ignore[misc]  # it has no types
        """Reads a workbook, with its table of strings on the disk."""

        def read_strings(self) -> None:
            part = self.package.find(SHARED_STRINGS)
            self.shared_strings = strings if strings is not None else StoredList()
            if part is not None and strings is None:
                with self.archive.open(part.PartName[1:]) as file:
                    self.shared_strings = StoredList(_strings(file))

    try:
        file = until.enter_context(io.BufferedReader(open_regular(path)))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that it does not know
            reader = Reader(file, read_only=True, data_only=strings is not None, keep_links=False)
            reader.read()
        until.callback(reader.wb.close)
        return reader.wb, reader.shared_strings
    except (MemoryError, CasebookError):
        raise
    except Exception as error:  # whatever a damaged part makes it raise
        raise CasebookError(
            f"{path}: the workbook cannot be read ({type(error).__name__})."
        ) from None


def _strings(file: IO[bytes]) -> Iterator[str]:
    """The table of strings; what was read of it is let go."""
    from openpyxl.cell.text import Text
    from openpyxl.xml.constants import SHEET_MAIN_NS
    from openpyxl.xml.functions import iterparse

    steps = iterparse(file, events=("start", "end"))
    _, root = next(steps)
    for event, node in steps:
        if event == "end" and node.tag == f"{{{SHEET_MAIN_NS}}}si":
            yield str(Text.from_tree(node).content).replace("x005F_", "")
            root.clear()


def _looked_through(path: Path) -> _Look:
    """Reads every XML part once, without keeping it.

    Raises:
        CasebookError: the file is damaged, or larger than it may be.
    """
    formulas = False
    merged: dict[str, list[str]] = {}
    try:
        with io.BufferedReader(open_regular(path)) as file, zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_PART:
                raise CasebookError(
                    f"{path}: unpacked it is larger than {LARGEST_PART // 2**20} MiB, or has more"
                    f" than {MOST_PARTS} parts; it is not read."
                )
            if len({part.filename for part in parts}) < len(parts):
                raise CasebookError(f"{path}: a part of the workbook occurs twice.")
            for part in parts:
                name = part.filename
                if not name.endswith((".xml", ".rels")):
                    continue
                if name.endswith("sharedStrings.xml") and part.file_size > LARGEST_STRINGS:
                    raise CasebookError(
                        f"{path}: it has more than {LARGEST_STRINGS // 2**20} MiB of text; divide"
                        " it, or save it as CSV."
                    )
                is_sheet = name.startswith("xl/worksheets/")
                for chunk in _chunks(archive, part):
                    if _DECLARED.search(chunk) or chunk.startswith((b"\xff\xfe", b"\xfe\xff")):
                        raise CasebookError(
                            f"{path}: a part of the workbook declares entities or is not UTF-8;"
                            " no spreadsheet program writes that, and it is not read."
                        )
                    if is_sheet:
                        formulas = formulas or _FORMULA.search(chunk) is not None
                        areas = merged.setdefault(name, [])
                        for found in _MERGED.findall(chunk):
                            area = found.decode()
                            if len(areas) < _MOST_MERGED and area not in areas:
                                areas.append(area)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise CasebookError(f"{path}: the workbook is damaged ({error}).") from None
    except CasebookError:
        raise
    except Exception as error:  # zlib.error, lzma.LZMAError and struct.error share no base
        raise CasebookError(f"{path}: the workbook is damaged ({error}).") from None
    return _Look(formulas, merged)


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as file:
        before = b""
        while chunk := file.read(_CHUNK):
            yield before + chunk
            before = chunk[-_OVERLAP:]


class _SheetRows:
    """The rows of a sheet; formulas come with their values where the file holds them."""

    table: SheetTable

    def __init__(self, sheet: Any, values: Any, epoch: datetime.datetime) -> None:
        self.sheet = sheet
        self.values = values
        self.epoch = epoch

    def __call__(self) -> Iterator[SheetRow]:
        values = self._read(self.values) if self.values is not None else None
        try:
            for number, raw in enumerate(self._read(self.sheet), 1):
                saved = next(values, ()) if values else ()
                cells = [self._cell(cell, at, saved, number) for at, cell in enumerate(raw)]
                while cells and not cells[-1].words:
                    cells.pop()
                if cells:
                    yield SheetRow(number, cells)
                if number >= MOST_ROWS:
                    self.table.tell(f"only the first {MOST_ROWS} rows are read")
                    break
        except CasebookError:
            raise
        except MemoryError:
            raise
        except Exception as error:  # whatever damaged XML makes openpyxl raise
            raise CasebookError(
                f"The sheet {self.table.name} cannot be read ({type(error).__name__})."
            ) from None

    def _read(self, sheet: Any) -> Iterator[Any]:
        # What a sheet says of its size may be wrong, or a million empty rows.
        sheet.reset_dimensions()
        rows: Iterator[Any] = sheet.iter_rows(max_col=MOST_COLUMNS)
        return rows

    def _cell(self, raw: Any, at: int, saved: Any, row: int) -> SheetCell:
        value = raw.value
        if value is None:
            return EMPTY
        kind = raw.data_type
        if kind == "f":
            value = saved[at].value if at < len(saved) else None
            if value is None:
                words = str(getattr(raw.value, "text", raw.value))
                return SheetCell(text_cell(words[:LONGEST_CELL]).words, CellKind.NO_VALUE)
            self.table.tell("the sheet has formulas; the values saved with them are read")
            kind = saved[at].data_type
        return self._of_value(value, kind, row)

    def _of_value(self, value: Any, kind: str, row: int) -> SheetCell:
        match value:
            case bool():
                return SheetCell("TRUE" if value else "FALSE", CellKind.BOOLEAN)
            case int() | float():
                return SheetCell(_number(value), CellKind.NUMBER, float(value))
            case datetime.datetime():
                midnight = value.time() == datetime.time(0)
                words = value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
                days = (value - datetime.datetime(1899, 12, 30)) / datetime.timedelta(days=1)  # noqa: DTZ001  (a spreadsheet knows no zone)
                return SheetCell(words, CellKind.DATE, days)
            case datetime.date():
                return SheetCell(value.isoformat(), CellKind.DATE)
        words = str(value)
        if len(words) > LONGEST_CELL:
            self.table.tell(f"a cell has more than {LONGEST_CELL} characters; it is cut", row=row)
            words = words[:LONGEST_CELL]
        if kind == "e":
            return SheetCell(text_cell(words).words, CellKind.ERROR)
        return text_cell(words)


def _number(value: float) -> str:
    """A number as a spreadsheet shows it: 15 digits, and no `.0`."""
    return str(value) if isinstance(value, int) else f"{value:.15g}"
