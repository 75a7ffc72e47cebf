"""Opens a notebook: the file is looked at before SQLite is, and made only when it is needed."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

from casebook import atomic
from casebook.errors import NotebookError
from casebook.notebook import migrations, row_digests, sqlite_copy, upgrade
from casebook.notebook.integrity import DamagedError, check_rows
from casebook.regular_file import copy_regular, read_regular
from casebook.safe_text import made_safe, made_safe_line
from casebook.sqlite_file import HEADER_SIZE, SqliteFileError, read_header
from casebook.temporary import temporary_folder

APPLICATION_ID = 0x43617342
"""`CasB`, at byte 68 of the file: a notebook is no book."""

LONGEST_TEXT = 1_000_000
"""Characters of a text that are shown; a note has fewer."""

PATIENCE = 5.0
"""Seconds that a write waits for another program to finish its own."""

_SETTINGS = (
    "foreign_keys = ON",
    "synchronous = FULL",
    "secure_delete = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
)
_LIMITS = (
    (sqlite3.SQLITE_LIMIT_LENGTH, 64 * 1024 * 1024),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 0),
    (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
)


class State(StrEnum):
    """What can be done with a notebook."""

    ABSENT = "absent"
    """There is none; the first thing kept makes it."""
    OPEN = "open"
    READ_ONLY = "read-only"


def now() -> str:
    """The time as a notebook writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def look_at(path: Path) -> int:
    """Looks at a file without SQLite and says the version of its tables, 0 for none.

    Raises:
        NotebookError: there is something that is no notebook, or that cannot be read.
        DamagedError: it is a notebook, but not a whole one.
    """
    name = made_safe_line(str(path))
    try:
        header = read_header(path, "notebook")
    except FileNotFoundError:
        return 0
    except SqliteFileError as error:
        raise _header_error(path, error) from None
    has_log = _has_content(_beside(path, "-wal"))
    if header is None:
        if has_log:
            raise DamagedError("it is empty except for its log")
        return 0
    if header.application_id != APPLICATION_ID:
        raise NotebookError(
            f"{name} is an SQLite file, but not a notebook of Casebook. {_IF_IT_WAS_ONE}"
        )
    if not has_log and header.is_cut_short:
        raise DamagedError("it is cut short")
    if header.user_version == 0:
        # A notebook is made whole, so there is none of no version.
        raise DamagedError("its version is missing")
    return header.user_version


def _header_error(path: Path, error: SqliteFileError) -> Exception:
    """What a header that cannot be read means: no notebook at all, or a damaged one."""
    name = made_safe_line(str(path))
    if not path.is_file():
        return NotebookError(f"{name} {error.words}.")
    try:
        data = read_regular(path, HEADER_SIZE)
    except OSError:
        return NotebookError(f"The notebook {name} {error.words}.")
    if len(data) == HEADER_SIZE and data.startswith(_MAGIC):
        return DamagedError("its header is not that of a notebook")
    return NotebookError(f"{name} {error.words}. {_IF_IT_WAS_ONE}")


_MAGIC = b"SQLite format 3\x00"
_IF_IT_WAS_ONE = "If it was one, `casebook notes rescue` saves what can be read."


def _beside(path: Path, ending: str) -> Path:
    return Path(f"{path}{ending}")


def _has_content(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def connect(path: Path) -> sqlite3.Connection:
    """A connection that may write. The file exists, and is never made here."""
    uri = f"file:{quote(os.fsencode(os.path.abspath(path)))}?mode=rw"
    connection = sqlite3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=PATIENCE
    )
    for limit, value in _LIMITS:
        connection.setlimit(limit, value)
    for setting in _SETTINGS:
        connection.execute(f"PRAGMA {setting}")
    connection.text_factory = _safe_text
    return connection


