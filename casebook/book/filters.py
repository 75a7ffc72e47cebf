"""Which entries of a book a list shows: a filter, what it may be narrowed to, and its words."""

import re
from collections.abc import Collection, Iterable
from typing import Literal, NamedTuple, Self, TypeVar, assert_never, get_args

from casebook.book.connection import Book
from casebook.book.rows import marks, text, word
from casebook.book.volumes import has_several, volumes
from casebook.errors import NotFoundError
from casebook.safe_text import made_safe_line
from casebook.vocabulary import ContestedPart, Kind, Outcome

Facet = Literal[
    "kinds", "outcomes", "countries", "industries", "volumes", "only", "has", "contested"
]
"""The fields of a filter, in the order in which they are offered."""


CONTESTED_SQL = {
    ContestedPart.OUTCOME: "SELECT t.entry_id FROM account AS o"
    " JOIN setting AS t ON t.statement_id = o.of_id",
    ContestedPart.RATING: "SELECT r.entry_id FROM account AS o"
    " JOIN assessment AS r ON r.statement_id = o.of_id",
    ContestedPart.EVENT: "SELECT v.entry_id FROM account AS o"
    " JOIN event AS v ON v.statement_id = o.of_id",
    ContestedPart.FIGURE: "SELECT f.entry_id FROM account AS o"
    " JOIN figure_subject AS f ON f.figure_id = o.of_id",
}
"""The entries of which sources disagree on each part."""


class EntryFilter(NamedTuple):
    """Which entries a list shows. A filter is a value; narrowing it makes another.

    Within a field any of the words will do, all fields must agree.

    Attributes:
        countries: ISO 3166 codes.
        industries: ISIC Rev. 4 codes; a code stands for all below it.
        outcomes: an entry on whose outcome sources disagree is found under each of them.
        volumes: slugs; what is only added to by a volume is not of it.
        only: grades of sources, `AB`: every source that an entry rests on is of one of them.
        has: likewise: at least one of its sources is.
        contested: anything of the entry on which sources disagree.
    """

    kinds: tuple[Kind, ...] = ()
    countries: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    volumes: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    contested: tuple[ContestedPart, ...] = ()

    def __bool__(self) -> bool:
        return any(self)

    def toggled(self, facet: Facet, value: str) -> Self:
        """The filter with a value put in or taken out of a facet."""
        match facet:
            case "kinds":
                return self._replace(kinds=_toggled(self.kinds, Kind(value)))
            case "outcomes":
                return self._replace(outcomes=_toggled(self.outcomes, Outcome(value)))
            case "contested":
                return self._replace(contested=_toggled(self.contested, ContestedPart(value)))
            case "countries":
                return self._replace(countries=_toggled(self.countries, value))
            case "industries":
                return self._replace(industries=_toggled(self.industries, value))
            case "volumes":
                return self._replace(volumes=_toggled(self.volumes, value))
            case "only":
                return self._replace(only=_toggled(self.only, value))
            case "has":
                return self._replace(has=_toggled(self.has, value))
            case _:
                assert_never(facet)

    def without(self, facet: Facet) -> Self:
        """The filter without one of its facets."""
        without = self
        for value in self.chosen(facet):
            without = without.toggled(facet, value)
        return without

    def chosen(self, facet: Facet) -> tuple[str, ...]:
        """The words of one facet."""
        words: tuple[str, ...] = getattr(self, facet)
        return words


_Word = TypeVar("_Word", bound=str)


def _toggled(words: tuple[_Word, ...], word: _Word) -> tuple[_Word, ...]:
    without = tuple(kept for kept in words if kept != word)
    return without if len(without) < len(words) else (*words, word)


FACETS: tuple[Facet, ...] = get_args(Facet)


class FacetValue(NamedTuple):
    """One value of a facet and how many entries it would leave.

    Attributes:
        entries: how many the rest of the filter and this value allow.
    """

    facet: Facet
    value: str
    label: str
    entries: int
    is_chosen: bool


