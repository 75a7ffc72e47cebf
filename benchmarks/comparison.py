"""The comparison: matrices of 8 to 200 cases, and the time of each export."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.measuring import ROOT, Row, in_turns, median, table
from casebook.book.connection import Book, open_book
from casebook.comparison.matrix import Comparison, compare
from casebook.comparison.options import MatrixOrder
from casebook.exports.citation_styles import set_in_style
from casebook.exports.handout import Handout, handout_draft
from casebook.exports.matrix_table import matrix_csv, matrix_xlsx
from casebook.exports.paper_docx import docx
from casebook.exports.paper_html import html
from casebook.exports.paper_markdown import markdown
from casebook.pack.build import build_book

_FOUR = ("asiro-gentian-alliance", "nosaku", "hiyoshi-ya", "renown")
_CASES = (8, 50, 200)
_ENTRY = """---
kind: firm
title: Case number {number}
summary: A case [@m, para. 1].
setting:
  place: town [@m, para. 1]
outcome: "success: x [@m, para. 1]"
assessments:
{ratings}---
"""
_FILES = {
    "book.yaml": 'slug: b\ntitle: B\nedition: "1"\ndescription: x\n',
    "places.yaml": "places:\n  - {slug: town, name: Town, country: JP}\n",
    "sources.json": '[{"id": "m", "type": "book", "title": "T", "custom": {"paragraphs": 5}}]',
}
_RATINGS = ("met", "partly", "not met")


def _pack(folder: Path, cases: int) -> Path:
    """A pack whose every case is rated on every one of eight points."""
    points = "".join(
        f'  - {{key: {key}, title: Point {key}, text: "What it takes [@m, para. 2]"}}\n'
        for key in "abcdefgh"
    )
    framework = f"title: Checklist\nposition: 1\ndescription: D [@m, para. 1]\npoints:\n{points}"
    (folder / "firms").mkdir(parents=True)
    (folder / "frameworks").mkdir()
    for name, content in _FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    (folder / "frameworks" / "list.yaml").write_text(framework, encoding="utf-8")
    for number in range(cases):
        ratings = "".join(
            f"  - {{point: list {key}, rating: {_RATINGS[(number + at) % 3]}, evidence:"
            f' "It is said of it in so many words that this is how it was done [@m, para. 3]"}}\n'
            for at, key in enumerate("abcdefgh")
        )
        entry = _ENTRY.format(number=number, ratings=ratings)
        (folder / "firms" / f"case-{number}.md").write_text(entry, encoding="utf-8")
    return folder


def _timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def _bare(path: Path) -> float:
    """The same readings by one statement, without citations and without a value made of them."""

    def ask() -> None:
        with sqlite3.connect(path) as connection:
            connection.execute(
                "SELECT entry_id, criterion_id, rating, evidence FROM assessment"
            ).fetchall()

    return _timed(ask)


async def _in_the_app(book: Book, cases: int) -> dict[str, list[float]]:
    """Milliseconds of CPU until the matrix stands, and for a step along a row.

    The steps go seven to the right and seven back, so that all sizes scroll alike.
    """
    from tui.app import CasebookApp, Start

    found: dict[str, list[float]] = {"open": [], "step": [], "step with texts": []}
    with tempfile.TemporaryDirectory() as folder:
        app = CasebookApp(Start(book, Path(folder) / "notebook.sqlite"))
        async with app.run_test(size=(120, 40)) as pilot:
            app.tray = tuple(f"case-{number}" for number in range(cases))
            for texts in (False, True):
                start = time.process_time()
                await pilot.press("c")
                await pilot.pause()
                found["open"].append((time.process_time() - start) * 1000)
                if texts:
                    await pilot.press("v")
                name = "step with texts" if texts else "step"
                for number in range(42):
                    key = "left" if number // 7 % 2 else "right"
                    start = time.process_time()
                    await pilot.press(key)
                    await pilot.pause()
                    found[name].append((time.process_time() - start) * 1000)
                await pilot.press("escape")
    return found


def _growth() -> list[Row]:
    rows = []
    first: dict[str, float] = {}
    for cases in _CASES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            path = folder / "book.sqlite"
            build_book(_pack(folder / "pack", cases), path)
            slugs = [f"case-{number}" for number in range(cases)]
            with open_book(path) as book:
                tasks: dict[str, Callable[[], float]] = {
                    "bare": lambda: _bare(path),  # noqa: B023
                    "compare": lambda: _timed(lambda: compare(book, slugs)),  # noqa: B023
                }
                found = in_turns(tasks, 15)
                comparison = compare(book, slugs)
                ordering = _timed(
                    lambda: comparison.with_rows(  # noqa: B023
                        MatrixOrder.AGREEMENT
                    ).with_columns(MatrixOrder.MET)
                )
                shown = asyncio.run(_in_the_app(book, cases))
        figures = {
            "the values": median(found["compare"]),
            "in another order": ordering,
            "the screen opens": median(shown["open"]),
            "a step along a row": median(shown["step"]),
            "a step, with the evidence shown": median(shown["step with texts"]),
        }
        rows.append(
            Row(f"{cases} cases: one bare SELECT", f"{median(found['bare']):.1f} ms", "", "")
        )
        for what, figure in figures.items():
            first.setdefault(what, figure)
            rows.append(
                Row(f"{cases} cases: {what}", f"{figure:.1f} ms", f"{figure / first[what]:.2f}", "")
            )
    return rows


def _exports() -> list[Row]:
    with open_book(ROOT / "data" / "cases.sqlite") as book:
        comparison: Comparison = compare(book, _FOUR)
        paper = set_in_style(handout_draft(book, Handout(comparison)), "book")
        tasks: dict[str, Callable[[], float]] = {
            "compare the four": lambda: _timed(lambda: compare(book, _FOUR)),
            "handout, drafted": lambda: _timed(lambda: handout_draft(book, Handout(comparison))),
            "its citations in APA, by pandoc": lambda: _timed(
                lambda: set_in_style(handout_draft(book, Handout(comparison)), "apa")
            ),
            "handout as Markdown": lambda: _timed(lambda: markdown(paper)),
            "handout as HTML": lambda: _timed(lambda: html(paper)),
            "handout as DOCX": lambda: _timed(lambda: docx(paper)),
            "matrix as CSV": lambda: _timed(lambda: matrix_csv(comparison)),
            "matrix as a workbook": lambda: _timed(lambda: matrix_xlsx(comparison)),
        }
        found = in_turns(tasks, 9)
    return [Row(name, f"{median(values):.1f} ms") for name, values in found.items()]


def report() -> str:
    growth = table("Matrices of 8 points, 120×40; ratio to 8 cases", _growth())
    note = "Screens in CPU milliseconds of the whole app, from the key until it is quiet again.\n"
    return growth + note + "\n" + table("Exports of four cases", _exports())
