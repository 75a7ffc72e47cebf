"""The rows of an entry: its setting, narrative, relations, events, ratings, questions."""

from __future__ import annotations

from collections import Counter

from casebook.model import (
    Alias,
    Assessment,
    Entry,
    Event,
    Industry,
    Participant,
    PassageRow,
    Person,
    Relation,
    Setting,
    SettingIndustry,
    SettingPlace,
)
from casebook.pack import isic
from casebook.pack.check import criterion_of, industry_of, places_of
from casebook.pack.exhibit_rows import write_exhibits
from casebook.pack.reader import AdditionDraft, Draft, EntryDraft
from casebook.pack.readings import PointName, outcome_parts
from casebook.pack.row_writer import RowWriter, bounds_columns
from casebook.pack.teaching_rows import TeachingRows
from casebook.pack.told import EventId
from casebook.statement_kinds import StatementKind
from casebook.teaching_tables import TeachingNote
from casebook.text import marks_to_json
from casebook.vocabulary import Kind, Outcome

LONGEST_SHORT_LABEL = 28
"""Cells that an event's short label may take."""


class EntryRows:
    """Writes entries that have been checked, one after another, and what is added to them."""

    def __init__(self, rows: RowWriter) -> None:
        self.rows = rows
        self.teaching = TeachingRows(rows)
        self.industries: set[str] = set()
        self.positions: Counter[tuple[int, str]] = Counter()

    def add(self, draft: AdditionDraft) -> None:
        """Writes what an addition says of an entry of an earlier volume."""
        self._parts(self.rows.entry_ids[draft.slug], draft)

    def write(self, draft: EntryDraft) -> None:
        """Writes an entry and everything that belongs to it."""
        front, form = draft.front, draft.front.form
        entry = self.rows.entry_ids[draft.slug]
        self.rows.at(front.spot())
        outcome, reason = outcome_parts(form.outcome) if form.outcome else (None, "")
        self.rows.add(
            Entry,
            id=entry,
            slug=draft.slug,
            kind=form.kind,
            title=form.title,
            sort_title=_sort_title(form.title),
            shelf=list(Kind).index(form.kind),
            is_unnamed=form.unnamed,
            outcome=Outcome(outcome) if outcome else None,
            outcome_note=reason,
            content_hash="",
            source_grades="",
            volume_id=self.rows.volume,
        )
        self._setting(entry, draft)
        for position, alias in enumerate(form.aliases):
            statement = self.rows.statement(StatementKind.ALIAS, front.spot("aliases", position))
            self.rows.add(
                Alias,
                statement_id=statement,
                entry_id=entry,
                position=position,
                text=alias.text,
                kind=alias.kind,
                note=alias.note.plain if alias.note else "",
            )
            self.rows.cite(statement, alias.note.citations if alias.note else ())
        for position, person in enumerate(form.people):
            statement = self.rows.statement(StatementKind.PERSON, front.spot("people", position))
            self.rows.add(
                Person,
                statement_id=statement,
                entry_id=entry,
                position=position,
                name=person.name,
                role=person.role,
                note=person.note.plain,
            )
            self.rows.cite(statement, person.note.citations)
        self._parts(entry, draft)
        self.teaching.note(entry, front)
        for position, note in enumerate(form.teaching_note):
            self.rows.at(front.spot("teaching_note", position))
            self.rows.add(TeachingNote, entry_id=entry, position=position, text=note)

    def _first_position(self, draft: Draft, entry: int, table: str, count: int) -> int:
        """The position of the first of some rows that follow those of earlier volumes."""
        if draft.slug not in self.rows.added_to:
            return 0
        first = self.positions[entry, table]
        self.positions[entry, table] += count
        return first

    def _parts(self, entry: int, draft: Draft) -> None:
        """Writes what any file may say of an entry."""
        front, form = draft.front, draft.front.form
        first = self._first_position(draft, entry, "passage", len(draft.passages))
        for position, written in enumerate(draft.passages, first):
            passage = written.passage
            statement = self.rows.statement(StatementKind.PASSAGE, written.spot)
            self.rows.add(
                PassageRow,
                statement_id=statement,
                entry_id=entry,
                position=position,
                block=passage.block,
                level=passage.level,
                number=passage.number,
                text=passage.text.plain,
                marks=marks_to_json(passage.text.marks),
            )
            self.rows.cite(statement, passage.text.citations)
        first = self._first_position(draft, entry, "relation", len(form.relations))
        for number, relation in enumerate(form.relations):
            statement = self.rows.statement(StatementKind.RELATION, front.spot("relations", number))
            self.rows.add(
                Relation,
                statement_id=statement,
                subject_id=entry,
                position=first + number,
                role=relation.role,
                object_id=self.rows.entry_ids[relation.to],
                as_role=relation.as_ or "",
                note=relation.note.plain,
            )
            self.rows.cite(statement, relation.note.citations)
        self._events(entry, draft)
        for number, assessment in enumerate(form.assessments):
            statement = self.rows.statement(
                StatementKind.ASSESSMENT, front.spot("assessments", number)
            )
            self.rows.rating_ids[PointName(draft.slug, assessment.point)] = statement
            self.rows.add(
                Assessment,
                statement_id=statement,
                entry_id=entry,
                criterion_id=self.rows.criterion_ids[criterion_of(assessment.point)],
                rating=assessment.rating,
                evidence=assessment.evidence.plain,
            )
            self.rows.cite(statement, assessment.evidence.citations)
        for number, figure in enumerate(form.figures):
            self.rows.figure(figure, entry, front.spot("figures", number))
        first = self._first_position(draft, entry, "exhibit", len(form.exhibits))
        write_exhibits(self.rows, entry, front, first)
        first = self._first_position(draft, entry, "question", len(form.questions))
        self.teaching.questions(entry, front, first)

    def _setting(self, entry: int, draft: EntryDraft) -> None:
        form = draft.front.form
        setting = form.setting
        statement = self.rows.statement(StatementKind.SETTING, draft.front.spot("setting"))
        self.rows.setting_ids[draft.slug] = statement
        years = setting.years
        self.rows.add(
            Setting,
            statement_id=statement,
            entry_id=entry,
            size=setting.size.plain if setting.size else "",
            years=years.text if years else "",
            years_edtf=years.edtf if years else "",
            years_inferred_from=years.inferred if years else "",
            **(bounds_columns(years.bounds) if years else {}),
        )
        at = self.rows.cite(statement, setting.place.citations, part="place")
        for position, slug in enumerate(dict.fromkeys(places_of(setting.place))):
            place = self.rows.place_ids[slug]
            self.rows.add(SettingPlace, entry_id=entry, position=position, place_id=place)
        for position, industry in enumerate(setting.industry):
            code, words = industry_of(industry)
            self._industry(code)
            self.rows.add(SettingIndustry, entry_id=entry, position=position, code=code, note=words)
            at = self.rows.cite(
                statement, industry.citations, part=f"industry:{position}", start=at
            )
        if setting.size:
            at = self.rows.cite(statement, setting.size.citations, part="size", start=at)
        if years:
            at = self.rows.cite(statement, years.citations, part="years", start=at)
        if form.outcome:
            self.rows.cite(statement, form.outcome.citations, part="outcome", start=at)

    def _industry(self, code: str) -> None:
        """Writes an industry and those above it, once."""
        for above in isic.with_those_above(code):
            if above not in self.industries:
                self.industries.add(above)
                section = isic.sections()[above]
                self.rows.add(Industry, code=above, label=isic.labels()[above], section=section)

    def _events(self, entry: int, draft: Draft) -> None:
        first = self._first_position(draft, entry, "event", len(draft.front.form.events))
        for number, event in enumerate(draft.front.form.events):
            statement = self.rows.statement(StatementKind.EVENT, draft.front.spot("events", number))
            self.rows.event_ids[EventId(draft.slug, event.key)] = statement
            self.rows.add(
                Event,
                statement_id=statement,
                entry_id=entry,
                position=first + number,
                key=event.key,
                label=event.what.plain,
                short=event.short or _shortened(event.what.plain),
                kind=event.kind,
                place_id=self.rows.place_ids[event.place] if event.place else None,
                date_text=event.when.text,
                edtf=event.when.edtf,
                inferred=bool(event.when.inferred),
                inferred_from=event.when.inferred,
                **bounds_columns(event.when.bounds),
            )
            self.rows.cite(statement, (*event.what.citations, *event.when.citations))
            for place, participant in enumerate(event.with_):
                self.rows.add(
                    Participant,
                    event_id=statement,
                    entry_id=self.rows.entry_ids[participant.entry],
                    position=place,
                    role=participant.as_ or "",
                )


def _sort_title(title: str) -> str:
    """The title as lists sort it: without case and without its article."""
    folded = title.casefold()
    for article in ("the ", "an ", "a "):
        folded = folded.removeprefix(article)
    return folded


def _shortened(label: str) -> str:
    """The first words of a label, cut at a word's end."""
    if len(label) <= LONGEST_SHORT_LABEL:
        return label
    cut = label[: LONGEST_SHORT_LABEL - 1]
    return f"{cut.rpartition(' ')[0] or cut}\N{HORIZONTAL ELLIPSIS}"
