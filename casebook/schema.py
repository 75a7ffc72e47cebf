"""The frozen schema of a book: its text, and its marks in the file header.

`casebook.model` is where the schema is written; `schema.sql` is what it compiles to.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

APPLICATION_ID = 0x43617365
"""`Case` in ASCII, at byte 68 of the file."""

SCHEMA_VERSION = 1
"""`user_version`, at byte 60 of the file."""


@cache
def schema_sql() -> str:
    """The statements that make an empty book, without its search index."""
    return Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")


def statements() -> tuple[str, ...]:
    """The `CREATE` statements of `schema_sql`, one by one."""
    return tuple(part.strip() for part in schema_sql().split(";\n") if part.strip())


def is_known(schema: Iterable[str]) -> bool:
    """Whether the statements in a file's `sqlite_master` are those of a book, and no others."""
    return sorted(schema) == sorted(statements())
