"""Finds names: titles, aliases, people, terms and places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

from casebook.book.connection import Book, Row
from casebook.book.rows import marks, number, text
from casebook.search.fields import Field
from casebook.search.folding import fold, words
from casebook.search.grams import asked_grams, unpacked
from casebook.search.similarity import Wanted, closeness, name_score, word_likeness

MOST_BEGINNINGS = 40
"""Names that are taken for one beginning."""

MOST_CANDIDATES = 40
"""Names that the grams give for judging, of `MOST_LIKELY` that share most of them."""

MOST_LIKELY = 240

FEWEST_GRAMS = 8
"""Grams that are always read, however many postings they have."""

POSTINGS_READ = 7_000
"""Postings that the grams of one query may have together, the rarest first."""

LONGEST_START = 24
"""Letters of a beginning that are kept; the rest is judged when the name is read."""

LONGEST_LIST = 4_000_000
"""Bytes of a list that is read; a million entries take less."""

MOST_OF_GRAM = 250_000
"""Names that are read of one gram; it is the rarest grams that are read."""

MOST_SHARED = 1_500_000
"""Entries that the lists of one query may have together."""

LEAST_CLOSE = 4
"""Letters of a query from which on a name can be guessed that it does not resemble."""

LEAST_CLOSENESS = 0.6
"""The likeness, from 0 to 1, from which on such a name is worth telling."""

_LAST = "\U0010ffff"


class FoundName(NamedTuple):
    """A name of the index and how much it resembles what was typed.

    Attributes:
        key: of the name in the index.
        field: what the name is: a title, an alias, a person.
        owner: the key of its entry; 0 for a place or a term, which entries share.
        skeleton: of `text`, as `folding.skeleton` makes it.
        score: from 0 to 100; 0 before it has been judged.
    """

    key: int
    field: Field
    owner: int
    text: str
    skeleton: str
    score: float


def find_names(book: Book, wanted: Wanted, most: int = MOST_CANDIDATES) -> list[FoundName]:
    """The names that resemble the wanted words, the highest score first.

    Args:
        most: how many candidates of the gram index are judged.
    """
    found = []
    for name in _candidates(book, wanted, most):
        score = name_score(wanted, name.field, name.text, name.skeleton)
        if score:
            found.append(name._replace(score=score))
    return sorted(found, key=_best_first)


def closest_names(book: Book, wanted: Wanted) -> list[FoundName]:
    """Names that may have been meant where nothing resembles the words, the likeliest first."""
    if len(wanted.skeleton) < LEAST_CLOSE or not wanted.has_reading:
        return []
    found = []
    for name in _candidates(book, wanted, MOST_CANDIDATES):
        share = closeness(wanted, name.text, name.skeleton)
        if share >= LEAST_CLOSENESS:
            found.append(name._replace(score=100 * share))
    return sorted(found, key=_best_first)


def _best_first(name: FoundName) -> tuple[float, int, str, int]:
    return -name.score, len(name.text), name.text, name.key


def _candidates(book: Book, wanted: Wanted, most: int) -> list[FoundName]:
    """The names that may resemble the wanted words, not judged yet."""
    keys = dict.fromkeys(_beginnings(book, wanted))
    keys.update(dict.fromkeys(_by_grams(book, wanted, most)))
    return _read(book, list(keys))


def _beginnings(book: Book, wanted: Wanted) -> Iterable[int]:
    """Keys of names of which a word begins as the query does, or as a word of it does."""
    for start in wanted.beginnings:
        yield from _from(book, start, MOST_BEGINNINGS)
    if len(wanted.word_skeletons) > 1:
        for word in wanted.word_skeletons:
            if len(word) > 1:
                yield from _from(book, word, MOST_BEGINNINGS // 4)


def _from(book: Book, start: str, most: int) -> Iterable[int]:
    if not start:
        return ()
    rows = book.ask(
        "SELECT name_id FROM find_start WHERE start >= ? AND start < ? LIMIT ?",
        (start[:LONGEST_START], start[:LONGEST_START] + _LAST, most),
    )
    return (number(row[0]) for row in rows)


def _by_grams(book: Book, wanted: Wanted, most: int) -> Iterable[int]:
    """Keys of the names that share most grams with the query."""
    worth = asked_grams(list(wanted.words))
    grams = sorted(worth)
    held = book.ask(
        f"SELECT min(many, length(names)), gram FROM find_gram WHERE gram IN ({marks(len(grams))})"
        " AND length(names) <= 5 + 4 * many",
        grams,
    )
    # The cheapest first: few postings for what they are worth.
    sizes = sorted(
        (number(many) / worth.get(number(gram), 1), number(many), number(gram))
        for many, gram in held
    )
    chosen: list[int] = []
    read = 0
    for _, many, gram in sizes:
        if len(chosen) >= FEWEST_GRAMS and read + many > POSTINGS_READ:
            break
        chosen.append(gram)
        read += many
    if not chosen:
        return ()
    counts: Counter[int] = Counter()
    for gram in chosen:
        # One list at a time: a list may be of a megabyte, where a name is very common.
        row = book.one("SELECT names FROM find_gram WHERE gram = ?", [gram])
        if row:
            counts.update(unpacked(row[0], MOST_OF_GRAM) * worth.get(gram, 1))
    likely = _highest(counts, MOST_LIKELY)
    return [*likely[: most // 3], *_nearest(book, wanted, likely[most // 3 :], most - most // 3)]


def _highest(counts: Counter[int], most: int) -> list[int]:
    """The keys with the highest counts, the highest first, at most so many."""
    # The counts are few different numbers, so that the least one that is taken is found
    # without sorting hundreds of thousands of keys.
    least = max(counts.values(), default=0)
    room = most
    for count, many in sorted(Counter(counts.values()).items(), reverse=True):
        least = count
        if many >= room:
            break
        room -= many
    above = sorted((-count, key) for key, count in counts.items() if count > least)
    tied = [key for key, count in counts.items() if count == least]
    return [*(key for _, key in above), *tied[:room]]


def _nearest(book: Book, wanted: Wanted, keys: Sequence[int], most: int) -> list[int]:
    """Of some names those whose skeletons are nearest to the query's, in one pass in C."""
    if len(keys) <= most:
        return list(keys)
    rows = book.ask(
        f"SELECT id, CAST(skeleton AS BLOB) FROM find_name WHERE id IN ({marks(len(keys))})", keys
    )
    skeletons = [bytes(letters or b"").decode("utf-8", "replace") for _, letters in rows]
    from rapidfuzz import process

    near = process.extract(wanted.skeleton, skeletons, scorer=OSA.normalized_similarity, limit=most)
    return [number(rows[at][0]) for _, _, at in near]


