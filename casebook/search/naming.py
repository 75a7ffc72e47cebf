"""Which entry or source is meant by what somebody typed for its slug."""

from __future__ import annotations

from collections.abc import Iterable

from casebook.book import entries
from casebook.book.connection import Book
from casebook.book.rows import marks
from casebook.book.rows import slug as known_slug
from casebook.book.sources import sources, sources_by_slug
from casebook.errors import NotFoundError
from casebook.safe_text import made_safe_line
from casebook.search.fields import Field
from casebook.search.folding import fold, words

LONGEST_NAME = 256
_SAME_NAME = 98.0
"""The score from which a name has the same letters, in any spelling or romanisation."""

_MOST_NAMED = 5


def slug_named(book: Book, name: str) -> str:
    """The slug of the entry that a slug, a title or an alias names.

    Case, accents, spaces and ways of romanisation are forgiven, and a title may be left off
    after any of its words, as long as only one entry can be meant.

    Raises:
        NotFoundError: no entry is called that, or several are; the message names them.
    """
    if entries.find_key(book, name) is not None:
        return name
    same, beginning = _owners(book, name)
    for found in (same, beginning):
        if len(found) == 1:
            return found[0]
        if found:
            named = entries.either(found[:_MOST_NAMED])
            raise NotFoundError(f"'{made_safe_line(name)}' may mean {named}; name one of them.")
    raise entries.no_entry(book, name)


def _owners(book: Book, name: str) -> tuple[list[str], list[str]]:
    """The slugs of the entries that have a name, and of those whose name begins with it."""
    from casebook.search.names import find_names
    from casebook.search.similarity import Wanted

    wanted = tuple(words(fold(name[:LONGEST_NAME])))
    if not wanted:
        return [], []
    same: dict[int, None] = {}
    beginning: dict[int, None] = {}
    for found in find_names(book, Wanted.of(wanted)):
        if found.field in (Field.TITLE, Field.ALIAS):
            if found.score >= _SAME_NAME:
                same[found.owner] = None
            elif tuple(words(fold(found.text))[: len(wanted)]) == wanted:
                beginning[found.owner] = None
    return _slugs(book, same), _slugs(book, beginning)


def _slugs(book: Book, keys: Iterable[int]) -> list[str]:
    wanted = list(keys)[:_MOST_NAMED]
    rows = book.ask(f"SELECT slug FROM entry WHERE id IN ({marks(len(wanted))})", wanted)
    return sorted(slug for row in rows if (slug := known_slug(row[0])))


def source_named(book: Book, name: str) -> str:
    """The id of the source that an id or a label (`Mitsui 2010`) names.

    Raises:
        NotFoundError: no source is called that, or several are; the message names the nearest.
    """
    if sources_by_slug(book, [name]):
        return name
    every = sources(book)
    wanted = words(fold(name[:LONGEST_NAME]))
    found = [source.slug for source in every if wanted and words(fold(source.label)) == wanted]
    if len(found) == 1:
        return found[0]
    near = found or entries.nearest(name, [source.slug for source in every])
    hint = f" Did you mean {entries.either(near)}?" if near else ""
    raise NotFoundError(f"There is no source '{made_safe_line(name)}' in this book.{hint}")
