"""The frozen schema is what the classes say."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from casebook.model import compiled_schema
from casebook.schema import is_known, schema_sql


def test_the_schema_is_that_of_the_model() -> None:
    assert compiled_schema() == schema_sql(), (
        "run `python -m casebook.model` and think of SCHEMA_VERSION"
    )


def test_a_book_has_this_schema(small_book: Path) -> None:
    with sqlite3.connect(small_book) as connection:
        rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    assert is_known(row[0] for row in rows)
