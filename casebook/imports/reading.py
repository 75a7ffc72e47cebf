"""Reads the rows of a sheet of cases into drafts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from casebook.imports import values
from casebook.imports.cells import SheetRow, SheetTable
from casebook.imports.citing import Citing
from casebook.imports.columns import Columns, plain_name
from casebook.imports.drafts import AliasDraft, AssessmentDraft, EventDraft, ImportedEntry
from casebook.imports.identity import Identities
from casebook.imports.other_sheets import OtherRows
from casebook.imports.place_book import PlaceBook
from casebook.imports.row_reader import RowReader
from casebook.imports.wording import body_paragraphs
from casebook.limits import LONGEST_LINE, LONGEST_TITLE
from casebook.pack.form_values import LONGEST_TEXT
from casebook.sheets import CASES, NO_EVIDENCE, NO_REASON, NO_SUMMARY
from casebook.statement_kinds import EventKind
from casebook.vocabulary import AliasKind, Kind, Outcome, Rating

_WITHOUT_EVIDENCE = "a rating has no evidence; the table is named as its reason"
_LONGEST_STATEMENT = LONGEST_TEXT - 500
"""Characters of a text that is to have its citation behind it."""
_LONGEST_LINE = LONGEST_LINE - 120
_OWN = "[@own]"


@dataclass(slots=True)
class CaseReader:
    """Reads cases.

    Attributes:
        kind: of cases whose row tells none.
        identities: which entry a row is about.
        others: rows of the other sheets, by the case that they name.
    """

    columns: Columns
    citing: Citing
    places: PlaceBook
    identities: Identities
    others: OtherRows
    kind: Kind = Kind.FIRM

    def drafts(self, table: SheetTable) -> Iterator[ImportedEntry]:
        """A draft for each row that is a case."""
        for row in table.rows():
            if row.number <= self.columns.header_row:
                continue
            if len(row.cells) > len(self.columns.headers):
                table.tell("cells to the right of the last header are not read")
            draft = self._draft(table, row)
            if draft is not None:
                yield draft

    def _draft(self, table: SheetTable, row: SheetRow) -> ImportedEntry | None:
        reader = RowReader(table, self.columns, row)
        title = reader.words("title")
        if not title:
            reader.whole("the row has no title and is left out")
            return None
        if len(title) > LONGEST_TITLE:
            reader.whole(f"is longer than {LONGEST_TITLE} characters; the row is left out", title)
            return None
        kind = self._kind(reader)
        identity = self.identities.of_row(row.number)
        if identity is None or identity.refusal:
            why = identity.refusal if identity else "the row is left out"
            reader.whole(why, title)
            return None
        draft = ImportedEntry(table.name, row.number, identity.slug, kind, title)
        reader.keep = draft.left_out
        cite = self._citation(reader)
        self._aliases(reader, draft, cite)
        self._summary_and_text(reader, draft, cite)
        self._setting(reader, draft, cite)
        self._outcome(reader, draft, cite)
        self._founding(reader, draft, cite)
        self._ratings(reader, draft, cite)
        reader.refused(self.citing)
        self.others.add_to(draft, self.places, self.citing)
        return draft

    def _kind(self, reader: RowReader) -> Kind:
        words = reader.words("kind")
        if not words:
            return self.kind
        found = values.kind(words)
        if found.word is None:
            reader.left_out("kind", "title", words, f"is not a kind of entry; {self.kind} is used")
            return self.kind
        if not found.is_exact:
            reader.read_as("kind", words, f"is read as {found.word}")
        return Kind(found.word)

    def _citation(self, reader: RowReader) -> str:
        own = self.citing.row(
            "" if self.columns.sheet == CASES else reader.table.name, reader.row.number
        )
        source = reader.words("source")
        if not source:
            locator = reader.words("locator")
            if locator:
                why = "has no source beside it; the row is cited"
                reader.left_out("locator", "title", locator, why)
            return own
        group, fault = self.citing.named(source, reader.words("locator"))
        if fault:
            reader.left_out("source", "title", source, f"{fault}; the row is cited")
        return group or own

    def _aliases(self, reader: RowReader, draft: ImportedEntry, cite: str) -> None:
        for part in re.split(r"[;\n]", reader.cell("other names", "aliases").words):
            words = " ".join(part.split())
            if not words:
                continue
            found = re.fullmatch(r"(?P<text>.+?)\s*\((?P<kind>[a-z ]+)\)", words)
            kind = values.alias_kind(found["kind"]).word if found else None
            text = found["text"] if found and kind else words
            kind = kind or _kind_of_alias(text, draft.title)
            if kind is None:
                why = "may be a former name, a brand or a translation; write 'name (brand)'"
                reader.left_out("other names", "aliases", words, why)
            elif len(text) > LONGEST_LINE:
                reader.left_out("other names", "aliases", text, "is too long for a name")
            elif not self.identities.take_name(text, draft.slug):
                reader.left_out("other names", "aliases", text, "is already a name of an entry")
            else:
                note = cite if kind is AliasKind.MISSPELLING else ""
                draft.aliases.append(AliasDraft(text, kind.value, note))

    def _summary_and_text(self, reader: RowReader, draft: ImportedEntry, cite: str) -> None:
        summary = reader.words("summary", "summary")
        body = reader.cell("text", "text").words
        if len(summary) > _LONGEST_STATEMENT:
            why = f"is longer than {_LONGEST_STATEMENT} characters; it begins the text"
            reader.left_out("summary", "summary", summary, why)
            summary, body = "", f"{summary}\n\n{body}"
        written = self.citing.markdown(summary, cite) if summary else ""
        if len(written) > LONGEST_TEXT:
            why = "has too many signs of markup for a summary; it begins the text"
            reader.left_out("summary", "summary", summary, why)
            written, body = "", f"{summary}\n\n{body}"
        elif not summary:
            draft.left_out("summary", f"row {draft.row}: there is no summary")
        draft.summary = written or f"{NO_SUMMARY} {_OWN}"
        draft.paragraphs = body_paragraphs(body, cite, self.citing)

    def _setting(self, reader: RowReader, draft: ImportedEntry, cite: str) -> None:
        words = reader.cell("place", "setting").words
        place, group = self.citing.split(words, cite)
        country = reader.words("country", "setting")
        if place and not any(character.isalpha() for character in place):
            reader.left_out("place", "setting", place, "is not the name of a place")
            place = ""
        found = self.places.read(place, country)
        if found.remark:
            reader.read_as("place", place, found.remark)
        if found.country_remark and found.is_country_clear:
            reader.read_as("country", country, found.country_remark)
        elif found.country_remark:
            reader.left_out("country", "setting", country, found.country_remark)
        slugs = ", ".join(found.slugs)
        draft.place = f"{slugs} {group}" if slugs else f"{self.places.not_told()} {_OWN}"
        self._industry(reader, draft, cite)
        size = reader.words("size", "setting", _LONGEST_STATEMENT)
        if size:
            unit = self.columns.unit if size.replace(",", "").isdigit() else ""
            if unit:
                reader.read_as("size", size, f"is read as {size} {unit}")
            draft.size = self.citing.value(f"{size} {unit}".strip(), cite)
        cell = reader.cell("years", "setting")
        if cell.words:
            words, group = self.citing.split(cell.line, cite)
            read = values.date_of(cell._replace(words=words))
            if read is None or len(read.words) > _LONGEST_LINE:
                reader.left_out("years", "setting", cell.line, values.why_unclear(cell))
            else:
                if read.remark:
                    reader.read_as("years", cell.line, read.remark)
                draft.years = (f"{read.words} {group}", read.edtf)

    def _industry(self, reader: RowReader, draft: ImportedEntry, cite: str) -> None:
        codes = reader.words("industry code", "setting")
        words, group = self.citing.split(
            reader.words("industry", "setting", _LONGEST_STATEMENT), cite
        )
        several = codes.split(";") if ";" in codes else [codes]
        told = words.split(";") if len(several) > 1 else [words]
        for code, of_code in zip_longest(several, told, fillvalue=""):
            if code.strip() or of_code.strip():
                self._one_industry(reader, draft, (code.strip(), of_code.strip()), group)

    def _one_industry(
        self, reader: RowReader, draft: ImportedEntry, cells: tuple[str, str], group: str
    ) -> None:
        code, words = cells
        read = values.industry_of(code, words)
        named = "industry code" if code else "industry"
        if not read.code:
            near = values.industries_near(words) if not code else ""
            why = "is not a code of ISIC Rev. 4" if code else "has no clear code in ISIC Rev. 4"
            if near:
                why += f"; perhaps {near}"
            both = f"{code} {words}".strip()
            reader.left_out(named, "setting", both, why)
            return
        if read.remark:
            reader.read_as(named, code or words, read.remark)
        draft.industries.append(self.citing.value(f"{read.code} {read.words}".strip(), group))

    def _outcome(self, reader: RowReader, draft: ImportedEntry, cite: str) -> None:
        words, group = self.citing.split(reader.words("outcome", "outcome"), cite)
        reason = reader.words("outcome reason", "outcome", _LONGEST_STATEMENT)
        word, colon, rest = words.partition(":")
        if colon and not reason:
            words, reason = word.strip(), rest.strip()
        found = values.outcome(words) if words else values.WordMatch(None)
        if words and found.word is None:
            why = f"is not an outcome; use {', '.join(Outcome)}"
            reader.left_out("outcome", "outcome", words, why)
        elif words and not found.is_exact:
            reader.read_as("outcome", words, f"is read as {found.word}")
        if found.word is None and not draft.kind.is_case:
            return
        if found.word is None:
            if reason:
                draft.outcome = self.citing.value(f"{Outcome.OPEN}: {reason}", cite)
            else:
                draft.outcome = f"{Outcome.OPEN}: {NO_REASON} {_OWN}"
        else:
            said = f"{found.word}: {reason}" if reason else str(found.word)
            draft.outcome = self.citing.value(said, group)

    def _founding(self, reader: RowReader, draft: ImportedEntry, cite: str) -> None:
        cell = reader.cell("founded", "events")
        if not cell.words:
            return
        words, group = self.citing.split(cell.line, cite)
        read = values.date_of(cell._replace(words=words))
        if read is None or len(read.words) > LONGEST_LINE:
            reader.left_out("founded", "events", cell.line, values.why_unclear(cell))
            return
        if read.remark:
            reader.read_as("founded", cell.line, read.remark)
        what = self.citing.value(f"{draft.title} is founded", group)
        draft.events.append(EventDraft("founding", what, read.words, read.edtf, EventKind.FOUNDING))

    def _ratings(self, reader: RowReader, draft: ImportedEntry, cite: str) -> None:
        for address, (at, at_evidence) in self.columns.ratings.items():
            cell = reader.cell_at(at, "assessments", booleans=True)
            evidence = reader.cell_at(at_evidence, "assessments").line
            if not cell.words:
                if evidence:
                    why = "is evidence without a rating"
                    reader.left_out_at(at_evidence, "assessments", evidence, why)
                continue
            found = values.rating(cell.line)
            if found.word is None:
                why = (
                    f"is not a rating; use {', '.join(word for word in Rating if word != 'silent')}"
                )
                reader.left_out_at(at, "assessments", cell.line, why)
                continue
            if not found.is_exact:
                reader.read_as_at(at, cell.line, f"is read as {found.word}")
            if found.word is Rating.SILENT:
                continue
            if len(evidence) > _LONGEST_STATEMENT:
                why = f"is longer than {_LONGEST_STATEMENT} characters"
                reader.left_out_at(at_evidence, "assessments", evidence, why)
                evidence = ""
            if not evidence:
                reader.read_as_at(at, "", _WITHOUT_EVIDENCE)
            said = self.citing.value(evidence or NO_EVIDENCE, cite)
            draft.assessments.append(AssessmentDraft(address, Rating(found.word), said))


def _kind_of_alias(text: str, title: str) -> AliasKind | None:
    """What sort of name another name is, where its letters say so."""
    if any(character > "\u024f" and character.isalpha() for character in text) and title.isascii():
        return AliasKind.NATIVE
    name, whole = plain_name(text), plain_name(title)
    if name and f" {name} " in f" {whole} ":
        return AliasKind.SHORT
    if whole and f" {whole} " in f" {name} ":
        return AliasKind.FULL
    if text.isascii() and text.isupper() and 2 <= len(text) <= 6:
        return AliasKind.SHORT
    return None
