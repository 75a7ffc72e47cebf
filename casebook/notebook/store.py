"""The open notebook: asking it, and writing to it so that nothing confirmed is ever lost."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from casebook.errors import NotebookError
from casebook.notebook import checked_files, files, integrity, migrations
from casebook.notebook.files import State
from casebook.notebook.integrity import DamagedError
from casebook.notebook.writing import Row, Writing
from casebook.safe_text import made_safe_line

_ROUNDS = 10
"""Tries to make a new notebook before giving up."""

_LOOKS = 20
"""Looks at a file that others write meanwhile; one that stays as it is gets two."""

CHECK_SECONDS = 10.0
"""After this the check of a notebook is given up."""

LONGEST_QUERY_SECONDS = 10.0
"""After this a query is given up; none of Casebook's own needs so long."""

_STEPS_BETWEEN_LOOKS = 200_000
"""Virtual machine steps between two looks at the clock, some milliseconds."""

WAYS_OUT = (
    "`casebook notes rescue` saves what can be read, and `casebook notes restore` brings back"
    " one of the copies that Casebook has made."
)


class ChangedElsewhereError(NotebookError):
    """What was to be changed has been changed by another window since it was read."""


class Notebook:
    """A reader's notebook. Threads may share it; close it or use it as a context manager.

    A notebook that is not there is an empty one; the first thing kept makes the file.
    Reading and writing have a connection each, so that a screen is drawn while a write
    waits for another program.

    Attributes:
        path: the file.
        state: what can be done with it.
        trouble: why it can only be read, in a sentence; else empty.
        copy: where the notebook was copied to before it was brought up to date.
        is_damaged: it is not as Casebook wrote it; what can be read of it is shown.
        losses: each thing that is damaged or missing, in a sentence.
        has_written: something has been kept since it was opened.
        is_in_use: another program did not let go of it when it was opened; the first write
            after that has let go opens it.
    """

    def __init__(self, path: Path) -> None:
        # What is made where a link leads must be the reader's alone, too.
        self.path = _link_followed(path)
        self.state = State.ABSENT
        self.trouble = ""
        self.copy: Path | None = None
        self.is_damaged = False
        self.losses: tuple[str, ...] = ()
        self.has_written = False
        self.is_in_use = False
        self.window = uuid.uuid4().hex
        self._reader: sqlite3.Connection | None = None
        self._writer: sqlite3.Connection | None = None
        self._reading = threading.RLock()
        self._writing = threading.RLock()
        self._deadline = 0.0
        self._others_changes = 0
        self._file: tuple[int, int] | None = None

    def open(self) -> Notebook:
        """Opens the file, if there is one, and checks that it is whole.

        One that is damaged is opened all the same, to be read as far as that can be.

        Raises:
            NotebookError: there is something that is no notebook, or that cannot be read. The
                notebook is then an empty one that takes nothing.
        """
        self.is_in_use, self.trouble = False, ""
        try:
            return self._open()
        except NotebookError as error:
            self.state, self.trouble = State.READ_ONLY, error.message
            raise

    def _open(self) -> Notebook:
        try:
            version = self._checked_version()
            if version == 0:
                self.state = State.ABSENT
                return self
            latest = migrations.latest_version()
            if version > latest:
                self._open_to_read(
                    f"The notebook is of version {version}, made by a newer Casebook; this one"
                    f" writes version {latest}. It can be read, and is left as it is."
                )
                return self
            self._open_to_write(version)
        except DamagedError as error:
            self._open_salvaged(str(error))
        except (OSError, sqlite3.Error) as error:
            if _is_damage(error):
                self._open_salvaged("its pages are not in order")
            elif _is_waiting(error):
                self.is_in_use = True
                raise NotebookError(f"{self._words_for(error)} Try again in a moment.") from None
            else:
                self._open_to_read(f"{self._words_for(error)} It can only be read.")
        return self

    def _checked_version(self) -> int:
        """The version of the file; its schema is then a notebook's. 0 if there is no file."""
        for look in range(1, _LOOKS + 1):
            before = files.stamps(self.path)
            try:
                version = files.look_at(self.path)
                if version:
                    integrity.check_schema(self.path, version)
                return version
            except (DamagedError, FileNotFoundError):
                # Another window may have been writing, or closing it, while we looked.
                was_still = files.stamps(self.path) == before
                if look == _LOOKS or (look > 1 and was_still):
                    raise
                time.sleep(0.05)
        raise AssertionError

    def _open_to_write(self, version: int) -> None:
        if version < migrations.latest_version():
            self.copy = files.migrate(self.path, version)
        self._drop_connections()
        writer = files.connect(self.path)
        try:
            if writer.execute("PRAGMA user_version").fetchone()[0] > migrations.latest_version():
                raise NotebookError("The notebook has been brought up to date by a newer Casebook.")
            # A file or folder that may not be written shows itself here, and not at the
            # first note.
            writer.execute("BEGIN IMMEDIATE")
            writer.execute("ROLLBACK")
            reader = files.only_read(files.connect(self.path))
        except BaseException:
            writer.close()
            raise
        try:
            self._watch(reader, CHECK_SECONDS)
            self._others_changes = _changes_of_others(writer)
            if not checked_files.was_whole(self.path):
                stamp = checked_files.stamp_of(self.path)
                integrity.check_rows(reader, migrations.latest_version())
                checked_files.remember(self.path, stamp)
        except BaseException:
            writer.close()
            reader.close()
            raise
        if not os.access(self.path, os.W_OK):
            writer.close()
            reader.close()
            raise PermissionError(13, "Permission denied", str(self.path))
        self._file = _file_at(self.path)
        self._writer, self._reader, self.state = writer, reader, State.OPEN

    def _open_to_read(self, trouble: str) -> None:
        try:
            reader = files.read_copy(self.path)
            self._watch(reader, CHECK_SECONDS)
            version = reader.execute("PRAGMA user_version").fetchone()[0]
            integrity.check_rows(reader, version)
            if version < migrations.latest_version():
                files.bring_up_to_date(reader, version)
        except DamagedError as error:
            self._open_salvaged(str(error))
            return
        except (OSError, sqlite3.Error) as error:
            raise NotebookError(self._words_for(error)) from None
        self._drop_connections()
        self._reader, self.state, self.trouble = reader, State.READ_ONLY, trouble

    def _open_salvaged(self, damage: str) -> None:
        """Opens what can be read of a damaged notebook."""
        from casebook.notebook.missing_rows import name_missing
        from casebook.notebook.salvage import salvage

        try:
            with files.copied(self.path) as copy:
                salvaged = salvage(copy)
            name_missing(salvaged, self.path)
        except OSError as error:
            raise NotebookError(self._words_for(error)) from None
        self._drop_connections()
        self._reader, self.state = files.only_read(salvaged.connection), State.READ_ONLY
        self.is_damaged, self.losses = True, tuple(salvaged.losses.sentences)
        lost = "Nothing in it is lost" if not self.losses else "What can be read of it is shown"
        self.trouble = (
            f"The notebook {self.name} is damaged: {damage}. {lost}, and the file is left as it"
            f" is. {WAYS_OUT}"
        )

    def _watch(self, reader: sqlite3.Connection, seconds: float) -> None:
        """Gives up queries of a connection that take too long."""
        self._deadline = time.monotonic() + seconds
        reader.set_progress_handler(
            lambda: int(time.monotonic() > self._deadline), _STEPS_BETWEEN_LOOKS
        )

    def _make(self) -> None:
        """Makes the file for the first thing to keep."""
        for _ in range(_ROUNDS):
            try:
                files.make(self.path)
                break
            except sqlite3.OperationalError as error:
                if not _is_waiting(error):
                    raise
        version = files.look_at(self.path)
        self._open_to_write(version)

    @property
    def takes_writes(self) -> bool:
        """Whether something can be kept, for all that is known before it is tried."""
        return self.state is not State.READ_ONLY

    @property
    def name(self) -> str:
        return made_safe_line(str(self.path))

    @property
    def uid(self) -> str:
        """The name that the notebook has had since it was made; empty while there is none."""
        rows = self.ask("SELECT uid FROM notebook")
        return str(rows[0][0]) if rows else ""

    def check(self) -> str:
        """Whether the file was whole when it was opened: `ok` or `damaged`."""
        return "damaged" if self.is_damaged else "ok"

    # Asking

    def ask(self, sql: str, parameters: Iterable[Any] = ()) -> list[Row]:
        """All rows of a query; none while there is no notebook.

        Raises:
            NotebookError: the file cannot be read.
        """
        with self._reading:
            if self._reader is None:
                return []
            self._deadline = time.monotonic() + LONGEST_QUERY_SECONDS
            try:
                return self._reader.execute(sql, tuple(parameters)).fetchall()
            except (sqlite3.Error, OverflowError, MemoryError) as error:
                raise NotebookError(self._words_for(error)) from None

    # Writing

    @contextlib.contextmanager
    def writing(self, words: str = "") -> Iterator[Writing]:
        """A transaction: when the block is left without an error, all in it is on the disk.

        Args:
            words: what the reader did, for undoing; empty for what is not undone (where
                the reader stopped, say).

        Raises:
            NotebookError: it could not be written, and nothing of it was.
        """
        with self._writing:
            if self.is_in_use:
                with contextlib.suppress(NotebookError):
                    self.open()
            if self.state is State.READ_ONLY:
                raise NotebookError(f"Nothing was saved. {self.trouble}")
            try:
                if self.state is State.ABSENT:
                    self._make()
                assert self._writer is not None
                self._check_place()
                self._writer.execute("BEGIN IMMEDIATE")
            except (OSError, sqlite3.Error) as error:
                raise NotebookError(f"Nothing was saved. {self._words_for(error)}") from None
            try:
                writing = Writing(self._writer, self.window)
                yield writing
                writing.finish(words)
                self._writer.execute("COMMIT")
                self.has_written = True
            except (OSError, sqlite3.Error, OverflowError) as error:
                raise NotebookError(f"Nothing was saved. {self._words_for(error)}") from None
            finally:
                self._roll_back()

    def _check_place(self) -> None:
        """Makes sure that what is written is found again.

        Raises:
            NotebookError: another program has moved, deleted or replaced the open file.
        """
        if _file_at(self.path) != self._file:
            raise NotebookError(
                f"Nothing was kept. The notebook {self.name} was moved, deleted or replaced by"
                " another program while it was open. Leave Casebook and start it again."
            )

    def _roll_back(self) -> None:
        """Ends what is still open; SQLite itself has done so on some failures."""
        if self._writer is not None and self._writer.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                self._writer.execute("ROLLBACK")

    def _words_for(self, error: Exception) -> str:
        """A failure of the file in a sentence."""
        name = getattr(error, "sqlite_errorname", "")
        if isinstance(error, NotebookError):
            return error.message
        if name == "SQLITE_FULL":
            return f"The disk with the notebook {self.name} is full."
        if _is_waiting(error):
            return f"The notebook {self.name} is in use by another program."
        if name.startswith(("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH")):
            return f"You may not write to the notebook {self.name}."
        if name.startswith("SQLITE_CANTOPEN"):
            return f"The notebook {self.name} cannot be opened or created."
        if name.startswith("SQLITE_IOERR"):
            return f"The notebook {self.name} cannot be written: its disk is full or failing."
        if _is_damage(error):
            return f"The notebook {self.name} is damaged. It is left as it is. {WAYS_OUT}"
        if name.startswith("SQLITE_INTERRUPT"):
            return f"The notebook {self.name} takes too long to read."
        if isinstance(error, MemoryError):
            return f"There is not enough memory to read the notebook {self.name}."
        if isinstance(error, OSError):
            why = error.strerror or "the reason is not known"
            return f"The notebook {self.name} cannot be written: {why}."
        # SQLite's own words may quote what stands in the file.
        return f"The notebook {self.name} cannot be used ({name or 'not a value for it'})."

    # Closing

    def close(self) -> None:
        with self._writing, self._reading:
            is_known = self.has_written and self._alone_has_written()
            self._drop_connections()
            if is_known:
                checked_files.remember_written(self.path)

    def _alone_has_written(self) -> bool:
        """Whether nobody else has changed the notebook since it was checked."""
        try:
            return (
                self._writer is not None
                and _changes_of_others(self._writer) == self._others_changes
            )
        except sqlite3.Error:
            return False

    def _drop_connections(self) -> None:
        for connection in (self._reader, self._writer):
            if connection is not None:
                with contextlib.suppress(sqlite3.Error):
                    connection.close()
        self._reader = self._writer = None

    def __enter__(self) -> Notebook:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_notebook(path: Path) -> Notebook:
    """Opens a notebook; one that is not there yet is empty.

    Raises:
        NotebookError: there is something that is no notebook, or that is damaged.
    """
    return Notebook(path).open()


def _changes_of_others(connection: sqlite3.Connection) -> int:
    """A number that changes when another connection has changed the file."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _is_waiting(error: Exception) -> bool:
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def _is_damage(error: Exception) -> bool:
    name = getattr(error, "sqlite_errorname", "")
    return name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def _file_at(path: Path) -> tuple[int, int] | None:
    """Which file stands at a path; None where there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _link_followed(path: Path) -> Path:
    """Where a link leads, be there something or not; a path that is no link stays as it is."""
    try:
        return Path(os.path.realpath(path)) if path.is_symlink() else path
    except (OSError, ValueError):
        return path