_ONLY = "(e.source_grades <> '' AND ltrim(e.source_grades, ?) = '')"
_HAS = "e.source_grades GLOB '*[' || ? || ']*'"


def sql_condition(chosen: EntryFilter) -> tuple[str, list[str]]:
    """The SQL condition of a filter on `entry AS e`, and what is bound in it."""
    conditions: list[str] = []
    bound: list[str] = []
    if chosen.kinds:
        conditions.append(f"e.kind IN ({marks(len(chosen.kinds))})")
        bound.extend(chosen.kinds)
    if chosen.outcomes:
        several = marks(len(chosen.outcomes))
        accounts = (
            "SELECT t.entry_id FROM account AS o JOIN setting AS t ON t.statement_id = o.of_id"
        )
        conditions.append(
            f"(e.outcome IN ({several}) OR e.outcome = 'contested' AND e.id IN"
            f" ({accounts} WHERE o.outcome IN ({several})))"
        )
        bound.extend((*chosen.outcomes, *chosen.outcomes))
    if chosen.countries:
        conditions.append(
            "e.id IN (SELECT sp.entry_id FROM setting_place AS sp"
            " JOIN place AS p ON p.id = sp.place_id"
            f" WHERE p.country IN ({marks(len(chosen.countries))}))"
        )
        bound.extend(chosen.countries)
    if chosen.industries:
        each = " OR ".join(
            "i.section = ? OR substr(si.code, 1, length(?)) = ?" for _ in chosen.industries
        )
        conditions.append(
            "e.id IN (SELECT si.entry_id FROM setting_industry AS si"
            f" JOIN industry AS i ON i.code = si.code WHERE {each})"
        )
        for code in chosen.industries:
            bound.extend((code, code, code))
    if chosen.volumes:
        several = marks(len(chosen.volumes))
        conditions.append(f"e.volume_id IN (SELECT id FROM volume WHERE slug IN ({several}))")
        bound.extend(chosen.volumes)
    for choices, pattern in ((chosen.only, _ONLY), (chosen.has, _HAS)):
        if choices:
            conditions.append(f"({' OR '.join(pattern for _ in choices)})")
            bound.extend(choices)
    if chosen.contested:
        each = " UNION ALL ".join(CONTESTED_SQL[part] for part in chosen.contested)
        conditions.append(f"e.id IN ({each})")
    return " AND ".join(conditions) or "1", bound


def facets(
    book: Book, chosen: EntryFilter = EntryFilter(), among: Collection[str] | None = None
) -> dict[str, list[FacetValue]]:
    """For each facet, its values and how many entries each would leave.

    A facet's own choice does not narrow its counts, so a second value can be seen before
    it is added. Values that would leave nothing are left out, chosen ones stay; a book of one
    volume has no volumes to choose from.

    Args:
        among: the slugs of the entries that are counted; None for all.
    """
    return {facet: _facet(book, chosen, facet, among) for facet in FACETS}


_OFFERED_GRADES = ("A", "AB")
"""Grades of sources that a list may be narrowed to; others can be typed."""


def _grades(
    book: Book, chosen: EntryFilter, facet: Literal["only", "has"], among: Collection[str] | None
) -> list[FacetValue]:
    """How many entries rest on sources of some grades; of a book without grades nothing."""
    mine = chosen.chosen(facet)
    values = []
    for grades in dict.fromkeys((*_OFFERED_GRADES, *mine)):
        where, bound = _among(chosen.without(facet).toggled(facet, grades), among)
        ((count,),) = book.ask(f"SELECT count(*) FROM entry AS e WHERE {where}", bound)
        if count or grades in mine:
            values.append(FacetValue(facet, grades, grades_said(grades), count, grades in mine))
    return values


def grades_said(grades: str) -> str:
    """Grades as people read them: `A or B`."""
    return " or ".join(grades)


