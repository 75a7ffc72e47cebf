"""Copies of a notebook: one a day, made by itself; saving what can be read; bringing back.

The copies stand in a folder beside the notebook, `notebook copies/2026-05-01.sqlite`, for
the reader alone. None is ever made of a damaged notebook, and none replaces another.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from casebook import atomic
from casebook.errors import AlreadyThereError, NotebookError, NotFoundError
from casebook.notebook import files, integrity, migrations, sqlite_copy
from casebook.notebook.copy_files import copies_in, folder_of
from casebook.notebook.files import State, now
from casebook.notebook.integrity import DamagedError
from casebook.notebook.store import Notebook
from casebook.regular_file import copy_regular
from casebook.safe_text import made_safe_line

COPIES_KEPT = 7

_ENDINGS = ("", "-wal", "-shm")


class Copy(NamedTuple):
    """A copy that was made.

    Attributes:
        name: its day, `2026-05-01`; `restore` takes it.
        notes: notes and highlights in it; None where it cannot be read.
    """

    name: str
    path: Path
    size: int
    notes: int | None


def keep_daily(notebook: Notebook) -> Path | None:
    """Makes today's copy, unless there is one, and lets go of the oldest beyond seven.

    Returns:
        the copy; None where none was made: there is one, or the notebook is damaged or can
        only be read.

    Raises:
        NotebookError: it could not be made.
    """
    folder = folder_of(notebook.path)
    target = folder / f"{now()[:10]}.sqlite"
    if notebook.state is not State.OPEN or target.exists():
        return None
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        with (
            closing(files.connect(notebook.path)) as source,
            atomic.partial_file(target, private=True) as made,
        ):
            sqlite_copy.copy_to(source, made)
            # What was copied is checked, and not what was there a moment before.
            with closing(files.connect(made)) as copy:
                integrity.check_rows(copy, migrations.latest_version())
            is_placed = sqlite_copy.is_placed(made, target)
    except DamagedError:
        return None
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or "the notebook or the disk does not answer"
        raise NotebookError(
            f"No copy of the notebook could be made in {made_safe_line(str(folder))}: {reason}."
        ) from None
    _prune(folder)
    return target if is_placed else None


def _prune(folder: Path) -> None:
    for path in sorted(copies_in(folder))[:-COPIES_KEPT]:
        path.unlink(missing_ok=True)


def copies(path: Path) -> list[Copy]:
    """The copies of a notebook, the last first."""
    return [
        Copy(made.stem, made, made.stat().st_size, _count(made))
        for made in sorted(copies_in(folder_of(path)), reverse=True)
    ]


def _count(path: Path) -> int | None:
    try:
        with Notebook(path).open() as copy:
            if copy.is_damaged:
                return None
            return int(copy.ask("SELECT count(*) FROM note")[0][0])
    except NotebookError:
        return None


def restore(path: Path, name: str) -> Path | None:
    """Puts a copy in the notebook's place; what stood there is kept beside it.

    Args:
        name: the copy's, as `copies` says it.

    Returns:
        where the notebook that was there is now; None if there was none.

    Raises:
        NotFoundError: there is no such copy.
        NotebookError: the copy is damaged, another window has the notebook open, or it could
            not be done; then nothing has changed.
    """
    wanted = next((copy for copy in copies(path) if copy.name == name), None)
    if wanted is None:
        raise NotFoundError(
            f"There is no copy '{made_safe_line(name)}'; `casebook notes restore` lists them."
        )
    if wanted.notes is None:
        raise NotebookError(f"The copy {wanted.name} is damaged; use another one.")
    try:
        with (
            atomic.partial_file(path, private=True) as made,
            atomic.partial_file(path, private=True) as log,
        ):
            with closing(files.connect(wanted.path)) as source:
                sqlite_copy.copy_to(source, made)
            # SQLite drops what is damaged of a log when it lets go of the file.
            has_log = _is_copied(Path(f"{path}-wal"), log)
            _let_go(path)
            aside = _put_aside(path)
            if aside is not None and has_log:
                sqlite_copy.is_placed(log, aside.with_name(f"{aside.name}-wal"))
            if not sqlite_copy.is_placed(made, path):
                raise NotebookError("Another program has made a notebook in the meantime.")
        return aside
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or "it cannot be written to the disk"
        raise NotebookError(f"The copy {wanted.name} was not restored: {reason}.") from None


def _let_go(path: Path) -> None:
    """Makes sure that no other program has the notebook open.

    Raises:
        NotebookError: one has.
    """
    if not path.exists():
        return
    try:
        with closing(files.connect(path)) as connection:
            connection.execute("PRAGMA busy_timeout = 200")
            # Leaving the write-ahead mode asks for the file alone.
            connection.execute("PRAGMA journal_mode = DELETE").fetchall()
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise NotebookError(
                "The notebook is open in another window; close it, then restore the copy."
            ) from None
        # A damaged one cannot be asked, and is put aside as it is.


def _is_copied(path: Path, target: Path) -> bool:
    """Copies a file; False where there is none, or an empty one."""
    try:
        copy_regular(path, target)
    except FileNotFoundError:
        return False
    return target.stat().st_size > 0


def _put_aside(path: Path) -> Path | None:
    if not path.exists():
        return None
    target = path.with_name(f"{path.stem}.before-{now()[:10]}{path.suffix}")
    for place in sqlite_copy.free_names(target):
        if not any(place.with_name(place.name + ending).exists() for ending in _ENDINGS):
            for ending in reversed(_ENDINGS):
                part = path.with_name(path.name + ending)
                if part.exists():
                    os.rename(part, place.with_name(place.name + ending))
            return place
    raise OSError(17, "no name is free beside it")


class Rescued(NamedTuple):
    """What was saved of a notebook.

    Attributes:
        counts: rows of each table.
        losses: each thing that is damaged or missing, in a sentence.
    """

    counts: dict[str, int]
    losses: Sequence[str]


def rescue(path: Path, target: Path) -> Rescued:
    """Saves every row of a notebook that can be read to a new one.

    Raises:
        AlreadyThereError: there is something at `target`.
        NotebookError: there is nothing to read, or it could not be written.
    """
    # Dear to import, and this module is at every start of a command that writes.
    from casebook.notebook.missing_rows import name_missing
    from casebook.notebook.salvage import salvage

    name = made_safe_line(str(path))
    if os.path.lexists(target):
        raise AlreadyThereError(f"{made_safe_line(str(target))} already exists; name a new file.")
    if not os.path.isfile(path):
        raise NotebookError(f"There is no notebook at {name}.")
    try:
        with files.copied(path) as copy:
            salvaged = salvage(copy)
        name_missing(salvaged, path)
    except OSError as error:
        raise NotebookError(f"{name} cannot be read: {error.strerror}.") from None
    with closing(salvaged.connection) as connection:
        if not any(count for table, count in salvaged.counts.items() if table != "notebook"):
            raise NotebookError(f"Nothing of a notebook can be read in {name}.")
        try:
            atomic.make_folder(target.parent, private=True)
            connection.execute(f"PRAGMA application_id = {files.APPLICATION_ID}")
            with atomic.partial_file(target, private=True) as made:
                sqlite_copy.copy_to(connection, made)
                if not sqlite_copy.is_placed(made, target):
                    raise AlreadyThereError(f"{made_safe_line(str(target))} already exists.")
        except (OSError, sqlite3.Error) as error:
            reason = getattr(error, "strerror", None) or "it cannot be written to the disk"
            raise NotebookError(
                f"{made_safe_line(str(target))} cannot be written: {reason}."
            ) from None
    return Rescued(salvaged.counts, salvaged.losses.sentences)
