"""The rows of a pack's shared files: places, sources, glossary, frameworks, figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from casebook.limits import LONGEST_LINE
from casebook.model import (
    BookRow,
    Criterion,
    Framework,
    Place,
    PlaceAlias,
    Term,
    TermAlias,
)
from casebook.pack.check import Checker
from casebook.pack.forms import BookForm, CriterionForm, FrameworkForm, PlaceForm
from casebook.pack.reader import Filed
from casebook.pack.row_writer import RowWriter
from casebook.source_tables import Mention, Paragraph, Source
from casebook.statement_kinds import StatementKind
from casebook.volume_tables import Foundation, Volume


class _FrameworkRow(NamedTuple):
    """A framework that has been written, and where it stands in the pack."""

    slug: str
    key: int
    filed: Filed[FrameworkForm]


def write_book(rows: RowWriter, volumes: Sequence[BookForm]) -> None:
    """Writes what a book says of itself, made of what its volumes say of themselves.

    Args:
        volumes: at least one, from the lowest to the topmost.
    """
    first, *others = volumes
    licences = dict.fromkeys(volume.licence for volume in volumes if volume.licence)
    rows.add(
        BookRow,
        slug=first.slug,
        title=_shortened(f"{first.title}{_with(volume.title for volume in others)}"),
        edition=_shortened(
            f"{first.edition}{_with(f'{volume.title} {volume.edition}' for volume in others)}"
        ),
        description=first.description,
        language=first.language,
        licence=_shortened("; ".join(licences)),
        content_hash="",
    )


def _with(others: Iterable[str]) -> str:
    """`, with Elsewhere and My seminar`, or nothing."""
    *most, last = list(others) or [""]
    return f", with {', '.join(most)}{' and ' if most else ''}{last}" if last else ""


def _shortened(line: str) -> str:
    if len(line) <= LONGEST_LINE:
        return line
    return f"{line[: LONGEST_LINE - 1]}\N{HORIZONTAL ELLIPSIS}"


class SharedRows:
    """Writes the shared files of a volume that has been checked."""

    def __init__(self, rows: RowWriter, checker: Checker) -> None:
        self.rows = rows
        self.checker = checker
        self.pack = checker.pack

    def write(self) -> None:
        """Writes everything that is no entry."""
        if self.pack.book is None:
            return
        self._volume(self.pack.book)
        if self.pack.places:
            for number, place in enumerate(self.pack.places.form.places):
                self.rows.at(self.pack.places.spot("places", number))
                self._place(place)
        self._sources()
        self._glossary()
        for slug, filed in sorted(
            self.pack.frameworks.items(), key=lambda item: (item[1].form.position, item[0])
        ):
            statement = self.rows.statement(StatementKind.FRAMEWORK, filed.spot())
            form = filed.form
            self.rows.add(
                Framework,
                statement_id=statement,
                position=self.rows.frameworks,
                slug=slug,
                title=form.title,
                description=form.description.plain,
                is_assessed=form.assessed,
            )
            self.rows.frameworks += 1
            self.rows.cite(statement, form.description.citations)
            self._criteria(_FrameworkRow(slug, statement, filed), None, ("points",), form.points, 0)
        if self.pack.figures:
            for number, figure in enumerate(self.pack.figures.form.figures):
                self.rows.figure(figure, None, self.pack.figures.spot("figures", number))

    def _volume(self, filed: Filed[BookForm]) -> None:
        form, volume = filed.form, self.rows.volume
        self.rows.add(Volume, id=volume, **form.model_dump(exclude={"builds_on"}))
        for position, foundation in enumerate(form.builds_on):
            self.rows.at(filed.spot("builds_on", position))
            self.rows.add(
                Foundation,
                volume_id=volume,
                position=position,
                slug=foundation.slug,
                edition=foundation.edition or "",
            )

    def _place(self, place: PlaceForm) -> None:
        slug = place.slug
        chain = self._chain(place)
        country = [
            outer.name for outer in chain if outer.country and outer.country == place.country
        ]
        lane = next((outer.lane for outer in chain if outer.lane), place.name)
        self.rows.add(
            Place,
            id=self.rows.place_ids[slug],
            slug=slug,
            name=place.name,
            country=place.country,
            country_name=country[-1] if country else "",
            parent_id=self.rows.place_ids[place.within] if place.within else None,
            lane=lane,
            gives_lane=bool(place.lane),
            note=place.note or "",
            latitude=place.latitude,
            longitude=place.longitude,
            volume_id=self.rows.volume,
        )
        for alias in dict.fromkeys(place.aliases):
            self.rows.add(PlaceAlias, place_id=self.rows.place_ids[slug], text=alias)

    def _chain(self, place: PlaceForm) -> list[PlaceForm]:
        """A place and the places it lies within, outwards."""
        chain = [place]
        while chain[-1].within:
            chain.append(self.checker.places[chain[-1].within])
        return chain

    def _sources(self) -> None:
        sources = self.pack.sources
        for slug, item in sources.items.items():
            self.rows.at(sources.spots[slug])
            self.rows.add(
                Source,
                id=self.rows.source_ids[slug],
                slug=slug,
                position=self.rows.source_ids[slug] - 1,
                label=item.label,
                reference=item.reference,
                csl=sources.csl[slug],
                is_read=item.is_read,
                paragraphs=item.custom.paragraphs,
                note=item.custom.note,
                grade=item.custom.grade,
                extent=item.custom.read,
                accessed=item.accessed.iso,
                address=item.address,
                volume_id=self.rows.volume,
            )
        for filed in self.pack.outlines:
            source = self.rows.source_ids[filed.form.source]
            for number, gist in sorted(filed.form.paragraphs.items()):
                self.rows.at(filed.spot("paragraphs", str(number)))
                self.rows.add(Paragraph, source_id=source, number=number, gist=gist)
        for slug, cited in sources.mentions():
            statement = self.rows.statement(StatementKind.MENTION, sources.spots[slug])
            self.rows.add(
                Mention,
                statement_id=statement,
                source_id=self.rows.source_ids[slug],
                note=cited.plain,
            )
            self.rows.cite(statement, cited.citations)

    def _glossary(self) -> None:
        filed = self.pack.glossary
        if filed is None:
            return
        terms = sorted(enumerate(filed.form.terms), key=lambda item: item[1].term.casefold())
        for number, term in terms:
            statement = self.rows.statement(StatementKind.TERM, filed.spot("terms", number))
            self.rows.add(
                Term,
                statement_id=statement,
                position=self.rows.terms,
                slug=term.slug,
                name=term.term,
                definition=term.definition.plain,
                entry_id=self.rows.entry_ids[term.entry] if term.entry else None,
            )
            self.rows.terms += 1
            self.rows.cite(statement, term.definition.citations)
            for alias in dict.fromkeys(term.aliases):
                self.rows.add(TermAlias, term_id=statement, text=alias)

    def _criteria(
        self,
        framework: _FrameworkRow,
        parent: int | None,
        path: tuple[int | str, ...],
        points: list[CriterionForm],
        position: int,
    ) -> int:
        """Writes points and those below them; says the position of the next one.

        Args:
            path: where the points stand in the framework's file.
        """
        for number, point in enumerate(points):
            here = (*path, number)
            statement = self.rows.statement(StatementKind.CRITERION, framework.filed.spot(*here))
            self.rows.criterion_ids[framework.slug, point.key] = statement
            self.rows.add(
                Criterion,
                statement_id=statement,
                framework_id=framework.key,
                parent_id=parent,
                position=position,
                key=point.key,
                title=point.title,
                text=point.text.plain,
            )
            self.rows.cite(statement, point.text.citations)
            position = self._criteria(
                framework, statement, (*here, "points"), point.points, position + 1
            )
        return position
