"""What a page, a source and a framework answer with: plain values that say all a face needs."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from casebook.book.account_values import AccountLine, AmountLine, DatedAccount
from casebook.book.entry_parts import OutcomeAccount
from casebook.book.exhibit_values import ExhibitLine
from casebook.book.rating_values import AssessmentLine, RatingAccount
from casebook.book.source_values import SourceLine
from casebook.book.teaching_values import QuestionLine, TeachingLine
from casebook.book.values import EntryLine, EntryRef, PlaceLine, VolumeLine
from casebook.citations import OWN, Citation
from casebook.dates import Bounds
from casebook.statement_kinds import EventKind, FigureKind
from casebook.text import PassageLine, Text
from casebook.told_relations import BoundName, TimeRelation


class RelationLine(NamedTuple):
    """How an entry stands to another, read from this entry.

    Attributes:
        term: the schema.org or W3C ORG property, of the relation as its author wrote it.
        is_inverse: it was written on the other's page.
        volume: the slug of the volume that says it, in a book of several volumes.
    """

    role: str
    other: EntryRef
    as_role: str
    note: str
    citations: tuple[Citation, ...]
    term: str = ""
    is_inverse: bool = False
    volume: str = ""


class PersonLine(NamedTuple):
    """Someone a source names in connection with an entry."""

    name: str
    role: str
    note: str
    citations: tuple[Citation, ...]


class ParticipantLine(NamedTuple):
    """An entry that took part in an event."""

    entry: EntryRef
    role: str


class EventRef(NamedTuple):
    """An event as another names it."""

    entry: EntryRef
    key: str
    short: str

    @property
    def id(self) -> tuple[str, str]:
        """What it is known by in a book."""
        return self.entry.slug, self.key


class ToldLine(NamedTuple):
    """What a source says of the order or the distance of two events.

    Attributes:
        event: the event that the statement is about.
        other: the event that it is placed against.
        words: what the source tells, in the book's own words; may be empty.
        distance: the source's words for the time between their beginnings.
        least: the shortest that the time may be, as an ISO 8601 duration; may be empty.
        most: the longest, likewise.
    """

    event: EventRef
    relation: TimeRelation
    other: EventRef
    words: str
    distance: str
    least: str
    most: str
    least_days: int | None
    most_days: int | None
    citations: tuple[Citation, ...]

    @property
    def is_inferred(self) -> bool:
        """Whether anything that it rests on is inferred or the book's own, and not stated."""
        return any(citation.inferred or citation.source == OWN for citation in self.citations)


class DateStep(NamedTuple):
    """A date as a link of a chain of reasons.

    Attributes:
        day: the bound itself; None where it is not known.
        is_over_accounts: sources disagree on the date, and the bound leaves room for each.
    """

    event: EventRef
    bound: BoundName
    date_text: str
    day: int | None = None
    is_over_accounts: bool = False


class BoundReasons(NamedTuple):
    """Why a bound of an event is tighter than its own date: the date it starts from, then
    each statement."""

    bound: BoundName
    steps: tuple[DateStep | ToldLine, ...]

    @property
    def told(self) -> tuple[ToldLine, ...]:
        """The statements alone."""
        return tuple(step for step in self.steps if isinstance(step, ToldLine))

    @property
    def is_over_accounts(self) -> bool:
        """True if it starts from a date on which sources disagree."""
        return any(isinstance(step, DateStep) and step.is_over_accounts for step in self.steps)


