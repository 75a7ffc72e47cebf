"""Writing cases to a file: what, for whom, in which citation style, and where to."""

from __future__ import annotations

import asyncio
import json
import os
import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from textual import on
from textual.widgets import Input

from casebook.comparison import Comparison
from tui.screens.exporting import ExportDialog
from tui.widgets.option_list import OptionList

if TYPE_CHECKING:
    from casebook.book.opening import Book


class What(StrEnum):
    """What can be written of cases."""

    HANDOUT = "handout"
    MATRIX = "matrix"
    REFERENCES = "references"


class Form(NamedTuple):
    """What is written, and as what."""

    what: What
    suffix: str


FORMS = {
    Form(What.HANDOUT, "html"): "Handout: HTML, one file that prints on A4",
    Form(What.HANDOUT, "docx"): "Handout: Word (DOCX)",
    Form(What.HANDOUT, "md"): "Handout: Markdown",
    Form(What.MATRIX, "xlsx"): "Matrix: workbook (XLSX)",
    Form(What.MATRIX, "html"): "Matrix: HTML",
    Form(What.MATRIX, "docx"): "Matrix: Word (DOCX)",
    Form(What.MATRIX, "md"): "Matrix: Markdown",
    Form(What.MATRIX, "csv"): "Matrix: CSV, a row a cell",
    Form(What.MATRIX, "json"): "Matrix: JSON",
    Form(What.MATRIX, "txt"): "Matrix: plain text",
    Form(What.REFERENCES, "bib"): "References: BibTeX",
    Form(What.REFERENCES, "ris"): "References: RIS",
    Form(What.REFERENCES, "json"): "References: CSL-JSON",
    Form(What.REFERENCES, "txt"): "References: a list to read",
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
    first = re.sub(r"[^a-z0-9]+", "-", comparison.slugs[0].lower()).strip("-")[:60] or "cases"
    more = f"-and-{len(comparison.slugs) - 1}-more" if len(comparison.slugs) > 1 else ""
    return f"{form.what}-{first}{more}.{form.suffix}"


def content(
    book: Book, comparison: Comparison, form: Form, style: str, *, for_lecturer: bool
) -> str | bytes:
    """What is to be written.

    Raises:
        CasebookError: a package that it needs is missing, or there is no such style.
    """
    match form.what:
        case What.REFERENCES:
            return _references(book, comparison, form, style)
        case What.HANDOUT:
            from casebook.exports.handout import Handout, handout_draft
            from casebook.exports.papers import written
            from casebook.exports.wording import set_in_style

            draft = handout_draft(book, Handout(comparison, for_lecturer=for_lecturer))
            return written(set_in_style(draft, style), form.suffix)
        case _:
            return _matrix(comparison, form, style)


def _references(book: Book, comparison: Comparison, form: Form, style: str) -> str:
    from casebook.book import pages
    from casebook.exports.references import ReferenceFormat, references

    found = {}
    for slug in comparison.slugs:
        found.update(pages.page(book, slug).sources)
    formats = {
        "bib": ReferenceFormat.BIBTEX,
        "ris": ReferenceFormat.RIS,
        "json": ReferenceFormat.CSL_JSON,
        "txt": ReferenceFormat.TEXT,
    }
    return references(list(found.values()), formats[form.suffix], style)


def _matrix(comparison: Comparison, form: Form, style: str) -> str | bytes:
    match form.suffix:
        case "csv":
            from casebook.exports.matrix_table import matrix_csv

            return matrix_csv(comparison)
        case "xlsx":
            from casebook.exports.matrix_table import matrix_xlsx

            return matrix_xlsx(comparison)
        case "json":
            from casebook.cli import contract

            value = contract.comparison(comparison)
            return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
        case "txt":
            from casebook.cli.matrix_text import comparison_lines

            return "\n".join(comparison_lines(comparison)) + "\n"
        case _:
            from casebook.exports.matrix import matrix_draft
            from casebook.exports.papers import written
            from casebook.exports.wording import set_in_style

            return written(set_in_style(matrix_draft(comparison), style), form.suffix)


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
