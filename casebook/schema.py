"""The frozen schema of a book: its text, and its marks in the file header.

`casebook.model` is where the schema of the content is written; `schema.sql` is what it
compiles to. The search index beside it is `search/index.sql`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from casebook.sqlite_file import SchemaRow, is_schema

APPLICATION_ID = 0x43617365
"""`Case` in ASCII, at byte 68 of the file."""

SCHEMA_VERSION = 6
"""`user_version`, at byte 60 of the file."""

_SHADOWS = (
    "CREATE TABLE 'find_text_data'(id INTEGER PRIMARY KEY, block BLOB)",
    "CREATE TABLE 'find_text_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID",
    "CREATE TABLE 'find_text_config'(k PRIMARY KEY, v) WITHOUT ROWID",
)
"""What FTS5 makes of its own accord for the table `find_text`."""


@cache
def schema_sql() -> str:
    """The statements that make an empty book, without its search index."""
    return Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")


@cache
def index_sql() -> str:
    """The statements that make an empty search index."""
    path = Path(__file__).with_name("search") / "index.sql"
    return path.read_text(encoding="utf-8")


@cache
def statements() -> tuple[str, ...]:
    """The `CREATE` statements of a book and its index, one by one."""
    parts = (schema_sql() + index_sql()).split(";\n")
    return tuple(part.strip() for part in parts if part.strip())


def is_known(schema: Iterable[SchemaRow]) -> bool:
    """Whether the rows of a file's `sqlite_master` are those of a book, and no others."""
    return is_schema(schema, (*statements(), *_SHADOWS))
