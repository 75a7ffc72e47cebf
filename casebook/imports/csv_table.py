"""Reads CSV as it comes: with commas, semicolons or tabs, in UTF-8, UTF-16 or Windows-1252."""

from __future__ import annotations

import codecs
import csv
import io
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from casebook.errors import CasebookError
from casebook.imports.cells import (
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

LARGEST_FILE = 64 * 1024 * 1024
_SAMPLE = 64 * 1024
_CHUNK = 256 * 1024
_DELIMITERS = ",;\t"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def open_csv(path: Path, until: ExitStack) -> list[SheetTable]:
    """The one table of a CSV.

    Args:
        until: the file stays open as long as this.

    Raises:
        CasebookError: it cannot be read, is larger than it may be, or is no text.
    """
    try:
        file: BinaryIO = until.enter_context(io.BufferedReader(open_regular(path)))
        size = os.fstat(file.fileno()).st_size
        encoding = _encoding(path, file)
    except OSError as error:
        raise CasebookError(f"{path}: {error.strerror}.") from None
    if size > LARGEST_FILE:
        raise CasebookError(f"{path}: larger than {LARGEST_FILE // 2**20} MiB; it is not read.")
    with _text(file, encoding) as text:
        sample = text.read(_SAMPLE)
    if "\0" in sample:
        raise CasebookError(f"{path}: this is not a table in a text file.")
    delimiter = _delimiter(sample)
    rows = _CsvRows(file, encoding, delimiter)
    table = rows.table = SheetTable("", rows)
    if encoding == "cp1252":
        table.tell("the file is not UTF-8; it is read as Windows-1252 (Latin-1)")
    if delimiter != ",":
        name = "semicolons" if delimiter == ";" else "tabs"
        table.tell(f"the columns are divided by {name}")
    return [table]


def _encoding(path: Path, file: BinaryIO) -> str:
    """In which of the encodings that it may have the whole of a file is written."""
    file.seek(0)
    beginning = file.read(4)
    file.seek(0)
    encoding = next((name for mark, name in _MARKS if beginning.startswith(mark)), "utf-8")
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := file.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise CasebookError(
                f"{path}: it begins as {encoding}, but is not valid {encoding}."
            ) from error
        return "cp1252"
    return encoding


@contextmanager
def _text(file: BinaryIO, encoding: str) -> Iterator[io.TextIOWrapper]:
    """A file from its beginning, as text; the file stays open."""
    file.seek(0)
    # The five bytes that Windows-1252 does not know become marks that something is missing.
    text = io.TextIOWrapper(file, encoding, errors="replace", newline="")
    try:
        yield text
    finally:
        text.detach()


def _delimiter(sample: str) -> str:
    """Which of three signs divides the first rows most evenly into most columns."""
    best, chosen = (0.0, 0), ","
    for delimiter in _DELIMITERS:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        widths = []
        try:
            for _, row in zip(range(20), reader, strict=False):
                if any(map(str.strip, row)):
                    widths.append(len(row))
        except csv.Error:
            continue
        if not widths or max(widths) == 1:
            continue
        even = widths.count(widths[0]) / len(widths) if widths[0] > 1 else 0.0
        if (even, widths[0]) > best:
            best, chosen = (even, widths[0]), delimiter
    return chosen


class _CsvRows:
    table: SheetTable

    def __init__(self, file: BinaryIO, encoding: str, delimiter: str) -> None:
        self.file = file
        self.encoding = encoding
        self.delimiter = delimiter

    def __call__(self) -> Iterator[SheetRow]:
        with _text(self.file, self.encoding) as text:
            yield from self._rows(text)

    def _rows(self, text: Iterable[str]) -> Iterator[SheetRow]:
        csv.field_size_limit(LARGEST_FILE)
        reader = csv.reader(text, delimiter=self.delimiter)
        try:
            for number, raw in enumerate(reader, 1):
                if number > MOST_ROWS:
                    self.table.tell(f"only the first {MOST_ROWS} rows are read")
                    break
                cells = [self._cell(words, number) for words in raw[:MOST_COLUMNS]]
                while cells and not cells[-1].words:
                    cells.pop()
                if cells:
                    yield SheetRow(number, cells)
        except csv.Error as error:
            raise CasebookError(f"Line {reader.line_num} of the CSV: {error}.") from None

    def _cell(self, words: str, row: int) -> SheetCell:
        if len(words) > LONGEST_CELL:
            self.table.tell(f"a cell has more than {LONGEST_CELL} characters; it is cut", row=row)
            words = words[:LONGEST_CELL]
        cell = text_cell(words)
        if cell.kind is CellKind.TEXT and re.match(r"\s*=.", words):
            return SheetCell(cell.words, CellKind.NO_VALUE)
        return cell
