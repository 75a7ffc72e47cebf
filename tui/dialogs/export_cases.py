"""Writing cases to a file: what, for whom, in which citation style, and where to."""

from __future__ import annotations

import asyncio
import json
import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, assert_never

from textual import on
from textual.widgets import Input

from casebook.comparison.matrix import Comparison
from casebook.exports.formats import MatrixFormat, PaperFormat, ReferenceFormat
from casebook.file_names import file_stem
from tui.dialogs.export import ExportDialog
from tui.widgets.option_list import OptionList

if TYPE_CHECKING:
    from casebook.book.connection import Book


class What(StrEnum):
    """What can be written of cases."""

    HANDOUT = "handout"
    MATRIX = "matrix"
    REFERENCES = "references"


class Form(NamedTuple):
    """What is written, and as what."""

    what: What
    format: PaperFormat | MatrixFormat | ReferenceFormat

    @property
    def suffix(self) -> str:
        return self.format.ending


FORMS = {
    Form(What.HANDOUT, PaperFormat.HTML): "Handout: HTML, one file that prints on A4",
    Form(What.HANDOUT, PaperFormat.DOCX): "Handout: Word (DOCX)",
    Form(What.HANDOUT, PaperFormat.MD): "Handout: Markdown",
    Form(What.MATRIX, MatrixFormat.XLSX): "Matrix: workbook (XLSX)",
    Form(What.MATRIX, MatrixFormat.HTML): "Matrix: HTML",
    Form(What.MATRIX, MatrixFormat.DOCX): "Matrix: Word (DOCX)",
    Form(What.MATRIX, MatrixFormat.MD): "Matrix: Markdown",
    Form(What.MATRIX, MatrixFormat.CSV): "Matrix: CSV, a row a cell",
    Form(What.MATRIX, MatrixFormat.JSON): "Matrix: JSON",
    Form(What.MATRIX, MatrixFormat.TEXT): "Matrix: plain text",
    Form(What.REFERENCES, ReferenceFormat.BIBTEX): "References: BibTeX",
    Form(What.REFERENCES, ReferenceFormat.RIS): "References: RIS",
    Form(What.REFERENCES, ReferenceFormat.CSL_JSON): "References: CSL-JSON",
    Form(What.REFERENCES, ReferenceFormat.TEXT): "References: a list to read",
}
_AUDIENCES = {"student": "students", "lecturer": "a lecturer: with the teaching notes"}
_STYLES = {
    "book": "the book's own",
    "apa": "APA",
    "chicago": "Chicago",
    "harvard": "Harvard",
    "mla": "MLA",
}


def file_name(comparison: Comparison, form: Form) -> str:
    """A name for the file, of letters, digits and hyphens alone."""
    first = file_stem(comparison.slugs[0], "cases")
    more = f"-and-{len(comparison.slugs) - 1}-more" if len(comparison.slugs) > 1 else ""
    return f"{form.what}-{first}{more}.{form.suffix}"


def content(
    book: Book, comparison: Comparison, form: Form, style: str, *, for_lecturer: bool
) -> str | bytes:
    """What is to be written.

    Raises:
        CasebookError: a package that it needs is missing, or there is no such style.
    """
    match form.format:
        case PaperFormat():
            from casebook.exports.citation_styles import set_in_style
            from casebook.exports.handout import Handout, handout_draft
            from casebook.exports.papers import written

            draft = handout_draft(book, Handout(comparison, for_lecturer=for_lecturer))
            return written(set_in_style(draft, style), form.format)
        case MatrixFormat():
            return _matrix(comparison, form.format, style)
        case ReferenceFormat():
            return _references(book, comparison, form.format, style)
        case _:
            assert_never(form.format)


def _references(book: Book, comparison: Comparison, form: ReferenceFormat, style: str) -> str:
    from casebook.book import pages
    from casebook.exports.references import references

    found = {}
    for slug in comparison.slugs:
        found.update(pages.page(book, slug).sources)
    return references(list(found.values()), form, style)


def _matrix(comparison: Comparison, form: MatrixFormat, style: str) -> str | bytes:
    match form:
        case MatrixFormat.CSV:
            from casebook.exports.matrix_table import matrix_csv

            return matrix_csv(comparison)
        case MatrixFormat.XLSX:
            from casebook.exports.matrix_table import matrix_xlsx

            return matrix_xlsx(comparison)
        case MatrixFormat.JSON:
            from casebook.renderings import contract

            value = contract.comparison(comparison)
            return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
        case MatrixFormat.TEXT:
            from casebook.renderings.matrix_text import comparison_lines

            return "\n".join(comparison_lines(comparison)) + "\n"
        case MatrixFormat.MD | MatrixFormat.HTML | MatrixFormat.DOCX:
            from casebook.exports.citation_styles import set_in_style
            from casebook.exports.matrix import matrix_draft
            from casebook.exports.papers import written

            paper = set_in_style(matrix_draft(comparison), style)
            return written(paper, PaperFormat(form.value))
        case _:
            assert_never(form)


class ExportCasesScreen(ExportDialog):
    """Chooses what, for whom and in which style, names the file, and writes it."""

    BOX = "box"
    KEYS_SAID = "enter chooses; tab goes to the file, enter there writes it; esc leaves"

    def __init__(self, comparison: Comparison) -> None:
        super().__init__()
        self.comparison = comparison

    def compose_choice(self) -> OptionList:
        style = self.casebook.citation_style
        styles = _STYLES if style in _STYLES else {**_STYLES, style: Path(style).name}
        groups: list[tuple[str, str, dict[Any, str]]] = [
            ("form", "What", {**FORMS}),
            ("audience", "For", {**_AUDIENCES}),
            ("style", "Citation style", {**styles}),
        ]
        chosen = {"form": next(iter(FORMS)), "audience": "student", "style": style}
        return OptionList(groups, chosen)

    @property
    def options(self) -> OptionList:
        return self.query_one(OptionList)

    @on(OptionList.Changed)
    def _changed(self, event: OptionList.Changed) -> None:
        if event.group == "style":
            self.casebook.choose_style(event.chosen["style"])
        elif event.group == "form":
            self.suggest()

    def suggestion(self) -> str:
        """Names a file: in the reader's own folder, or where they have put the name before."""
        folder = os.path.dirname(self.query_one(Input).value) or "~"
        return os.path.join(folder, file_name(self.comparison, self.options.chosen["form"]))

    async def write(self, path: Path, *, force: bool) -> str:
        from casebook.exports.files import write_export

        chosen = self.options.chosen

        def make() -> None:
            made = content(
                self.casebook.book,
                self.comparison,
                chosen["form"],
                chosen["style"],
                for_lecturer=chosen["audience"] == "lecturer",
            )
            write_export(path, made, force=force)

        await asyncio.to_thread(make)
        return f"Written: {path}"
