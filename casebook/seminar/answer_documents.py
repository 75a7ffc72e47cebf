"""A file of answers as a document: what a student has handed in, or is about to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from casebook import anchors
from casebook.book.connection import Book
from casebook.document import DocBlock, Document, Set, row_block
from casebook.rating_signs import rating_legend, signed_rating
from casebook.safe_text import made_safe_line
from casebook.seminar.answers import Answers
from casebook.text import Text

_COLUMNS = ("Case", "Point", "Rating", "Reason")


def answers_document(answers: Answers, path: Path, book: Book) -> Document:
    """All that a file of answers says.

    Args:
        path: of the file.
        book: gives the titles, where it is the one that was rated from.
    """
    titles, points = _titles(answers, book), _points(answers, book)
    seminar = book.seminar
    title = seminar.title if seminar and seminar.slug == answers.seminar else answers.seminar
    facts = {
        "File": made_safe_line(str(path)),
        "Round": str(answers.round),
        "Name": answers.name or "none",
        "Written": answers.made,
        "Book": f"{answers.book}, edition {answers.edition}",
        "Framework": answers.framework,
    }
    blocks = [
        DocBlock(Set.TITLE, Text(f"Answers: {made_safe_line(title)}"), anchor=anchors.TOP),
        *(DocBlock(Set.FACT, Text(words), lead=name) for name, words in facts.items()),
        *_rows(answers, titles, points),
        DocBlock(Set.PARAGRAPH, Text(rating_legend())),
    ]
    return Document(blocks[0].text.plain, tuple(blocks), {})


def _rows(answers: Answers, titles: dict[str, str], points: dict[str, str]) -> Iterator[DocBlock]:
    for number, answer in enumerate(answers.answers, 1):
        cells = (
            titles.get(answer.entry, answer.entry),
            points.get(answer.criterion, answer.criterion),
            signed_rating(answer.rating),
            answer.reason,
        )
        yield row_block(_COLUMNS, [Text(cell) for cell in cells], number, "")


def _titles(answers: Answers, book: Book) -> dict[str, str]:
    from casebook.book.entries import refs

    if book.info.slug != answers.book:
        return {}
    found = refs(book, [answer.entry for answer in answers.answers])
    return {slug: ref.title for slug, ref in found.items()}


def _points(answers: Answers, book: Book) -> dict[str, str]:
    """The points by their keys, as the app names them."""
    from casebook.book.lists import frameworks
    from casebook.comparison.documents import criterion_name

    if book.info.slug != answers.book:
        return {}
    return {
        point.key: criterion_name(point)
        for known in frameworks(book)
        if known.slug == answers.framework
        for point in known.criteria
    }
