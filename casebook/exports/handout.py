"""A handout for a seminar, of the parts that are chosen.

A student's has no ratings unless they are asked for; teaching notes stand in a lecturer's
copy alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from casebook.account_words import add_accounts
from casebook.book import pages
from casebook.book.connection import Book
from casebook.book.page_values import EventLine, Page
from casebook.comparison.matrix import Comparison
from casebook.csl import damaged_items
from casebook.document import DocBlock, Set
from casebook.exports.citation_styles import set_in_style
from casebook.exports.formats import PaperFormat
from casebook.exports.handout_cases import case_parts
from casebook.exports.handout_parts import Part, chosen_parts
from casebook.exports.handout_teaching import teaching_parts
from casebook.exports.matrix import evidence_parts, is_wide, matrix_parts
from casebook.exports.paper import (
    DraftCell,
    DraftPart,
    DraftTable,
    Drawing,
    PageBreak,
    PaperDraft,
    citation_groups,
)
from casebook.exports.papers import written
from casebook.exports.timeline_svg import timeline_pictures
from casebook.exports.worksheet import worksheet_parts
from casebook.page_documents import added_by_words, sources_for
from casebook.text import Text
from casebook.text_builder import TextBuilder
from casebook.timeline import timeline_of
from casebook.told_words import add_told

LECTURERS_COPY = "Lecturer's copy"
TALLEST_CHART = 1180
"""Units of a timeline as tall as an upright page of A4 has room for, with its caption."""


class Handout(NamedTuple):
    """What a handout is made of.

    Attributes:
        for_lecturer: it may have the teaching notes, and says on every page whose copy it is.
        questions: questions of one's own, before those of the book.
        parts: what it has; where none are named, what is usual for its reader.
    """

    comparison: Comparison
    title: str = ""
    for_lecturer: bool = False
    questions: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


def handout_content(book: Book, handout: Handout, form: PaperFormat, style: str) -> str | bytes:
    """What a file with a handout holds: text, or the bytes of a document.

    Sources whose details are damaged are noted among the book's faults.

    Args:
        style: of its citations.

    Raises:
        MissingError: a package that the format needs is not installed.
        CasebookError: there is no such style, or a student's handout cannot have a part.
    """
    draft = handout_draft(book, handout)
    for words in damaged_items(draft.sources.values()):
        book.fault(words)
    return written(set_in_style(draft, style), form)


def handout_draft(book: Book, handout: Handout) -> PaperDraft:
    """A handout about the cases of a comparison.

    Raises:
        CasebookError: a student's handout cannot have the parts that are asked for, or the book
            does not hold them.
    """
    comparison = handout.comparison
    if handout.for_lecturer:
        book.edition.require_teaching_notes()
    chosen = chosen_parts(handout.parts, for_lecturer=handout.for_lecturer)
    found = [pages.page(book, slug) for slug in comparison.slugs]
    title = handout.title or _title_of(comparison)
    parts: list[DraftPart] = [DocBlock(Set.TITLE, Text(title), anchor="top")]
    if handout.for_lecturer:
        parts.append(DocBlock(Set.WARNING, Text(f"{LECTURERS_COPY}.")))
    parts += case_parts(found, chosen)
    if Part.TIMELINE in chosen:
        parts += _timelines(book, found)
    if Part.QUESTIONS in chosen:
        parts += _questions(found, handout.questions)
    if Part.WORKSHEET in chosen:
        parts += worksheet_parts(comparison)
    if Part.MATRIX in chosen:
        parts += _matrix(comparison)
    if Part.TEACHING in chosen:
        parts += teaching_parts(found)
    sources = dict(comparison.sources)
    for page in found:
        sources |= sources_for(page, for_lecturer=handout.for_lecturer)
    colophon = f"From {book.info.title}, edition {book.info.edition}. {book.info.licence}"
    return PaperDraft(
        title,
        tuple(parts),
        sources,
        book.info.language or "en",
        # Of parts without citations the references are the sources to read.
        cites_all=not citation_groups(parts),
        colophon=colophon.strip(),
        has_references=Part.REFERENCES in chosen,
        running_head=f"{LECTURERS_COPY}: {title}" if handout.for_lecturer else title,
    )


def _matrix(comparison: Comparison) -> Iterator[DraftPart]:
    """The ratings, and the evidence for each."""
    yield PageBreak(is_wide(comparison))
    yield _heading(comparison.framework.title, "matrix")
    description = TextBuilder().add(comparison.framework.description)
    words = description.cite(comparison.framework.citations).text()
    if words:
        yield DocBlock(Set.PARAGRAPH, words)
    yield from matrix_parts(comparison)
    yield from evidence_parts(comparison)


def _title_of(comparison: Comparison) -> str:
    titles = [entry.title for entry in comparison.entries]
    if len(titles) <= 3:
        return " and ".join(filter(None, (", ".join(titles[:-1]), titles[-1])))
    return f"{comparison.framework.title}: {len(titles)} cases"


def _heading(words: str, anchor: str, level: int = 2) -> DocBlock:
    return DocBlock(Set.HEADING, Text(words), level=level, anchor=anchor)


def _timelines(book: Book, found: Sequence[Page]) -> Iterator[DraftPart]:
    """All cases on one axis where that can be drawn, and each case's events in words."""
    dated = [page for page in found if page.events]
    if not dated:
        return
    yield _heading("Timelines", "timelines")
    chart = timeline_of(book, [page.entry.slug for page in dated])
    titles = ", ".join(page.entry.title for page in dated)
    pictures = timeline_pictures(chart, tallest=TALLEST_CHART)
    for number, picture in enumerate(pictures, 1):
        part = f", {number} of {len(pictures)}" if len(pictures) > 1 else ""
        words = f"Timeline of {titles}{part}; the tables below tell it in words."
        yield Drawing(picture, words)
    for page in dated:
        heads = ("When", "What", "Where")
        named = [(page.entry.title, page.of_own_volume)]
        named += [
            (f"{page.entry.title}, added by {volume.title}", added)
            for volume, added in page.additions
        ]
        for words, shown in named:
            if shown.events:
                caption = TextBuilder().strong(f"Events: {words}").text()
                rows = tuple(_event(event, page.entry.slug) for event in shown.events)
                yield DraftTable(tuple(DraftCell(Text(head)) for head in heads), rows, caption)


