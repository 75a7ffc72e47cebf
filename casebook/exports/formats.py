"""All formats of exports, for the command line and the app."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from casebook.errors import CasebookError

_ENDINGS = {
    "text": "txt",
    "list": "txt",
    "chart": "txt",
    "bibtex": "bib",
    "biblatex": "bib",
    "csl-json": "json",
    "timelinejs": "json",
    "anki": "txt",
    "methods": "txt",
    "obsidian": "",
}
"""Where a file's name does not end in the format's own."""


class Format(StrEnum):
    """A format; the value is its name on the command line.

    Its members stand in the order in which they are offered. Of two with the same ending a
    file's name means the first.
    """

    @property
    def said(self) -> str:
        """The format as a reader is offered it."""
        return self.value

    @property
    def ending(self) -> str:
        """How a file's name ends, without the dot; empty for a folder."""
        return _ENDINGS.get(self.value, self.value)


class PaperFormat(Format):
    """What a handout, or another paper, is written as."""

    HTML = "html"
    DOCX = "docx"
    MD = "md"

    @property
    def said(self) -> str:
        return {
            PaperFormat.HTML: "HTML, one file that prints on A4",
            PaperFormat.DOCX: "Word (DOCX)",
            PaperFormat.MD: "Markdown",
        }[self]


class EssayFormat(Format):
    """What the draft of an essay is written as."""

    MD = "md"
    DOCX = "docx"

    @property
    def said(self) -> str:
        return self.paper.said

    @property
    def paper(self) -> PaperFormat:
        """The format as one of papers."""
        return PaperFormat(self.value)


class TableFormat(Format):
    """What a table of cases is written as."""

    CSV = "csv"
    XLSX = "xlsx"

    @property
    def said(self) -> str:
        return {
            TableFormat.CSV: "CSV: the cases alone",
            TableFormat.XLSX: "workbook (XLSX): cases, events, assessments and sources",
        }[self]


class MatrixFormat(Format):
    """What a matrix is written as."""

    XLSX = "xlsx"
    HTML = "html"
    DOCX = "docx"
    MD = "md"
    CSV = "csv"
    JSON = "json"
    TEXT = "text"

    @property
    def said(self) -> str:
        return {
            MatrixFormat.XLSX: "workbook (XLSX)",
            MatrixFormat.HTML: "HTML",
            MatrixFormat.DOCX: "Word (DOCX)",
            MatrixFormat.MD: "Markdown",
            MatrixFormat.CSV: "CSV",
            MatrixFormat.JSON: "JSON",
            MatrixFormat.TEXT: "plain text",
        }[self]

    @property
    def is_paper(self) -> bool:
        """True if it is written as a paper, whose citations are worded in a style."""
        return self.value in tuple(PaperFormat)


class ReferenceFormat(Format):
    """What references are written as."""

    BIBTEX = "bibtex"
    BIBLATEX = "biblatex"
    RIS = "ris"
    CSL_JSON = "csl-json"
    TEXT = "text"
    """A list to read, in a citation style."""

    @property
    def said(self) -> str:
        return {
            ReferenceFormat.BIBTEX: "BibTeX",
            ReferenceFormat.BIBLATEX: "BibLaTeX",
            ReferenceFormat.RIS: "RIS",
            ReferenceFormat.CSL_JSON: "CSL-JSON",
            ReferenceFormat.TEXT: "a list to read",
        }[self]


class TimelineFormat(Format):
    """What a timeline is written as."""

    LIST = "list"
    CHART = "chart"
    JSON = "json"
    SVG = "svg"
    CSV = "csv"
    ICS = "ics"
    TIMELINEJS = "timelinejs"

    @property
    def said(self) -> str:
        return {
            TimelineFormat.LIST: "a list to read",
            TimelineFormat.CHART: "a chart in plain text",
            TimelineFormat.JSON: "JSON",
            TimelineFormat.SVG: "a picture for slides and handouts (SVG)",
            TimelineFormat.CSV: "a table for spreadsheets (CSV)",
            TimelineFormat.ICS: "a calendar (iCalendar)",
            TimelineFormat.TIMELINEJS: "data for TimelineJS (JSON)",
        }[self]

    @property
    def is_for_other_programs(self) -> bool:
        """True if Casebook itself does not show it."""
        return self not in (TimelineFormat.LIST, TimelineFormat.CHART, TimelineFormat.JSON)


class MapFormat(Format):
    """What a map is written as."""

    CHART = "chart"
    LIST = "list"
    JSON = "json"
    SVG = "svg"

    @property
    def said(self) -> str:
        return {
            MapFormat.CHART: "a map in plain text",
            MapFormat.LIST: "a list to read",
            MapFormat.JSON: "JSON",
            MapFormat.SVG: "a picture for slides and handouts (SVG)",
        }[self]


class PatternsFormat(Format):
    """What patterns among cases are written as."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    R = "r"
    METHODS = "methods"

    @property
    def said(self) -> str:
        return {
            PatternsFormat.TEXT: "plain text",
            PatternsFormat.JSON: "JSON",
            PatternsFormat.CSV: "the table of scores (CSV)",
            PatternsFormat.R: "a script for R and its package QCA",
            PatternsFormat.METHODS: "a paragraph for a methods section",
        }[self]


class ClassFormat(Format):
    """What a class's answers are written as; the papers are the minutes of its seminar."""

    DOCX = "docx"
    HTML = "html"
    MD = "md"
    CSV = "csv"
    JSON = "json"

    @property
    def said(self) -> str:
        return {
            ClassFormat.DOCX: "minutes, Word (DOCX)",
            ClassFormat.HTML: "minutes, HTML",
            ClassFormat.MD: "minutes, Markdown",
            ClassFormat.CSV: "every answer, for statistics (CSV)",
            ClassFormat.JSON: "JSON",
        }[self]

    @property
    def is_paper(self) -> bool:
        """True if it is written as a paper, whose citations are worded in a style."""
        return self.value in tuple(PaperFormat)


class NotebookFormat(Format):
    """What a notebook is written as."""

    MD = "md"
    OBSIDIAN = "obsidian"
    JSON = "json"
    ANKI = "anki"


_Format = TypeVar("_Format", bound=Format)


def by_ending(path: Path | None, usual: _Format) -> _Format:
    """The format that a file's name asks for: the first of its class with that ending.

    Args:
        path: the file; None where there is none.
        usual: the format of what has no file, or a name without an ending; the others are
            those of its class.

    Raises:
        CasebookError: no format has that ending.
    """
    ending = path.suffix.lower().removeprefix(".") if path else ""
    if not ending:
        return usual
    formats = tuple(type(usual))
    for form in formats:
        if form.ending == ending:
            return form
    known = ", ".join(dict.fromkeys(f".{form.ending}" for form in formats if form.ending))
    raise CasebookError(
        f"This is not written as .{ending}. Give the file a name that ends in {known}, or name"
        " the format with --format."
    )