def grade_choice(typed: str) -> str:
    """Grades of sources as a filter has them, from `ab`, `A,B` or `a or b`.

    Raises:
        NotFoundError: they are none.
    """
    from casebook.source_grades import Grade

    letters = re.sub(r"(?i)[\s,;/+]|\bor\b", "", typed).upper()
    if not letters or set(letters) - set(Grade):
        known = ", ".join(Grade)
        raise NotFoundError(
            f"There is no grade of sources '{made_safe_line(typed)}'; grades are {known}, and"
            " several are written together: AB."
        )
    return "".join(grade for grade in Grade if grade in letters)


def _among(chosen: EntryFilter, among: Collection[str] | None) -> tuple[str, list[str]]:
    """The SQL condition of a filter, asked of some entries alone."""
    where, bound = sql_condition(chosen)
    if among is None:
        return where, bound
    return f"{where} AND e.slug IN ({marks(len(among))})", [*bound, *among]


_FACET_SQL = {
    "kinds": "SELECT e.kind, e.kind, count(*) FROM entry AS e WHERE {where} GROUP BY e.kind",
    "outcomes": (
        "SELECT h.outcome, h.outcome, count(DISTINCT e.id) FROM (SELECT id, outcome FROM entry"
        " WHERE outcome <> 'contested' UNION ALL SELECT t.entry_id, o.outcome FROM account AS o"
        " JOIN setting AS t ON t.statement_id = o.of_id WHERE o.outcome IS NOT NULL) AS h"
        " JOIN entry AS e ON e.id = h.id WHERE {where} GROUP BY h.outcome"
    ),
    "countries": (
        "SELECT p.country, max(p.country_name), count(DISTINCT e.id) FROM entry AS e"
        " JOIN setting_place AS sp ON sp.entry_id = e.id JOIN place AS p ON p.id = sp.place_id"
        " WHERE {where} AND p.country IS NOT NULL GROUP BY p.country"
    ),
    "industries": (
        "SELECT s.code, s.label, count(DISTINCT e.id) FROM entry AS e"
        " JOIN setting_industry AS si ON si.entry_id = e.id"
        " JOIN industry AS i ON i.code = si.code JOIN industry AS s ON s.code = i.section"
        " WHERE {where} GROUP BY s.code"
    ),
    "volumes": (
        "SELECT v.slug, v.title, count(*) FROM entry AS e JOIN volume AS v ON v.id = e.volume_id"
        " WHERE {where} GROUP BY v.id"
    ),
    "contested": (
        "SELECT h.part, h.part, count(DISTINCT e.id) FROM ("
        + " UNION ALL ".join(
            f"SELECT '{part.value}' AS part, {part.name}.* FROM ({sql}) AS {part.name}"
            for part, sql in CONTESTED_SQL.items()
        )
        + ") AS h JOIN entry AS e ON e.id = h.entry_id WHERE {where} GROUP BY h.part"
    ),
}
_FACET_ORDER = {
    "kinds": [kind.value for kind in Kind],
    "outcomes": [outcome.value for outcome in Outcome],
    "contested": [part.value for part in ContestedPart],
}


def _label(facet: Facet, value: object, label: object) -> str:
    """A value of a facet as people read it."""
    if facet == "outcomes" and value in tuple(Outcome):
        return Outcome(text(value)).said
    if facet == "contested" and value in tuple(ContestedPart):
        return ContestedPart(text(value)).said
    return text(label) or text(value)


