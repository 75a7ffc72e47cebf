"""The frozen schema of a book: its text, and its marks in the file header.

Nothing here imports SQLModel but `compiled`, which developers run.
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


def compiled() -> str:
    """The schema as the classes of `casebook.model` compile to it now."""
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateIndex, CreateTable
    from sqlmodel import SQLModel

    import casebook.model  # noqa: F401  (its classes register themselves)

    dialect = sqlite.dialect()
    parts: list[str] = []
    for table in SQLModel.metadata.sorted_tables:
        if table.info.get("notebook"):
            continue
        parts.append(str(CreateTable(table).compile(dialect=dialect)))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        parts += [str(CreateIndex(index).compile(dialect=dialect)) for index in indexes]
    lines = ("\n".join(line.rstrip() for line in part.strip().splitlines()) for part in parts)
    return "".join(f"{statement};\n\n" for statement in lines)


if __name__ == "__main__":
    Path(__file__).with_name("schema.sql").write_text(compiled(), encoding="utf-8")
