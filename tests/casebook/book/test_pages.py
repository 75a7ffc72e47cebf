"""Pages: what belongs to them, and how little is asked of the file for one."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

from casebook.book import entries, pages
from casebook.book.connection import Book, open_book
from casebook.book.volumes import volumes
from tests.conftest import SHIPPED_BOOK


def _watched(book: Book) -> tuple[list[str], set[str]]:
    """The statements that are run from now on, and the tables that they read."""
    statements: list[str] = []
    tables: set[str] = set()

    def note(action: int, table: str | None, column: str | None, *_: object) -> int:
        if action == sqlite3.SQLITE_READ and table and column:
            tables.add(table)
        return sqlite3.SQLITE_OK

    book.connection.set_trace_callback(statements.append)
    book.connection.set_authorizer(note)
    return statements, tables


def test_a_page_takes_no_more_statements_than_it_has_tables(small_book: Path) -> None:
    with open_book(small_book) as book:
        statements, tables = _watched(book)
        page = pages.page(book, "nosaku")
    assert all((page.passages, page.events, page.relations, page.sources))
    assert page.exhibits
    assert page.teaching
    assert len(tables) == 33
    assert len(statements) <= 33, "\n".join(statements)


def test_every_page_of_a_book_takes_as_few() -> None:
    with open_book(SHIPPED_BOOK) as book:
        volumes(book)  # asked for once, and kept for all pages
        for slug in entries.slugs(book):
            statements, _ = _watched(book)
            page = pages.page(book, slug)
            # Long pages ask for their citations in several batches; the tables of exhibits and
            # teaching notes are asked only where there are any.
            most = 27 + (1 if page.exhibits else 0) + (5 if page.teaching else 0)
            most += 1 if page.additions else 0  # their citations make another batch
            most += 2  # accounts, in a book that has any, and their citations
            # which volume gives each of them
            most += any(event.accounts for event in page.events)
            most += any(figure.accounts for figure in page.figures)
            # what disagrees on the outcome, and on a rating
            most += bool(page.entry.outcome_accounts)
            most += any(line.accounts for line in page.assessments)
            asked = {statement[:80] for statement in statements}
            assert len(asked) <= most, (slug, statements)
            assert len(statements) <= most + 5, (slug, statements)


_TRACED = """
import sqlite3, sys

real, log = sqlite3.connect, open(sys.argv.pop(1), "w", encoding="utf-8")

def connect(*arguments, **options):
    connection = real(*arguments, **options)
    connection.set_trace_callback(lambda sql: print(" ".join(sql.split()), file=log, flush=True))
    return connection

sqlite3.connect = connect
from casebook.cli import main
main()
"""


def test_show_looks_its_entry_up_once(small_book: Path, tmp_path: Path) -> None:
    log = tmp_path / "statements"
    command = [sys.executable, "-c", _TRACED, str(log), "show", "nosaku", "--book", str(small_book)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    assert "Nosaku" in done.stdout
    asked = [line for line in log.read_text(encoding="utf-8").splitlines() if "FROM" in line]
    assert sum("slug = 'nosaku'" in line for line in asked) == 1
    # The row of the book, and no more for the page than it has tables.
    assert len(asked) <= 1 + 32, "\n".join(asked)