def _facet(
    book: Book, chosen: EntryFilter, facet: Facet, among: Collection[str] | None
) -> list[FacetValue]:
    if facet == "volumes" and not has_several(book):
        return []
    if facet == "only" or facet == "has":
        return _grades(book, chosen, facet, among)
    if facet == "contested" and not book.has_accounts and not chosen.contested:
        return []
    where, bound = _among(chosen.without(facet), among)
    mine = chosen.chosen(facet)
    values = [
        FacetValue(facet, text(value), _label(facet, value, label), count, value in mine)
        for value, label, count in book.ask(_FACET_SQL[facet].format(where=where), bound)
        if text(value) and (facet not in _FACET_ORDER or value in _FACET_ORDER[facet])
    ]
    missing = set(mine) - {value.value for value in values}
    values += [
        FacetValue(facet, value, _label(facet, value, value), 0, True) for value in sorted(missing)
    ]
    order = _FACET_ORDER.get(facet)
    if facet == "volumes":
        order = [volume.slug for volume in volumes(book)]
    if order:
        places = {word: place for place, word in enumerate(order)}
        return sorted(values, key=lambda found: places.get(found.value, len(places)))
    return sorted(values, key=lambda found: (-found.entries, found.label))


def country_codes(book: Book, words: Iterable[str]) -> list[str]:
    """The ISO codes of countries given as codes or names.

    Raises:
        NotFoundError: the book has no entry in such a country.
    """
    rows = book.ask("SELECT DISTINCT country, country_name FROM place WHERE country IS NOT NULL")
    names = {text(name).casefold(): text(code) for code, name in rows}
    names |= {text(code).casefold(): text(code) for code, _ in rows}
    return [_known(typed, names, "country") for typed in words]


def industry_codes(book: Book, words: Iterable[str]) -> list[str]:
    """The ISIC codes of industries given as codes or parts of their labels.

    Raises:
        NotFoundError: the book has no entry in such an industry.
    """
    rows = [
        (text(code), text(label)) for code, label in book.ask("SELECT code, label FROM industry")
    ]
    codes = {code.casefold(): code for code, _ in rows}
    found: list[str] = []
    for typed in words:
        wanted = typed.casefold()
        if wanted in codes:
            found.append(codes[wanted])
            continue
        matching = [code for code, label in rows if wanted and wanted in label.casefold()]
        if not matching:
            raise NotFoundError(f"There is no industry '{made_safe_line(typed)}' in this book.")
        found.extend(matching)
    return found


def _known(typed: str, names: dict[str, str], what: str) -> str:
    try:
        return names[typed.casefold()]
    except KeyError:
        known = ", ".join(sorted(set(names.values())))
        raise NotFoundError(
            f"There is no {what} '{made_safe_line(typed)}' in this book; it has {known}."
        ) from None


def counts_by_kind(book: Book, chosen: EntryFilter = EntryFilter()) -> dict[Kind, int]:
    """How many entries of each kind a filter allows."""
    where, bound = sql_condition(chosen)
    rows = book.ask(f"SELECT e.kind, count(*) FROM entry AS e WHERE {where} GROUP BY e.kind", bound)
    return {kind: count for value, count in rows if (kind := word(Kind, value))}


def words_of(book: Book, chosen: EntryFilter) -> str:
    """A filter in words: `firms or regions; in New Zealand; manufacturing; success`."""
    if not chosen:
        return ""
    countries = {
        text(code): text(name)
        for code, name in book.ask("SELECT DISTINCT country, country_name FROM place")
    }
    labels = {
        text(code): text(label) for code, label in book.ask("SELECT code, label FROM industry")
    }
    titles = {volume.slug: volume.title for volume in volumes(book)}
    parts = (
        " or ".join(kind.plural for kind in chosen.kinds),
        " or ".join(outcome.said for outcome in chosen.outcomes),
        " or ".join(f"in {countries.get(code, code)}" for code in chosen.countries),
        " or ".join(labels.get(code, code).lower() for code in chosen.industries),
        " or ".join(f"in {titles.get(slug, slug)}" for slug in chosen.volumes),
        " or ".join(f"all sources of grade {grades_said(grades)}" for grades in chosen.only),
        " or ".join(f"at least one source of grade {grades_said(grades)}" for grades in chosen.has),
        " or ".join(f"contested {part.said}" for part in chosen.contested),
    )
    return "; ".join(part for part in parts if part)
