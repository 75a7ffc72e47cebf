"""What lists of entries answer with: plain values that say all that a face needs."""

from typing import TYPE_CHECKING, NamedTuple

from casebook.citations import Citation
from casebook.dates import Bounds
from casebook.vocabulary import BookOutcome, Kind, Outcome

if TYPE_CHECKING:
    from casebook.book.entry_parts import AliasLine, IndustryLine, OutcomeAccount


class BookInfo(NamedTuple):
    """What a book says of itself."""

    slug: str
    title: str
    edition: str
    description: str
    language: str
    licence: str
    content_hash: str


class FoundationLine(NamedTuple):
    """An earlier volume that a volume builds on, and the least edition of it that will do."""

    slug: str
    edition: str


class VolumeLine(NamedTuple):
    """One of the packs that a book is made of."""

    slug: str
    title: str
    edition: str
    description: str
    language: str
    licence: str
    builds_on: tuple[FoundationLine, ...] = ()


class PlaceLine(NamedTuple):
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


class Coordinates(NamedTuple):
    """Where on the globe a place is, in degrees north and degrees east."""

    latitude: float
    longitude: float


class SettingLine(NamedTuple):
    """The case libraries' four lines: place, industry, size, years.

    Attributes:
        citations: for each of `place`, `industry:0`, `size`, `years`, `outcome`, where it
            stands in the sources.
    """

    places: tuple[PlaceLine, ...] = ()
    industries: "tuple[IndustryLine, ...]" = ()
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


class EntryLine(NamedTuple):
    """An entry as lists show it.

    Attributes:
        outcome: contested where sources disagree on it; `Sealed.SEALED` of a case of which a
            students' edition does not hold it.
        volume: the slug of the volume that it is an entry of.
        outcome_accounts: what each source says of its outcome, where they contradict one
            another; else none.
    """

    slug: str
    kind: Kind
    title: str
    aliases: "tuple[AliasLine, ...]" = ()
    setting: SettingLine = SettingLine()
    outcome: BookOutcome | None = None
    is_unnamed: bool = False
    volume: str = ""
    outcome_accounts: "tuple[OutcomeAccount, ...]" = ()

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Its outcome, or each that an account gives; none where nothing is said."""
        if isinstance(self.outcome, Outcome):
            return (self.outcome,)
        return tuple(account.outcome for account in self.outcome_accounts)

    @property
    def outcome_said(self) -> str:
        """Its outcome as people read it; those of several accounts side by side."""
        words = " or ".join(outcome.said for outcome in self.outcomes)
        return words or (self.outcome.said if self.outcome else "")


class EntryRef(NamedTuple):
    """An entry as another page names it."""

    slug: str
    kind: Kind
    title: str
