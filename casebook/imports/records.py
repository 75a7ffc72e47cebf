"""What an import wrote, kept in a folder of the pack that the checker leaves alone.

The next import of the same table holds it against the files, and so knows what a person has
changed.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from casebook.atomic import new_file
from casebook.errors import CasebookError
from casebook.file_names import path_within
from casebook.limits import SLUG
from casebook.regular_file import open_regular
from casebook.stored_json import StoredJsonError, decoded
from casebook.texts_on_disk import StoredTexts
from casebook.vocabulary import Kind

FOLDER = ".imports"
LARGEST = 256 * 1024 * 1024
_FORMAT = 1
_OPEN = b', "entries": {'
_END = b"}}"


class WrittenEntry(NamedTuple):
    """An entry that an import wrote.

    Attributes:
        row: of the table, at that time.
        text: of the file, as the import wrote it.
    """

    kind: Kind
    row: int
    title: str
    names: tuple[str, ...]
    text: str


class WrittenEntries(MutableMapping[str, WrittenEntry]):
    """Entries by slug, held on the disk as the record has them."""

    def __init__(self) -> None:
        self._stored = StoredTexts()

    def __getitem__(self, slug: str) -> WrittenEntry:
        return _written(decoded(self._stored[slug], longest=LARGEST))

    def __setitem__(self, slug: str, entry: WrittenEntry) -> None:
        self._stored[slug] = _json(entry)

    def __delitem__(self, slug: str) -> None:
        del self._stored[slug]

    def __contains__(self, slug: object) -> bool:
        return slug in self._stored

    def __iter__(self) -> Iterator[str]:
        return iter(self._stored)

    def __len__(self) -> int:
        return len(self._stored)

    def in_order(self) -> Iterator[str]:
        """The slugs in the order of their letters."""
        return self._stored.in_order()


@dataclass(slots=True)
class Record:
    """What imports of a table wrote.

    Attributes:
        is_whole: False where the writing did not come to its end.
    """

    table: str
    entries: MutableMapping[str, WrittenEntry] = field(default_factory=WrittenEntries)
    is_whole: bool = True


def _path(pack: Path, table: str) -> Path:
    return path_within(pack / FOLDER, f"{table}.json")


def read_record(pack: Path, table: str) -> Record:
    """What earlier imports of a table wrote into a pack; nothing where there were none.

    Raises:
        CasebookError: the record is there and cannot be read.
    """
    path = _path(pack, table)
    try:
        with BufferedReader(open_regular(path, follow_link=False)) as file:
            if os.fstat(file.fileno()).st_size > LARGEST:
                raise CasebookError(f"{path}: larger than {LARGEST // 2**20} MiB.")
            return _read(file, table, path)
    except FileNotFoundError:
        return Record(table)
    except OSError as error:
        raise CasebookError(f"{path}: cannot be read: {error.strerror}.") from None
    except (StoredJsonError, KeyError, TypeError, ValueError, AttributeError):
        raise CasebookError(
            f"{path} is damaged. Without it the import cannot tell what you have changed; remove"
            " it, and the next import leaves every entry that is there as it is."
        ) from None


def _read(file: BinaryIO, table: str, path: Path) -> Record:
    """A record as it was written, an entry to a line."""
    head = file.readline()
    if not head.rstrip().endswith(_OPEN):
        # Somebody else has laid it out anew.
        value = decoded(head + file.read(), longest=LARGEST)
        entries = value["entries"].items()
    else:
        value = decoded(head.rstrip()[: -len(_OPEN)] + b"}", longest=LARGEST)
        entries = _entries(file)
    if value["format"] != _FORMAT:
        raise CasebookError(f"{path} was written by another version of Casebook.")
    kept = WrittenEntries()
    for slug, entry in entries:
        kept[_slug(slug)] = _written(entry)
    return Record(table, kept, bool(value["whole"]))


def _entries(file: BinaryIO) -> Iterator[tuple[str, Any]]:
    """The entries of a record, one after another, so that no more than one is held as JSON."""
    for line in file:
        if line.strip() == _END:
            if file.read().strip():
                raise ValueError("more behind the end")
            return
        yield from decoded(b"{" + line.strip().removesuffix(b",") + b"}", longest=LARGEST).items()
    raise ValueError("no end")


def _slug(words: str) -> str:
    if not re.fullmatch(SLUG, words):
        raise ValueError("no slug")
    return words


def _written(value: Mapping[str, Any]) -> WrittenEntry:
    names = tuple(str(name) for name in value["names"])
    kind, row, title = Kind(value["kind"]), int(value["row"]), str(value["title"])
    return WrittenEntry(kind, row, title, names, str(value["text"]))


def _json(entry: WrittenEntry) -> str:
    return json.dumps({**entry._asdict(), "kind": entry.kind.value}, ensure_ascii=False)


def write_record(pack: Path, record: Record) -> None:
    """Writes a record.

    Raises:
        OSError: it cannot be written.
    """
    folder = pack / FOLDER
    folder.mkdir(exist_ok=True)
    with (
        new_file(_path(pack, record.table), replace=True) as partial,
        open(partial, "w", encoding="utf-8", newline="\n") as file,
    ):
        whole = json.dumps(record.is_whole)
        file.write(f'{{"format": {_FORMAT}, "whole": {whole}, "entries": {{')
        entries = record.entries
        slugs = entries.in_order() if isinstance(entries, WrittenEntries) else sorted(entries)
        for number, slug in enumerate(slugs):
            # An entry to a line, so that version control shows which have changed.
            file.write(",\n" if number else "\n")
            file.write(f"{json.dumps(slug)}: {_json(record.entries[slug])}")
        file.write("\n}}\n")
