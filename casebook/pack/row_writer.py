"""What the rows of a book share while they are written: keys, statements and citations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from typing import ParamSpec, cast

from pydantic import ValidationError
from sqlmodel import SQLModel

from casebook.citations import OWN, Citation
from casebook.dates import Bounds
from casebook.model import CitationRow, CitedParagraph, Figure, FigureSubject, StatementRow
from casebook.pack.book_file import BookFile, refusal
from casebook.pack.check import Checker
from casebook.pack.files import BOOK
from casebook.pack.forms import FigureForm
from casebook.pack.problems import Spot
from casebook.pack.readings import PointName
from casebook.pack.told import EventId
from casebook.statement_kinds import StatementKind

_Columns = ParamSpec("_Columns")


class RowWriter:
    """Gives rows their keys, validates them, and writes statements with their citations.

    Attributes:
        volume: the number of the volume that says what is written.
        spot: what in the pack the next rows are made of.
        added_to: the slugs of the entries that some volume adds to.
        criterion_ids: by framework and point, as far as frameworks have been written.
        event_ids: of the events that have been written.
        figure_ids: of the figures, by slug.
        rating_ids: of the ratings that have been written.
        setting_ids: of the settings, by the slugs of their entries.
    """

    def __init__(self, file: BookFile) -> None:
        self.file = file
        self.problems = file.problems
        self.spot = Spot(BOOK)
        self.volume = 0
        self.added_to: Set[str] = frozenset()
        self.entry_ids: dict[str, int] = {}
        self.source_ids: dict[str, int] = {}
        self.place_ids: dict[str, int] = {}
        self.criterion_ids: dict[tuple[str, str], int] = {}
        self.event_ids: dict[EventId, int] = {}
        self.figure_ids: dict[str, int] = {}
        self.rating_ids: dict[PointName, int] = {}
        self.setting_ids: dict[str, int] = {}
        self.statements = 0
        self.citations = 0
        self.figures = 0
        self.frameworks = 0
        self.terms = 0

    def begin(self, checker: Checker) -> None:
        """Says whose rows are written next: those of a volume, above all that were written."""
        self.problems = checker.problems
        self.volume = checker.number
        self.added_to = checker.added_to
        self.at(Spot(BOOK))
        for ids, slugs in (
            (self.entry_ids, sorted(checker.pack.slugs)),
            (self.source_ids, checker.pack.sources.items),
            (self.place_ids, [slug for slug in checker.places if slug not in self.place_ids]),
        ):
            ids.update((slug, number) for number, slug in enumerate(slugs, len(ids) + 1))

    def at(self, spot: Spot) -> None:
        """Says what in the pack the next rows are made of."""
        self.spot = self.problems.placed(spot)

    def add(
        self,
        table: Callable[_Columns, SQLModel],
        *_: _Columns.args,
        **columns: _Columns.kwargs,
    ) -> None:
        """Validates and writes a row; what its table does not allow goes to the problems."""
        # Classes of tables check nothing when they are made; `model_validate` does.
        model = cast("type[SQLModel]", table)
        try:
            row = model.model_validate(columns)
        except ValidationError as error:
            for details in error.errors(include_url=False):
                where = ".".join(str(step) for step in details["loc"])
                why = f"{where}: {details['msg']}" if where else details["msg"]
                self.problems.add(self.spot, refusal(str(model.__tablename__), why))
            return
        self.file.add(row, self.spot)

    def statement(self, kind: StatementKind, spot: Spot) -> int:
        """Writes a statement and says its key.

        Args:
            spot: what in the pack it is made of, and the rows that follow with it.
        """
        self.at(spot)
        self.statements += 1
        self.add(StatementRow, id=self.statements, kind=kind, volume_id=self.volume)
        return self.statements

    def cite(
        self, statement: int, citations: Iterable[Citation], *, part: str = "", start: int = 0
    ) -> int:
        """Writes the citations of a statement; says the position of the next one."""
        end = start
        for position, citation in enumerate(citations, start):
            self.citations += 1
            source = None if citation.source == OWN else self.source_ids[citation.source]
            self.add(
                CitationRow,
                id=self.citations,
                statement_id=statement,
                position=position,
                source_id=source,
                locator=citation.locator,
                part=part,
                inferred=citation.inferred,
            )
            for number in dict.fromkeys(citation.paragraphs):
                if source is not None:
                    self.add(
                        CitedParagraph, source_id=source, number=number, citation_id=self.citations
                    )
            end = position + 1
        return end

    def figure(self, figure: FigureForm, owner: int | None, spot: Spot) -> None:
        """Writes a figure; `owner` is the entry whose file it stands in, or None."""
        statement = self.statement(StatementKind.FIGURE, spot)
        self.add(
            Figure,
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
            entry_id=owner,
        )
        self.figures += 1
        self.figure_ids[figure.slug] = statement
        self.cite(statement, figure.measures.citations)
        subjects = {self.entry_ids[slug] for slug in figure.about} | ({owner} if owner else set())
        for subject in sorted(subjects):
            self.add(FigureSubject, figure_id=statement, entry_id=subject)


def bounds_columns(bounds: Bounds) -> dict[str, int | None]:
    """Bounds as the columns that hold them."""
    return {
        "earliest_begin": bounds.earliest_begin,
        "latest_begin": bounds.latest_begin,
        "earliest_end": bounds.earliest_end,
        "latest_end": bounds.latest_end,
    }
