"""The tables of a class, on both engines."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

import casebook.seminar
from casebook.seminar.class_tables import compiled_schema, tables

STUDENT = "0123456789abcdef" * 2


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    """A file with a seminar, a student, a case, a point and a round."""
    with sqlite3.connect(":memory:", isolation_level=None) as made:
        made.executescript(compiled_schema())
        made.execute("PRAGMA foreign_keys = ON")
        made.execute(
            "INSERT INTO seminar VALUES ('s', '', '', 'gears', 'Gears', '', 'small', '1',"
            " 'checks', 'Checks', '')"
        )
        made.execute("INSERT INTO planned_case VALUES ('s', 'nosaku', 1, 'Nosaku', 0, 0)")
        made.execute("INSERT INTO planned_point VALUES ('s', 'a', 1, 'First')")
        made.execute("INSERT INTO round VALUES ('s', 1, '', '')")
        made.execute("INSERT INTO participant VALUES ('s', ?, '', '', '')", [STUDENT])
        yield made
    made.close()


def test_the_frozen_schema_is_that_of_the_classes() -> None:
    frozen = (Path(casebook.seminar.__file__).parent / "class.sql").read_text(encoding="utf-8")
    assert frozen == compiled_schema(), "run `python -m casebook.seminar.class_tables`"


def test_postgresql_is_told_the_same_tables() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in tables().sorted_tables:
        told = str(CreateTable(table).compile(dialect=dialect))
        assert "SERIAL" not in told, "no engine has to count"
        assert f"CREATE TABLE {table.name} (" in told
        for index in table.indexes:
            CreateIndex(index).compile(dialect=dialect)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("rating", "splendid"),
        ("entry", "unplanned"),
        ("criterion", "z"),
        ("round", 2),
        ("participant_id", "f" * 32),
        ("seminar_id", "another"),
        ("reason", "x" * 1001),
    ],
)
def test_the_database_itself_refuses_what_the_seminar_does_not_have(
    connection: sqlite3.Connection, column: str, value: object
) -> None:
    answer: dict[str, object] = {
        "seminar_id": "s",
        "participant_id": STUDENT,
        "round": 1,
        "entry": "nosaku",
        "criterion": "a",
        "rating": "met",
        "reason": "",
        "answered": "",
    }
    marks = ", ".join("?" for _ in answer)
    sql = f"INSERT INTO answer ({', '.join(answer)}) VALUES ({marks})"
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(sql, tuple((answer | {column: value}).values()))
    connection.execute(sql, tuple(answer.values()))
