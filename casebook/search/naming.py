"""Which entry or source is meant by what somebody typed for its slug."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

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


class NamedEntry(NamedTuple):
    """The entry that is meant.

    Attributes:
        slug: its slug.
        is_guess: what was typed is neither its slug nor, but for case and accents, one of its
            names.
    """

    slug: str
    is_guess: bool


def entry_named(book: Book, name: str) -> NamedEntry:
    """The entry that a slug, a title or an alias names.

    Case, accents, spaces and ways of romanisation are forgiven, and a title may be left off
    after any of its words, as long as only one entry can be meant.

    Raises:
        NotFoundError: no entry is called that, or several are; the message names them.
    """
    if entries.find_key(book, name) is not None:
        return NamedEntry(name, is_guess=False)
    owners = _owners(book, name)
    for found in (owners.same, owners.beginning):
        slugs = _slugs(book, found)
        if len(slugs) == 1:
            return NamedEntry(slugs[0], is_guess=found.keys().isdisjoint(owners.exact))
        if slugs:
            named = entries.either(slugs[:_MOST_NAMED])
            raise NotFoundError(f"'{made_safe_line(name)}' may mean {named}; name one of them.")
    raise entries.no_entry(book, name)


class _Owners(NamedTuple):
    """The keys of the entries that have a name, the best first.

    Attributes:
        exact: letter by letter, but for case and accents.
        same: in any spelling.
        beginning: as the first words of a longer one.
    """

    exact: dict[int, None]
    same: dict[int, None]
    beginning: dict[int, None]


def _owners(book: Book, name: str) -> _Owners:
    from casebook.search.names import find_names
    from casebook.search.similarity import Wanted

    owners = _Owners({}, {}, {})
    wanted = tuple(words(fold(name[:LONGEST_NAME])))
    for found in find_names(book, Wanted.of(wanted)) if wanted else ():
        if found.field in (Field.TITLE, Field.ALIAS):
            its_words = tuple(words(fold(found.text)))
            if its_words == wanted:
                owners.exact[found.owner] = None
            if found.score >= _SAME_NAME:
                owners.same[found.owner] = None
            elif its_words[: len(wanted)] == wanted:
                owners.beginning[found.owner] = None
    return owners


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
