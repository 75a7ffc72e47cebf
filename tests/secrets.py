"""What a file for students must not hold, and whether it does.

Secrets are the texts of a whole book that an edition leaves out. What is looked for of them is
each run of a few words, and each single word, that stands nowhere in what the edition may say.
"""

from __future__ import annotations

import html
import io
import re
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

RUN = 5
"""Words of a run that is looked for."""

RAW_RUN = 8
"""The same in bytes where texts stand without anything between them."""

_WORD = re.compile(r"\w+")

TEACHING = (
    "SELECT synopsis FROM teaching UNION ALL SELECT audience FROM teaching"
    " UNION ALL SELECT course FROM teaching UNION ALL SELECT text FROM teaching_objective"
    " UNION ALL SELECT topic FROM board_step UNION ALL SELECT what FROM board_step"
    " UNION ALL SELECT text FROM teaching_answer UNION ALL SELECT text FROM teaching_unknown"
    " UNION ALL SELECT text FROM teaching_note"
)
RATINGS = "SELECT evidence FROM assessment"
OUTCOMES = "SELECT outcome_note FROM entry"


def texts(book: Path, sql: str, *bound: object) -> list[str]:
    """The texts that a query finds in a book."""
    with closing(sqlite3.connect(book)) as connection:
        return [row[0] for row in connection.execute(sql, bound) if row[0]]


def entry_texts(book: Path, slug: str) -> list[str]:
    """Everything that a book says of an entry by itself."""
    own = "= (SELECT id FROM entry WHERE slug = ?)"
    found: list[str] = []
    for sql in (
        f"SELECT title FROM entry WHERE id {own}",
        f"SELECT text FROM passage WHERE entry_id {own}",
        f"SELECT text FROM alias WHERE entry_id {own}",
        f"SELECT note FROM relation WHERE subject_id {own}",
        f"SELECT label FROM event WHERE entry_id {own}",
        f"SELECT name FROM person WHERE entry_id {own}",
        f"SELECT note FROM person WHERE entry_id {own}",
        f"SELECT size FROM setting WHERE entry_id {own}",
        f"SELECT note FROM setting_industry WHERE entry_id {own}",
        f"SELECT evidence FROM assessment WHERE entry_id {own}",
        f"SELECT text FROM question WHERE entry_id {own}",
        f"SELECT measures FROM figure WHERE entry_id {own}",
    ):
        found += texts(book, sql, slug)
    return found


SECRET_COLUMNS = {("assessment", "evidence"), ("entry", "outcome_note")}
SECRET_TABLES = {
    "teaching", "teaching_objective", "board_step", "teaching_answer", "teaching_unknown",
    "teaching_note",
}  # fmt: skip


def open_texts(book: Path, hidden: str) -> list[str]:
    """Every text of a whole book that is no secret: no lecturer's, no judgement, and none of the
    rows of a hidden entry."""
    found: list[str] = []
    with closing(sqlite3.connect(book)) as connection:
        (key,) = connection.execute("SELECT id FROM entry WHERE slug = ?", (hidden,)).fetchone()
        tables = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'find_%'"
        ).fetchall()
        for table, sql in tables:
            found.append(sql)
            if table in SECRET_TABLES:
                continue
            cursor = connection.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            owner = next((at for at, name in enumerate(columns) if name in OWNERS), None)
            owner = 0 if table == "entry" else owner
            for row in cursor:
                if owner is not None and row[owner] == key:
                    continue
                found += [
                    cell
                    for name, cell in zip(columns, row, strict=True)
                    if isinstance(cell, str) and (table, name) not in SECRET_COLUMNS
                ]
    return found


OWNERS = ("entry_id", "subject_id")
"""Columns that say whose a row is."""


