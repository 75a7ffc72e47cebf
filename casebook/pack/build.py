"""Makes a book of a pack. The same pack gives the same content, whatever the machine."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy.exc import OperationalError

from casebook.atomic import new_file
from casebook.book.checksum import append_checksum
from casebook.book.connection import check_header
from casebook.book.pages import digest_of_content, digest_of_entry
from casebook.citations import OWN, Citation
from casebook.dates import Bounds
from casebook.errors import AlreadyThereError, BookError
from casebook.model import (
    Alias,
    Assessment,
    BookInfo,
    CitedParagraph,
    Criterion,
    Entry,
    Event,
    Figure,
    FigureSubject,
    Framework,
    Industry,
    Mention,
    Paragraph,
    Participant,
    Person,
    Place,
    PlaceAlias,
    Question,
    Relation,
    Setting,
    SettingIndustry,
    SettingPlace,
    Source,
    TeachingNote,
    Term,
    TermAlias,
)
from casebook.model import Citation as CitationRow
from casebook.model import Passage as PassageRow
from casebook.model import Statement as StatementRow
from casebook.pack import isic
from casebook.pack.book_file import BookFile
from casebook.pack.check import (
    Checker,
    Progress,
    industry_of,
    outcome_of,
    places_of,
    point_of,
)
from casebook.pack.files import open_pack
from casebook.pack.forms import CriterionForm, FigureForm, PlaceForm
from casebook.pack.problems import PackError, Problems
from casebook.pack.reader import EntryDraft, Pack, read_pack
from casebook.text import marks_to_json
from casebook.vocabulary import Kind, Outcome

LONGEST_SHORT_LABEL = 28
"""Cells that an event's short label may take."""


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
    if book_path.is_file() and not force:
        try:
            check_header(book_path, any_version=True)
        except BookError as error:
            raise NotReplacedError(f"{error.message} It is not replaced without --force.") from None
    problems = Problems()
    pack = read_pack(open_pack(pack_path, problems), problems)
    try:
        book_path.parent.mkdir(parents=True, exist_ok=True)
        with new_file(book_path, replace=True) as partial:
            count = _Builder(pack, BookFile(partial)).build(progress)
            append_checksum(partial)
            return count
    except IsADirectoryError:
        raise BookError(f"{book_path} is a folder; name a file.") from None
    except OSError as error:
        raise BookError(f"{book_path} cannot be written: {error.strerror}.") from None
    except (sqlite3.OperationalError, OperationalError) as error:
        raise BookError(f"{book_path} cannot be written: {_reason(error)}.") from None


def _reason(error: sqlite3.OperationalError | OperationalError) -> str:
    """Why SQLite could not write, from its code alone."""
    cause = error.orig if isinstance(error, OperationalError) else error
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    return "the disk is full" if code == sqlite3.SQLITE_FULL else "the disk takes no more of it"


