"""An SQLite file's header and schema, read without SQLite, within bounds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.sqlite_file import (
    Header,
    SqliteFileError,
    header_of,
    is_schema,
    pages_of,
    read_header,
    read_schema,
    schema_of,
)


def _made(path: Path, *statements: str, page_size: int = 4096) -> Path:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {page_size}")
        for statement in statements:
            connection.execute(statement)
    return path


def _header(path: Path) -> Header:
    header = read_header(path, "book")
    assert header is not None
    return header


def _rows_by_sqlite(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT type, name, tbl_name, coalesce(rootpage, 0), sql FROM sqlite_master"
        ).fetchall()


@pytest.mark.parametrize("page_size", [512, 4096, 65536])
@pytest.mark.parametrize("tables", [0, 1, 60])
def test_the_schema_is_read_as_sqlite_reads_it(page_size: int, tables: int, tmp_path: Path) -> None:
    statements = [
        f"CREATE TABLE t{number} (a TEXT UNIQUE, {'b' * (number * 8 + 1)} TEXT)"
        for number in range(tables)
    ]
    views = ["CREATE VIEW v AS SELECT 'é' AS x"]
    path = _made(tmp_path / "made.sqlite", *statements, *views, page_size=page_size)
    header = _header(path)
    rows = schema_of(path, header)
    assert [tuple(row) for row in rows] == _rows_by_sqlite(path)
    assert is_schema(rows, [*statements, *views])
    assert not is_schema(rows, statements)


def test_a_schema_that_never_ends_is_given_up(tmp_path: Path) -> None:
    path = _made(tmp_path / "many.sqlite", *(f"CREATE TABLE t{n} (x)" for n in range(9000)))
    header = _header(path)
    read: list[int] = []
    with open(path, "rb") as file:
        source = pages_of(file, header.page_size)

        def page(number: int) -> bytes:
            read.append(number)
            return source(number)

        with pytest.raises(SqliteFileError):
            read_schema(page, header)
    assert len(read) <= 64


def test_one_page_is_no_schema_twice(tmp_path: Path) -> None:
    path = _made(tmp_path / "loop.sqlite", *(f"CREATE TABLE t{n} (x)" for n in range(300)))
    header = _header(path)
    data = bytearray(path.read_bytes())
    assert data[100] == 5  # page 1 leads to others
    data[108:112] = (1).to_bytes(4, "big")
    path.write_bytes(data)
    with pytest.raises(SqliteFileError):
        schema_of(path, header)


@given(st.binary(min_size=512, max_size=4096), st.integers(0, 255), st.integers(0, 3))
def test_any_page_is_rows_or_an_error(page: bytes, cells: int, kind: int) -> None:
    first = bytearray(page.ljust(4096, page[:1]))
    first[100] = (13, 5, 2, 10)[kind]
    first[103:105] = cells.to_bytes(2, "big")
    header = Header(0, 0, 4096, 9, 0, False, True, 9 * 4096)
    try:
        read_schema(lambda number: bytes(first) if number < 9 else b"", header)
    except SqliteFileError as error:
        assert "damaged" in error.words


def test_headers_that_are_none() -> None:
    with pytest.raises(SqliteFileError, match="not an SQLite file"):
        header_of(b"x" * 100, 100, "book")
    with pytest.raises(SqliteFileError, match="page size"):
        header_of(b"SQLite format 3\0".ljust(100, b"\x03"), 100, "book")
