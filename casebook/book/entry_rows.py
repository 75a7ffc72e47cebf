"""The rows of which the line of an entry is made, for lists and for the entry's own page."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from casebook.book.connection import Book, Row
from casebook.book.rows import (
    PLACE_COLUMNS,
    Cited,
    bounds,
    name,
    outcome,
    place,
    plain_citations,
    slug,
    text,
    title,
    word,
)
from casebook.book.values import EntryLine, PlaceLine, SettingLine
from casebook.book.volumes import slug_of
from casebook.citations import Citation
from casebook.vocabulary import CONTESTED, AliasKind, BookOutcome, Kind, Sealed

if TYPE_CHECKING:
    from casebook.book.entry_parts import AliasLine, IndustryLine, OutcomeAccount

MOST_ALIASES = 200
"""Other names of one entry that are read."""


class LineRows(NamedTuple):
    """The rows of some entries, each table in the columns of `LINE_SQL`.

    Attributes:
        aliases: as `kept_aliases` leaves them.
    """

    entries: list[Row]
    settings: list[Row]
    places: list[Row]
    industries: Sequence[Row] = ()
    aliases: Sequence[Row] = ()

    @property
    def statements(self) -> list[int]:
        """The keys of what is cited."""
        return [row[0] for row in (*self.settings, *self.aliases)]


ENTRIES_SQL = (
    "SELECT id, slug, kind, title, outcome, is_unnamed, volume_id FROM entry WHERE id IN ({marks})"
)
SETTINGS_SQL = (
    "SELECT statement_id, entry_id, size, years, years_edtf, years_inferred_from,"
    " earliest_begin, latest_begin, earliest_end, latest_end"
    " FROM setting WHERE entry_id IN ({marks})"
)
PLACES_SQL = (
    f"SELECT sp.entry_id, sp.position, sp.place_id, {PLACE_COLUMNS} FROM setting_place AS sp"
    " LEFT JOIN place AS p ON p.id = sp.place_id WHERE sp.entry_id IN ({marks})"
    " ORDER BY sp.entry_id, sp.position"
)
INDUSTRIES_SQL = (
    "SELECT si.entry_id, si.position, si.code, si.note, i.code, i.label"
    " FROM setting_industry AS si LEFT JOIN industry AS i ON i.code = si.code"
    " WHERE si.entry_id IN ({marks}) ORDER BY si.entry_id, si.position"
)
ALIASES_SQL = (
    "SELECT statement_id, entry_id, position, text, kind, note"
    " FROM alias WHERE entry_id IN ({marks}) ORDER BY entry_id, position"
)
LINE_SQL = (ENTRIES_SQL, SETTINGS_SQL, PLACES_SQL, INDUSTRIES_SQL, ALIASES_SQL)
"""The statements that read `LineRows`, in its order. All but the first give the columns of a
table in their order and then those that are joined: the digest of a page is of the former."""
BRIEF_SQL = (
    ENTRIES_SQL,
    (
        "SELECT statement_id, entry_id, NULL, years, years_edtf, NULL,"
        " earliest_begin, latest_begin, earliest_end, latest_end"
        " FROM setting WHERE entry_id IN ({marks})"
    ),
    (
        "SELECT sp.entry_id, sp.position, sp.place_id,"
        " p.slug, p.name, NULL, p.country_name, NULL, NULL"
        " FROM setting_place AS sp LEFT JOIN place AS p ON p.id = sp.place_id"
        " WHERE sp.entry_id IN ({marks}) ORDER BY sp.entry_id, sp.position"
    ),
)
"""Those of lists in columns, which show no more of a setting than places and years."""


def entry_lines(book: Book, rows: LineRows, cited: Cited) -> dict[int, EntryLine]:
    """The lines of some entries by their keys; a row that is none is left out and noted.

    Args:
        cited: the citations of `rows.statements`; of none where nobody asks for them.
    """
    aliases = _aliases(book, rows.aliases, cited)
    settings = _settings(rows, cited)
    contested = _contested_outcomes(book, rows, cited)
    without_setting, edition = SettingLine(), book.edition
    found: dict[int, EntryLine] = {}
    for row in rows.entries:
        key, stored_slug, stored_kind, stored_title, stored_outcome, is_unnamed, volume = row
        kind, known = word(Kind, stored_kind), slug(stored_slug)
        if kind is None or not known:
            book.fault(f"entry {key} has no known kind or no slug and is left out")
            continue
        shown = title(stored_title)
        if not shown:
            book.fault(f"entry {key} has no title; its slug stands in its place")
        elif shown != stored_title:
            book.fault(f"entry {key} has a title that is too long or of several lines; it is cut")
        fared: BookOutcome | None = outcome(stored_outcome)
        if edition.seals and kind.is_case and edition.seals_outcome(known):
            fared = Sealed.SEALED
        elif fared is None and stored_outcome is not None:
            book.fault(f"entry {key} has an unknown outcome")
        setting = settings.get(key, without_setting)
        found[key] = EntryLine(
            known,
            kind,
            shown or known,
            tuple(aliases.get(key, ())),
            setting,
            fared,
            bool(is_unnamed),
            slug_of(book, volume),
            contested.get(key, ()),
        )
    return found


def _contested_outcomes(
    book: Book, rows: LineRows, cited: Cited
) -> "dict[int, tuple[OutcomeAccount, ...]]":
    """What sources say of the outcomes that they disagree on, by the keys of the entries."""
    contested = {row[0] for row in rows.entries if row[4] == CONTESTED.value}
    if not contested:
        return {}
    from casebook.book.contested import outcome_accounts

    settings = {row[0]: row[1] for row in rows.settings if row[1] in contested}
    own = {
        statement: tuple(
            citation for part, citation in cited.get(statement, ()) if part == "outcome"
        )
        for statement in settings
    }
    found = outcome_accounts(book, own)
    return {settings[statement]: accounts for statement, accounts in found.items()}


def _aliases(book: Book, rows: Sequence[Row], cited: Cited) -> "dict[int, list[AliasLine]]":
    if not rows:
        return {}
    from casebook.book.entry_parts import AliasLine

    aliases: dict[int, list[AliasLine]] = defaultdict(list)
    for statement, entry, _, words, stored_kind, note in rows:
        kind, shown = word(AliasKind, stored_kind), name(words)
        if kind is None or not shown:
            book.fault(f"alias {statement} has no words or no known kind and is left out")
            continue
        citations = plain_citations(cited.get(statement, ()))
        aliases[entry].append(AliasLine(shown, kind, text(note), citations))
    return aliases


def kept_aliases(book: Book, rows: Sequence[Row]) -> Sequence[Row]:
    """The first aliases of each entry; that others are left out is noted."""
    if len(rows) <= MOST_ALIASES:
        return rows
    kept: list[Row] = []
    counts: Counter[object] = Counter()
    for row in rows:
        counts[row[1]] += 1
        if counts[row[1]] <= MOST_ALIASES:
            kept.append(row)
    for key, count in counts.items():
        if count > MOST_ALIASES:
            book.fault(f"entry {key} has {count} aliases; {count - MOST_ALIASES} are left out")
    return kept


def _settings(rows: LineRows, cited: Cited) -> dict[int, SettingLine]:
    places: dict[int, list[PlaceLine]] = defaultdict(list)
    known: dict[object, PlaceLine | None] = {}
    for entry, _, key, *row in rows.places:
        if key not in known:
            known[key] = place(tuple(row))
        if where := known[key]:
            places[entry].append(where)
    industries = _industries(rows.industries)
    found: dict[int, SettingLine] = {}
    for statement, entry, size, years, edtf, inferred_from, *days in rows.settings:
        found[entry] = SettingLine(
            places=tuple(places[entry]),
            industries=tuple(industries.get(entry, ())),
            size=text(size),
            years=text(years),
            edtf=text(edtf),
            inferred_from=text(inferred_from),
            bounds=bounds(days) if text(edtf) else None,
            citations=_by_part(cited.get(statement, ())),
        )
    return found


def _industries(rows: Sequence[Row]) -> "dict[int, list[IndustryLine]]":
    if not rows:
        return {}
    from casebook.book.entry_parts import IndustryLine

    industries: dict[int, list[IndustryLine]] = defaultdict(list)
    for entry, _, _, note, code, label in rows:
        if code is not None:
            industries[entry].append(IndustryLine(name(code), name(label), text(note)))
    return industries


def _by_part(cited: Iterable[tuple[str, Citation]]) -> tuple[tuple[str, tuple[Citation, ...]], ...]:
    parts: dict[str, list[Citation]] = defaultdict(list)
    for part, citation in cited:
        parts[part].append(citation)
    return tuple((part, tuple(citations)) for part, citations in parts.items())