def _event(event: EventLine, slug: str) -> tuple[DraftCell, ...]:
    when = TextBuilder()
    if event.accounts:
        add_accounts(when, event)
    else:
        when.add(event.date_text)
    when.add(" (inferred)" if event.inferred else "")
    what = TextBuilder()
    if event.entry.slug != slug:
        what.add(f"{event.entry.title}: ")
    what.add(event.label).cite(event.citations)
    add_told(what, event)
    where = Text(event.place_name)
    return DraftCell(when.text()), DraftCell(what.text()), DraftCell(where)


def _questions(found: Sequence[Page], own: Sequence[str]) -> Iterator[DraftPart]:
    asked = [page for page in found if page.questions]
    # What the book asks too stands below the case that it is asked of.
    of_book = {line.text for page in asked for line in page.questions}
    own = [question for question in own if question not in of_book]
    if not asked and not own:
        return
    yield _heading("Questions for discussion", "questions")
    for number, question in enumerate(own, 1):
        yield _numbered(number, question)
    for page in asked:
        yield _heading(page.entry.title, "", 3)
        # Each case counts its own: teaching notes name questions by these numbers.
        for line in page.of_own_volume.questions:
            yield _numbered(line.number + 1, line.text)
        for volume, added in page.additions:
            if added.questions:
                yield _heading(added_by_words(volume), "", 4)
            for line in added.questions:
                yield _numbered(line.number + 1, line.text)


def _numbered(number: int, words: str) -> DocBlock:
    return DocBlock(Set.ITEM, Text(words), lead=f"{number}.", level=1)
