"""Small files that cost without end: refused or given up with a sentence, within limits.

The files are made by byte surgery, small as they are; the real commands read them in processes
that may use ten seconds of the processor and a gigabyte of memory.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from casebook.book import entries, pages
from casebook.book.budget import MOST_ROWS, QueryBudget
from casebook.book.checksum import append_checksum
from casebook.book.connection import open_book
from casebook.errors import BookError, InterruptedQueryError
from casebook.search.finder import search
from casebook.search.grams import unpacked
from tests.conftest import ROOT

SECONDS, BYTES = 10, 1 << 30


def remade(book: Path, at: Path, *statements: str) -> Path:
    """A copy of a book with some changes, and a right checksum: a stranger's, not a damaged one."""
    at.write_bytes(pages_of_copy(book))
    with closing(sqlite3.connect(at, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            connection.execute(statement)
    append_checksum(at)
    return at


def run_within_limits(book: Path, home: Path, *arguments: str) -> tuple[int, str, str]:
    """Runs the real command under limits; its code and what it printed."""

    import resource

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))

    done = subprocess.run(
        [sys.executable, "-m", "casebook", "--book", str(book), *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env={"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(ROOT)},
        preexec_fn=limit,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


COMMANDS = (
    ["list"],
    ["show", "nosaku"],
    ["search", "bells"],
    ["timeline", "nosaku"],
    ["doctor"],
)

PAGE = 4096
NOSAKU = "(SELECT id FROM entry WHERE slug = 'nosaku')"


def pages_of_copy(path: Path) -> bytearray:
    data = bytearray(path.read_bytes())
    del data[len(data) - len(data) % PAGE :]
    return data


def write(data: bytearray, at: Path) -> Path:
    data[28:32] = (len(data) // PAGE).to_bytes(4, "big")
    at.write_bytes(data)
    append_checksum(at)
    return at


def varint(number: int) -> bytes:
    out = [number & 0x7F]
    while number := number >> 7:
        out.append(number & 0x7F | 0x80)
    return bytes(reversed(out))


def read_varint(data: bytes | bytearray, at: int) -> tuple[int, int]:
    value = 0
    while True:
        value = value << 7 | data[at] & 0x7F
        at += 1
        if data[at - 1] < 0x80:
            return value, at


def endless_schema(book: Path, at: Path) -> Path:
    """A list of tables of 64 million rows: a tree that leads to one leaf over and over."""
    data = pages_of_copy(book)
    assert data[100] == 5  # page 1 leads to other pages
    number = len(data) // PAGE + 1
    texts = b"index", b"sqlite_autoindex_entry_1", b"entry"
    record = bytes([6, *(2 * len(text) + 13 for text in texts), 1, 0]) + b"".join(texts) + b"\x05"
    cell = varint(len(record)) + varint(999) + record
    leaf = bytearray(PAGE)
    leaf[0] = 13
    leaf[3:5] = (1).to_bytes(2, "big")
    leaf[8:10] = leaf[5:7] = (PAGE - len(cell)).to_bytes(2, "big")
    leaf[PAGE - len(cell) :] = cell
    data += leaf
    for _ in range(3):
        page = bytearray(PAGE)
        page[0] = 5
        page[3:5] = (400).to_bytes(2, "big")
        page[5:7] = (PAGE - 6 * 400).to_bytes(2, "big")
        page[8:12] = number.to_bytes(4, "big")
        for place in range(400):
            start = PAGE - 6 * (place + 1)
            page[12 + 2 * place : 14 + 2 * place] = start.to_bytes(2, "big")
            page[start : start + 6] = number.to_bytes(4, "big") + varint(999)
        data += page
        number += 1
    data[108:112] = number.to_bytes(4, "big")
    return write(data, at)


def shared_chain(book: Path, at: Path, rows: int = 500) -> Path:
    """Passages of one entry whose texts, of a megabyte each, are one and the same chain."""
    # Both leave the same number of bytes in the row's own page.
    short = 17_000
    long = short + 4092 * 252
    row = (
        f"INSERT INTO passage SELECT 9000 + i, {NOSAKU}, 1000 + i, 'paragraph', 0, 0, text, '[]'"
        " FROM"
    )
    remade(
        book,
        at,
        f"{row} (SELECT 0 AS i, printf('%.*c', {long}, 'x') AS text)",
        f"{row} (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})"
        f" SELECT i, printf('%.*c', {short}, 'y') AS text FROM n)",
    )
    data = pages_of_copy(at)
    types = varint(2 * short + 13), varint(2 * long + 13)
    with closing(sqlite3.connect(at)) as connection:
        (root,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'passage'"
        ).fetchone()
    cells = []
    for cell in _leaf_cells(data, root):
        length, after = read_varint(data, cell)
        key, after = read_varint(data, after)
        if key >= 9000:
            local = 489 + (length - 489) % 4092
            cells.append((key, cell, length, after, after + local))
    chain = next(data[end : end + 4] for key, _, _, _, end in cells if key == 9000)
    for key, cell, length, after, end in cells:
        if key > 9000:
            data[cell : cell + 3] = varint(length + long - short)
            place = data.index(types[0], after, after + 20)
            data[place : place + 3] = types[1]
            data[end : end + 4] = chain
    return write(data, at)


def _leaf_cells(data: bytearray, page: int) -> list[int]:
    start = (page - 1) * PAGE
    count = int.from_bytes(data[start + 3 : start + 5], "big")
    first = start + (8 if data[start] == 13 else 12)
    places = [int.from_bytes(data[first + 2 * n : first + 2 * n + 2], "big") for n in range(count)]
    if data[start] == 13:
        return [start + place for place in places]
    children = [int.from_bytes(data[start + p : start + p + 4], "big") for p in places]
    children.append(int.from_bytes(data[start + 8 : start + 12], "big"))
    return [cell for child in children for cell in _leaf_cells(data, child)]


def escapes(book: Path, at: Path) -> Path:
    """Texts of nothing but ESC: forty of four megabytes, and a title."""
    return remade(
        book,
        at,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 15)"
        f" INSERT INTO passage SELECT 9000 + i, {NOSAKU}, 1000 + i, 'paragraph', 0, 0,"
        " printf('%.*c', 4000000, char(27)), '[]' FROM n",
        "UPDATE entry SET title = printf('%.*c', 4000000, char(27)), outcome_note = title",
    )


@pytest.mark.skipif(sys.platform == "win32", reason="has no limits for processes")
@pytest.mark.parametrize("make", [endless_schema, shared_chain, escapes])
def test_a_small_file_cannot_take_the_machine(
    make: Callable[[Path, Path], Path], small_book: Path, tmp_path: Path
) -> None:
    book = make(small_book, tmp_path / "hostile.sqlite")
    for command in COMMANDS if make is not endless_schema else COMMANDS[:1] + COMMANDS[-1:]:
        code, out, err = run_within_limits(book, tmp_path, *command)
        assert code in (0, 1, 3), (command, code, err)
        assert "\x1b" not in out + err
        assert code == 0 or err or "Problems" in out
        assert len(out) < 2_000_000


def test_an_endless_schema_reaches_no_parser(small_book: Path, tmp_path: Path) -> None:
    with pytest.raises(BookError, match="its list of tables cannot be read"):
        open_book(endless_schema(small_book, tmp_path / "endless.sqlite"))


def test_a_chain_that_many_rows_share_is_given_up(small_book: Path, tmp_path: Path) -> None:
    with open_book(shared_chain(small_book, tmp_path / "shared.sqlite")) as book:
        with pytest.raises(BookError, match="more text than can be read at once"):
            pages.page(book, "nosaku")
        assert len(entries.all_lines(book)) == 3


def test_text_is_cut_before_it_is_made_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []

    def noting(words: str) -> str:
        given.append(len(words))
        return words

    monkeypatch.setattr("casebook.book.budget.made_safe", noting)
    QueryBudget(0, 5.0).text(b"\x1b" * 4_000_000)
    assert given == [256 * 1024]


def test_the_clock_is_looked_at_while_texts_are_decoded() -> None:
    reading = QueryBudget(0, 5.0)
    reading.begin(-1.0)
    with pytest.raises(InterruptedQueryError):
        reading.text(b"x" * 1000)


def test_many_slow_queries_have_one_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("casebook.book.budget.time.monotonic", lambda: clock[0])
    reading = QueryBudget(0, 5.0)
    spent = 0.0
    for _ in range(40):
        reading.begin(5.0)
        while not reading.is_overdue():
            clock[0] += 0.01
            spent += 0.01
        reading.end()
    assert spent < 10
    clock[0] += 60.0  # while nobody asks, patience comes back
    reading.begin(5.0)
    clock[0] += 4.0
    assert not reading.is_overdue()


def test_a_query_brings_no_more_rows_than_a_book_has(
    small_book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_ROWS >= 1_000_000
    monkeypatch.setattr("casebook.book.connection.MOST_ROWS", 2)
    with open_book(small_book) as book, pytest.raises(BookError, match="more rows"):
        entries.ids(book)


def test_a_page_of_very_many_rows_is_cut_and_says_so(small_book: Path, tmp_path: Path) -> None:
    many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
    path = remade(
        small_book,
        tmp_path / "many.sqlite",
        f"{many} INSERT INTO alias SELECT 9000 + i, id, 10 + i, 'Name ' || i, 'brand', ''"
        " FROM n, entry WHERE slug = 'nosaku'",
        f"{many} INSERT INTO person SELECT 990000 + i, id, 10 + i, 'Name ' || i, 'x', ''"
        " FROM n, entry WHERE slug = 'nosaku'",
    )
    with open_book(path) as book:
        page = pages.page(book, "nosaku")
        assert len(page.entry.aliases) == 200
        assert len(page.people) == 5_000
        told = "; ".join(book.faults)
        assert "100001 aliases" in told
        assert "95001 of 100001 people are left out" in told


def test_a_page_of_very_many_words_is_cut_and_says_so(small_book: Path, tmp_path: Path) -> None:
    path = remade(
        small_book,
        tmp_path / "words.sqlite",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)"
        " INSERT INTO person SELECT 990000 + i, id, 10 + i, 'Name ' || i, 'x',"
        " printf('%.*c', 100000, 'w') FROM n, entry WHERE slug = 'nosaku'",
    )
    with open_book(path) as book:
        page = pages.page(book, "nosaku")
        assert sum(len(one.note) for one in page.people) < 1_100_000
        assert max(len(one.note) for one in page.people) < 21_000
        assert any("people are left out" in fault for fault in book.faults)


def test_lists_of_the_index_are_bounded(
    small_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = remade(
        small_book,
        tmp_path / "index.sqlite",
        "UPDATE find_gram SET many = 4000000, names = x'0100000001' || zeroblob(3000000)",
        "UPDATE find_shared SET many = 4000000, entries = x'0100000001' || zeroblob(3000000)",
    )
    read: list[int] = []

    def noting(blob: object, most: int = 4_000_000) -> list[int]:
        found = unpacked(blob, most)
        read.append(len(found))
        return found

    monkeypatch.setattr("casebook.search.names.unpacked", noting)
    with open_book(path) as book:
        search(book, "nosaku takaoka")
    assert sum(read) < 8 * 250_000 + 1_500_000
