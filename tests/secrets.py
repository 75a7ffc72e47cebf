"""What a file for students must not hold, and whether it does.

Secrets are the texts of a whole book that an edition leaves out. What is looked for of them is
each run of a few words, and each single word, that stands nowhere in what the edition may say.
"""

from __future__ import annotations

import io
import re
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

RUN = 5
"""Words of a run that is looked for."""

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


def words_of(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def runs_of(some: Iterable[str]) -> set[str]:
    """Each run of `RUN` words of some texts; of a shorter text the whole."""
    found = set()
    for text in some:
        words = words_of(text)
        for at in range(max(len(words) - RUN + 1, 1)):
            found.add(" ".join(words[at : at + RUN]))
    return found - {""}


def everything_in(data: bytes, name: str = "") -> Iterator[str]:
    """The texts of a file: as they stand, of each member of an archive, each row of a book."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield member
                yield from everything_in(archive.read(member), member)
        return
    if data.startswith(b"SQLite format 3"):
        yield from _rows(data)
    markup = data.decode("utf-8", "replace")
    yield markup
    if name.endswith((".xml", ".html", ".rels")):
        # What is split over several runs of a document is one text to its reader.
        yield re.sub(r"<[^>]*>", "", markup)
    yield data.decode("utf-16-le", "replace")


def _rows(data: bytes) -> Iterator[str]:
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
                yield " \n ".join(
                    cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell)
                    for cell in row
                )
        connection.execute(
            "CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, find_text, row)"
        )
        yield from (row[0] for row in connection.execute("SELECT term FROM vocabulary"))


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
    found = set()
    for text in everything_in(data, name):
        words = words_of(text)
        found |= single.intersection(words)
        found |= runs.intersection(
            " ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)
        )
        whole = f" {' '.join(words)} " if short else ""
        found |= {run for run in short if f" {run} " in whole}
    return sorted(found)
