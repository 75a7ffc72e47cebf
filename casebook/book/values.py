"""What a book answers with: plain values that say all that a face needs."""

from __future__ import annotations

from dataclasses import dataclass

from casebook.citations import Citation
from casebook.dates import Bounds
from casebook.text import Passage, Text
from casebook.vocabulary import AliasKind, EventKind, FigureKind, Kind, Outcome, Rating


@dataclass(frozen=True, slots=True)
class BookInfo:
    """What a book says of itself."""

    slug: str
    title: str
    edition: str
    description: str
    language: str
    licence: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """Somewhere that things happened.

    Attributes:
        country: ISO 3166-1 alpha-2, empty for a place that is no part of one country.
        lane: the lane of a timeline that it belongs to.
    """

    slug: str
    name: str
    country: str
    country_name: str
    lane: str
    note: str = ""

    @property
    def full_name(self) -> str:
        """The name, with its country where that is not the same."""
        if self.country_name and self.country_name not in (self.name, ""):
            return f"{self.name}, {self.country_name}"
        return self.name


@dataclass(frozen=True, slots=True)
class Industry:
    """An ISIC Rev. 4 code, its label, and the book's words for what is made or done."""

    code: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """The case libraries' four lines: place, industry, size, years.

    Attributes:
        citations: for each of `place`, `industry:0`, `size`, `years`, `outcome`, where it
            stands in the sources.
    """

    places: tuple[PlaceLine, ...] = ()
    industries: tuple[Industry, ...] = ()
    size: str = ""
    years: str = ""
    edtf: str = ""
    inferred_from: str = ""
    bounds: Bounds | None = None
    citations: tuple[tuple[str, tuple[Citation, ...]], ...] = ()

    @property
    def place(self) -> str:
        """The places in one line, the country said once."""
        names = [place.name for place in self.places]
        countries = list(dict.fromkeys(place.country_name for place in self.places))
        if len(countries) == 1 and countries[0] and countries[0] not in names:
            names.append(countries[0])
        return ", ".join(names)

    @property
    def industry(self) -> str:
        return "; ".join(industry.note or industry.label for industry in self.industries)

    def cited(self, part: str) -> tuple[Citation, ...]:
        """The citations of a line; `industry` for all industries, `industry:0` for one."""
        return tuple(
            citation
            for name, group in self.citations
            if name == part or name.startswith(f"{part}:")
            for citation in group
        )


@dataclass(frozen=True, slots=True)
class AliasLine:
    """Another name of an entry."""

    text: str
    kind: AliasKind
    note: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry as lists show it."""

    slug: str
    kind: Kind
    title: str
    aliases: tuple[AliasLine, ...] = ()
    setting: Setting = Setting()
    outcome: Outcome | None = None
    is_unnamed: bool = False


@dataclass(frozen=True, slots=True)
class EntryRef:
    """An entry as another page names it."""

    slug: str
    kind: Kind
    title: str


@dataclass(frozen=True, slots=True)
class RelationLine:
    """How an entry stands to another, read from this entry.

    Attributes:
        term: the schema.org or W3C ORG property, of the relation as its author wrote it.
        is_inverse: it was written on the other's page.
    """

    role: str
    other: EntryRef
    as_role: str
    note: str
    citations: tuple[Citation, ...]
    term: str = ""
    is_inverse: bool = False


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Someone a source names in connection with an entry."""

    name: str
    role: str
    note: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class ParticipantLine:
    """An entry that took part in an event."""

    entry: EntryRef
    role: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """Something dated that happened to an entry."""

    entry: EntryRef
    key: str
    label: str
    short: str
    kind: EventKind
    place: PlaceLine | None
    date_text: str
    edtf: str
    inferred: bool
    inferred_from: str
    bounds: Bounds
    participants: tuple[ParticipantLine, ...]
    citations: tuple[Citation, ...]
    position: int = 0
    """Its place among its entry's events, as its author wrote them."""

    @property
    def lane(self) -> str:
        return self.place.lane if self.place else ""


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One number from a source."""

    slug: str
    value: str
    unit: str
    qualifier: str
    measures: str
    kind: FigureKind
    year: str
    edtf: str
    inferred_from: str
    survey: str
    surveyor: EntryRef | None
    not_to_confuse: str
    about: tuple[EntryRef, ...]
    citations: tuple[Citation, ...]

    @property
    def amount(self) -> str:
        """Qualifier, value and unit: `more than 25%`."""
        unit = self.unit if self.unit.startswith("%") else f" {self.unit}"
        return f"{self.qualifier} {self.value}{unit}".strip()


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One point of a framework; `depth` is 0 for a point, 1 for a sub-point."""

    key: str
    title: str
    text: str
    depth: int
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class FrameworkLine:
    """A checklist, a set of conditions or a row of stages, with its points in order."""

    slug: str
    title: str
    description: str
    is_assessed: bool
    criteria: tuple[CriterionLine, ...]
    citations: tuple[Citation, ...]

    def criterion(self, key: str) -> CriterionLine | None:
        """The point of a key, or None."""
        return next((point for point in self.criteria if point.key == key), None)


@dataclass(frozen=True, slots=True)
class AssessmentLine:
    """The book's reading of an entry on one point of a framework."""

    framework: str
    framework_title: str
    key: str
    title: str
    rating: Rating
    evidence: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A document, as a CSL-JSON item and as a line to read."""

    slug: str
    label: str
    reference: str
    csl: str
    is_read: bool
    paragraphs: int | None
    note: str


@dataclass(frozen=True, slots=True)
class ParagraphLine:
    """A numbered paragraph of a source: what it is about, and the pages that rest on it."""

    number: int
    gist: str
    cited_by: tuple[EntryRef, ...]


@dataclass(frozen=True, slots=True)
class MentionLine:
    """A work that a source cites, and where."""

    source: SourceLine
    note: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A source with its paragraphs, and either what it cites or where it is cited."""

    source: SourceLine
    paragraphs: tuple[ParagraphLine, ...]
    mentions: tuple[MentionLine, ...]
    mentioned: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class TermLine:
    """A glossary entry."""

    slug: str
    name: str
    aliases: tuple[str, ...]
    definition: str
    entry: EntryRef | None
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """An entry with everything the book says of it.

    Attributes:
        passages: the narrative, its summary first.
        events: its own events and those it took part in, by earliest begin.
        sources: the sources that anything on the page cites, by their ids.
        links: the entries and terms that the narrative links to, by target.
        is_damaged: the page is not what was built; the file has changed since.
    """

    entry: EntryLine
    outcome_note: str
    passages: tuple[Passage, ...]
    relations: tuple[RelationLine, ...]
    people: tuple[PersonLine, ...]
    events: tuple[EventLine, ...]
    figures: tuple[FigureLine, ...]
    assessments: tuple[AssessmentLine, ...]
    questions: tuple[str, ...]
    teaching_notes: tuple[str, ...]
    sources: dict[str, SourceLine]
    links: dict[str, EntryRef]
    is_damaged: bool = False

    @property
    def own_events(self) -> tuple[EventLine, ...]:
        """The entry's own events, as its author wrote them."""
        own = (event for event in self.events if event.entry.slug == self.entry.slug)
        return tuple(sorted(own, key=lambda event: event.position))

    @property
    def summary(self) -> Text:
        return self.passages[0].text if self.passages else Text("")
