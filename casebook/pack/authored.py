"""A pack that its author browses and edits: it is built again when its files have changed."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from casebook import __version__, paths
from casebook.book.connection import open_book
from casebook.errors import BookError, CasebookError, NotFoundError
from casebook.file_names import file_stem, path_within
from casebook.pack.files import ADDITIONS, BOOK, FOLDERS, LARGEST_FILE
from casebook.pack.passages import line_of
from casebook.pack.problems import PackError, Spot
from casebook.pack.watching import state_of
from casebook.regular_file import read_regular
from casebook.safe_text import made_safe, made_safe_line
from casebook.schema import SCHEMA_VERSION

if TYPE_CHECKING:
    from casebook.pack.volumes import Progress

KEPT = 3
"""Books of one pack that are kept; the newest is read, and another window may read one before."""


class FilePlace(NamedTuple):
    """A line of a file."""

    path: Path
    line: int


class FileProblem(NamedTuple):
    """What is wrong with a pack, and where."""

    place: FilePlace
    words: str


class AuthoredPack:
    """A pack in a folder or a zip file, with the book that is made of it in the cache.

    Args:
        on: a built book whose volumes are below it.
    """

    def __init__(self, pack: Path, on: Path | None = None) -> None:
        self.pack = pack
        self.on = on
        self._built = ""

    def book(self, progress: Progress | None = None) -> Path:
        """The book of the pack as it is now, built if need be.

        Raises:
            PackError: the pack has errors.
            CasebookError: there is not a pack, or the book cannot be written.
        """
        state = self._state()
        path = self._folder / f"{self._name}-{state}.sqlite"
        if not _is_whole(path):
            from casebook.pack.build import build_volumes

            build_volumes([self.pack], path, on=self.on, progress=progress, force=True)
        self._built = state
        self._drop_all_but(path)
        return path

    def has_changed(self) -> bool:
        """Whether the files are others than those that the last book was made of."""
        return self._state() != self._built

    def problems(self, error: CasebookError) -> list[FileProblem]:
        """What has kept a book from being built, with the files to be opened."""
        if not isinstance(error, PackError):
            return []
        return [
            FileProblem(
                self._place_of(problem.spot),
                made_safe(str(problem)),
            )
            for problem in error.problems
        ]

    def _place_of(self, spot: Spot) -> FilePlace:
        """The line of a fault; of one in a volume below, that which names the volume."""
        if spot.root not in ("", str(self.pack)):
            return FilePlace(self.pack / BOOK, 1)
        return FilePlace(self.pack / spot.file, max(spot.line, 1))

    def place_of(self, slug: str, words: str) -> FilePlace:
        """The file of an entry, and the line on which some words of its page begin.

        Of an entry of a volume below, it is the file in which the pack adds to it.

        Raises:
            NotFoundError: the pack has no file of it.
        """
        for folder in (*FOLDERS, ADDITIONS):
            path = path_within(self.pack, folder, f"{slug}.md")
            if path.is_file() and not path.is_symlink():
                try:
                    data = read_regular(path, LARGEST_FILE, follow_link=False)
                except OSError as error:
                    raise CasebookError(f"{path}: {error.strerror}.") from None
                return FilePlace(path, line_of(data.decode("utf-8-sig", "replace"), words))
        advice = (
            f" `casebook new addition {made_safe_line(slug)} --pack {self.pack}` begins one, in"
            " which the pack adds to the page."
            if self.on
            else ""
        )
        raise NotFoundError(
            f"{self.pack} has no file of '{made_safe_line(slug)}' that could be edited.{advice}"
        )

    @property
    def _folder(self) -> Path:
        return paths.books_of_packs()

    @property
    def _name(self) -> str:
        """What the books of the pack are called, apart from those of others of its name."""
        whole = os.path.realpath(self.pack)
        stands = f"{whole}\n{os.path.realpath(self.on)}" if self.on else whole
        return f"{file_stem(os.path.basename(whole), 'pack')}-{_digest(stands)}"

    def _state(self) -> str:
        """A word that changes when the files of the pack do, or what builds it."""
        files = state_of([self.pack, *([self.on] if self.on else [])])
        return _digest(repr((__version__, SCHEMA_VERSION, sorted(files.items()))))

    def _drop_all_but(self, newest: Path) -> None:
        """Removes books that were made of the pack before."""
        with suppress(OSError):
            newest.touch()
            books = sorted(
                self._folder.glob(f"{self._name}-*.sqlite"),
                key=lambda path: path.stat().st_mtime_ns,
                reverse=True,
            )
            for path in books[KEPT:]:
                path.unlink()


def _is_whole(path: Path) -> bool:
    """Whether a book is there and can be read."""
    try:
        open_book(path).close()
    except BookError:
        return False
    return True


def _digest(words: str) -> str:
    return hashlib.blake2b(words.encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()