class EventLine(NamedTuple):
    """Something dated that happened to an entry.

    Where sources contradict one another, date and bounds are what their accounts have in
    common, and the place is None where they name different ones.

    Attributes:
        bounds: what its own date says.
        derived: tighter bounds that follow from told order, or None where none do.
        reasons: why, for each bound that is tighter.
        told: what sources say of its place among other events.
        volume: the slug of the volume that says it, in a book of several volumes.
        accounts: what each source says, where they contradict one another; else none.
    """

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
    derived: Bounds | None = None
    reasons: tuple[BoundReasons, ...] = ()
    told: tuple[ToldLine, ...] = ()
    volume: str = ""
    accounts: tuple[AccountLine, ...] = ()

    @property
    def lane(self) -> str:
        """The lane of its place; those of several accounts side by side."""
        return " or ".join(self.lanes)

    @property
    def lanes(self) -> tuple[str, ...]:
        """The lanes of its place, or of each place that an account names."""
        return tuple(dict.fromkeys(place.lane for place in self.places))

    @property
    def places(self) -> tuple[PlaceLine, ...]:
        """Its place, or each place that an account names."""
        if self.place or not self.accounts:
            return (self.place,) if self.place else ()
        return tuple(dict.fromkeys(account.place for account in self.accounts if account.place))

    @property
    def place_name(self) -> str:
        """The name of its place, or those that accounts give: `Takaoka or Toyama`."""
        return " or ".join(place.name for place in self.places)

    @property
    def full_place_name(self) -> str:
        """The same with countries."""
        return " or ".join(place.full_name for place in self.places)

    @property
    def dated_accounts(self) -> tuple[DatedAccount, ...]:
        """The different dates that accounts give; none where they agree on it."""
        found = {account.bounds: account.date_text for account in self.accounts if account.bounds}
        return tuple(DatedAccount(*dated) for dated in found.items()) if len(found) > 1 else ()

    @property
    def stated_citations(self) -> tuple[Citation, ...]:
        """What it rests on, and each account of it."""
        others = (citation for account in self.accounts for citation in account.citations)
        return tuple(dict.fromkeys((*self.citations, *others)))

    @property
    def is_over_accounts(self) -> bool:
        """True if its known bounds leave room for each of several accounts of a date."""
        return bool(self.dated_accounts) or any(
            reasons.is_over_accounts for reasons in self.reasons
        )

    @property
    def id(self) -> tuple[str, str]:
        """What it is known by in a book."""
        return self.entry.slug, self.key

    @property
    def known(self) -> Bounds:
        """The tightest bounds: of its date and of all that is told."""
        return self.derived or self.bounds

    @property
    def all_citations(self) -> Iterator[Citation]:
        """Its own citations, those of its accounts, of what is told of it and of the reasons."""
        yield from self.stated_citations
        for statement in self.told:
            yield from statement.citations
        for reasons in self.reasons:
            for statement in reasons.told:
                yield from statement.citations


class FigureLine(NamedTuple):
    """One number from a source.

    Attributes:
        owner: the slug of the entry that it was written for; empty where it stands by itself.
        volume: the slug of the volume that says it, in a book of several volumes.
        accounts: what each source says, where they contradict one another; else none. The
            value has all of them: `42.5 or 4.25`.
    """

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
    owner: str = ""
    volume: str = ""
    accounts: tuple[AmountLine, ...] = ()

    @property
    def stated_citations(self) -> tuple[Citation, ...]:
        """What it rests on, and each account of it."""
        others = (citation for account in self.accounts for citation in account.citations)
        return tuple(dict.fromkeys((*self.citations, *others)))

    @property
    def amount(self) -> str:
        """Qualifier, value and unit: `more than 25%`."""
        unit = self.unit if self.unit.startswith("%") else f" {self.unit}"
        return f"{self.qualifier} {self.value}{unit}".strip()


class CriterionLine(NamedTuple):
    """One point of a framework; `depth` is 0 for a point, 1 for a sub-point."""

    key: str
    title: str
    text: str
    depth: int
    citations: tuple[Citation, ...]


class FrameworkLine(NamedTuple):
    """A checklist, a set of conditions or a row of stages, with its points in order.

    Attributes:
        volume: the slug of the volume that gives it, in a book of several volumes.
    """

    slug: str
    title: str
    description: str
    is_assessed: bool
    criteria: tuple[CriterionLine, ...]
    citations: tuple[Citation, ...]
    volume: str = ""

    def criterion(self, key: str) -> CriterionLine | None:
        """The point of a key, or None."""
        return next((point for point in self.criteria if point.key == key), None)


class _Said(Protocol):
    """What some volume says."""

    @property
    def volume(self) -> str: ...