class _Builder:
    def __init__(self, pack: Pack, file: BookFile) -> None:
        self.pack = pack
        self.file = file
        self.checker = Checker(pack)
        self.entry_ids = {slug: number for number, slug in enumerate(sorted(pack.slugs), 1)}
        self.source_ids = {slug: number for number, slug in enumerate(pack.sources.items, 1)}
        self.place_ids = {slug: number for number, slug in enumerate(self.checker.places, 1)}
        self.criterion_ids: dict[tuple[str, str], int] = {}
        self.statements = 0
        self.citations = 0
        self.figures = 0
        self.questions = 0
        self.industries: set[str] = set()

    def build(self, progress: Progress | None) -> int:
        """Writes everything.

        Raises:
            PackError: the pack has errors.
        """
        with self.file:
            self.checker.shared()
            if not self.pack.problems:
                self._shared()
            total = len(self.entry_ids)
            for number, draft in enumerate(self.pack.entries(), 1):
                if draft is not None:
                    self.checker.entry(draft)
                    if not self.pack.problems:
                        self._entry(draft)
                if progress:
                    progress(number, total)
            if self.pack.problems:
                raise PackError(self.pack.problems)
            self.file.finish(digest_of_entry, digest_of_content)
        return total

    # What several rows share

    def _statement(self, kind: str) -> int:
        self.statements += 1
        self.file.add(StatementRow(id=self.statements, kind=kind))
        return self.statements

    def _cite(
        self, statement: int, citations: Iterable[Citation], *, part: str = "", start: int = 0
    ) -> int:
        """Writes the citations of a statement; says the position of the next one."""
        end = start
        for position, citation in enumerate(citations, start):
            self.citations += 1
            source = None if citation.source == OWN else self.source_ids[citation.source]
            self.file.add(
                CitationRow(
                    id=self.citations,
                    statement_id=statement,
                    position=position,
                    source_id=source,
                    locator=citation.locator,
                    part=part,
                    inferred=citation.inferred,
                )
            )
            for number in dict.fromkeys(citation.paragraphs):
                if source is not None:
                    self.file.add(
                        CitedParagraph(source_id=source, number=number, citation_id=self.citations)
                    )
            end = position + 1
        return end

    # Shared files

    def _shared(self) -> None:
        book = self.pack.book
        if book is None:
            return
        self.file.add(BookInfo(**book.model_dump(), content_hash=""))
        for slug, place in self.checker.places.items():
            self._place(slug, place)
        self._sources()
        self._glossary()
        for number, (slug, filed) in enumerate(
            sorted(self.pack.frameworks.items(), key=lambda item: (item[1].form.position, item[0]))
        ):
            statement = self._statement("framework")
            form = filed.form
            self.file.add(
                Framework(
                    statement_id=statement,
                    position=number,
                    slug=slug,
                    title=form.title,
                    description=form.description.plain,
                    is_assessed=form.assessed,
                )
            )
            self._cite(statement, form.description.citations)
            self._criteria(slug, statement, None, form.points, 0)
        if self.pack.figures:
            for figure in self.pack.figures.form.figures:
                self._figure(figure, None)

    def _place(self, slug: str, place: PlaceForm) -> None:
        chain = self._chain(place)
        country = [one.name for one in chain if one.country and one.country == place.country]
        lane = next((one.lane for one in chain if one.lane), place.name)
        self.file.add(
            Place(
                id=self.place_ids[slug],
                slug=slug,
                name=place.name,
                country=place.country,
                country_name=country[-1] if country else "",
                parent_id=self.place_ids[place.within] if place.within else None,
                lane=lane,
                note=place.note or "",
            )
        )
        for alias in dict.fromkeys(place.aliases):
            self.file.add(PlaceAlias(place_id=self.place_ids[slug], text=alias))

    def _chain(self, place: PlaceForm) -> list[PlaceForm]:
        """A place and the places it lies within, outwards."""
        chain = [place]
        while chain[-1].within:
            chain.append(self.checker.places[chain[-1].within])
        return chain

    def _sources(self) -> None:
        sources = self.pack.sources
        for position, (slug, item) in enumerate(sources.items.items()):
            self.file.add(
                Source(
                    id=self.source_ids[slug],
                    slug=slug,
                    position=position,
                    label=item.label,
                    reference=item.reference,
                    csl=sources.csl[slug],
                    is_read=item.is_read,
                    paragraphs=item.custom.paragraphs,
                    note=item.custom.note,
                )
            )
        for filed in self.pack.outlines:
            source = self.source_ids[filed.form.source]
            for number, gist in sorted(filed.form.paragraphs.items()):
                self.file.add(Paragraph(source_id=source, number=number, gist=gist))
        for slug, cited in sources.mentions():
            statement = self._statement("mention")
            self.file.add(
                Mention(statement_id=statement, source_id=self.source_ids[slug], note=cited.plain)
            )
            self._cite(statement, cited.citations)

    def _glossary(self) -> None:
        if self.pack.glossary is None:
            return
        terms = sorted(self.pack.glossary.form.terms, key=lambda term: term.term.casefold())
        for position, term in enumerate(terms):
            statement = self._statement("term")
            self.file.add(
                Term(
                    statement_id=statement,
                    position=position,
                    slug=term.slug,
                    name=term.term,
                    definition=term.definition.plain,
                    entry_id=self.entry_ids[term.entry] if term.entry else None,
                )
            )
            self._cite(statement, term.definition.citations)
            for alias in dict.fromkeys(term.aliases):
                self.file.add(TermAlias(term_id=statement, text=alias))

    def _criteria(
        self,
        framework: str,
        framework_id: int,
        parent: int | None,
        points: list[CriterionForm],
        position: int,
    ) -> int:
        for point in points:
            statement = self._statement("criterion")
            self.criterion_ids[framework, point.key] = statement
            self.file.add(
                Criterion(
                    statement_id=statement,
                    framework_id=framework_id,
                    parent_id=parent,
                    position=position,
                    key=point.key,
                    title=point.title,
                    text=point.text.plain,
                )
            )
            self._cite(statement, point.text.citations)
            position = self._criteria(
                framework, framework_id, statement, point.points, position + 1
            )
        return position

    def _figure(self, figure: FigureForm, owner: int | None) -> None:
        statement = self._statement("figure")
        self.file.add(
            Figure(
                statement_id=statement,
                position=self.figures,
                slug=figure.slug,
                value=figure.value,
                unit=figure.unit,
                qualifier=figure.qualifier or "",
                measures=figure.measures.plain,
                kind=figure.kind,
                year=figure.when.text if figure.when else "",
                edtf=figure.when.edtf if figure.when else "",
                inferred_from=figure.when.inferred if figure.when else "",
                survey=figure.survey or "",
                surveyor_id=self.entry_ids[figure.surveyor] if figure.surveyor else None,
                not_to_confuse=figure.not_ or "",
            )
        )
        self.figures += 1
        self._cite(statement, figure.measures.citations)
        subjects = dict.fromkeys(self.entry_ids[slug] for slug in figure.about)
        for subject in {owner: None} | subjects if owner else subjects:
            self.file.add(FigureSubject(figure_id=statement, entry_id=subject))

    # Entries

    def _entry(self, draft: EntryDraft) -> None:
        form = draft.front.form
        entry = self.entry_ids[draft.slug]
        outcome, reason = outcome_of(form.outcome) if form.outcome else (None, "")
        self.file.add(
            Entry(
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
            )
        )
        self._setting(entry, draft)
        for written in draft.passages:
            passage = written.passage
            statement = self._statement("passage")
            self.file.add(
                PassageRow(
                    statement_id=statement,
                    entry_id=entry,
                    position=passage.position,
                    block=passage.block,
                    level=passage.level,
                    number=passage.number,
                    text=passage.text.plain,
                    marks=marks_to_json(passage.text.marks),
                )
            )
            self._cite(statement, passage.text.citations)
        for position, alias in enumerate(form.aliases):
            statement = self._statement("alias")
            self.file.add(
                Alias(
                    statement_id=statement,
                    entry_id=entry,
                    position=position,
                    text=alias.text,
                    kind=alias.kind,
                    note=alias.note.plain if alias.note else "",
                )
            )
            self._cite(statement, alias.note.citations if alias.note else ())
        for position, relation in enumerate(form.relations):
            statement = self._statement("relation")
            self.file.add(
                Relation(
                    statement_id=statement,
                    subject_id=entry,
                    position=position,
                    role=relation.role,
                    object_id=self.entry_ids[relation.to],
                    as_role=relation.as_ or "",
                    note=relation.note.plain,
                )
            )
            self._cite(statement, relation.note.citations)
        for position, person in enumerate(form.people):
            statement = self._statement("person")
            self.file.add(
                Person(
                    statement_id=statement,
                    entry_id=entry,
                    position=position,
                    name=person.name,
                    role=person.role,
                    note=person.note.plain,
                )
            )
            self._cite(statement, person.note.citations)
        self._events(entry, draft)
        for assessment in form.assessments:
            statement = self._statement("assessment")
            self.file.add(
                Assessment(
                    statement_id=statement,
                    entry_id=entry,
                    criterion_id=self.criterion_ids[point_of(assessment.point)],
                    rating=assessment.rating,
                    evidence=assessment.evidence.plain,
                )
            )
            self._cite(statement, assessment.evidence.citations)
        for figure in form.figures:
            self._figure(figure, entry)
        for position, question in enumerate(form.questions):
            self.questions += 1
            self.file.add(
                Question(id=self.questions, entry_id=entry, position=position, text=question)
            )
        for position, note in enumerate(form.teaching_note):
            self.file.add(TeachingNote(entry_id=entry, position=position, text=note))

    def _setting(self, entry: int, draft: EntryDraft) -> None:
        form = draft.front.form
        setting = form.setting
        statement = self._statement("setting")
        years = setting.years
        self.file.add(
            Setting(
                statement_id=statement,
                entry_id=entry,
                size=setting.size.plain if setting.size else "",
                years=years.text if years else "",
                years_edtf=years.edtf if years else "",
                years_inferred_from=years.inferred if years else "",
                **(_bounds(years.bounds) if years else {}),
            )
        )
        at = self._cite(statement, setting.place.citations, part="place")
        for position, slug in enumerate(dict.fromkeys(places_of(setting.place))):
            place = self.place_ids[slug]
            self.file.add(SettingPlace(entry_id=entry, position=position, place_id=place))
        for position, industry in enumerate(setting.industry):
            code, words = industry_of(industry)
            self._industry(code)
            self.file.add(
                SettingIndustry(
                    entry_id=entry,
                    position=position,
                    code=code,
                    note=words,
                )
            )
            at = self._cite(statement, industry.citations, part=f"industry:{position}", start=at)
        if setting.size:
            at = self._cite(statement, setting.size.citations, part="size", start=at)
        if years:
            at = self._cite(statement, years.citations, part="years", start=at)
        if form.outcome:
            self._cite(statement, form.outcome.citations, part="outcome", start=at)

    def _industry(self, code: str) -> None:
        """Writes an industry and those above it, once."""
        for above in isic.with_those_above(code):
            if above not in self.industries:
                self.industries.add(above)
                section = isic.sections()[above]
                self.file.add(Industry(code=above, label=isic.labels()[above], section=section))

    def _events(self, entry: int, draft: EntryDraft) -> None:
        for position, event in enumerate(draft.front.form.events):
            statement = self._statement("event")
            self.file.add(
                Event(
                    statement_id=statement,
                    entry_id=entry,
                    position=position,
                    key=event.key,
                    label=event.what.plain,
                    short=event.short or _shortened(event.what.plain),
                    kind=event.kind,
                    place_id=self.place_ids[event.place] if event.place else None,
                    date_text=event.when.text,
                    edtf=event.when.edtf,
                    inferred=bool(event.when.inferred),
                    inferred_from=event.when.inferred,
                    **_bounds(event.when.bounds),
                )
            )
            self._cite(statement, (*event.what.citations, *event.when.citations))
            for place, participant in enumerate(event.with_):
                self.file.add(
                    Participant(
                        event_id=statement,
                        entry_id=self.entry_ids[participant.entry],
                        position=place,
                        role=participant.as_ or "",
                    )
                )


def _bounds(bounds: Bounds) -> dict[str, int | None]:
    return {
        "earliest_begin": bounds.earliest_begin,
        "latest_begin": bounds.latest_begin,
        "earliest_end": bounds.earliest_end,
        "latest_end": bounds.latest_end,
    }


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