def words_of(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def runs_of(some: Iterable[str], length: int = RUN) -> set[str]:
    """Each run of some words of texts; of a shorter text the whole."""
    found = set()
    for text in some:
        words = words_of(text)
        for at in range(max(len(words) - length + 1, 1)):
            found.add(" ".join(words[at : at + length]))
    return found - {""}


class Piece(NamedTuple):
    """A text of a file; `is_raw` of bytes in which the end of one text is the next one's begin."""

    text: str
    is_raw: bool = False


BREAK = " \N{PILCROW SIGN}newtext "
"""Stands between texts that a reader tells apart, as a word that no text has."""

_BLOCK = re.compile(
    r"</?(?:w:p|w:tc|p|t[dhr]|li|h\d|d[tdl]|div|figcaption|caption|title|text|tspan|desc)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")


def everything_in(data: bytes, name: str = "") -> Iterator[Piece]:
    """The texts of a file: as they stand, of each member of an archive, each row of a book."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield Piece(member)
                yield from everything_in(archive.read(member), member)
        return
    if data.startswith(b"SQLite format 3"):
        yield Piece(data.decode("utf-8", "replace"), is_raw=True)
        yield Piece(data.decode("utf-16-le", "replace"), is_raw=True)
        yield from _rows(data)
        return
    words = data.decode("utf-8", "replace")
    if name.endswith((".xml", ".html", ".rels")):
        # What is split over several runs of a document is one text to its reader.
        words = html.unescape(_TAG.sub("", _BLOCK.sub(BREAK, words)))
    yield Piece(words)


def _rows(data: bytes) -> Iterator[Piece]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(data[: len(data) // 512 * 512])
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        for name in names:
            if name == "find_text":
                continue  # FTS5 keeps its words in the tables beside it
            for row in connection.execute(f'SELECT * FROM "{name}"'):
                for cell in row:
                    is_raw = isinstance(cell, bytes)
                    text = cell.decode("utf-8", "replace") if is_raw else str(cell)
                    yield Piece(text, is_raw)
        connection.execute(
            "CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, find_text, row)"
        )
        yield from (Piece(row[0]) for row in connection.execute("SELECT term FROM vocabulary"))


class Secrets:
    """What files for students must not hold: runs of words of secrets that no allowed text has.

    Texts are gone through once, run by run, rather than once for each secret.

    Args:
        secrets: the texts that are left out.
        allowed: what files may say.
    """

    def __init__(self, secrets: Iterable[str], allowed: Iterable[str]) -> None:
        hidden = list(secrets)
        said = [words_of(text) for text in allowed]
        said_words = {word for words in said for word in words}
        self._single = {
            word
            for text in hidden
            for word in words_of(text)
            if len(word) > 3 and not word.isdigit() and word not in said_words
        }
        self._runs = _but_those_in(said, _by_length(runs_of(hidden)))
        self._runs[1] = self._single | self._runs.get(1, set())
        whole = {run for run in runs_of(hidden, RAW_RUN) if run.count(" ") == RAW_RUN - 1}
        self._raw_runs = _but_those_in(said, {RAW_RUN: whole})

    def in_file(self, data: bytes, name: str = "") -> list[str]:
        """The runs and the single words of secrets that a file holds."""
        found: set[str] = set()
        for piece in everything_in(data, name):
            looked_for = self._raw_runs if piece.is_raw else self._runs
            words = words_of(piece.text)
            for length, runs in looked_for.items():
                found.update(runs.intersection(_runs_of_words(words, length)))
        return sorted(found)


def _runs_of_words(words: list[str], length: int) -> Iterator[str]:
    """Each run of so many words."""
    return (" ".join(words[at : at + length]) for at in range(len(words) - length + 1))


def _by_length(runs: Iterable[str]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for run in runs:
        found.setdefault(run.count(" ") + 1, set()).add(run)
    return found


def _but_those_in(said: list[list[str]], runs: dict[int, set[str]]) -> dict[int, set[str]]:
    """Runs, by how many words they have, without those that stand in some texts."""
    for length, some in runs.items():
        for words in said:
            some.difference_update(_runs_of_words(words, length))
    return runs


def leaks(data: bytes, secrets: Iterable[str], allowed: Iterable[str], name: str = "") -> list[str]:
    """The runs of words of secrets that a file holds, and single words that no allowed text has.

    Args:
        allowed: what the file may say.
    """
    return Secrets(secrets, allowed).in_file(data, name)
