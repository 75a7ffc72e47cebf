"""Which entry of the pack a row is about, and which names are taken."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from casebook.file_names import file_stem
from casebook.imports.cells import SheetCell, SheetTable
from casebook.imports.columns import Columns
from casebook.imports.records import WrittenEntry
from casebook.limits import LONGEST_TITLE, SLUG
from casebook.texts_on_disk import StoredList, StoredTexts
from casebook.vocabulary import Kind

_LONGEST_SLUG = 80


class Identity(NamedTuple):
    """The slug of a row's entry, or why the row is left out."""

    slug: str
    refusal: str = ""


def name_key(name: str) -> str:
    """A name as the checker compares names."""
    return " ".join(name.casefold().split())


@dataclass(slots=True)
class Identities:
    """The entries that rows are about.

    Attributes:
        there: the slugs of the pack and the files of their entries.
        written: what earlier imports of this table wrote, by slug.
        below: the slugs of the volumes below, and the volume of each.
        names: the slug that each name belongs to.
        slugs: the row of each slug.
    """

    there: Mapping[str, str]
    written: Mapping[str, WrittenEntry]
    below: Mapping[str, str] = field(default_factory=dict)
    names: MutableMapping[str, str] = field(default_factory=StoredTexts)
    slugs: MutableMapping[str, str] = field(default_factory=StoredTexts)
    count: int = 0
    """How many rows the table has."""
    _rows: StoredTexts = field(default_factory=StoredTexts)
    _titles: StoredList = field(default_factory=StoredList)
    """Row, slug and title of each row that has an entry."""
    _numbers: dict[str, int] = field(default_factory=dict)
    """The last number that was put behind a slug which was taken."""

    def of_row(self, number: int) -> Identity | None:
        found = self._rows.get(str(number))
        return None if found is None else Identity(*json.loads(found))

    def _keep_row(self, number: int, identity: Identity) -> None:
        self._rows[str(number)] = json.dumps(identity)

    @property
    def gone(self) -> list[str]:
        """The slugs that an earlier import wrote and that no row is about any more."""
        return [slug for slug in self.written if slug not in self.slugs]

    def take_name(self, name: str, slug: str) -> bool:
        """Takes a name for an entry; False where it is another's or its own already."""
        key = name_key(name)
        if key in self.names:
            return False
        self.names[key] = slug
        return True

    def find(self, table: SheetTable, columns: Columns, kind: Kind) -> None:
        """Finds the entry of every row. Rows that an earlier import wrote keep their slugs."""
        by_title = StoredTexts()
        for slug, entry in self.written.items():
            by_title[name_key(entry.title)] = slug
        at_title, at_slug = columns.at.get("title"), columns.at.get("slug")
        first = StoredTexts()
        waiting = StoredList()
        for row in table.rows():
            if row.number <= columns.header_row:
                continue
            self.count += 1
            title = _cell(row.cells, at_title)
            if not title:
                continue
            key = name_key(title)
            same = first.setdefault(key, str(row.number))
            if same != str(row.number):
                why = f"is the title of row {same} too; this row is left out"
                self._keep_row(row.number, Identity("", why))
                continue
            if len(title) > LONGEST_TITLE:
                continue
            asked = _cell(row.cells, at_slug)
            slug = asked if _is_slug(asked) else by_title.get(key, "")
            if slug and slug not in self.slugs and (slug in self.written):
                self._keep(row.number, slug, title)
            else:
                waiting.append(json.dumps((row.number, title, asked)))
        for stored in waiting:
            number, title, asked = json.loads(stored)
            self._new(number, title, asked, kind)

    def _new(self, number: int, title: str, asked: str, kind: Kind) -> None:
        owner = self.names.get(name_key(title), "")
        if owner and owner in self.there:
            where = self.there[owner]
            why = f"is already {where}, which no import of this table wrote; it is left as it is"
            self._keep_row(number, Identity("", why))
            return
        if owner and owner in self.below:
            why = (
                f"is '{owner}' of the volume {self.below[owner]}; `casebook new addition {owner}`"
                " begins what adds to it"
            )
            self._keep_row(number, Identity("", why))
            return
        stem = asked if _is_slug(asked) else file_stem(title, kind.value)
        self._keep(number, self._free(stem), title)

    def _free(self, stem: str) -> str:
        """A slug that is not taken: the stem, or the stem with a number."""
        slug = stem
        taken = (self.slugs, self.there, self.written, self.below)
        while any(slug in slugs for slugs in taken):
            # Thousands of titles may have one stem, such as those in a script without letters.
            self._numbers[stem] = number = self._numbers.get(stem, 1) + 1
            slug = f"{stem[: _LONGEST_SLUG - 6].rstrip('-')}-{number}"
        return slug

    def _keep(self, number: int, slug: str, title: str) -> None:
        self._keep_row(number, Identity(slug))
        self._titles.append(json.dumps((number, slug, title)))
        self.slugs[slug] = str(number)

    def take_titles(self) -> None:
        """Takes the titles of all rows before any of their other names."""
        for row in self._titles:
            number, slug, title = json.loads(row)
            owner = self.names.setdefault(name_key(title), slug)
            if owner != slug:
                why = f"is a name of {self.there.get(owner, owner)}; the row is left out"
                self._keep_row(number, Identity("", why))
                self.slugs.pop(slug, None)


def _cell(cells: Sequence[SheetCell], at: int | None) -> str:
    return cells[at].line if at is not None and at < len(cells) else ""


def _is_slug(words: str) -> bool:
    return len(words) <= _LONGEST_SLUG and re.fullmatch(SLUG, words) is not None
