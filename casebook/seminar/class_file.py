"""Opens `class.sqlite`: a file is looked at before SQLite is, and its schema before its rows."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from casebook.atomic import new_file
from casebook.errors import CasebookError
from casebook.safe_text import made_safe, made_safe_line
from casebook.sqlite_errors import words_of
from casebook.sqlite_file import SqliteFileError, is_schema, read_header, schema_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from casebook.seminar.class_values import ClassRecord

APPLICATION_ID = 0x4362436C
"""`CbCl` in ASCII, at byte 68 of the file."""

VERSION = 1
"""`user_version`, at byte 60 of the file."""

PATIENCE = 5.0
"""Seconds that a write waits for another program to finish its own."""

_PRAGMAS = ("foreign_keys = ON", "trusted_schema = OFF", "cell_size_check = ON")
_LIMITS = (
    (sqlite3.SQLITE_LIMIT_LENGTH, 1_000_000),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 0),
    (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
)


class ClassFileError(CasebookError):
    """The file is no class, or cannot be read or written; the message says why."""


def _statements() -> list[str]:
    text = (Path(__file__).parent / "class.sql").read_text(encoding="utf-8")
    return [part.strip() for part in text.split(";\n") if part.strip()]


def make_class(path: Path) -> None:
    """Makes an empty class, for its owner's eyes alone.

    Raises:
        ClassFileError: something is there, or it cannot be written.
    """
    name = made_safe_line(str(path))
    try:
        with (
            new_file(path, private=True) as partial,
            closing(sqlite3.connect(partial, isolation_level=None)) as connection,
        ):
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
            for statement in _statements():
                connection.execute(statement)
            connection.close()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise ClassFileError(f"{name} cannot be written: {reason}.") from None
    except sqlite3.Error as error:
        raise ClassFileError(f"{name} cannot be written: {words_of(error)}.") from None


def check_class(path: Path) -> None:
    """Looks at a file without SQLite.

    Raises:
        ClassFileError: it is not a class that this program can read.
    """
    name = made_safe_line(str(path))
    try:
        header = read_header(path, "class")
        if header is None or header.application_id != APPLICATION_ID:
            raise ClassFileError(
                f"{name} is not a class; `casebook class collect` makes one of files of answers."
            )
        if header.user_version != VERSION:
            raise ClassFileError(
                f"{name} is a class of version {header.user_version}; this program reads version"
                f" {VERSION}."
            )
        if header.is_wal or header.is_cut_short:
            raise ClassFileError(f"{name} is damaged: part of the file is missing.")
        schema = schema_of(path, header)
    except FileNotFoundError:
        raise ClassFileError(
            f"There is no class at {name}; `casebook class collect` makes one of files of answers."
        ) from None
    except SqliteFileError as error:
        raise ClassFileError(f"{name} {error.words}.") from None
    except OSError as error:
        raise ClassFileError(f"{name} cannot be read: {error.strerror}.") from None
    if not is_schema(schema, _statements()):
        raise ClassFileError(f"{name} calls itself a class, but its tables are not those of one.")


@contextlib.contextmanager
def opened_class(path: Path, *, to_write: bool = False) -> Iterator[Connection]:
    """A transaction on a class: when the block is left without an error, all in it is kept.

    Raises:
        ClassFileError: it is not a class, or cannot be read or written; nothing has changed.
    """
    check_class(path)
    from sqlalchemy import create_engine, event
    from sqlalchemy.exc import SQLAlchemyError
    from sqlalchemy.pool import NullPool

    engine = create_engine(
        "sqlite://", creator=lambda: _connect(path, to_write=to_write), poolclass=NullPool
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if to_write else "BEGIN")

    try:
        with engine.begin() as connection:
            yield connection
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise ClassFileError(_told(path, error)) from None
    except (KeyError, LookupError, OverflowError, MemoryError):
        # A word that is none of its list: the file was changed by another program.
        raise ClassFileError(f"{made_safe_line(str(path))} is damaged.") from None
    finally:
        engine.dispose()


def _connect(path: Path, *, to_write: bool) -> sqlite3.Connection:
    mode = "rw" if to_write else "ro"
    uri = f"file:{quote(os.fsencode(os.path.abspath(path)))}?mode={mode}"
    connection = sqlite3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=PATIENCE
    )
    for limit, value in _LIMITS:
        connection.setlimit(limit, value)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.text_factory = _safe_text
    return connection


def _safe_text(data: bytes) -> str:
    return made_safe(data.decode("utf-8", "replace"))


def _told(path: Path, error: Any) -> str:
    name = made_safe_line(str(path))
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, sqlite3.IntegrityError):
        return f"{name} could not be changed: what was to be written does not fit its seminar."
    words = words_of(cause) if isinstance(cause, sqlite3.Error) else "its tables are damaged"
    return f"{name} could not be read or written: {words}."


def read_class(path: Path) -> ClassRecord:
    """Everything in a class.

    Raises:
        ClassFileError: it is not a class, or cannot be read.
    """
    with opened_class(path) as connection:
        from casebook.seminar import class_store

        return class_store.record(
            connection, only_seminar(path, class_store.seminar_ids(connection))
        )


def only_seminar(path: Path, seminars: list[str]) -> str:
    """The seminar of a file, which has one.

    Raises:
        ClassFileError: it has none, or several.
    """
    if len(seminars) != 1:
        raise ClassFileError(
            f"{made_safe_line(str(path))} is damaged: it does not hold exactly one seminar."
        )
    return seminars[0]


def set_revealed(path: Path, items: list[str], *, wanted: bool) -> ClassRecord:
    """Keeps what the class has been shown, or that it has not been shown it after all.

    Raises:
        ClassFileError: it is not a class, or cannot be written.
    """
    with opened_class(path, to_write=True) as connection:
        from casebook.seminar import class_store

        seminar = only_seminar(path, class_store.seminar_ids(connection))
        class_store.set_revealed(connection, seminar, items, wanted=wanted)
        return class_store.record(connection, seminar)
