"""Reads the plan of a seminar, `seminar.yaml`, which is checked as a pack is.

Importing this costs nothing; what reads YAML is imported by `read_plan`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from casebook.book.edition import ENTRY, OUTCOMES, RATINGS
from casebook.seminar.planned import (
    PlannedCase,
    Seminar,
    Step,
    plan_of_values,
    plan_values,
    public_part,
)

if TYPE_CHECKING:
    from casebook.book.connection import Book

__all__ = [
    "ENTRY",
    "OUTCOMES",
    "PLAN",
    "RATINGS",
    "PlannedCase",
    "Seminar",
    "Step",
    "plan_of_values",
    "plan_values",
    "public_part",
    "read_plan",
]

PLAN = "seminar.yaml"


def read_plan(path: Path, book: Book | None = None, remarks: list[str] | None = None) -> Seminar:
    """The plan in a file.

    Args:
        book: that it is checked against: its cases, its framework and points.
        remarks: takes what is no fault of the plan, and is left out for students, by file and
            line.

    Raises:
        PackError: something is wrong with it; all of that is told, by file and line.
        CasebookError: the file cannot be read.
    """
    from casebook.seminar.plan_file import read_plan_file

    return read_plan_file(path, book, remarks)
