"""Damage that a hostile hand does to a book or a notebook with SQL."""

from __future__ import annotations

import importlib
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from random import Random

from tests.fuzzing.hostile_text import COMMANDS, JSON, NOT_UTF8, PATHS, hostile_text, hostile_value
from tests.fuzzing.hostile_text import word as made_word

_HOLDING_JSON = ("marks", "csl", "citations", "filters", "entries", "value", "touched", "target")
_NAMES = ("slug", "key", "book", "entry", "kind", "rating", "role", "block")
_ESCAPES = tuple(COMMANDS.values())


def _columns(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Every table, column and declared type but for those of the index."""
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND name NOT LIKE 'find_text%' AND name <> 'find_word'"
    ).fetchall()
    return [
        (table, column, kind)
        for (table,) in tables
        for _, column, kind, *_ in connection.execute(f'PRAGMA table_info("{table}")')
    ]


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    return connection


def _set(
    connection: sqlite3.Connection, random: Random, table: str, column: str, value: object
) -> None:
    """Gives some of the rows of a table a value, as far as its constraints let it."""
    count = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
    where = "" if random.random() < 0.1 else f" LIMIT 1 OFFSET {random.randrange(max(count, 1))}"
    placed = "CAST(? AS TEXT)" if isinstance(value, bytes) and random.random() < 0.7 else "?"
    with suppress(sqlite3.Error, UnicodeEncodeError):
        # Tables WITHOUT ROWID fail here, and stay as they are.
        connection.execute(
            f'UPDATE OR IGNORE "{table}" SET "{column}" = {placed}'
            f' WHERE rowid IN (SELECT rowid FROM "{table}"{where})',
            (value,),
        )


def odd_values(path: Path, random: Random) -> None:
    """Wrong types, bad UTF-8, hostile texts and absurd numbers in some cells."""
    with closing(_open(path)) as connection:
        columns = _columns(connection)
        for _ in range(random.choice((1, 1, 3, 20))):
            table, column, _ = random.choice(columns)
            _set(connection, random, table, column, hostile_value(random))


def names(path: Path, random: Random) -> None:
    """Slugs that are paths, keys with newlines, kinds that nobody knows."""
    with closing(_open(path)) as connection:
        columns = [one for one in _columns(connection) if one[1] in _NAMES]
        for _ in range(random.choice((1, 2, 5))):
            table, column, _ = random.choice(columns)
            value = random.choice((*PATHS, "unknown", "a\x1b]0;x\x07b", "é" * 300, "UPPER", " "))
            _set(connection, random, table, column, value)


def json_columns(path: Path, random: Random) -> None:
    """JSON that brings escapes back, points out of range, or is none."""
    with closing(_open(path)) as connection:
        columns = [one for one in _columns(connection) if one[1] in _HOLDING_JSON]
        for _ in range(random.choice((1, 2, 5))):
            table, column, _ = random.choice(columns)
            _set(connection, random, table, column, random.choice(JSON))


def dangling(path: Path, random: Random) -> None:
    """Numbers that point to nothing, to themselves, or anywhere."""
    with closing(_open(path)) as connection:
        columns = [one for one in _columns(connection) if "INT" in one[2].upper()]
        for _ in range(random.choice((1, 2, 10))):
            table, column, _ = random.choice(columns)
            value = random.choice((0, 1, 2, -1, 999_999, 2**62, -(2**63)))
            _set(connection, random, table, column, value)


def nulls(path: Path, random: Random) -> None:
    """NULL where the schema forbids it: the schema looks away for a moment."""
    with closing(_open(path)) as connection:
        columns = _columns(connection)
        table = random.choice(columns)[0]
        mine = [column for name, column, _ in columns if name == table]
        sql = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()[0]
    _write_schema(path, table, re.sub(r"(?<!IS) NOT NULL", "", sql))
    with closing(_open(path)) as connection:
        for column in random.sample(mine, min(len(mine), random.choice((1, 2)))):
            _set(connection, random, table, column, None)
    _write_schema(path, table, sql)


def lost_rows(path: Path, random: Random) -> None:
    """Rows that are no more."""
    with closing(_open(path)) as connection:
        table = random.choice(_columns(connection))[0]
        share = random.choice((1, 2, 5))
        with suppress(sqlite3.Error):
            connection.execute(
                f'DELETE FROM "{table}" WHERE rowid % {share} = {random.randrange(share)}'
            )


def escapes_everywhere(path: Path, random: Random) -> None:
    """One of four escapes at the end of every text of every row, raw or as JSON has it."""
    with closing(_open(path)) as connection:
        for table, column, kind in _columns(connection):
            if "CHAR" not in kind.upper() or column in (*_NAMES, "content_hash", "uid"):
                continue
            if column in _HOLDING_JSON:
                _escape_json(connection, random, table, column)
                continue
            with suppress(sqlite3.Error):
                connection.execute(
                    f'UPDATE OR IGNORE "{table}" SET "{column}" = "{column}" || ?',
                    (random.choice(_ESCAPES),),
                )


def _escape_json(connection: sqlite3.Connection, random: Random, table: str, column: str) -> None:
    escaped = random.choice(("\\u001b]0;x\\u0007", "\\u009b31m", "\\u202e", "\\u0000"))
    with suppress(sqlite3.Error):
        rows = connection.execute(f'SELECT rowid, "{column}" FROM "{table}"').fetchall()
        for row, value in rows:
            if isinstance(value, str):
                changed = value.replace('"]', f'{escaped}"]').replace('",', f'{escaped}",', 1)
                connection.execute(
                    f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (changed, row)
                )


def giants(path: Path, random: Random) -> None:
    """A text of megabytes in one cell: one word, blanks, or controls."""
    with closing(_open(path)) as connection:
        columns = [one for one in _columns(connection) if "CHAR" in one[2].upper()]
        table, column, _ = random.choice(columns)
        unit = random.choice(("w", "word ", "\x1b", "\u0301", "\n", "日", "[", "- a\n"))
        _set(connection, random, table, column, unit * random.choice((50_000, 1_000_000)))


def schema(path: Path, random: Random) -> None:
    """Views, triggers, generated columns, odd names and nonsense in the schema itself."""
    with closing(_open(path)) as connection:
        table, column, _ = random.choice(_columns(connection))
        sql = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()[0]
        endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
        odd = random.choice((*_ESCAPES, *PATHS)).replace('"', "").replace("\x00", "")
        choice = random.randrange(8)
        try:
            if choice == 0:
                connection.execute(f'ALTER TABLE "{table}" RENAME TO "{made_word(random)}"')
                connection.execute(f'CREATE VIEW "{table}" AS {endless}')
            elif choice == 1:
                victim = random.choice(_columns(connection))[0]
                connection.execute(
                    f'CREATE TRIGGER "{made_word(random)}" AFTER INSERT ON "{table}"'
                    f' BEGIN DELETE FROM "{victim}"; END'
                )
            elif choice == 2:
                connection.execute(f'CREATE TABLE "{odd or "t"}" (a)')
            elif choice == 3:
                connection.execute(f'ALTER TABLE "{table}" RENAME COLUMN "{column}" TO "{odd}"')
            elif choice == 4:
                connection.execute(
                    f'ALTER TABLE "{table}" ADD COLUMN "{made_word(random)}" AS ({endless[:0]}1)'
                )
            elif choice == 5:
                connection.execute(f'DROP TABLE "{table}"')
            elif choice == 6:
                connection.execute(f'CREATE VIEW "{made_word(random)}" AS {endless}')
        except sqlite3.Error:
            choice = 7
    if choice == 7:
        changed = random.choice(
            (
                sql.replace("VARCHAR", "BLOB", 1),
                sql[: random.randrange(len(sql))],
                sql.replace(column, hostile_text(random), 1),
                sql + " -- " + "x" * random.choice((1, 100_000)),
                "CREATE TABLE",
                odd,
            )
        )
        _write_schema(path, table, changed)


def _write_schema(path: Path, table: str, sql: str | bytes) -> None:
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as connection,
        suppress(sqlite3.Error),
    ):
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (sql, table))


def spoilt_schema(path: Path, random: Random) -> None:
    """One byte of the schema that is no UTF-8."""
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as connection,
        suppress(sqlite3.Error),
    ):
        connection.execute("PRAGMA writable_schema = ON")
        name, sql = random.choice(
            connection.execute(
                "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
            ).fetchall()
        )
        data = sql.encode()
        at = data.find(b"\n") + 1
        bad = data[:at] + random.choice(NOT_UTF8) + data[at:]
        connection.execute(
            "UPDATE sqlite_master SET sql = CAST(? AS TEXT) WHERE name = ?", (bad, name)
        )


def version(path: Path, random: Random) -> None:
    """Another version or another kind of file than it is."""
    with closing(_open(path)) as connection:
        name = random.choice(("user_version", "user_version", "application_id"))
        connection.execute(f"PRAGMA {name} = {random.choice((0, 1, 2, 3, 99, -1, 2**31 - 1))}")


def journal(path: Path, random: Random) -> None:
    """The other journal mode, or another encoding of the page."""
    with closing(_open(path)) as connection:
        connection.execute(f"PRAGMA journal_mode = {random.choice(('WAL', 'DELETE', 'PERSIST'))}")


Damage = Callable[[Path, Random], None]
BY_SQL: tuple[Damage, ...] = (
    odd_values,
    odd_values,
    odd_values,
    names,
    names,
    json_columns,
    json_columns,
    dangling,
    nulls,
    lost_rows,
    giants,
    schema,
    spoilt_schema,
    version,
    journal,
    escapes_everywhere,
)


def sign(path: Path) -> None:
    """Makes the hashes of a book those of its rows: a stranger's book, not a damaged one."""
    from casebook.book import pages

    with suppress(Exception), closing(_open(path)) as connection:
        keys = connection.execute("SELECT id FROM entry").fetchall()
        for (key,) in keys:
            # Hashes are made over texts as they are read.
            with closing(sqlite3.connect(path)) as reading:
                digest = pages.digest_of_entry(reading, key)
            connection.execute("UPDATE entry SET content_hash = ? WHERE id = ?", (digest, key))
        with closing(sqlite3.connect(path)) as reading:
            digest = pages.digest_of_content(reading)
        connection.execute("UPDATE book SET content_hash = ?", (digest,))
    sign_file(path)


def sign_file(path: Path) -> None:
    """Gives a book a checksum that fits, where books have one behind their pages."""
    try:
        checksum = importlib.import_module("casebook.book.checksum")
    except ImportError:
        return
    data = path.read_bytes()
    path.write_bytes(data[: len(data) - len(data) % 512])
    with suppress(Exception):
        checksum.append_checksum(path)
