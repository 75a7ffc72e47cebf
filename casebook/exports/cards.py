"""The glossary and the seminar questions of a book, and missed quiz points, as Anki cards.

Written in Anki's own text format (https://docs.ankiweb.net/importing/text-files.html), which
every Anki since 2.1.54 imports. Each card has a GUID made of the book's slug and its own
name, so that importing a later edition changes the cards that are there and keeps what the
reader has learnt.
"""

from __future__ import annotations

import csv
import html
import io
import uuid
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from casebook.account_words import in_addition_words
from casebook.book import entries, lists, pages
from casebook.book.connection import Book
from casebook.book.page_values import Page
from casebook.book.source_values import SourceLine
from casebook.book.sources import sources_by_slug
from casebook.book.volumes import has_volume, titles
from casebook.citations import Citation
from casebook.comparison.documents import SILENT_SENTENCE
from casebook.document import citations_label
from casebook.errors import NotFoundError
from casebook.notebook.values import QuizCard
from casebook.page_documents import sources_for

_NAMESPACE = uuid.UUID("6ad9b1f2-4a5c-5d3e-9a6b-0c2f5f1f7e11")
"""The namespace of the version 5 UUIDs (RFC 9562) of Casebook's cards."""


class Card(NamedTuple):
    """A card of Anki's note type Basic.

    Attributes:
        guid: its identity; the same for as long as the slugs of the book are.
        front, back: HTML.
        tags: separated by blanks.
    """

    guid: str
    front: str
    back: str
    tags: str


def cards(
    book: Book,
    missed: Iterable[QuizCard] = (),
    *,
    for_lecturer: bool = False,
    slugs: Collection[str] | None = None,
) -> list[Card]:
    """A card for each term, for each question of a case, and for each point that was missed.

    Args:
        missed: what the reader has answered in the quiz; what was never missed is left out, and
            so is what the book has no more.
        for_lecturer: the back of a question has what the teaching note argues in answer to it;
            without it no teaching note is in any card.
        slugs: of the entries whose questions are asked; None for all.

    Raises:
        CasebookError: the book cannot be read, or does not hold what is for lecturers.
    """
    if for_lecturer:
        book.edition.require_teaching_notes()
    asked = _questions(book, slugs, for_lecturer=for_lecturer)
    return [*_terms(book), *asked, *_missed(book, missed)]


def anki_text(
    book: Book,
    missed: Iterable[QuizCard] = (),
    *,
    for_lecturer: bool = False,
    slugs: Collection[str] | None = None,
    deck: str = "",
) -> str:
    """The cards as a file for Anki's File, Import.

    Args:
        missed, for_lecturer, slugs: see `cards`.
        deck: its name; by default the title of the book.

    Raises:
        CasebookError: the book cannot be read.
    """
    out = io.StringIO()
    out.write("#separator:tab\n#html:true\n#notetype:Basic\n")
    out.write(f"#deck:{_one_line(deck or book.info.title)}\n#guid column:1\n#tags column:4\n")
    writer = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows(cards(book, missed, for_lecturer=for_lecturer, slugs=slugs))
    return out.getvalue()


def _guid(book: Book, *names: str) -> str:
    return uuid.uuid5(_NAMESPACE, "\x1f".join((book.info.slug, *names))).hex


def _terms(book: Book) -> Iterator[Card]:
    terms = lists.terms(book)
    sources = sources_by_slug(book, (c.source for term in terms for c in term.citations))
    for term in terms:
        front = f"<b>{html.escape(term.name)}</b>"
        if term.aliases:
            front += f"<br>{html.escape(', '.join(term.aliases))}"
        back = html.escape(term.definition) + _cited(term.citations, sources)
        yield Card(_guid(book, "term", term.slug), front, back, "casebook::glossary")


def _questions(book: Book, slugs: Collection[str] | None, *, for_lecturer: bool) -> Iterator[Card]:
    named = titles(book)
    for line in entries.all_lines(book):
        if slugs is not None and line.slug not in slugs:
            continue
        page = pages.page(book, line.slug)
        title = html.escape(line.title)
        back = f"<b>{title}</b><br>{html.escape(page.summary.plain)}"
        back += _cited(page.summary.citations, page.sources)
        answers = _answers(page) if for_lecturer else {}
        for number, question in enumerate(page.questions):
            is_added = question.volume != line.volume
            added = in_addition_words(named.get(question.volume, "") if is_added else "")
            yield Card(
                _guid(book, "question", line.slug, str(number)),
                f"{title}{html.escape(added)}<br><br>{html.escape(question.text)}",
                answers.get(number, back),
                f"casebook::questions casebook::{line.kind}",
            )


def _missed(book: Book, answered: Iterable[QuizCard]) -> Iterator[Card]:
    from casebook.quiz.points import PointKey, point_at

    for card in answered:
        if not card.missed or not has_volume(book, card.book):
            continue
        try:
            point = point_at(book, PointKey(card.entry, card.framework, card.criterion))
        except NotFoundError:
            continue  # another edition of the book had it
        if point.cell.is_sealed:
            continue
        criterion = point.criterion
        asked = html.escape(f"{criterion.key} {criterion.title}")
        shown = "".join(f"<li>{html.escape(line.words)}</li>" for line in point.evidence.statements)
        evidence = f"<ul>{shown}</ul>" if shown else ""
        told = html.escape(point.cell.evidence or SILENT_SENTENCE)
        yield Card(
            _guid(book, "point", card.entry, card.framework, card.criterion),
            f"{html.escape(point.entry.title)}<br><br><b>{asked}</b>"
            f"<br>{html.escape(criterion.text)}{evidence}",
            f"<b>{point.cell.rating}</b><br>{told}" + _cited(point.cell.citations, point.sources),
            f"casebook::quiz casebook::{point.entry.kind}",
        )


def _answers(page: Page) -> dict[int, str]:
    """The answers of the teaching note, by the places of their questions."""
    if page.teaching is None:
        return {}
    sources = sources_for(page, for_lecturer=True)
    return {
        answer.question: html.escape(answer.answer.text) + _cited(answer.answer.citations, sources)
        for answer in page.teaching.answers
    }


def _cited(citations: Iterable[Citation], sources: dict[str, SourceLine]) -> str:
    label = citations_label(citations, sources)
    return f"<br><small>{html.escape(label)}</small>" if label else ""


def _one_line(words: str) -> str:
    return " ".join(words.replace("::", ":").split())
