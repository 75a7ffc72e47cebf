"""What can be chosen of an export beside its format, for the command line and the app alike.

The parts of a handout are `handout_parts.Part`, the formats stand in `formats`.
"""

from __future__ import annotations

from enum import StrEnum


class Audience(StrEnum):
    """Whom an export is for."""

    STUDENT = "student"
    LECTURER = "lecturer"

    @property
    def said(self) -> str:
        """The audience as a reader is offered it."""
        return {
            Audience.STUDENT: "students",
            Audience.LECTURER: "a lecturer: with the teaching notes",
        }[self]


class CsvLayout(StrEnum):
    """How a matrix stands in a CSV file."""

    CELLS = "cells"
    WIDE = "wide"
    WIDE_NA = "wide-na"

    @property
    def said(self) -> str:
        return {
            CsvLayout.CELLS: "a row a cell, with the evidence",
            CsvLayout.WIDE: "a row a case, a column a point",
            CsvLayout.WIDE_NA: "the same, NA where the sources are silent",
        }[self]


class Style(StrEnum):
    """The citation styles that come with Casebook; beside them any CSL file can be used."""

    BOOK = "book"
    APA = "apa"
    CHICAGO = "chicago"
    HARVARD = "harvard"
    MLA = "mla"

    @property
    def said(self) -> str:
        return {
            Style.BOOK: "the book's own",
            Style.APA: "APA",
            Style.CHICAGO: "Chicago",
            Style.HARVARD: "Harvard",
            Style.MLA: "MLA",
        }[self]
