"""The rows of a pack's shared files: places, sources, glossary, frameworks, figures."""

from __future__ import annotations

from casebook.model import (
    BookInfo,
    Criterion,
    Framework,
    Mention,
    Paragraph,
    Place,
    PlaceAlias,
    Source,
    Term,
    TermAlias,
)
from casebook.pack.check import Checker
from casebook.pack.forms import CriterionForm, PlaceForm
from casebook.pack.row_writer import RowWriter


class SharedRows:
    """Writes the shared files of a pack that has been checked."""

    def __init__(self, rows: RowWriter, checker: Checker) -> None:
        self.rows = rows
        self.checker = checker
        self.pack = checker.pack

    def write(self) -> None:
        """Writes everything that is no entry."""
        book = self.pack.book
        if book is None:
            return
        self.rows.add(BookInfo(**book.model_dump(), content_hash=""))
        for slug, place in self.checker.places.items():
            self._place(slug, place)
        self._sources()
        self._glossary()
        for number, (slug, filed) in enumerate(
            sorted(self.pack.frameworks.items(), key=lambda item: (item[1].form.position, item[0]))
        ):
            statement = self.rows.statement("framework")
            form = filed.form
            self.rows.add(
                Framework(
                    statement_id=statement,
                    position=number,
                    slug=slug,
                    title=form.title,
                    description=form.description.plain,
                    is_assessed=form.assessed,
                )
            )
            self.rows.cite(statement, form.description.citations)
            self._criteria(slug, statement, None, form.points, 0)
        if self.pack.figures:
            for figure in self.pack.figures.form.figures:
                self.rows.figure(figure, None)

    def _place(self, slug: str, place: PlaceForm) -> None:
        chain = self._chain(place)
        country = [
            outer.name for outer in chain if outer.country and outer.country == place.country
        ]
        lane = next((outer.lane for outer in chain if outer.lane), place.name)
        self.rows.add(
            Place(
                id=self.rows.place_ids[slug],
                slug=slug,
                name=place.name,
                country=place.country,
                country_name=country[-1] if country else "",
                parent_id=self.rows.place_ids[place.within] if place.within else None,
                lane=lane,
                note=place.note or "",
                latitude=place.latitude,
                longitude=place.longitude,
            )
        )
        for alias in dict.fromkeys(place.aliases):
            self.rows.add(PlaceAlias(place_id=self.rows.place_ids[slug], text=alias))

    def _chain(self, place: PlaceForm) -> list[PlaceForm]:
        """A place and the places it lies within, outwards."""
        chain = [place]
        while chain[-1].within:
            chain.append(self.checker.places[chain[-1].within])
        return chain

    def _sources(self) -> None:
        sources = self.pack.sources
        for position, (slug, item) in enumerate(sources.items.items()):
            self.rows.add(
                Source(
                    id=self.rows.source_ids[slug],
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
            source = self.rows.source_ids[filed.form.source]
            for number, gist in sorted(filed.form.paragraphs.items()):
                self.rows.add(Paragraph(source_id=source, number=number, gist=gist))
        for slug, cited in sources.mentions():
            statement = self.rows.statement("mention")
            self.rows.add(
                Mention(
                    statement_id=statement, source_id=self.rows.source_ids[slug], note=cited.plain
                )
            )
            self.rows.cite(statement, cited.citations)

    def _glossary(self) -> None:
        if self.pack.glossary is None:
            return
        terms = sorted(self.pack.glossary.form.terms, key=lambda term: term.term.casefold())
        for position, term in enumerate(terms):
            statement = self.rows.statement("term")
            self.rows.add(
                Term(
                    statement_id=statement,
                    position=position,
                    slug=term.slug,
                    name=term.term,
                    definition=term.definition.plain,
                    entry_id=self.rows.entry_ids[term.entry] if term.entry else None,
                )
            )
            self.rows.cite(statement, term.definition.citations)
            for alias in dict.fromkeys(term.aliases):
                self.rows.add(TermAlias(term_id=statement, text=alias))

    def _criteria(
        self,
        framework: str,
        framework_id: int,
        parent: int | None,
        points: list[CriterionForm],
        position: int,
    ) -> int:
        for point in points:
            statement = self.rows.statement("criterion")
            self.rows.criterion_ids[framework, point.key] = statement
            self.rows.add(
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
            self.rows.cite(statement, point.text.citations)
            position = self._criteria(
                framework, framework_id, statement, point.points, position + 1
            )
        return position
