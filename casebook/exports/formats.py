"""Every format that something can be written in: the one list for command line and app."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from casebook.errors import CasebookError

_ENDINGS = {
    "text": "txt",
    "bibtex": "bib",
    "csl-json": "json",
    "timelinejs": "json",
    "anki": "txt",
    "obsidian": "",
}
"""Where a file's name does not end in the format's own."""


class Format(StrEnum):
    """A format; the value is its name on the command line."""

    @property
    def ending(self) -> str:
        """How a file's name ends, without the dot; nothing of a folder."""
        return _ENDINGS.get(self.value, self.value)


class PaperFormat(Format):
    """What a handout, or another paper, is written as."""

    MD = "md"
    HTML = "html"
    DOCX = "docx"


class MatrixFormat(Format):
    """What a matrix is written as."""

    TEXT = "text"
    JSON = "json"
    MD = "md"
    HTML = "html"
    CSV = "csv"
    XLSX = "xlsx"
    DOCX = "docx"


class ReferenceFormat(Format):
    """What references are written as."""

    TEXT = "text"
    """A list to read, in a citation style."""
    BIBTEX = "bibtex"
    CSL_JSON = "csl-json"
    RIS = "ris"


class TimelineFormat(Format):
    """What a timeline is written as."""

    SVG = "svg"
    CSV = "csv"
    ICS = "ics"
    TIMELINEJS = "timelinejs"

    @property
    def said(self) -> str:
        return {
            TimelineFormat.SVG: "a picture for slides and handouts (SVG)",
            TimelineFormat.CSV: "a table for spreadsheets (CSV)",
            TimelineFormat.ICS: "a calendar (iCalendar)",
            TimelineFormat.TIMELINEJS: "data for TimelineJS (JSON)",
        }[self]


class NotebookFormat(Format):
    """What a notebook is written as."""

    MD = "md"
    OBSIDIAN = "obsidian"
    JSON = "json"
    ANKI = "anki"


_Format = TypeVar("_Format", bound=Format)


def by_ending(path: Path | None, usual: _Format) -> _Format:
    """The format that a file's name asks for.

    Args:
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
        f"Nothing is written here as .{ending}; a name ends in {known}, or --format says what"
        " is meant."
    )
