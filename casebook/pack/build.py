"""Makes a book of a pack. The same pack gives the same content, whatever the machine."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from sqlalchemy.exc import OperationalError

from casebook.atomic import make_folder, new_file
from casebook.book.checksum import append_checksum
from casebook.book.connection import check_header
from casebook.book.pages import digest_of_content, digest_of_entry
from casebook.errors import AlreadyThereError, BookError
from casebook.pack.book_file import BookFile
from casebook.pack.check import Checker, Progress
from casebook.pack.entry_rows import EntryRows
from casebook.pack.files import open_pack
from casebook.pack.problems import PackError, Problems
from casebook.pack.reader import Pack, read_pack
from casebook.pack.row_writer import RowWriter
from casebook.pack.shared_rows import SharedRows
from casebook.pack.told_rows import write_told


class NotReplacedError(AlreadyThereError, BookError):
    """Where the book is to be stands something that is no book."""


def build_book(
    pack_path: Path, book_path: Path, *, progress: Progress | None = None, force: bool = False
) -> int:
    """Builds the pack at one path into a book at another, and says how many entries it has.

    The book is written beside its place and moved there when it is whole; nothing is left
    behind otherwise.

    Args:
        force: replace a file that is not a book.

    Raises:
        PackError: the pack has errors; no book is written.
        NotReplacedError: what is there is no book, and `force` is not given.
        CasebookError: there is no pack, or the book cannot be put in its place.
    """
    if os.path.isfile(book_path) and not force:
        try:
            check_header(book_path, any_version=True)
        except BookError as error:
            raise NotReplacedError(f"{error.message} It is not replaced without --force.") from None
    problems = Problems()
    pack = read_pack(open_pack(pack_path, problems), problems)
    if pack.unreadable:
        raise PackError(problems)
    made: list[Path] = []
    try:
        made = make_folder(book_path.parent)
        with new_file(book_path, replace=True) as partial:
            count = _write(pack, BookFile(partial, problems), progress)
            append_checksum(partial)
            made = []
            return count
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
    return "the disk is full" if code == sqlite3.SQLITE_FULL else "the disk takes no more of it"


def _write(pack: Pack, file: BookFile, progress: Progress | None) -> int:
    """Checks and writes everything, and says how many entries there are.

    Raises:
        PackError: the pack has errors.
    """
    checker = Checker(pack)
    with file:
        rows = RowWriter(file, checker)
        entry_rows = EntryRows(rows)
        checker.shared()
        if not pack.problems:
            SharedRows(rows, checker).write()
        total = len(rows.entry_ids)
        for number, draft in enumerate(pack.entries(), 1):
            if draft is not None:
                checker.entry(draft)
                if not pack.problems:
                    entry_rows.write(draft)
            if progress:
                progress(number, total)
        derived = checker.told_order()
        if pack.problems:
            raise PackError(pack.problems)
        write_told(rows, checker.told.statements, checker.told.events, derived)
        file.finish(digest_of_entry, digest_of_content)
        if pack.problems:
            raise PackError(pack.problems)
    return total
