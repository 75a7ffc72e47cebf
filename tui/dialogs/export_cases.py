"""Writing cases to a file: what, for whom, in which citation style, and where to."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_never

from casebook.comparison.matrix import Comparison, compare
from casebook.errors import CasebookError
from casebook.exports.formats import (
    Format,
    MatrixFormat,
    PaperFormat,
    ReferenceFormat,
    TableFormat,
)
from casebook.exports.handout_parts import Part, usual_parts
from casebook.exports.options import Audience, CsvLayout, Style
from casebook.file_names import file_stem
from tui.dialogs.export import FORMAT, OptionGroup, TextField

if TYPE_CHECKING:
    from casebook.book.connection import Book
    from tui.host import Host


class What(StrEnum):
    """What can be written of cases."""

    HANDOUT = "handout"
    MATRIX = "matrix"
    REFERENCES = "references"
    TABLE = "table"

    @property
    def said(self) -> str:
        """What a reader is offered."""
        return "table, to change and import again" if self is What.TABLE else self.value

    @property
    def formats(self) -> type[Format]:
        """The formats that it is written in."""
        formats: dict[What, type[Format]] = {
            What.HANDOUT: PaperFormat,
            What.MATRIX: MatrixFormat,
            What.REFERENCES: ReferenceFormat,
            What.TABLE: TableFormat,
        }
        return formats[self]


HERE, ALL = "=here", "=all"
"""Which cases: those of the screen, or all of the book; a volume stands there by its slug."""

CASES_OF = "cases"
WHAT, AUDIENCE, PARTS, FRAMEWORK = "what", "audience", "parts", "framework"
LAYOUT, STYLE, TITLE, QUESTIONS = "layout", "style", "title", "questions"


def style_group(style: str) -> OptionGroup:
    """The citation styles to choose from, one of them chosen."""
    styles: Mapping[Any, str] = {known: known.said for known in Style}
    if style not in styles:
        styles = {**styles, style: Path(style).name}
    return OptionGroup(STYLE, "Citation style", styles, style)


def file_name(comparison: Comparison, what: What, form: Format, cases_of: str = HERE) -> str:
    """A name for the file, of letters, digits and hyphens alone."""
    if cases_of == ALL:
        return f"{what}.{form.ending}"
    if cases_of != HERE:
        return f"{what}-{file_stem(cases_of, 'volume')}.{form.ending}"
    first = file_stem(comparison.slugs[0], "cases")
    more = f"-and-{len(comparison.slugs) - 1}-more" if len(comparison.slugs) > 1 else ""
    return f"{what}-{first}{more}.{form.ending}"


def content(book: Book, comparison: Comparison, chosen: Mapping[str, Any]) -> str | bytes:
    """What is to be written.

    Raises:
        CasebookError: a package that it needs is missing, there is no such style, or nothing
            is chosen.
    """
    form = chosen[FORMAT]
    what: What = chosen[WHAT]
    slugs = _slugs(book, comparison, what, chosen.get(CASES_OF, HERE))
    match what:
        case What.HANDOUT:
            return _handout(book, _held(book, comparison, slugs, chosen), chosen)
        case What.MATRIX:
            from casebook.exports.matrices import matrix_content

            layout = chosen.get(LAYOUT, CsvLayout.CELLS)
            held = _held(book, comparison, slugs, chosen)
            return matrix_content(held, form, chosen[STYLE], layout=layout)
        case What.REFERENCES:
            from casebook.exports.references import references_of

            is_all = chosen.get(CASES_OF) == ALL
            return references_of(book, None if is_all else slugs, form, chosen[STYLE])
        case What.TABLE:
            from casebook.exports.case_workbook import table_content

            return table_content(book, slugs, form)
        case _:
            assert_never(what)


def _slugs(book: Book, comparison: Comparison, what: What, cases_of: str) -> Sequence[str]:
    """The entries that are exported."""
    from casebook.book import entries
    from casebook.book.filters import EntryFilter
    from casebook.vocabulary import CASES

    if cases_of == HERE:
        return comparison.slugs
    # Every entry has sources.
    kinds = () if what is What.REFERENCES else tuple(CASES)
    volumes = () if cases_of == ALL else (cases_of,)
    return entries.slugs(book, EntryFilter(kinds=kinds, volumes=volumes))


def _held(
    book: Book, comparison: Comparison, slugs: Sequence[str], chosen: Mapping[str, Any]
) -> Comparison:
    """Cases against the framework that is chosen; those of the screen as they are there."""
    framework = chosen.get(FRAMEWORK, comparison.framework.slug)
    if framework == comparison.framework.slug and slugs is comparison.slugs:
        return comparison
    return compare(book, slugs, framework)


def _handout(book: Book, comparison: Comparison, chosen: Mapping[str, Any]) -> str | bytes:
    from casebook.exports.handout import Handout, handout_content

    parts = tuple(part for part in Part if part in chosen[PARTS])
    if not parts:
        raise CasebookError("Tick at least one part.")
    questions = tuple(words for _, words in sorted(chosen.get(QUESTIONS, ())))
    handout = Handout(
        comparison,
        chosen.get(TITLE, ""),
        chosen[AUDIENCE] is Audience.LECTURER,
        questions,
        parts,
    )
    return handout_content(book, handout, chosen[FORMAT], chosen[STYLE])


@dataclass(frozen=True)
class CasesToExport:
    """Cases that are exported: as a handout, a matrix, references or a table.

    Attributes:
        style: the citation style that is chosen to begin with.
        frameworks: what they can be held against: the titles by slug.
        volumes: of a book of several, the titles by slug.
    """

    comparison: Comparison
    style: str
    frameworks: Mapping[str, str]
    volumes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, book: Book, comparison: Comparison, style: str) -> CasesToExport:
        """The same with what the book has beside these cases."""
        from casebook.book.volumes import has_several, volumes
        from casebook.comparison.matrix import assessed_frameworks

        titles = {line.slug: line.title for line in assessed_frameworks(book)}
        several = volumes(book) if has_several(book) else ()
        return cls(comparison, style, titles, {line.slug: line.title for line in several})

    title = "Export"
    fields = (
        TextField(TITLE, "A title; without one the names of the cases"),
        TextField(QUESTIONS, "A question of your own; enter adds it", is_list=True),
    )

    def takes(self, field: str, chosen: Mapping[str, Any]) -> bool:
        return chosen[WHAT] is What.HANDOUT

    def groups(self, chosen: Mapping[str, Any]) -> tuple[OptionGroup, ...]:
        what = chosen.get(WHAT, What.HANDOUT)
        forms = {form: form.said for form in what.formats}
        usual = next(iter(forms))
        form = chosen[FORMAT] if chosen.get(FORMAT) in forms else usual
        groups = [
            OptionGroup(WHAT, "Content", {kind: kind.said for kind in What}, What.HANDOUT),
            OptionGroup(FORMAT, "Format", forms, usual),
            *self._which_cases(what),
        ]
        if what is What.HANDOUT:
            groups += self._of_a_handout(chosen)
        if what in (What.HANDOUT, What.MATRIX) and len(self.frameworks) > 1:
            slug = self.comparison.framework.slug
            groups.append(OptionGroup(FRAMEWORK, "Framework", self.frameworks, slug))
        if form is MatrixFormat.CSV:
            layouts = {layout: layout.said for layout in CsvLayout}
            groups.append(OptionGroup(LAYOUT, "Rows", layouts, CsvLayout.CELLS))
        if _cites(form):
            groups.append(style_group(self.style))
        return tuple(groups)

    def _which_cases(self, what: What) -> list[OptionGroup]:
        entries = self.comparison.entries
        here = entries[0].title if len(entries) == 1 else f"the {len(entries)} cases here"
        options = {HERE: here} | {
            slug: f"the volume {title}" for slug, title in self.volumes.items()
        }
        if what is What.TABLE:
            options[ALL] = "all cases of the book"
        if what is What.REFERENCES:
            options[ALL] = "all of the book"
        return [OptionGroup(CASES_OF, "Cases", options, HERE)] if len(options) > 1 else []

    def _of_a_handout(self, chosen: Mapping[str, Any]) -> list[OptionGroup]:
        for_lecturer = chosen.get(AUDIENCE) is Audience.LECTURER
        parts = {part: part.said for part in Part if part is not Part.TEACHING or for_lecturer}
        audiences = {audience: audience.said for audience in Audience}
        usual = usual_parts(for_lecturer=for_lecturer)
        groups = [
            OptionGroup(AUDIENCE, "For", audiences, Audience.STUDENT),
            OptionGroup(PARTS, "Parts", parts, usual),
        ]
        asked = {question: question.words for question in sorted(chosen.get(QUESTIONS, ()))}
        if asked:
            groups.append(OptionGroup(QUESTIONS, "Your questions", asked, frozenset(asked)))
        return groups

    def file_name(self, chosen: Mapping[str, Any]) -> str:
        cases_of = chosen.get(CASES_OF, HERE)
        return file_name(self.comparison, chosen[WHAT], chosen[FORMAT], cases_of)

    def option_changed(self, host: Host, group: str, value: Any) -> None:
        if group == STYLE:
            host.choose_style(value)

    async def write(self, host: Host, path: Path, chosen: Mapping[str, Any], *, force: bool) -> str:
        from casebook.exports.files import write_export

        def make() -> None:
            made = content(host.book, self.comparison, {STYLE: self.style, **chosen})
            write_export(path, made, force=force)

        await asyncio.to_thread(make)
        return f"Written: {path}"


def _cites(form: Format) -> bool:
    """Whether what is written in a format has citations that are worded in a style."""
    match form:
        case PaperFormat() | ReferenceFormat.TEXT:
            return True
        case MatrixFormat():
            return form.is_paper
    return False