def _safe_text(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    if len(text) > LONGEST_TEXT and not text.isprintable():
        # Making it safe would take long, and Casebook wrote nothing of the kind.
        text = text[:LONGEST_TEXT]
    return made_safe(text)


def make(path: Path) -> None:
    """Makes an empty notebook, readable by its owner alone, unless one is there already.

    It is made beside its place and put there whole, so that no one ever meets half of it.

    Raises:
        OSError, sqlite3.Error: it could not be made.
    """
    atomic.make_folder(path.parent, private=True)
    with atomic.partial_file(path, private=True) as made:
        connection = sqlite3.connect(made, isolation_level=None)
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            upgrade.apply_steps(connection, 0)
            put_info(connection)
            connection.execute("COMMIT")
            connection.execute("PRAGMA journal_mode = WAL")
        finally:
            connection.close()
        if path.exists() and not _has_content(path):
            os.replace(made, path)
        else:
            sqlite_copy.is_placed(made, path)


def put_info(connection: sqlite3.Connection) -> None:
    """Writes the row about the notebook itself, within the transaction that is open."""
    row = row_digests.complete_row("notebook", {"uid": uuid.uuid4().hex, "created": now()})
    columns = ", ".join(row)
    marks = ", ".join("?" for _ in row)
    connection.execute(
        f"INSERT INTO notebook (id, {columns}) VALUES (1, {marks})", tuple(row.values())
    )


def migrate(path: Path, version: int) -> Path | None:
    """Brings an older notebook up to date, after a copy of it has been put beside it.

    Returns:
        the copy; None where another program was quicker and nothing was left to do.

    Raises:
        OSError, sqlite3.Error: it could not be done; the notebook is as it was.
        DamagedError: it is not whole, and was left as it was.
    """
    connection = connect(path)
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version >= migrations.latest_version():
                connection.execute("ROLLBACK")
                return None
            with_copy = connect(path)
            try:
                # What is damaged must not be given digests that call it whole.
                check_rows(with_copy, version)
                target = path.with_name(f"{path.stem}.version-{version}{path.suffix}")
                copy = sqlite_copy.back_up(with_copy, target)
            finally:
                with_copy.close()
            upgrade.apply_steps(connection, version)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return copy
    finally:
        connection.close()


@contextmanager
def copied(path: Path) -> Iterator[Path]:
    """A copy of a notebook, its log and what is known of that, gone afterwards.

    Nothing is written at their place.

    Raises:
        OSError: it cannot be read.
    """
    with temporary_folder() as folder:
        copy = folder / "notebook.sqlite"
        for _ in range(3):
            before = stamps(path)
            copy_regular(path, copy)
            for ending in ("-shm", "-wal"):
                _beside(copy, ending).unlink(missing_ok=True)
                with contextlib.suppress(FileNotFoundError):
                    copy_regular(_beside(path, ending), _beside(copy, ending))
            if stamps(path) == before:
                break
            time.sleep(0.05)
        yield copy


def read_copy(path: Path) -> sqlite3.Connection:
    """A notebook's content in memory, read without a byte being written at its place.

    Raises:
        OSError, sqlite3.Error: it cannot be read.
    """
    with copied(path) as copy:
        source = connect(copy)
        memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        try:
            source.backup(memory)
        finally:
            source.close()
    memory.execute("PRAGMA trusted_schema = OFF")
    return only_read(memory)


def bring_up_to_date(copy: sqlite3.Connection, version: int) -> None:
    """Gives a copy in memory the tables of today, so that all can be asked of it.

    Where a step fails it stays as it is: what it has can be read all the same.
    """
    copy.execute("PRAGMA query_only = OFF")
    copy.execute("BEGIN")
    try:
        upgrade.apply_steps(copy, version)
        copy.execute("COMMIT")
    except sqlite3.Error:
        copy.execute("ROLLBACK")
    copy.execute("PRAGMA query_only = ON")


def only_read(connection: sqlite3.Connection) -> sqlite3.Connection:
    """A connection that writes nothing from now on, and whose texts are safe to show."""
    connection.execute("PRAGMA query_only = ON")
    connection.text_factory = _safe_text
    return connection


def stamps(path: Path) -> list[tuple[int, int]]:
    """Size and time of change of the file and of its log."""
    found = []
    for file in (path, _beside(path, "-wal")):
        try:
            status = file.stat()
        except FileNotFoundError:
            continue
        found.append((status.st_size, status.st_mtime_ns))
    return found
