"""Checks the exhibits of an entry: their shape, and that everything in them is cited."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from casebook.citations import Citation
from casebook.pack.exhibit_forms import ExhibitForm, RowForm
from casebook.pack.form_values import Cited
from casebook.pack.forms import PartsForm
from casebook.pack.problems import Problems, Spot
from casebook.pack.reader import Filed

MOST_COLUMNS = 8
MOST_ROWS = 30
"""A larger table is no exhibit any more: it fits neither a page nor a screen."""


class CitationChecker(Protocol):
    """What the checks of exhibits and teaching notes use of the checker."""

    @property
    def problems(self) -> Problems: ...

    def cited(self, text: Cited, spot: Spot, what: str) -> None:
        """Checks that a text has words and good citations."""

    def citations(
        self, citations: Iterable[Citation], spot: Spot, what: str, *, needed: bool = True
    ) -> None:
        """Checks that there is a citation and that each leads somewhere."""


def check_exhibits(checker: CitationChecker, front: Filed[PartsForm]) -> None:
    """Checks every exhibit of an entry."""
    seen: set[str] = set()
    for number, exhibit in enumerate(front.form.exhibits):
        if exhibit.key in seen:
            checker.problems.add(
                front.spot("exhibits", number, "key"),
                f"the exhibit '{exhibit.key}' occurs twice",
            )
        seen.add(exhibit.key)
        _check_shape(checker.problems, front, number, exhibit)
        _check_citations(checker, front, number, exhibit)


def _check_shape(
    problems: Problems, front: Filed[PartsForm], number: int, exhibit: ExhibitForm
) -> None:
    columns = len(exhibit.columns)
    if not 2 <= columns <= MOST_COLUMNS:
        problems.add(
            front.spot("exhibits", number, "columns"),
            f"an exhibit has 2 to {MOST_COLUMNS} columns, not {columns}",
        )
        return
    for place, head in enumerate(exhibit.columns):
        if not head and place:
            problems.add(
                front.spot("exhibits", number, "columns", place),
                "only the first column may be without a name",
            )
    if not 1 <= len(exhibit.rows) <= MOST_ROWS:
        problems.add(
            front.spot("exhibits", number, "rows"),
            f"an exhibit has 1 to {MOST_ROWS} rows, not {len(exhibit.rows)}",
        )
    for place, row in enumerate(exhibit.rows):
        if len(row.cells) != columns:
            problems.add(
                front.spot("exhibits", number, "rows", place),
                f"this row has {len(row.cells)} cells, the exhibit {columns} columns;"
                " write '' for an empty cell",
            )


def _check_citations(
    checker: CitationChecker, front: Filed[PartsForm], number: int, exhibit: ExhibitForm
) -> None:
    problems = checker.problems
    spot = front.spot("exhibits", number, "caption")
    if not exhibit.caption.plain:
        problems.add(spot, "the caption has no words, only a citation")
    checker.citations(exhibit.caption.citations, spot, "the caption", needed=False)
    if exhibit.note:
        spot = front.spot("exhibits", number, "note")
        if not exhibit.note.plain:
            problems.add(spot, "the note has no words, only a citation")
        checker.citations(exhibit.note.citations, spot, "the note", needed=False)
    for place, row in enumerate(exhibit.rows):
        spot = front.spot("exhibits", number, "rows", place)
        for at, cell in enumerate(row.cells):
            spot_of_cell = _spot_of_cell(front, number, place, at)
            if cell.fault:
                problems.add(spot_of_cell, cell.fault)
            elif cell.citations and not cell.plain:
                problems.add(spot_of_cell, "a citation without words; to cite a row use 'cites'")
            checker.citations(cell.citations, spot_of_cell, "the cell", needed=False)
        if row.cites:
            if row.cites.plain:
                problems.add(spot, "'cites' takes citations alone; words stand in the cells")
            checker.citations(row.cites.citations, spot, "the row", needed=False)
        if not (exhibit.caption.citations or _is_cited(row)):
            problems.add(spot, "this row has no citation; cite a cell, the row or the caption")


def _spot_of_cell(front: Filed[PartsForm], number: int, row: int, cell: int) -> Spot:
    """Where a cell stands, in either form of a row."""
    path = ("exhibits", number, "rows", row)
    short = front.spot(*path, cell)
    return front.spot(*path, "cells", cell) if short == front.spot(*path) else short


def _is_cited(row: RowForm) -> bool:
    has_fault = any(cell.fault for cell in row.cells)  # it is told by itself
    return has_fault or bool(row.cites) or any(cell.citations for cell in row.cells)
