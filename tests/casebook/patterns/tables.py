"""Published tables, and tables made up for tests."""

from __future__ import annotations

import csv
from itertools import product
from pathlib import Path

from casebook.patterns.scores import WHOLE, PatternCase, PatternTable, SetScore

PUBLISHED = Path(__file__).parent / "published"


def known(value: float) -> SetScore:
    """A score of one number, from 0 to 1."""
    at = round(value * WHOLE)
    return SetScore(at, at)


def published(name: str) -> PatternTable:
    """A table with the outcome in its last column and the cases' names in its first, if any."""
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file))
    if head[0]:
        head, rows = ["", *head], [[str(at), *row] for at, row in enumerate(rows, 1)]
    cases = []
    for row in rows:
        # A dash does not apply: the case stands in both combinations.
        written = [("1", "0") if cell == "-" else (cell,) for cell in row[1:]]
        for at, cells in enumerate(product(*written)):
            scores = [known(float(cell)) for cell in cells]
            slug = row[0] if not at else f"{row[0]}-{at}"
            cases.append(PatternCase(slug, slug, tuple(scores[:-1]), scores[-1]))
    return PatternTable(tuple(head[1:-1]), tuple(cases))
