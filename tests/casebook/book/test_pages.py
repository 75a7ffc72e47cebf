"""Pages: what belongs to them, and how little is asked of the file for one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from casebook.book import entries, pages
from casebook.book.connection import Book, open_book
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
    assert len(tables) == 24
    assert len(statements) <= 24, "\n".join(statements)


def test_every_page_of_a_book_takes_as_few() -> None:
    with open_book(SHIPPED_BOOK) as book:
        for slug in entries.slugs(book):
            statements, _ = _watched(book)
            pages.page(book, slug)
            # Long pages ask for their citations in several batches.
            assert len(statements) <= 26, (slug, statements)
