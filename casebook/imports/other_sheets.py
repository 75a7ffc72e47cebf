"""The sheets beside the cases: events and ratings, each of a case that its row names."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from casebook.file_names import file_stem
from casebook.imports import values
from casebook.imports.cells import CellKind, SheetCell, SheetRow, SheetTable
from casebook.imports.citing import Citing
from casebook.imports.columns import Columns, Point, plain_name
from casebook.imports.drafts import AssessmentDraft, EventDraft, ImportedEntry
from casebook.imports.identity import name_key
from casebook.imports.place_book import PlaceBook
from casebook.imports.row_reader import RowReader
from casebook.limits import LONGEST_LINE, SLUG
from casebook.pack.form_values import LONGEST_TEXT
from casebook.sheets import EVENTS, NO_EVIDENCE
from casebook.statement_kinds import EventKind
from casebook.texts_on_disk import StoredQueues
from casebook.vocabulary import Rating

_WITHOUT_EVIDENCE = "a rating has no evidence; the table is named as its reason"
_LONGEST_STATEMENT = LONGEST_TEXT - 500
_WORDS_OF_KEY = 5


class _Sheet(NamedTuple):
    table: SheetTable
    columns: Columns


@dataclass(slots=True)
class OtherRows:
    """Rows of other sheets, by the case that they name.

    Attributes:
        points: what cases are held against, by each of their names.
    """

    points: Mapping[str, Point] = field(default_factory=dict)
    sheets: list[_Sheet] = field(default_factory=list)
    _waiting: StoredQueues = field(default_factory=StoredQueues)

    def keep(self, table: SheetTable, columns: Columns) -> int:
        """Takes the rows of a sheet, and says how many there are."""
        count = 0
        self.sheets.append(_Sheet(table, columns))
        for row in table.rows():
            if row.number <= columns.header_row:
                continue
            count += 1
            reader = RowReader(table, columns, row)
            case = reader.words("case")
            if case:
                self._waiting.append(name_key(case), _stored(len(self.sheets) - 1, row))
            else:
                reader.whole("the row names no case and is left out")
        return count

    def tell_left(self) -> None:
        """Tells of the rows whose case is not among the rows of the table."""
        for stored in self._waiting:
            sheet, row = self._read(stored)
            reader = RowReader(sheet.table, sheet.columns, row)
            case = reader.words("case")
            reader.left_out("case", "", case, "is not a case in this table; the row is left out")

    def _read(self, stored: str) -> tuple[_Sheet, SheetRow]:
        sheet, number, cells = json.loads(stored)
        row = [SheetCell(words, CellKind(kind), serial) for words, kind, serial in cells]
        return self.sheets[sheet], SheetRow(number, row)

    def add_to(self, draft: ImportedEntry, places: PlaceBook, citing: Citing) -> None:
        """Adds to a case what rows of other sheets tell of it."""
        for name in dict.fromkeys((name_key(draft.slug), name_key(draft.title))):
            for stored in self._waiting.taken(name):
                sheet, row = self._read(stored)
                part = "events" if sheet.columns.sheet == EVENTS else "assessments"
                reader = RowReader(sheet.table, sheet.columns, row, draft.left_out)
                cite = _citation(reader, part, citing)
                if part == "events":
                    _add_event(reader, draft, cite, places, citing)
                else:
                    self._add_assessment(reader, draft, cite, citing)
                reader.refused(citing, part)

    def _add_assessment(
        self, reader: RowReader, draft: ImportedEntry, cite: str, citing: Citing
    ) -> None:
        part = "assessments"
        framework, key = reader.words("framework", part), reader.words("point", part)
        named = f"{framework} {key}".strip()
        point = self.points.get(plain_name(named)) or self.points.get(plain_name(key))
        if point is None:
            reader.left_out("point", part, named, "is not a point of a framework in the pack")
            return
        words = reader.cell("rating", part, booleans=True).line
        found = values.rating(words)
        if found.word is None:
            reader.left_out("rating", part, words, "is not a rating; use met, partly, not met")
            return
        if not found.is_exact:
            reader.read_as("rating", words, f"is read as {found.word}")
        if found.word is Rating.SILENT:
            return
        if any(rated.point == point.address for rated in draft.assessments):
            reader.left_out("point", part, named, "is rated twice; the first rating is used")
            return
        evidence = reader.words("evidence", part, _LONGEST_STATEMENT)
        if not evidence:
            reader.read_as("rating", "", _WITHOUT_EVIDENCE)
        said = citing.value(evidence or NO_EVIDENCE, cite)
        draft.assessments.append(AssessmentDraft(point.address, Rating(found.word), said))


def _stored(sheet: int, row: SheetRow) -> str:
    cells = [(cell.words, cell.kind.value, cell.serial) for cell in row.cells]
    return json.dumps((sheet, row.number, cells))


def _citation(reader: RowReader, part: str, citing: Citing) -> str:
    own = citing.row(reader.columns.sheet, reader.row.number)
    source = reader.words("source", part)
    if not source:
        return own
    group, fault = citing.named(source, reader.words("locator", part))
    if fault:
        reader.left_out("source", part, source, f"{fault}; the row is cited")
    return group or own


def _add_event(
    reader: RowReader, draft: ImportedEntry, cite: str, places: PlaceBook, citing: Citing
) -> None:
    what = reader.words("what", "events", _LONGEST_STATEMENT)
    if not what:
        reader.whole("the row does not say what happened and is left out")
        return
    cell = reader.cell("date", "events")
    read = values.date_of(cell) if cell.words else None
    if read is None or len(read.words) > LONGEST_LINE:
        why = values.why_unclear(cell) if cell.words else "there is no date"
        reader.left_out("date", "events", cell.line, f"{why}; the event '{what[:80]}' is left out")
        return
    if read.remark:
        reader.read_as("date", cell.line, read.remark)
    words = reader.words("kind", "events")
    found = values.event_kind(words) if words else values.WordMatch(EventKind.OTHER)
    if found.word is None:
        reader.left_out("kind", "events", words, "is not a kind of event; 'other' is used")
    elif not found.is_exact:
        reader.read_as("kind", words, f"is read as {found.word}")
    slugs = places.read(reader.cell("place", "events").words).slugs
    if len(slugs) > 1:
        named = reader.words("place", "events")
        reader.read_as("place", named, "has several places; the first is used")
    plain, _ = citing.split(what, cite)
    key = _key(reader.words("key", "events"), plain, {event.key for event in draft.events})
    kind = EventKind(found.word or EventKind.OTHER)
    place = slugs[0] if slugs else ""
    draft.events.append(
        EventDraft(key, citing.value(what, cite), read.words, read.edtf, kind, place)
    )


def _key(asked: str, what: str, taken: set[str]) -> str:
    """The name of an event within its entry: the one that is asked for, else its first words."""
    stem = asked if re.fullmatch(SLUG, asked) and len(asked) <= 80 else ""
    stem = stem or file_stem(" ".join(what.split()[:_WORDS_OF_KEY]), "event")
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem[:70].rstrip('-')}-{number}"
    return key
