"""Writing cases to a file: what, for whom, in which citation style, and where to."""

from __future__ import annotations

import asyncio
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


class CasesExport(NamedTuple):
    """What is written, and as what."""

    what: What
    format: PaperFormat | MatrixFormat | ReferenceFormat

    @property
    def suffix(self) -> str:
        return self.format.ending


FORMS = {
    **{CasesExport(What.HANDOUT, form): f"Handout: {form.said}" for form in PaperFormat},
    **{CasesExport(What.MATRIX, form): f"Matrix: {form.said}" for form in MatrixFormat},
    **{CasesExport(What.REFERENCES, form): f"References: {form.said}" for form in ReferenceFormat},
}
_AUDIENCES = {"student": "students", "lecturer": "a lecturer: with the teaching notes"}
_STYLES = {
    "book": "the book's own",
    "apa": "APA",
    "chicago": "Chicago",
    "harvard": "Harvard",
    "mla": "MLA",
}


def file_name(comparison: Comparison, form: CasesExport) -> str:
    """A name for the file, of letters, digits and hyphens alone."""
    first = file_stem(comparison.slugs[0], "cases")
    more = f"-and-{len(comparison.slugs) - 1}-more" if len(comparison.slugs) > 1 else ""
    return f"{form.what}-{first}{more}.{form.suffix}"


def content(
    book: Book, comparison: Comparison, form: CasesExport, style: str, *, for_lecturer: bool
) -> str | bytes:
    """What is to be written.

    Raises:
        CasebookError: a package that it needs is missing, or there is no such style.
    """
    match form.format:
        case PaperFormat():
            from casebook.exports.handout import Handout, handout_content

            handout = Handout(comparison, for_lecturer=for_lecturer)
            return handout_content(book, handout, form.format, style)
        case MatrixFormat():
            from casebook.exports.matrices import matrix_content

            return matrix_content(comparison, form.format, style)
        case ReferenceFormat():
            from casebook.exports.references import references_of

            return references_of(book, comparison.slugs, form.format, style)
        case _:
            assert_never(form.format)


class ExportCasesScreen(ExportDialog):
    """Chooses what, for whom and in which style, names the file, and writes it."""

    BOX = "box"
    KEYS_SAID = "enter selects; tab goes to the file name, enter there writes it; esc cancels"

    def __init__(self, comparison: Comparison) -> None:
        super().__init__()
        self.comparison = comparison

    def compose_choice(self) -> OptionList:
        style = self.casebook.citation_style
        styles = _STYLES if style in _STYLES else {**_STYLES, style: Path(style).name}
        groups: list[tuple[str, str, dict[Any, str]]] = [
            ("form", "Content", {**FORMS}),
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
