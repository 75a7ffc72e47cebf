"""Rows are held to what their tables allow, whatever the checks of a pack have missed."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import get_args

import pytest
from sqlalchemy import CheckConstraint
from sqlmodel import SQLModel

from casebook import model
from casebook.book.connection import open_book
from casebook.pack.book_file import BookFile
from casebook.pack.problems import Problems, Spot
from casebook.statement_kinds import StatementKind
from casebook.volume_tables import Volume
from tests.conftest import SMALL_PACK, Ran

_FIRM = SMALL_PACK["firms/nosaku.md"]

_UNCHECKED = """
import sys
from casebook.pack.check import Checker
Checker.entry = lambda self, draft: self.told.take(draft, self.problems, self.number)
from casebook.cli import main
main()
"""
"""The command, with a checker that finds nothing wrong with an entry."""


def _built_unchecked(pack: Path, book: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", _UNCHECKED, "build", str(pack), "-o", str(book)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


@pytest.mark.parametrize(
    ("pattern", "broken", "table"),
    [
        # A word that is on no list, a text that is empty, a row that is there already.
        (r"role: [a-z ]+", "role: a friend of", "relation"),
        (r'evidence: "[^[]*', 'evidence: "', "assessment"),
        (r"(?s)(assessments:\n)(  - .*?)(?=\n  - |\n\w|\n---)", r"\1\2\n\2", "assessment"),
    ],
)
def test_a_row_that_its_table_does_not_allow_is_told_with_its_line(
    pattern: str,
    broken: str,
    table: str,
    write_pack: Callable[..., Path],
    tmp_path: Path,
) -> None:
    text, count = re.subn(pattern, broken, _FIRM, count=1)
    assert count == 1
    pack = write_pack({"firms/nosaku.md": text})
    book = tmp_path / "book.sqlite"
    done = _built_unchecked(pack, book)
    told = re.search(r"^(?:casebook: )?firms/nosaku\.md:(\d+): (.*)$", done.stderr, re.MULTILINE)
    assert told, done.stderr
    assert f"row of the table '{table}'" in told[2]
    heading = text.splitlines().index(f"{table}s:") + 1
    assert heading < int(told[1]) <= heading + 8
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not book.exists()


def test_the_book_is_built_without_the_checker(
    write_pack: Callable[..., Path], tmp_path: Path
) -> None:
    """What the tests above see fail is the broken row, not the missing checker."""
    done = _built_unchecked(write_pack(), tmp_path / "book.sqlite")
    assert (done.returncode, done.stderr) == (0, "")
    with open_book(tmp_path / "book.sqlite") as book:
        assert book.ask("SELECT 1 FROM entry WHERE slug = 'nosaku'", [])


def test_a_row_that_points_nowhere_is_told_with_its_line(tmp_path: Path) -> None:
    problems = Problems()
    with BookFile(tmp_path / "book.sqlite", problems) as file:
        said = {"title": "A", "edition": "1", "description": "B", "language": "en", "licence": ""}
        file.add(Volume.model_validate({"id": 1, "slug": "a", **said}), Spot("book.yaml"))
        for number in range(1, 4):
            statement = model.StatementRow(id=number, kind=StatementKind.TERM, volume_id=1)
            file.add(statement, Spot("glossary.yaml", 10 * number))
            term = model.Term(
                statement_id=number,
                position=number,
                slug=f"term-{number}",
                name="a",
                definition="b",
                entry_id=77 if number == 2 else None,
            )
            file.add(term, Spot("glossary.yaml", 10 * number))
        file.finish(lambda *_: "", lambda _: "")
    assert [problem.spot for problem in problems.found] == [Spot("glossary.yaml", 20)]


def test_two_outlines_of_one_source_are_told(
    write_pack: Callable[..., Path], casebook: Callable[..., Ran]
) -> None:
    outline = "source: mitsui2010\nparagraphs:\n  1: What it is about.\n"
    pack = write_pack({"outlines/one.yaml": outline, "outlines/two.yaml": outline})
    done = casebook("check", str(pack))
    assert "outlines/two.yaml:1: mitsui2010 has an outline at outlines/one.yaml:1 too" in (
        done.out + done.err
    )
    assert done.code == 1


def _words_of(annotation: object) -> list[str]:
    """The words of a class of words, of a literal, or of a union of both."""
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return [word.value for word in annotation]
    if isinstance(annotation, StrEnum):
        return [annotation.value]
    return [word for part in get_args(annotation) for word in _words_of(part)]


def _closed_lists() -> list[tuple[str, str, list[str]]]:
    """Each column that its class holds to a closed list: table, column and words."""
    found = []
    for table in SQLModel.__subclasses__():
        for name, field in table.model_fields.items():
            words = _words_of(field.annotation)
            if words:
                found.append((str(table.__tablename__), name, words))
    return found


def test_classes_and_sqlite_hold_columns_to_the_same_words() -> None:
    lists = _closed_lists()
    assert ("assessment", "rating", ["met", "partly", "not met", "contested"]) in lists
    assert ("account", "rating", ["met", "partly", "not met"]) in lists
    for table, column, words in lists:
        checks = [
            str(check.sqltext)
            for check in SQLModel.metadata.tables[table].constraints
            if isinstance(check, CheckConstraint) and check.name == f"{column}_is_known"
        ]
        assert len(checks) == 1, (table, column)
        assert re.findall(r"'([^']*)'", checks[0]) == words, (table, column)
