"""The entries of a book as lists show them: filtered, in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casebook.book.connection import Book
from casebook.book.entry_rows import BRIEF_SQL, LINE_SQL, LineRows, entry_lines, kept_aliases
from casebook.book.filters import EntryFilter, sql_condition
from casebook.book.rows import citations_of, entry_ref, in_batches, marks, text
from casebook.book.rows import slug as known_slug
from casebook.book.values import EntryLine, EntryRef
from casebook.errors import NotFoundError
from casebook.safe_text import made_safe_line


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


def lines(
    book: Book, keys: Sequence[int], *, cited: bool = True, is_brief: bool = False
) -> list[EntryLine]:
    """The entries of some keys, in the order of the keys.

    A row that is none is left out and noted among the book's faults.

    Args:
        cited: with the citations of aliases and settings.
        is_brief: with no more than lists in columns show: no aliases, and of the setting names
            of places and countries, years and bounds alone.
    """
    found: dict[int, EntryLine] = {}
    for batch in in_batches(keys):
        found.update(_lines(book, batch, cited=cited, is_brief=is_brief))
    return [found[key] for key in keys if key in found]


def all_lines(
    book: Book, chosen: EntryFilter = EntryFilter(), *, is_brief: bool = False
) -> list[EntryLine]:
    """The entries that a filter allows, without the citations of aliases and settings.

    Args:
        is_brief: with no more than lists in columns show, as of `lines`.
    """
    return lines(book, ids(book, chosen), cited=False, is_brief=is_brief)


def line(book: Book, slug: str) -> EntryLine:
    """One entry.

    Raises:
        NotFoundError: the book has no entry of that slug.
    """
    found = lines(book, [key_of(book, slug)])
    if not found:
        raise damaged_entry(slug)
    return found[0]


def damaged_entry(slug: str) -> NotFoundError:
    """What is raised for an entry whose row cannot be read."""
    return NotFoundError(f"The entry '{made_safe_line(slug)}' is damaged.")


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
    hint = f" Did you mean {either(near)}?" if near else ""
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


def summary_of(book: Book, slug: str) -> str:
    """The summary of an entry; empty where the book has no such entry."""
    row = book.one(
        "SELECT p.text FROM passage AS p JOIN entry AS e ON e.id = p.entry_id"
        " WHERE e.slug = ? AND p.block = 'summary' ORDER BY p.position",
        [slug],
    )
    return text(row[0]) if row else ""


def _lines(book: Book, keys: list[int], *, cited: bool, is_brief: bool) -> dict[int, EntryLine]:
    several = marks(len(keys))
    statements = BRIEF_SQL if is_brief else LINE_SQL
    rows = LineRows(*(book.ask(sql.format(marks=several), keys) for sql in statements))
    rows = rows._replace(aliases=kept_aliases(book, rows.aliases))
    return entry_lines(book, rows, citations_of(book, rows.statements) if cited else {})


def near_slugs(book: Book, slug: str, most: int = 3) -> list[str]:
    """The slugs that look most like one that is not there."""
    rows = book.ask("SELECT slug FROM entry")
    return nearest(slug, [known_slug(row[0]) for row in rows], most)


def nearest(word: str, known: Sequence[str], most: int = 3) -> list[str]:
    """The words that look most like one that is not among them."""
    from rapidfuzz import process
    from rapidfuzz.fuzz import WRatio

    found = process.extract(word[:100], known, scorer=WRatio, limit=most, score_cutoff=70)
    return [name for name, _, _ in found]


def either(words: Sequence[str]) -> str:
    """Words to choose from: `a`, `a or b`, `a, b or c`."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last
