"""The figures of a book: of one entry, and all of them."""

from __future__ import annotations

from collections import defaultdict

from casebook.book.accounts import amounts_of
from casebook.book.connection import Book, Row
from casebook.book.page_values import FigureLine
from casebook.book.rows import (
    Cited,
    citations_of,
    entry_ref,
    in_batches,
    marks,
    name,
    plain_citations,
    slug,
    text,
    word,
)
from casebook.book.values import EntryRef
from casebook.book.volumes import Said, said_by
from casebook.statement_kinds import FigureKind

_SQL = (
    "SELECT f.statement_id, f.slug, f.value, f.unit, f.qualifier, f.measures, f.kind, f.year,"
    " f.edtf, f.inferred_from, f.survey, f.not_to_confuse, s.slug, s.kind, s.title, w.slug"
    " FROM figure AS f LEFT JOIN entry AS s ON s.id = f.surveyor_id"
    " LEFT JOIN entry AS w ON w.id = f.entry_id"
)


def figure_rows(book: Book, key: int) -> list[Row]:
    """The rows of the figures that an entry made or that are about it, for `figure_lines`."""
    return book.ask(
        f"{_SQL} WHERE f.surveyor_id = ? OR f.statement_id IN"
        " (SELECT figure_id FROM figure_subject WHERE entry_id = ?) ORDER BY f.position",
        [key, key],
    )


def all_figures(book: Book) -> tuple[FigureLine, ...]:
    """Every figure of the book, in the order of its pack."""
    rows = book.ask(f"{_SQL} ORDER BY f.position")
    keys = [row[0] for row in rows]
    return figure_lines(book, rows, citations_of(book, keys), said_by(book, keys))


def figure_lines(book: Book, rows: list[Row], cited: Cited, said: Said) -> tuple[FigureLine, ...]:
    """Figures in the order of their rows; a row that is none is left out and noted."""
    about: dict[int, list[EntryRef]] = defaultdict(list)
    for batch in in_batches(row[0] for row in rows):
        for figure, *entry in book.ask(
            "SELECT s.figure_id, e.slug, e.kind, e.title FROM figure_subject AS s"
            f" JOIN entry AS e ON e.id = s.entry_id WHERE s.figure_id IN ({marks(len(batch))})"
            " ORDER BY s.figure_id, e.sort_title",
            batch,
        ):
            if ref := entry_ref(tuple(entry)):
                about[figure].append(ref)
    accounts = amounts_of(book, [row[0] for row in rows])
    found = []
    for row in rows:
        statement, *words = row[:12]
        kind, known = word(FigureKind, words[5]), slug(words[0])
        if kind is None or not known:
            book.fault(f"figure {statement} has no known kind or no slug and is left out")
            continue
        value, unit, qualifier = map(name, words[1:4])
        measures, _, year, edtf, inferred, survey, not_to_confuse = map(text, words[4:])
        found.append(
            FigureLine(
                slug=known,
                value=value,
                unit=unit,
                qualifier=qualifier,
                measures=measures,
                kind=kind,
                year=year,
                edtf=edtf,
                inferred_from=inferred,
                survey=survey,
                surveyor=entry_ref(row[12:15]),
                not_to_confuse=not_to_confuse,
                about=tuple(about[statement]),
                citations=plain_citations(cited.get(statement, ())),
                owner=slug(row[15]),
                volume=said.get(statement, ""),
                accounts=accounts.get(statement, ()),
            )
        )
    return tuple(found)
