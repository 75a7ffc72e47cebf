"""The books that are measured are books: a change of the schema leaves no benchmark behind."""

from __future__ import annotations

from pathlib import Path

from benchmarks.generator import made_entry, write_book
from casebook.book.connection import open_book
from casebook.book.entries import all_lines
from casebook.search.finder import search


def test_made_up_entries_are_read_and_found(tmp_path: Path) -> None:
    entries = [made_entry(number) for number in range(12)]
    write_book(tmp_path / "book.sqlite", iter(entries))
    with open_book(tmp_path / "book.sqlite") as book:
        assert {line.slug for line in all_lines(book)} == {entry.slug for entry in entries}
        assert entries[3].slug in [hit.slug for hit in search(book, entries[3].title).hits]
        assert book.faults == []
