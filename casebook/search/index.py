"""Writes the search index into a book, from the rows that are already in it."""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator

from casebook.search.fields import PIECES, Field
from casebook.search.folding import fold, skeleton, word_skeleton, words
from casebook.search.grams import grams_of, packed
from casebook.search.names import LONGEST_START
from casebook.search.tokens import tokens_of
from casebook.stored_json import decoded

MOST_POSTINGS_HELD = 12_000_000
"""Postings in memory, some 50 MB; beyond that they are moved to a temporary table."""

_ROWS_AT_ONCE = 5_000


def build_index(connection: sqlite3.Connection) -> None:
    """Fills the index of a book whose other rows are written.

    Args:
        connection: a connection in autocommit mode to a book with its empty index tables.
    """
    connection.execute("PRAGMA temp_store = FILE")
    connection.execute("BEGIN")
    _Names(connection).build()
    _build_texts(connection)
    connection.execute("COMMIT")


# Names


class _Names:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.names = 0
        self.held = 0
        self.postings: dict[int, array[int]] = defaultdict(lambda: array("I"))
        self.rows: list[tuple[int, int, int, str, str]] = []
        self.starts: list[tuple[str, int]] = []

    def build(self) -> None:
        run = self.connection.execute
        run("CREATE TEMP TABLE starts (start TEXT, name_id INTEGER)")
        run("CREATE TEMP TABLE spilt (gram INTEGER, names BLOB)")
        for field, sql in (
            (Field.TITLE, "SELECT id, title FROM entry ORDER BY id"),
            (Field.ALIAS, "SELECT entry_id, text FROM alias ORDER BY entry_id, position"),
            (Field.PERSON, "SELECT entry_id, name FROM person ORDER BY entry_id, position"),
        ):
            for owner, text in run(sql):
                self._add(field, owner, text)
        for field, texts, entries in self._shared():
            blob = packed(entries)
            for text in texts:
                if self._add(field, 0, text):
                    run(
                        "INSERT INTO find_shared VALUES (?, ?, ?)", (self.names, len(entries), blob)
                    )
        self._flush()
        run("INSERT INTO find_start SELECT DISTINCT start, name_id FROM starts ORDER BY 1, 2")
        self._write_grams()
        run("DROP TABLE starts")
        run("DROP TABLE spilt")

    def _add(self, field: Field, owner: int, text: str) -> bool:
        """Adds a name; False where it has no letters or digits to be found by."""
        folded = words(fold(text))
        if not folded:
            return False
        self.names += 1
        self.rows.append((self.names, field, owner, text, skeleton(folded)))
        self.starts.extend((start, self.names) for start in beginnings_of(folded))
        grams = frozenset().union(*grams_of(folded))
        for gram in grams:
            self.postings[gram].append(self.names)
        self.held += len(grams)
        if len(self.rows) >= _ROWS_AT_ONCE:
            self._flush()
        if self.held >= MOST_POSTINGS_HELD:
            self._spill()
        return True

    def _flush(self) -> None:
        self.connection.executemany("INSERT INTO find_name VALUES (?, ?, ?, ?, ?)", self.rows)
        self.connection.executemany("INSERT INTO starts VALUES (?, ?)", self.starts)
        self.rows, self.starts = [], []

    def _spill(self) -> None:
        self.connection.executemany(
            "INSERT INTO spilt VALUES (?, ?)",
            ((gram, names.tobytes()) for gram, names in sorted(self.postings.items())),
        )
        self.postings.clear()
        self.held = 0

    def _write_grams(self) -> None:
        self._spill()
        lists = self.connection.execute("SELECT gram, names FROM spilt ORDER BY gram, rowid")
        self.connection.executemany(
            "INSERT INTO find_gram VALUES (?, ?, ?)",
            ((gram, len(names), packed(names)) for gram, names in _joined(lists)),
        )

    def _shared(self) -> Iterator[tuple[Field, list[str], list[int]]]:
        """Places and terms: their field, their names, the keys of the entries that share them."""
        run = self.connection.execute
        parents: dict[int, int | None] = {}
        named: dict[int, list[str]] = {}
        for key, parent, name in run("SELECT id, parent_id, name FROM place ORDER BY id"):
            parents[key] = parent
            named[key] = [name]
        for key, name in run("SELECT place_id, text FROM place_alias ORDER BY place_id, text"):
            named[key].append(name)
        at_place: dict[int, array[int]] = defaultdict(lambda: array("I"))
        for entry, place in run("SELECT entry_id, place_id FROM setting_place"):
            for around in _outwards(place, parents):
                at_place[around].append(entry)
        for key in sorted(at_place):
            yield Field.PLACE, named[key], sorted(set(at_place[key]))
        used: dict[str, set[int]] = defaultdict(set)
        for entry, marks in run("SELECT entry_id, marks FROM passage WHERE marks LIKE '%term:%'"):
            for mark in decoded(marks):
                if str(mark[3]).startswith("term:"):
                    used[mark[3].removeprefix("term:")].add(entry)
        aliases: dict[int, list[str]] = defaultdict(list)
        for term, alias in run("SELECT term_id, text FROM term_alias ORDER BY term_id, text"):
            aliases[term].append(alias)
        for key, slug, name, page in run(
            "SELECT statement_id, slug, name, entry_id FROM term ORDER BY position"
        ):
            entries = used[slug] | ({page} if page else set())
            if entries:
                yield Field.TERM, [name, *aliases[key]], sorted(entries)


def beginnings_of(folded: list[str]) -> set[str]:
    """The skeletons of a name from each of its words on, as far as they are kept.

    Where a word begins with the letter on which the one before it ends, there are two: in
    `ocean north` the two n are one for whoever leaves out the space, and two for others.
    """
    found: set[str] = set()
    for at in range(len(folded)):
        found.add(skeleton(folded[at:])[:LONGEST_START])
        found.add("".join(word_skeleton(word) for word in folded[at:])[:LONGEST_START])
    return found - {""}


def _outwards(place: int, parents: dict[int, int | None]) -> Iterator[int]:
    """A place and the places around it."""
    around: int | None = place
    while around is not None:
        yield around
        around = parents.get(around)


def _joined(lists: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, array[int]]]:
    """The postings of each gram, of parts that are sorted by gram."""
    last: int | None = None
    names: array[int] = array("I")
    for gram, part in lists:
        if gram != last and last is not None:
            yield last, names
            names = array("I")
        last = gram
        names.frombytes(part)
    if last is not None:
        yield last, names


# Texts


def _build_texts(connection: sqlite3.Connection) -> None:
    queries = [piece.sql.format(entries="?") for piece in PIECES]

    def documents() -> Iterator[tuple[int, str]]:
        for (entry,) in connection.execute("SELECT id FROM entry ORDER BY id").fetchall():
            found: set[str] = set()
            for sql in queries:
                for row in connection.execute(sql, (entry,)):
                    found.update(tokens_of(fold(row[1])))
            yield entry, " ".join(sorted(found))

    connection.executemany("INSERT INTO find_text (rowid, words) VALUES (?, ?)", documents())
    connection.execute("INSERT INTO find_text (find_text) VALUES ('optimize')")
