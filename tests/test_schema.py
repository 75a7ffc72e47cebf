"""The frozen schema is what the classes say."""

from __future__ import annotations

from pathlib import Path

from casebook.book.connection import check_header
from casebook.model import compiled_schema
from casebook.schema import is_known, schema_sql
from casebook.sqlite_file import schema_of


def test_the_schema_is_that_of_the_model() -> None:
    assert compiled_schema() == schema_sql(), (
        "run `python -m casebook.model` and think of SCHEMA_VERSION"
    )


def test_a_book_has_this_schema(small_book: Path) -> None:
    header = check_header(small_book)
    rows = schema_of(small_book, header)
    assert is_known(rows)
    assert not is_known(rows[1:])
