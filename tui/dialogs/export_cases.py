"""Writing cases to a file: what, for whom, in which citation style, and where to."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, assert_never

from casebook.comparison.matrix import Comparison
from casebook.exports.formats import MatrixFormat, PaperFormat, ReferenceFormat
from casebook.file_names import file_stem
from tui.dialogs.export import FORMAT, OptionGroup

if TYPE_CHECKING:
    from casebook.book.connection import Book
    from tui.host import Host


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


class CasesToExport(NamedTuple):
    """Cases that are exported: as a handout, a matrix or references.

    Attributes:
        style: the citation style that is chosen to begin with.
    """

    comparison: Comparison
    style: str

    @property
    def title(self) -> str:
        return "Export"

    @property
    def groups(self) -> tuple[OptionGroup, ...]:
        style = self.style
        styles = _STYLES if style in _STYLES else {**_STYLES, style: Path(style).name}
        return (
            OptionGroup(FORMAT, "Content", FORMS, next(iter(FORMS))),
            OptionGroup("audience", "For", _AUDIENCES, "student"),
            OptionGroup("style", "Citation style", styles, style),
        )

    def file_name(self, form: CasesExport) -> str:
        return file_name(self.comparison, form)

    def option_changed(self, host: Host, group: str, value: Any) -> None:
        if group == "style":
            host.choose_style(value)

    async def write(self, host: Host, path: Path, chosen: Mapping[str, Any], *, force: bool) -> str:
        from casebook.exports.files import write_export

        def make() -> None:
            made = content(
                host.book,
                self.comparison,
                chosen[FORMAT],
                chosen["style"],
                for_lecturer=chosen["audience"] == "lecturer",
            )
            write_export(path, made, force=force)

        await asyncio.to_thread(make)
        return f"Written: {path}"
