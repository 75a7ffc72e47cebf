"""Makes a book of packs. The same packs give the same content, whatever the machine."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy.exc import OperationalError

from casebook.atomic import make_folder, new_file
from casebook.book.checksum import append_checksum
from casebook.book.connection import check_header
from casebook.book.pages import digest_of_content, digest_of_entry
from casebook.errors import AlreadyThereError, BookError
from casebook.pack.account_rows import write_accounts, write_readings
from casebook.pack.book_file import BookFile
from casebook.pack.check import Checker
from casebook.pack.entry_rows import EntryRows
from casebook.pack.problems import PackError, Problems
from casebook.pack.reader import AdditionDraft, EntryDraft, Pack
from casebook.pack.row_writer import RowWriter
from casebook.pack.shared_rows import SharedRows, write_book
from casebook.pack.told_rows import write_told
from casebook.pack.volumes import CheckedPacks, Progress, Volumes, open_volumes


class NotReplacedError(AlreadyThereError, BookError):
    """Where the book is to be stands something that is no book."""


def build_book(
    pack_path: Path, book_path: Path, *, progress: Progress | None = None, force: bool = False
) -> int:
    """Builds the pack at one path into a book at another, and says how many entries it has.

    See `build_volumes`.
    """
    return build_volumes([pack_path], book_path, progress=progress, force=force)


def build_volumes(
    pack_paths: Sequence[Path],
    book_path: Path,
    *,
    on: Path | None = None,
    progress: Progress | None = None,
    force: bool = False,
) -> int:
    """Builds packs, one upon the other, into a book, and says how many entries it has.

    The book is written beside its place and moved there when it is whole; nothing is left
    behind otherwise.

    Args:
        on: a built book whose volumes come below those of the packs.
        force: replace a file that is not a book.

    Raises:
        PackError: a pack has errors; no book is written.
        NotReplacedError: what is there is no book, and `force` is not given.
        CasebookError: there is not a pack, or the book cannot be put in its place.
    """
    refuse_others(book_path, force=force)
    problems = Problems()
    volumes = Volumes(open_volumes(pack_paths, problems, on=on), problems)
    if not volumes.can_be_checked:
        raise PackError(problems)
    with book_file(book_path, problems) as file:
        rows = RowWriter(file)
        checked = volumes.check(progress, RowTaker(rows))
        finish_book(rows, checked, volumes.packs)
    return volumes.entries


def refuse_others(book_path: Path, *, force: bool) -> None:
    """
    Raises:
        NotReplacedError: what is to be replaced is no book, and `force` is not given.
    """
    if os.path.isfile(book_path) and not force:
        try:
            check_header(book_path, any_version=True)
        except BookError as error:
            raise NotReplacedError(f"{error.message} Use --force to replace it.") from None


@contextmanager
def book_file(book_path: Path, problems: Problems) -> Iterator[BookFile]:
    """A book to be written, which is moved to its place when the block has ended well.

    Raises:
        BookError: it cannot be written; nothing is left of it.
    """
    made: list[Path] = []
    try:
        made = make_folder(book_path.parent)
        with new_file(book_path, replace=True) as partial:
            with BookFile(partial, problems) as file:
                yield file
            append_checksum(partial)
            made = []
    except IsADirectoryError:
        raise BookError(f"{book_path} is a folder; name a file.") from None
    except OSError as error:
        raise BookError(f"{book_path} cannot be written: {error.strerror}.") from None
    except (sqlite3.OperationalError, OperationalError) as error:
        raise BookError(f"{book_path} cannot be written: {_reason(error)}.") from None
    finally:
        for folder in made:
            with suppress(OSError):  # somebody else has put something into it
                folder.rmdir()


def _reason(error: sqlite3.OperationalError | OperationalError) -> str:
    """Why SQLite could not write, from its code alone."""
    cause = error.orig if isinstance(error, OperationalError) else error
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    return "the disk is full" if code == sqlite3.SQLITE_FULL else "it cannot be written to the disk"


class RowTaker:
    """Writes the rows of what has been checked."""

    def __init__(self, rows: RowWriter) -> None:
        self.rows = rows
        self.entry_rows = EntryRows(rows)

    def begin(self, checker: Checker) -> None:
        self.rows.begin(checker)
        SharedRows(self.rows, checker).write()

    def entry(self, draft: EntryDraft) -> None:
        self.entry_rows.write(draft)

    def addition(self, draft: AdditionDraft) -> None:
        self.entry_rows.add(draft)


def finish_book(rows: RowWriter, checked: CheckedPacks, packs: Iterable[Pack]) -> None:
    """Writes what spans the files and volumes of a book, and finishes it.

    Raises:
        PackError: a pack has errors.
    """
    problems = rows.file.problems
    if problems:
        raise PackError(problems)
    write_book(rows, [pack.book.form for pack in packs if pack.book])
    write_told(rows, checked.told.statements, checked.told.events, checked.derived)
    write_accounts(rows, checked.accounts)
    write_readings(rows, checked.readings)
    rows.file.finish(digest_of_entry, digest_of_content)
    if problems:
        raise PackError(problems)
