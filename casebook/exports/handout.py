"""A handout for a seminar: the cases, their timelines, the matrix, questions, references.

Teaching notes stand in a lecturer's copy alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from casebook.book import pages
from casebook.book.connection import Book
from casebook.book.page_values import EventLine, Page
from casebook.comparison.documents import evidence_document, setting_blocks
from casebook.comparison.matrix import Comparison
from casebook.csl import damaged_items
from casebook.document import DocBlock, Set, sources_for
from casebook.exports.citation_styles import set_in_style
from casebook.exports.formats import PaperFormat
from casebook.exports.handout_exhibits import exhibit_parts
from casebook.exports.handout_teaching import teaching_parts
from casebook.exports.matrix import is_wide, matrix_parts
from casebook.exports.paper import DraftCell, DraftPart, DraftTable, Drawing, PageBreak, PaperDraft
from casebook.exports.papers import written
from casebook.exports.timeline_svg import timeline_svg
from casebook.text import Block, Text
from casebook.text_builder import TextBuilder
from casebook.timeline import timeline_of
from casebook.told_words import add_told


class Handout(NamedTuple):
    """What a handout is made of.

    Attributes:
        for_lecturer: with the teaching notes.
        questions: questions of one's own, before those of the book.
    """

    comparison: Comparison
    title: str = ""
    for_lecturer: bool = False
    questions: tuple[str, ...] = ()


def handout_content(book: Book, handout: Handout, form: PaperFormat, style: str) -> str | bytes:
    """What a file with a handout holds: text, or the bytes of a document.

    Sources whose details are damaged are noted among the book's faults.

    Args:
        style: of its citations.

    Raises:
        MissingError: a package that the format needs is not installed.
        CasebookError: there is no such style.
    """
    draft = handout_draft(book, handout)
    for words in damaged_items(draft.sources.values()):
        book.fault(words)
    return written(set_in_style(draft, style), form)


def handout_draft(book: Book, handout: Handout) -> PaperDraft:
    """A handout about the cases of a comparison."""
    comparison = handout.comparison
    slugs = comparison.slugs
    found = [pages.page(book, slug) for slug in slugs]
    title = handout.title or _title_of(comparison)
    parts: list[DraftPart] = [DocBlock(Set.TITLE, Text(title), anchor="top")]
    if handout.for_lecturer:
        parts.append(DocBlock(Set.WARNING, Text("Lecturer's copy: with teaching notes.")))
    parts += [_heading("The cases", "cases")]
    for page in found:
        parts += _case(page)
    parts += _timelines(book, found)
    parts += [PageBreak(), _heading(comparison.framework.title, "matrix")]
    description = TextBuilder().add(comparison.framework.description)
    words = description.cite(comparison.framework.citations).text()
    if words:
        parts.append(DocBlock(Set.PARAGRAPH, words))
    parts += matrix_parts(comparison)
    parts += [_heading("Evidence", "evidence"), *evidence_document(comparison).blocks]
    parts += _questions(found, handout.questions)
    if handout.for_lecturer:
        parts += teaching_parts(found)
    sources = dict(comparison.sources)
    for page in found:
        sources |= sources_for(page, for_lecturer=handout.for_lecturer)
    colophon = f"From {book.info.title}, edition {book.info.edition}. {book.info.licence}"
    parts.append(DocBlock(Set.PARAGRAPH, Text(colophon.strip())))
    return PaperDraft(title, tuple(parts), sources, book.info.language or "en", is_wide(comparison))


def _title_of(comparison: Comparison) -> str:
    titles = [entry.title for entry in comparison.entries]
    if len(titles) <= 3:
        return " and ".join(filter(None, (", ".join(titles[:-1]), titles[-1])))
    return f"{comparison.framework.title}: {len(titles)} cases"


def _heading(words: str, anchor: str, level: int = 2) -> DocBlock:
    return DocBlock(Set.HEADING, Text(words), level=level, anchor=anchor)


def _case(page: Page) -> Iterator[DraftPart]:
    """A case with its setting, its summary and its exhibits."""
    entry = page.entry
    yield _heading(entry.title, f"case-{entry.slug}", 3)
    facts = setting_blocks(entry)
    if entry.aliases:
        names = ", ".join(alias.text for alias in entry.aliases)
        facts = [DocBlock(Set.FACT, Text(names), lead="Also"), *facts]
    yield from facts
    for passage in page.passages:
        if passage.block is Block.SUMMARY:
            yield DocBlock(Set.PARAGRAPH, passage.text)
    yield from exhibit_parts(page)


def _timelines(book: Book, found: Sequence[Page]) -> Iterator[DraftPart]:
    """All cases on one axis where that can be drawn, and each case's events in words."""
    dated = [page for page in found if page.events]
    if not dated:
        return
    yield _heading("Timelines", "timelines")
    chart = timeline_of(book, [page.entry.slug for page in dated])
    titles = ", ".join(page.entry.title for page in dated)
    yield Drawing(timeline_svg(chart), f"Timeline of {titles}; the tables below tell it in words.")
    for page in dated:
        yield _heading(page.entry.title, "", 3)
        heads = ("When", "What", "Where")
        rows = tuple(_event(event, page.entry.slug) for event in page.events)
        yield DraftTable(tuple(DraftCell(Text(head)) for head in heads), rows)


def _event(event: EventLine, slug: str) -> tuple[DraftCell, ...]:
    when = f"{event.date_text} (inferred)" if event.inferred else event.date_text
    what = TextBuilder()
    if event.entry.slug != slug:
        what.add(f"{event.entry.title}: ")
    what.add(event.label).cite(event.citations)
    add_told(what, event)
    where = event.place.name if event.place else ""
    return DraftCell(Text(when)), DraftCell(what.text()), DraftCell(Text(where))


def _questions(found: Sequence[Page], own: Sequence[str]) -> Iterator[DraftPart]:
    asked = [page for page in found if page.questions]
    if not asked and not own:
        return
    yield _heading("Questions for discussion", "questions")
    for number, question in enumerate(own, 1):
        yield _numbered(number, question)
    for page in asked:
        yield _heading(page.entry.title, "", 3)
        # Each case counts its own: teaching notes name questions by these numbers.
        for number, line in enumerate(page.questions, 1):
            yield _numbered(number, line.text)


def _numbered(number: int, words: str) -> DocBlock:
    return DocBlock(Set.ITEM, Text(words), lead=f"{number}.", level=1)
