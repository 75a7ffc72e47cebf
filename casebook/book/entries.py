"""The entries of a book as lists show them: filtered, counted, in order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, TypeVar, assert_never, get_args

from casebook.book.connection import Book, Row
from casebook.book.rows import (
    PLACE_COLUMNS,
    bounds,
    citations_of,
    entry_ref,
    in_batches,
    marks,
    place,
    plain_citations,
    text,
    word,
)
from casebook.book.rows import name as shown_name
from casebook.book.rows import slug as known_slug
from casebook.book.rows import title as known_title
from casebook.book.values import AliasLine, EntryLine, EntryRef, Industry, PlaceLine, Setting
from casebook.citations import Citation
from casebook.errors import NotFoundError
from casebook.safe_text import made_safe_line
from casebook.vocabulary import AliasKind, Kind, Outcome

Facet = Literal["kinds", "outcomes", "countries", "industries"]
"""The fields of a filter, in the order in which they are offered."""


class ShelfFilter(NamedTuple):
    """Which entries a list shows. A filter is a value; narrowing it makes another.

    Within a field any of the words will do, all fields must agree.

    Attributes:
        countries: ISO 3166 codes.
        industries: ISIC Rev. 4 codes; a code stands for all below it.
    """

    kinds: tuple[Kind, ...] = ()
    countries: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    def __bool__(self) -> bool:
        return any((self.kinds, self.countries, self.industries, self.outcomes))

    def toggled(self, facet: Facet, value: str) -> ShelfFilter:
        """The filter with a value put in or taken out of a facet."""
        match facet:
            case "kinds":
                return self._replace(kinds=_toggled(self.kinds, Kind(value)))
            case "outcomes":
                return self._replace(outcomes=_toggled(self.outcomes, Outcome(value)))
            case "countries":
                return self._replace(countries=_toggled(self.countries, value))
            case "industries":
                return self._replace(industries=_toggled(self.industries, value))
            case _:
                assert_never(facet)

    def without(self, facet: Facet) -> ShelfFilter:
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
    without = tuple(one for one in words if one != word)
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


def condition(chosen: ShelfFilter) -> tuple[str, list[str]]:
    """The SQL condition of a filter on `entry AS e`, and what is bound in it."""
    conditions: list[str] = []
    bound: list[str] = []
    for column, words in (("kind", chosen.kinds), ("outcome", chosen.outcomes)):
        if words:
            conditions.append(f"e.{column} IN ({marks(len(words))})")
            bound.extend(words)
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
    return " AND ".join(conditions) or "1", bound


def ids(book: Book, chosen: ShelfFilter = ShelfFilter()) -> list[int]:
    """The keys of the entries that a filter allows: cases first, then by title."""
    where, bound = condition(chosen)
    rows = book.ask(
        f"SELECT e.id FROM entry AS e WHERE {where} ORDER BY e.shelf, e.sort_title, e.id",
        bound,
    )
    return [row[0] for row in rows]


def slugs(book: Book, chosen: ShelfFilter = ShelfFilter()) -> list[str]:
    """The slugs of the entries that a filter allows, in the order of `ids`."""
    where, bound = condition(chosen)
    rows = book.ask(
        f"SELECT e.slug FROM entry AS e WHERE {where} ORDER BY e.shelf, e.sort_title, e.id",
        bound,
    )
    return [slug for row in rows if (slug := known_slug(row[0]))]


def lines(book: Book, keys: Sequence[int], *, cited: bool = True) -> list[EntryLine]:
    """The entries of some keys, in the order of the keys.

    A row that is none is left out and noted among the book's faults.

    Args:
        cited: with the citations of aliases and settings.
    """
    found: dict[int, EntryLine] = {}
    for batch in in_batches(keys):
        found.update(_lines(book, batch, cited=cited))
    return [found[key] for key in keys if key in found]


def all_lines(book: Book, chosen: ShelfFilter = ShelfFilter()) -> list[EntryLine]:
    """The entries that a filter allows."""
    return lines(book, ids(book, chosen))


def line(book: Book, slug: str) -> EntryLine:
    """One entry.

    Raises:
        NotFoundError: the book has no entry of that slug.
    """
    found = lines(book, [key_of(book, slug)])
    if not found:
        raise NotFoundError(f"The entry '{made_safe_line(slug)}' is damaged.")
    return found[0]


def key_of(book: Book, slug: str) -> int:
    """The key of an entry.

    Raises:
        NotFoundError: the book has no entry of that slug; the message names the nearest ones.
    """
    key = find_key(book, slug)
    if key is None:
        raise no_entry(book, slug)
    return key


def no_entry(book: Book, slug: str) -> NotFoundError:
    """The failure to find an entry; the message names those whose slugs are nearest."""
    near = near_slugs(book, slug)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    return NotFoundError(f"There is no entry '{made_safe_line(slug)}' in this book.{hint}")


def find_key(book: Book, slug: str) -> int | None:
    """The key of an entry, or None."""
    row = book.one("SELECT id FROM entry WHERE slug = ?", [slug])
    return int(row[0]) if row else None


def keys_of(book: Book, slugs: Iterable[str]) -> list[int]:
    """The keys of the entries that exist among some slugs, in their order."""
    found: dict[str, int] = {}
    wanted = list(dict.fromkeys(slugs))
    for batch in in_batches(wanted):
        rows = book.ask(f"SELECT slug, id FROM entry WHERE slug IN ({marks(len(batch))})", batch)
        found.update(dict(rows))
    return [found[slug] for slug in wanted if slug in found]


def refs(book: Book, slugs: Iterable[str]) -> dict[str, EntryRef]:
    """Kind and title of the entries that exist among some slugs."""
    found: dict[str, EntryRef] = {}
    for batch in in_batches(dict.fromkeys(slugs)):
        rows = book.ask(
            f"SELECT slug, kind, title FROM entry WHERE slug IN ({marks(len(batch))})", batch
        )
        found.update({ref.slug: ref for row in rows if (ref := entry_ref(row))})
    return found


def _lines(book: Book, keys: list[int], *, cited: bool) -> dict[int, EntryLine]:
    several = marks(len(keys))
    settings = _settings(book, keys, cited=cited)
    aliases: dict[int, list[AliasLine]] = defaultdict(list)
    alias_rows = _first_of_each(
        book,
        book.ask(
            "SELECT entry_id, statement_id, text, kind, note FROM alias"
            f" WHERE entry_id IN ({several}) ORDER BY entry_id, position",
            keys,
        ),
    )
    found_citations = citations_of(book, (row[1] for row in alias_rows if cited))
    for entry, statement, alias, kind, note in alias_rows:
        alias_kind, other_name = word(AliasKind, kind), shown_name(alias)
        if alias_kind is None or not other_name:
            book.fault(f"alias {statement} has no words or no known kind and is left out")
            continue
        citations = plain_citations(found_citations[statement])
        aliases[entry].append(AliasLine(other_name, alias_kind, text(note), citations))
    found: dict[int, EntryLine] = {}
    for key, slug, kind, title, outcome, unnamed in book.ask(
        f"SELECT id, slug, kind, title, outcome, is_unnamed FROM entry WHERE id IN ({several})",
        keys,
    ):
        entry_kind, entry_slug = word(Kind, kind), known_slug(slug)
        if entry_kind is None or not entry_slug:
            book.fault(f"entry {key} has no known kind or no slug and is left out")
            continue
        shown_title = known_title(title)
        if not shown_title:
            book.fault(f"entry {key} has no title; its slug stands in its place")
        elif shown_title != title:
            book.fault(f"entry {key} has a title that is too long or of several lines; it is cut")
        found[key] = EntryLine(
            entry_slug,
            entry_kind,
            shown_title or entry_slug,
            tuple(aliases[key]),
            settings.get(key, Setting()),
            _outcome(book, key, outcome),
            bool(unnamed),
        )
    return found


MOST_ALIASES = 200
"""Other names of one entry that are read."""


def _first_of_each(book: Book, rows: list[Row]) -> list[Row]:
    """The rows of each entry, the first column, as far as they are read."""
    if len(rows) <= MOST_ALIASES:
        return rows
    kept: list[Row] = []
    counts: Counter[object] = Counter()
    for row in rows:
        counts[row[0]] += 1
        if counts[row[0]] <= MOST_ALIASES:
            kept.append(row)
    for key, count in counts.items():
        if count > MOST_ALIASES:
            book.fault(f"entry {key} has {count} aliases; {count - MOST_ALIASES} are left out")
    return kept


def _outcome(book: Book, key: int, stored: object) -> Outcome | None:
    known = word(Outcome, stored)
    if known is None and stored is not None:
        book.fault(f"entry {key} has an outcome that is none")
    return known


def _settings(book: Book, keys: list[int], *, cited: bool) -> dict[int, Setting]:
    several = marks(len(keys))
    places: dict[int, list[PlaceLine]] = defaultdict(list)
    for entry, *row in book.ask(
        f"SELECT sp.entry_id, {PLACE_COLUMNS} FROM setting_place AS sp"
        f" JOIN place AS p ON p.id = sp.place_id WHERE sp.entry_id IN ({several})"
        " ORDER BY sp.entry_id, sp.position",
        keys,
    ):
        if where := place(tuple(row)):
            places[entry].append(where)
    industries: dict[int, list[Industry]] = defaultdict(list)
    for entry, code, label, note in book.ask(
        "SELECT si.entry_id, si.code, i.label, si.note FROM setting_industry AS si"
        f" JOIN industry AS i ON i.code = si.code WHERE si.entry_id IN ({several})"
        " ORDER BY si.entry_id, si.position",
        keys,
    ):
        industries[entry].append(Industry(shown_name(code), shown_name(label), text(note)))
    rows = book.ask(
        "SELECT entry_id, statement_id, size, years, years_edtf, years_inferred_from,"
        " earliest_begin, latest_begin, earliest_end, latest_end"
        f" FROM setting WHERE entry_id IN ({several})",
        keys,
    )
    found_citations = citations_of(book, (row[1] for row in rows if cited))
    found: dict[int, Setting] = {}
    for entry, statement, size, years, edtf, inferred_from, *days in rows:
        parts: dict[str, list[Citation]] = defaultdict(list)
        for part, citation in found_citations[statement]:
            parts[part].append(citation)
        found[entry] = Setting(
            tuple(places[entry]),
            tuple(industries[entry]),
            text(size),
            text(years),
            text(edtf),
            text(inferred_from),
            bounds(days) if text(edtf) else None,
            tuple((part, tuple(citations)) for part, citations in parts.items()),
        )
    return found


def facets(book: Book, chosen: ShelfFilter = ShelfFilter()) -> dict[str, list[FacetValue]]:
    """For each facet, its values and how many entries each would leave.

    A facet's own choice does not narrow its counts, so a second value can be seen before
    it is added. Values that would leave nothing are left out, chosen ones stay.
    """
    return {facet: _facet(book, chosen, facet) for facet in FACETS}


_FACET_SQL = {
    "kinds": "SELECT e.kind, e.kind, count(*) FROM entry AS e WHERE {where} GROUP BY e.kind",
    "outcomes": (
        "SELECT e.outcome, e.outcome, count(*) FROM entry AS e"
        " WHERE {where} AND e.outcome IS NOT NULL GROUP BY e.outcome"
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
}
_FACET_ORDER = {"kinds": [kind.value for kind in Kind], "outcomes": [one.value for one in Outcome]}


def _facet(book: Book, chosen: ShelfFilter, facet: Facet) -> list[FacetValue]:
    where, bound = condition(chosen.without(facet))
    mine = chosen.chosen(facet)
    values = [
        FacetValue(facet, text(value), text(label) or text(value), count, value in mine)
        for value, label, count in book.ask(_FACET_SQL[facet].format(where=where), bound)
        if text(value) and (facet not in _FACET_ORDER or value in _FACET_ORDER[facet])
    ]
    missing = set(mine) - {value.value for value in values}
    values += [FacetValue(facet, value, value, 0, True) for value in sorted(missing)]
    order = _FACET_ORDER.get(facet)
    if order:
        return sorted(values, key=lambda one: order.index(one.value) if one.value in order else 99)
    return sorted(values, key=lambda one: (-one.entries, one.label))


def country_codes(book: Book, words: Iterable[str]) -> list[str]:
    """The ISO codes of countries given as codes or names.

    Raises:
        NotFoundError: the book has no entry in such a country.
    """
    rows = book.ask("SELECT DISTINCT country, country_name FROM place WHERE country IS NOT NULL")
    names = {text(name).casefold(): text(code) for code, name in rows}
    names |= {text(code).casefold(): text(code) for code, _ in rows}
    return [_known(words_, names, "country") for words_ in words]


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
    for one in words:
        wanted = one.casefold()
        if wanted in codes:
            found.append(codes[wanted])
            continue
        matching = [code for code, label in rows if wanted and wanted in label.casefold()]
        if not matching:
            raise NotFoundError(f"There is no industry '{made_safe_line(one)}' in this book.")
        found.extend(matching)
    return found


def _known(word: str, names: dict[str, str], what: str) -> str:
    try:
        return names[word.casefold()]
    except KeyError:
        known = ", ".join(sorted(set(names.values())))
        raise NotFoundError(
            f"There is no {what} '{made_safe_line(word)}' in this book; it has {known}."
        ) from None


def near_slugs(book: Book, slug: str, most: int = 3) -> list[str]:
    """The slugs that look most like one that is not there."""
    from rapidfuzz import process
    from rapidfuzz.fuzz import WRatio

    slugs = [known_slug(row[0]) for row in book.ask("SELECT slug FROM entry")]
    found = process.extract(slug[:100], slugs, scorer=WRatio, limit=most, score_cutoff=70)
    return [name for name, _, _ in found]


def counts_by_kind(book: Book, chosen: ShelfFilter = ShelfFilter()) -> dict[Kind, int]:
    """How many entries of each kind a filter allows."""
    where, bound = condition(chosen)
    rows = book.ask(f"SELECT e.kind, count(*) FROM entry AS e WHERE {where} GROUP BY e.kind", bound)
    return {kind: count for value, count in rows if (kind := word(Kind, value))}


def said(book: Book, chosen: ShelfFilter) -> str:
    """A filter in words: `firms or regions; in New Zealand; manufacturing; success`."""
    countries = {
        text(code): text(name)
        for code, name in book.ask("SELECT DISTINCT country, country_name FROM place")
    }
    labels = {
        text(code): text(label) for code, label in book.ask("SELECT code, label FROM industry")
    }
    parts = (
        " or ".join(kind.plural for kind in chosen.kinds),
        " or ".join(chosen.outcomes),
        " or ".join(f"in {countries.get(code, code)}" for code in chosen.countries),
        " or ".join(labels.get(code, code).lower() for code in chosen.industries),
    )
    return "; ".join(part for part in parts if part)