class Page(NamedTuple):
    """An entry with everything the book says of it.

    Attributes:
        passages: the narrative, its summary first.
        events: its own events and those it took part in, in told order and by earliest begin.
        teaching: the teaching note, for lecturers alone.
        teaching_notes: advice to lecturers in the short form.
        sources: the sources that anything on the page cites, by their ids; what the teaching
            note alone cites is not among them.
        teaching_sources: the sources that the teaching note cites.
        links: the entries and terms that the narrative links to, by target.
        is_damaged: the page is not what was built; the file has changed since.
        volumes: of the book, in order.
        has_sealed_ratings: it is that of a case whose ratings are not revealed yet.
        added_accounts: of a page that is cut down to what a volume says, its accounts of
            events of other volumes.
        added_amounts, added_ratings, added_outcomes: likewise of figures, of ratings, and of
            the outcome.
        is_hidden: ratings or the outcome are hidden, so that the reader may give their own.
    """

    entry: EntryLine
    outcome_note: str
    passages: tuple[PassageLine, ...]
    relations: tuple[RelationLine, ...]
    people: tuple[PersonLine, ...]
    events: tuple[EventLine, ...]
    figures: tuple[FigureLine, ...]
    assessments: tuple[AssessmentLine, ...]
    exhibits: tuple[ExhibitLine, ...]
    questions: tuple[QuestionLine, ...]
    teaching: TeachingLine | None
    teaching_notes: tuple[str, ...]
    sources: dict[str, SourceLine]
    teaching_sources: dict[str, SourceLine]
    links: dict[str, EntryRef]
    is_damaged: bool = False
    volumes: tuple[VolumeLine, ...] = ()
    has_sealed_ratings: bool = False
    added_accounts: tuple[tuple[EventLine, AccountLine], ...] = ()
    added_amounts: tuple[tuple[FigureLine, AmountLine], ...] = ()
    added_ratings: tuple[tuple[AssessmentLine, RatingAccount], ...] = ()
    added_outcomes: tuple[OutcomeAccount, ...] = ()
    is_hidden: bool = False

    @property
    def additions(self) -> tuple[tuple[VolumeLine, "Page"], ...]:
        """What other volumes say on the page: each with the page cut down to that."""
        if len(self.volumes) < 2:
            return ()
        pages = (
            (volume, self._said_by(volume.slug))
            for volume in self.volumes
            if volume.slug != self.entry.volume
        )
        return tuple((volume, page) for volume, page in pages if page is not None)

    @property
    def of_own_volume(self) -> "Page":
        """The page without what other volumes say."""
        if len(self.volumes) < 2:
            return self
        return self._said_by(self.entry.volume) or self

    def _said_by(self, volume: str) -> "Page | None":
        """The page cut down to what a volume says; None where that is nothing."""
        own = self.entry.volume

        def is_said(line: _Said) -> bool:
            # In a damaged book nobody may say a line; it is not to be lost.
            return (line.volume or own) == volume

        cut = self._replace(
            passages=tuple(filter(is_said, self.passages)),
            relations=tuple(filter(is_said, self.relations)),
            events=tuple(filter(is_said, self.events)),
            figures=tuple(filter(is_said, self.figures)),
            assessments=tuple(filter(is_said, self.assessments)),
            exhibits=tuple(filter(is_said, self.exhibits)),
            questions=tuple(filter(is_said, self.questions)),
            added_accounts=tuple(
                (event, account)
                for event in self.own_events
                for account in event.accounts
                if account.volume == volume != (event.volume or own)
            ),
            added_amounts=tuple(
                (figure, amount)
                for figure in self.figures
                for amount in figure.accounts
                if figure.owner == self.entry.slug
                and amount.volume == volume != (figure.volume or own)
            ),
            added_ratings=tuple(
                (line, account)
                for line in self.assessments
                for account in line.accounts
                if account.volume == volume != (line.volume or own)
            ),
            added_outcomes=tuple(
                account
                for account in self.entry.outcome_accounts
                if account.volume == volume != own
            ),
        )
        if volume == own:
            return cut
        cut = cut._replace(people=(), teaching=None, teaching_notes=(), has_sealed_ratings=False)
        says_anything = (
            cut.passages
            or cut.relations
            or cut.events
            or cut.figures
            or cut.assessments
            or cut.exhibits
            or cut.questions
            or cut.added_accounts
            or cut.added_amounts
            or cut.added_ratings
            or cut.added_outcomes
        )
        return cut if says_anything else None

    @property
    def has_teaching_notes(self) -> bool:
        """Whether there is anything on it for lecturers alone."""
        return self.teaching is not None or bool(self.teaching_notes)

    @property
    def own_events(self) -> tuple[EventLine, ...]:
        """The entry's own events, as its author wrote them."""
        own = (event for event in self.events if event.entry.slug == self.entry.slug)
        return tuple(sorted(own, key=lambda event: event.position))

    @property
    def summary(self) -> Text:
        return self.passages[0].text if self.passages else Text("")
