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


def leaks(data: bytes, secrets: Iterable[str], allowed: Iterable[str], name: str = "") -> list[str]:
    """The runs of words of secrets that a file holds, and single words that no allowed text has.

    Args:
        allowed: what the file may say.
    """
    hidden, said = list(secrets), list(allowed)
    said_runs = f" {' | '.join(' '.join(words_of(text)) for text in said)} "
    runs = {run for run in runs_of(hidden) if f" {run} " not in said_runs}
    said_words = {word for text in said for word in words_of(text)}
    single = {
        word
        for text in hidden
        for word in words_of(text)
        if len(word) > 3 and not word.isdigit() and word not in said_words
    }
    short = {run for run in runs if run.count(" ") < RUN - 1 and run not in single}
    long_runs = {run for run in runs_of(hidden, RAW_RUN) if f" {run} " not in said_runs}
    found = set()
    for piece in everything_in(data, name):
        words = words_of(piece.text)
        length, looked_for = (RAW_RUN, long_runs) if piece.is_raw else (RUN, runs)
        found |= looked_for.intersection(
            " ".join(words[at : at + length]) for at in range(len(words) - length + 1)
        )
        if not piece.is_raw:
            found |= single.intersection(words)
            whole = f" {' '.join(words)} " if short else ""
            found |= {run for run in short if f" {run} " in whole}
    return sorted(found)
