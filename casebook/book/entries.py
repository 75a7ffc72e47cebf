"""The entries of a book as lists show them: filtered, in order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from casebook.book.connection import Book, Row
from casebook.book.filters import EntryFilter, sql_condition
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


def ids(book: Book, chosen: EntryFilter = EntryFilter()) -> list[int]:
    """The keys of the entries that a filter allows: cases first, then by title."""
    where, bound = sql_condition(chosen)
    rows = book.ask(
        f"SELECT e.id FROM entry AS e WHERE {where} ORDER BY e.shelf, e.sort_title, e.id",
        bound,
    )
    return [row[0] for row in rows]


def slugs(book: Book, chosen: EntryFilter = EntryFilter()) -> list[str]:
    """The slugs of the entries that a filter allows, in the order of `ids`."""
    where, bound = sql_condition(chosen)
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


def all_lines(book: Book, chosen: EntryFilter = EntryFilter()) -> list[EntryLine]:
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


def near_slugs(book: Book, slug: str, most: int = 3) -> list[str]:
    """The slugs that look most like one that is not there."""
    from rapidfuzz import process
    from rapidfuzz.fuzz import WRatio

    slugs = [known_slug(row[0]) for row in book.ask("SELECT slug FROM entry")]
    found = process.extract(slug[:100], slugs, scorer=WRatio, limit=most, score_cutoff=70)
    return [name for name, _, _ in found]
