"""The sources of a book: their paragraphs, what they cite, and who rests on them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable

from casebook.book.connection import Book, Row
from casebook.book.rows import (
    citations_of,
    entry_ref,
    in_batches,
    marks,
    name,
    plain_citations,
    raw_text,
    source_id,
    text,
    word,
)
from casebook.book.source_values import MentionLine, ParagraphLine, SourceLine, SourcePage
from casebook.book.values import EntryRef
from casebook.citations import Citation
from casebook.csl import is_item
from casebook.errors import NotFoundError
from casebook.safe_text import made_safe_line
from casebook.source_grades import Extent, Grade
from casebook.statement_sql import STATEMENTS_OF_ENTRIES

_COLUMNS = (
    "s.slug, s.label, s.reference, s.csl, s.is_read, s.paragraphs, s.note,"
    " s.grade, s.extent, s.accessed, s.address"
)


def _source(book: Book, row: Row) -> SourceLine | None:
    stored, label, reference, csl, is_read, paragraphs, note, *reading = row
    slug = source_id(stored)
    if not slug:
        book.fault("a source has no id and is left out")
        return None
    count = paragraphs if isinstance(paragraphs, int) and paragraphs > 0 else None
    words = text(reference)
    item = raw_text(csl)
    if not is_item(item):
        book.fault(f"what the source {slug} says of itself for other programs is damaged")
        item = json.dumps({"id": slug, "type": "document", "title": words or slug})
    grade, extent, accessed, address = reading
    return SourceLine(
        slug,
        name(label) or slug,
        words,
        item,
        bool(is_read),
        count,
        text(note),
        word(Grade, grade) if grade else None,
        word(Extent, extent) if extent else None,
        name(accessed),
        text(address),
    )


def sources(book: Book) -> list[SourceLine]:
    """Every source, those that were read first."""
    rows = book.ask(f"SELECT {_COLUMNS} FROM source AS s ORDER BY s.is_read DESC, s.position")
    return [source for row in rows if (source := _source(book, row))]


def sources_by_slug(book: Book, slugs: Iterable[str]) -> dict[str, SourceLine]:
    """The sources of some ids, in the order of the ids."""
    wanted = list(dict.fromkeys(slugs))
    found: dict[str, SourceLine] = {}
    for batch in in_batches(wanted):
        rows = book.ask(
            f"SELECT {_COLUMNS} FROM source AS s WHERE s.slug IN ({marks(len(batch))})", batch
        )
        found.update({source.slug: source for row in rows if (source := _source(book, row))})
    return {slug: found[slug] for slug in wanted if slug in found}


def source_page(book: Book, slug: str) -> SourcePage:
    """A source with its paragraphs.

    Raises:
        NotFoundError: the book has no source of that id.
    """
    found = sources_by_slug(book, [slug])
    if slug not in found:
        raise NotFoundError(f"There is no source '{made_safe_line(slug)}' in this book.")
    return SourcePage(
        found[slug], _paragraphs(book, slug), _mentions(book, slug), _mentioned(book, slug)
    )


_RESTING = f"""
    SELECT cp.number, e.slug, e.kind, e.title
    FROM cited_paragraph AS cp
    JOIN source AS s ON s.id = cp.source_id
    JOIN citation AS c ON c.id = cp.citation_id
    JOIN ({STATEMENTS_OF_ENTRIES}
        UNION ALL SELECT v.entry_id, t.statement_id FROM told AS t
            JOIN event AS v ON v.statement_id = t.event_id
    ) AS o ON o.statement_id = c.statement_id
    JOIN entry AS e ON e.id = o.entry_id
    WHERE s.slug = ?
    GROUP BY cp.number, e.id
    ORDER BY cp.number, e.shelf, e.sort_title
"""


def _paragraphs(book: Book, slug: str) -> tuple[ParagraphLine, ...]:
    resting: dict[int, list[EntryRef]] = defaultdict(list)
    for number, *entry in book.ask(_RESTING, [slug]):
        if isinstance(number, int) and (ref := entry_ref(tuple(entry))):
            resting[number].append(ref)
    gists = {
        number: text(gist)
        for number, gist in book.ask(
            "SELECT p.number, p.gist FROM paragraph AS p JOIN source AS s ON s.id = p.source_id"
            " WHERE s.slug = ? ORDER BY p.number",
            [slug],
        )
        if isinstance(number, int)
    }
    numbers = sorted({*gists, *resting})
    return tuple(ParagraphLine(n, gists.get(n, ""), tuple(resting.get(n, ()))) for n in numbers)


def _mentions(book: Book, slug: str) -> tuple[MentionLine, ...]:
    """The works that a source cites."""
    rows = book.ask(
        f"SELECT m.statement_id, m.note, {_COLUMNS} FROM mention AS m"
        " JOIN source AS s ON s.id = m.source_id"
        " WHERE m.statement_id IN (SELECT c.statement_id FROM citation AS c"
        " JOIN source AS r ON r.id = c.source_id WHERE r.slug = ?) ORDER BY s.position",
        [slug],
    )
    cited = citations_of(book, (row[0] for row in rows))
    return tuple(
        MentionLine(source, text(note), plain_citations(cited[statement]))
        for statement, note, *row in rows
        if (source := _source(book, tuple(row)))
    )


def _mentioned(book: Book, slug: str) -> tuple[Citation, ...]:
    """Where a source is cited by those that were read."""
    rows = book.ask(
        "SELECT m.statement_id FROM mention AS m JOIN source AS s ON s.id = m.source_id"
        " WHERE s.slug = ?",
        [slug],
    )
    cited = citations_of(book, (row[0] for row in rows))
    return tuple(c for (statement,) in rows for c in plain_citations(cited[statement]))


def gists_of(book: Book, slug: str, numbers: Iterable[int]) -> dict[int, str]:
    """What some paragraphs of a source are about, as far as anybody has said."""
    found: dict[int, str] = {}
    for batch in in_batches(dict.fromkeys(numbers)):
        rows = book.ask(
            "SELECT p.number, p.gist FROM paragraph AS p JOIN source AS s ON s.id = p.source_id"
            f" WHERE s.slug = ? AND p.number IN ({marks(len(batch))})",
            [slug, *batch],
        )
        found.update((number, text(gist)) for number, gist in rows if isinstance(number, int))
    return found


def gist_of(book: Book, slug: str, number: int) -> str:
    """What a paragraph of a source is about; empty where nobody has said."""
    row = book.one(
        "SELECT p.gist FROM paragraph AS p JOIN source AS s ON s.id = p.source_id"
        " WHERE s.slug = ? AND p.number = ?",
        [slug, number],
    )
    return text(row[0]) if row else ""
