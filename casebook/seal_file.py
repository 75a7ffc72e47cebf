"""The file that reveals what a students' edition does not hold.

After a line that says what it is and a line of JSON comes the edition that follows, packed.
So what is revealed is, byte by byte, the book that would have been built without the seal; and
a seal that has been broken already, or is broken out of order, does no harm.
"""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from casebook.atomic import write_file
from casebook.book.connection import check_header, open_book
from casebook.errors import AlreadyThereError, BookError, CasebookError
from casebook.regular_file import open_regular, read_regular
from casebook.safe_text import made_safe_line
from casebook.stored_json import StoredJsonError, decoded

_MAGIC = b"casebook seal 1\n"
_LARGEST = 512 * 1024 * 1024
"""Bytes of a book that a seal may hold."""
_MOST_MEMORY = 256 * 1024 * 1024
"""What unpacking may take."""
_LONGEST_HEADER = 1024 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}")
_MOST_BESIDE = 100
"""Books beside a seal that are looked at."""
_READ_AT_ONCE = 1 << 20


class SealError(CasebookError):
    """The file is no seal, or none of this book."""


class SealHeader(NamedTuple):
    """What a seal says of itself; digests are those of whole files.

    Attributes:
        reveals: what is no longer sealed afterwards: `ratings`, `outcomes`, `entry:SLUG`.
        of: the editions that it may be broken in.
        revealed: the edition that follows, and those after it, in which it has been broken.
    """

    reveals: tuple[str, ...]
    of: tuple[str, ...]
    revealed: tuple[str, ...]


class Revealed(NamedTuple):
    """What has come of breaking a seal.

    Attributes:
        reveals: what was sealed in it before: of a seal that follows others, theirs too.
        is_new: False where the book held all of it already.
    """

    book: Path
    reveals: tuple[str, ...]
    is_new: bool


def packed_seal(header: SealHeader, book: bytes) -> bytes:
    """The content of a seal that holds a book."""
    import lzma

    words = json.dumps(header._asdict(), separators=(",", ":")).encode("ascii")
    return b"".join((_MAGIC, words, b"\n", lzma.compress(book, preset=6)))


ENDING = ".seal"


def refuse_other_files(seal: Path, *, force: bool) -> None:
    """
    Raises:
        AlreadyThereError: what is to be replaced is no seal, and `force` is not given.
    """
    try:
        is_other = not force and not read_regular(seal, len(_MAGIC)).startswith(_MAGIC)
    except FileNotFoundError:
        return
    except (OSError, ValueError):
        is_other = True
    if is_other:
        raise AlreadyThereError(
            f"{made_safe_line(str(seal))} is not a seal. Use --force to replace it."
        )


def digest_of_file(path: Path) -> str:
    """SHA-256 of a file.

    Raises:
        OSError: it cannot be read.
    """
    digest = hashlib.sha256()
    with open_regular(path) as file:
        while data := file.read(_READ_AT_ONCE):
            digest.update(data)
    return digest.hexdigest()


def reveal(seal: Path, book: Path | None) -> Revealed:
    """Breaks a seal: puts the edition that holds what it reveals in the place of the book.

    Args:
        book: the students' edition; None for the one beside the seal that it belongs to.

    Raises:
        SealError: the file is no seal, is damaged, or belongs to another book.
        BookError: there is no such book, or it cannot be replaced.
    """
    content = _content_of(seal)
    header = _header_of(content, seal)
    found = _book_beside(seal, header) if book is None else book
    digest = _digest_of_book(found)
    if digest in header.revealed:
        return Revealed(found, header.reveals, is_new=False)
    if digest not in header.of:
        raise _foreign(seal, found)
    unpacked = _unpacked(content, header, seal)
    before = _seals_of(found)
    try:
        write_file(found, unpacked, replace=True)
    except OSError as error:
        raise BookError(
            f"{made_safe_line(str(found))} cannot be written: {error.strerror}."
        ) from None
    after = _seals_of(found)
    return Revealed(found, tuple(part for part in before if part not in after), is_new=True)


def _seals_of(book: Path) -> tuple[str, ...]:
    with open_book(book) as opened:
        return opened.edition.seals


def _content_of(seal: Path) -> bytes:
    name = made_safe_line(str(seal))
    try:
        content = read_regular(seal, _LARGEST + _LONGEST_HEADER)
    except OSError as error:
        raise SealError(f"{name} cannot be read: {error.strerror}.") from None
    except ValueError:
        raise SealError(f"{name} is not the path of a file.") from None
    if not content.startswith(_MAGIC):
        raise SealError(f"{name} is not a seal of a students' edition.")
    return content


def _header_of(content: bytes, seal: Path) -> SealHeader:
    end = content.find(b"\n", len(_MAGIC), len(_MAGIC) + _LONGEST_HEADER)
    try:
        values = decoded(content[len(_MAGIC) : end]) if end > 0 else None
    except StoredJsonError:
        values = None
    header = SealHeader(*(_words(values, name) for name in SealHeader._fields))
    if not header.revealed or not all(map(_DIGEST.fullmatch, (*header.of, *header.revealed))):
        raise _damaged(seal)
    return header


def _words(values: Any, name: str) -> tuple[str, ...]:
    listed = values.get(name) if isinstance(values, dict) else None
    return tuple(map(str, listed)) if isinstance(listed, list) else ()


def _unpacked(content: bytes, header: SealHeader, seal: Path) -> bytes:
    import lzma

    packed = content[content.find(b"\n", len(_MAGIC)) + 1 :]
    try:
        unpacker = lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=_MOST_MEMORY)
        book = unpacker.decompress(packed, max_length=_LARGEST)
    except (lzma.LZMAError, MemoryError, EOFError):
        raise _damaged(seal) from None
    if not unpacker.eof or hashlib.sha256(book).hexdigest() != header.revealed[0]:
        raise _damaged(seal)
    return book


def _damaged(seal: Path) -> SealError:
    return SealError(
        f"{made_safe_line(str(seal))} is damaged: it does not hold what it says. Nothing was"
        " revealed; get a new copy of the file."
    )


def _book_beside(seal: Path, header: SealHeader) -> Path:
    """The book in the folder of a seal that it belongs to."""
    digests: dict[str, Path] = {}
    for path in sorted(seal.parent.glob("*.sqlite"))[:_MOST_BESIDE]:
        with suppress(OSError):
            digests.setdefault(digest_of_file(path), path)
    for digest in (*header.of, *header.revealed):
        if digest in digests:
            return digests[digest]
    raise SealError(
        f"No book beside {made_safe_line(str(seal))} is the edition that it belongs to. Name the"
        " book with --book; if it was changed or damaged, get it anew."
    )


def _digest_of_book(book: Path) -> str:
    check_header(book, any_version=True)
    try:
        return digest_of_file(book)
    except OSError as error:
        name = made_safe_line(str(book))
        raise BookError(f"{name} cannot be read: {error.strerror}.") from None


def _foreign(seal: Path, book: Path) -> SealError:
    """Why a seal cannot be broken in a book."""
    name, of = made_safe_line(str(book)), made_safe_line(str(seal))
    with open_book(book) as opened:
        if not opened.edition.is_for_students:
            return SealError(f"{name} is not a students' edition: nothing in it is sealed.")
        if opened.faults:
            return SealError(
                f"{name} has been changed or damaged since it was built, so {of} does not fit it."
                " Get a new copy of the book."
            )
    return SealError(f"{of} belongs to another edition than {name}. Nothing was revealed.")
