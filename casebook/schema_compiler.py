"""Compiles tables of SQLModel to the SQL that creates them."""

from __future__ import annotations

from sqlalchemy import MetaData
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable


def compiled(metadata: MetaData) -> str:
    """The statements that create all tables and indexes, in SQLite's dialect, in a fixed order."""
    dialect = sqlite.dialect()
    parts: list[str] = []
    for table in metadata.sorted_tables:
        parts.append(str(CreateTable(table).compile(dialect=dialect)))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        parts += [str(CreateIndex(index).compile(dialect=dialect)) for index in indexes]
    lines = ("\n".join(line.rstrip() for line in part.strip().splitlines()) for part in parts)
    return "".join(f"{statement};\n\n" for statement in lines)