def _read(book: Book, keys: Sequence[int]) -> list[FoundName]:
    rows = book.ask(
        f"SELECT id, field, owner, text, skeleton FROM find_name WHERE id IN ({marks(len(keys))})",
        keys,
    )
    return _found_names(rows)


_FIELDS = frozenset(Field)


def _found_names(rows: Iterable[Row]) -> list[FoundName]:
    """Rows of `find_name` as names that are not judged yet; those of unknown fields left out."""
    return [
        FoundName(number(key), Field(field), number(owner), text(name), text(letters), 0.0)
        for key, field, owner, name, letters in rows
        if field in _FIELDS
    ]


def entries_sharing(book: Book, name: FoundName, most: int = MOST_SHARED) -> list[int]:
    """The keys of the entries that have a place or use a term, as many as may be read."""
    row = book.one(
        "SELECT entries FROM find_shared WHERE name_id = ? AND length(entries) <= ?",
        [name.key, LONGEST_LIST],
    )
    return unpacked(row[0], most) if row and most > 0 else []


def names_of(book: Book, entries: Sequence[int]) -> dict[int, list[FoundName]]:
    """Titles, aliases and people of some entries, by the keys of the entries."""
    found: dict[int, list[FoundName]] = {entry: [] for entry in entries}
    rows = book.ask(
        "SELECT id, field, owner, text, skeleton FROM find_name"
        f" WHERE owner IN ({marks(len(entries))})",
        entries,
    )
    for name in _found_names(rows):
        if name.owner in found:
            found[name.owner].append(name)
    return found


def covered(wanted: Wanted, names: Iterable[FoundName]) -> float:
    """How much of the wanted words stands in several names of one entry, from 0 to 1."""
    return word_likeness(wanted.words, [word for name in names for word in words(fold(name.text))])
