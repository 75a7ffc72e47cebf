"""Writing cases to a file: what, for whom, in which citation style, and where to."""

from __future__ import annotations

import asyncio
import json
import os
import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Label, Static

from casebook.comparison import Comparison
from casebook.errors import CasebookError
from tui.screens.dialog import Dialog
from tui.widgets.option_list import OptionList

if TYPE_CHECKING:
    from casebook.book.opening import Book
    from tui.app import CasebookApp


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


class ExportCasesScreen(Dialog[None]):
    """Chooses, names the file, and writes it."""

    def __init__(self, comparison: Comparison) -> None:
        super().__init__()
        self.comparison = comparison
        self.replaces = ""

    @property
    def casebook(self) -> CasebookApp:
        return cast("CasebookApp", self.app)

    def compose(self) -> ComposeResult:
        style = self.casebook.citation_style
        styles = _STYLES if style in _STYLES else {**_STYLES, style: Path(style).name}
        groups: list[tuple[str, str, dict[Any, str]]] = [
            ("form", "What", {**FORMS}),
            ("audience", "For", {**_AUDIENCES}),
            ("style", "Citation style", {**styles}),
        ]
        chosen = {"form": next(iter(FORMS)), "audience": "student", "style": style}
        with Vertical(classes="box"):
            yield Label("Export", classes="box-title")
            yield OptionList(groups, chosen)
            yield Input(id="export-path")
            yield Static("", id="export-trouble", markup=False)
            yield Static(
                "enter chooses; tab goes to the file, enter there writes it; esc leaves",
                markup=False,
                classes="muted",
            )

    def on_mount(self) -> None:
        self.options.focus()
        self._suggest()

    @property
    def options(self) -> OptionList:
        return self.query_one(OptionList)

    @on(OptionList.Changed)
    def _changed(self, event: OptionList.Changed) -> None:
        if event.group == "style":
            self.casebook.choose_style(event.chosen["style"])
        elif event.group == "form":
            self._suggest()

    def _suggest(self) -> None:
        """Names a file: in the reader's own folder, or where they have put the name before."""
        box = self.query_one(Input)
        folder = os.path.dirname(box.value) or "~"
        name = file_name(self.comparison, self.options.chosen["form"])
        box.value = os.path.join(folder, name)

    @on(Input.Changed)
    def _other_place(self) -> None:
        self.replaces = ""
        self._tell("")

    def _tell(self, words: str) -> None:
        trouble = self.query_one("#export-trouble", Static)
        trouble.update(words)
        trouble.display = bool(words)

    @on(Input.Submitted)
    @work(group="export", exclusive=True)
    async def _write(self) -> None:
        from casebook.exports.files import write_export

        chosen = self.options.chosen
        path = Path(self.query_one(Input).value.strip()).expanduser()
        force = self.replaces == str(path)
        self._tell("Writing \N{HORIZONTAL ELLIPSIS}")

        def write() -> None:
            made = content(
                self.casebook.book,
                self.comparison,
                chosen["form"],
                chosen["style"],
                for_lecturer=chosen["audience"] == "lecturer",
            )
            write_export(path, made, force=force)

        try:
            await asyncio.to_thread(write)
        except CasebookError as error:
            if "--force" in error.message and not force:
                self.replaces = str(path)
                self._tell("This file is there already. enter once more replaces it.")
            else:
                self._tell(error.message)
            return
        self.casebook.notify(f"Written: {path}", markup=False, timeout=6)
        self.dismiss(None)
