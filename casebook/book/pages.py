"""An entry's page, and the digest that tells whether it is still what was built."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from typing import Any

from casebook.book import shelf
from casebook.book.events import events_of
from casebook.book.opening import Book, Row
from casebook.book.page_values import (
    AssessmentLine,
    FigureLine,
    Page,
    PersonLine,
    RelationLine,
)
from casebook.book.rows import (
    citations_of,
    entry_ref,
    in_batches,
    marks,
    number,
    plain_citations,
    text,
    word,
)
from casebook.book.sources import sources_by_slug
from casebook.book.values import EntryRef
from casebook.citations import OWN, Citation
from casebook.text import Block, MarkKind, Passage, Text, marks_from_json
from casebook.vocabulary import ROLES, FigureKind, Rating

LONGEST_SHOWN = 20_000
"""Characters of one passage that are shown; only a book made to annoy has more."""

_OWNED = {
    "entry": (
        "SELECT id, slug, kind, title, outcome, outcome_note, is_unnamed FROM entry WHERE id = ?"
    ),
    "setting": "SELECT * FROM setting WHERE entry_id = ?",
    "places": "SELECT * FROM setting_place WHERE entry_id = ? ORDER BY position",
    "industries": "SELECT * FROM setting_industry WHERE entry_id = ? ORDER BY position",
    "aliases": "SELECT * FROM alias WHERE entry_id = ? ORDER BY position",
    "passages": (
        "SELECT statement_id, position, block, level, number, text, marks"
        " FROM passage WHERE entry_id = ? ORDER BY position"
    ),
    "relations": "SELECT * FROM relation WHERE subject_id = ? ORDER BY position",
    "people": (
        "SELECT statement_id, name, role, note FROM person WHERE entry_id = ? ORDER BY position"
    ),
    "events": "SELECT * FROM event WHERE entry_id = ? ORDER BY position",
    "assessments": "SELECT * FROM assessment WHERE entry_id = ? ORDER BY statement_id",
    "questions": "SELECT text FROM question WHERE entry_id = ? ORDER BY position",
    "teaching_notes": "SELECT text FROM teaching_note WHERE entry_id = ? ORDER BY position",
}
"""What belongs to one entry alone, each with the entry's key bound once."""


def digest_of_entry(connection: sqlite3.Connection, key: int) -> str:
    """SHA-256 over everything that belongs to one entry."""
    return _digest(connection.execute(sql, (key,)).fetchall() for sql in _OWNED.values())


def digest_of_content(connection: sqlite3.Connection) -> str:
    """SHA-256 over every row that a pack says, table by table in order of name."""
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'book'"
        " AND substr(name, 1, 5) <> 'find_' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name"
    ).fetchall()
    return _digest(
        connection.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2') for (name,) in tables
    )


def _digest(parts: Iterable[Iterable[Row]]) -> str:
    digest = hashlib.sha256()
    for rows in parts:
        for row in rows:
            digest.update(repr(row).encode("utf-8", "surrogatepass"))
        digest.update(b"\n")
    return digest.hexdigest()


def page(book: Book, slug: str) -> Page:
    """Everything the book says of an entry.

    Raises:
        NotFoundError: the book has no entry of that slug.
        BookError: the file is damaged.
    """
    key = shelf.key_of(book, slug)
    owned = {name: book.ask(sql, [key]) for name, sql in _OWNED.items()}
    stored = book.one("SELECT content_hash, outcome_note FROM entry WHERE id = ?", [key])
    entry = shelf.line(book, slug)
    passages = _passages(book, owned["passages"])
    relations = _relations(book, key)
    people = _people(book, owned["people"])
    events = events_of(book, [key])
    figures = _figures(book, key)
    assessments = _assessments(book, key)
    cited = _cited_sources(
        [citation for _, group in entry.setting.citations for citation in group],
        *(alias.citations for alias in entry.aliases),
        *(passage.text.citations for passage in passages),
        *(relation.citations for relation in relations),
        *(person.citations for person in people),
        *(event.citations for event in events),
        *(figure.citations for figure in figures),
        *(assessment.citations for assessment in assessments),
    )
    return Page(
        entry=entry,
        outcome_note=text(stored[1]) if stored else "",
        passages=passages,
        relations=relations,
        people=people,
        events=events,
        figures=figures,
        assessments=assessments,
        questions=tuple(text(row[0]) for row in owned["questions"]),
        teaching_notes=tuple(text(row[0]) for row in owned["teaching_notes"]),
        sources=sources_by_slug(book, cited),
        links=_links(book, passages),
        is_damaged=not stored or _digest(owned.values()) != stored[0],
    )


def _cited_sources(*groups: Iterable[Citation]) -> list[str]:
    slugs = (citation.source for group in groups for citation in group)
    return [slug for slug in dict.fromkeys(slugs) if slug != OWN]


def _passages(book: Book, rows: list[Row]) -> tuple[Passage, ...]:
    cited = citations_of(book, (row[0] for row in rows))
    found = []
    for statement, position, block, level, item, words, stored_marks in rows:
        known = word(Block, block)
        if known is None:
            book.fault(f"passage {statement} is of no known sort and is left out")
            continue
        plain = text(words)
        if len(plain) > LONGEST_SHOWN:
            cut = f"\N{HORIZONTAL ELLIPSIS} ({len(plain)} characters, cut here)"
            plain = plain[:LONGEST_SHOWN] + cut
        found.append(
            Passage(
                number(position),
                known,
                Text(
                    plain,
                    marks_from_json(text(stored_marks), len(plain)),
                    plain_citations(cited[statement]),
                ),
                min(max(number(level), 0), 9),
                number(item),
            )
        )
    return tuple(found)


def _links(book: Book, passages: Iterable[Passage]) -> dict[str, EntryRef]:
    """The entries that passages link to, by target."""
    targets = {
        mark.target
        for passage in passages
        for mark in passage.text.marks
        if mark.kind is MarkKind.LINK and mark.target.startswith("entry:")
    }
    found = shelf.refs(book, (target.removeprefix("entry:") for target in sorted(targets)))
    return {f"entry:{slug}": ref for slug, ref in found.items()}


_RELATION_COLUMNS = "r.statement_id, r.role, r.as_role, r.note, o.slug, o.kind, o.title"


def _relations(book: Book, key: int) -> tuple[RelationLine, ...]:
    own = book.ask(
        f"SELECT {_RELATION_COLUMNS} FROM relation AS r JOIN entry AS o ON o.id = r.object_id"
        " WHERE r.subject_id = ? ORDER BY r.position",
        [key],
    )
    others = book.ask(
        f"SELECT {_RELATION_COLUMNS} FROM relation AS r JOIN entry AS o ON o.id = r.subject_id"
        " WHERE r.object_id = ? ORDER BY o.shelf, o.sort_title, r.position",
        [key],
    )
    cited = citations_of(book, (row[0] for row in (*own, *others)))
    found = [_relation(row, plain_citations(cited[row[0]]), is_inverse=False) for row in own]
    found += [_relation(row, plain_citations(cited[row[0]]), is_inverse=True) for row in others]
    return tuple(relation for relation in found if relation)


def _relation(
    row: Row, citations: tuple[Citation, ...], *, is_inverse: bool
) -> RelationLine | None:
    _, name, as_role, note, *other_row = row
    role, other = ROLES.get(text(name)), entry_ref(tuple(other_row))
    if role is None or other is None:
        return None
    return RelationLine(
        role.inverse if is_inverse else role.name,
        other,
        text(as_role),
        text(note),
        citations,
        role.term,
        is_inverse,
    )


def _people(book: Book, rows: list[Row]) -> tuple[PersonLine, ...]:
    cited = citations_of(book, (row[0] for row in rows))
    return tuple(
        PersonLine(text(name), text(role), text(note), plain_citations(cited[statement]))
        for statement, name, role, note in rows
    )


_FIGURE_SQL = (
    "SELECT f.statement_id, f.slug, f.value, f.unit, f.qualifier, f.measures, f.kind, f.year,"
    " f.edtf, f.inferred_from, f.survey, f.not_to_confuse, s.slug, s.kind, s.title"
    " FROM figure AS f LEFT JOIN entry AS s ON s.id = f.surveyor_id"
)


def _figures(book: Book, key: int) -> tuple[FigureLine, ...]:
    return _figure_lines(
        book,
        book.ask(
            f"{_FIGURE_SQL} WHERE f.surveyor_id = ? OR f.statement_id IN"
            " (SELECT figure_id FROM figure_subject WHERE entry_id = ?) ORDER BY f.position",
            [key, key],
        ),
    )


def all_figures(book: Book) -> tuple[FigureLine, ...]:
    """Every figure of the book, in the order of its pack."""
    return _figure_lines(book, book.ask(f"{_FIGURE_SQL} ORDER BY f.position"))


def _figure_lines(book: Book, rows: list[Row]) -> tuple[FigureLine, ...]:
    cited = citations_of(book, (row[0] for row in rows))
    about: dict[Any, tuple[EntryRef, ...]] = {}
    for batch in in_batches(row[0] for row in rows):
        for figure, *entry in book.ask(
            "SELECT s.figure_id, e.slug, e.kind, e.title FROM figure_subject AS s"
            f" JOIN entry AS e ON e.id = s.entry_id WHERE s.figure_id IN ({marks(len(batch))})"
            " ORDER BY s.figure_id, e.sort_title",
            batch,
        ):
            if ref := entry_ref(tuple(entry)):
                about[figure] = (*about.get(figure, ()), ref)
    found = []
    for row in rows:
        statement, *words = row[:12]
        kind = word(FigureKind, words[5])
        if kind is None:
            book.fault(f"figure {statement} is of no known sort and is left out")
            continue
        slug, value, unit, qualifier, measures, _, year, edtf, inferred, survey, not_to = map(
            text, words
        )
        found.append(
            FigureLine(
                slug,
                value,
                unit,
                qualifier,
                measures,
                kind,
                year,
                edtf,
                inferred,
                survey,
                entry_ref(row[12:15]),
                not_to,
                about.get(statement, ()),
                plain_citations(cited[statement]),
            )
        )
    return tuple(found)


def _assessments(book: Book, key: int) -> tuple[AssessmentLine, ...]:
    rows = book.ask(
        "SELECT a.statement_id, f.slug, f.title, c.key, c.title, a.rating, a.evidence"
        " FROM assessment AS a JOIN criterion AS c ON c.statement_id = a.criterion_id"
        " JOIN framework AS f ON f.statement_id = c.framework_id"
        " WHERE a.entry_id = ? ORDER BY f.position, c.position",
        [key],
    )
    cited = citations_of(book, (row[0] for row in rows))
    return tuple(
        AssessmentLine(
            text(framework),
            text(framework_title),
            text(point),
            text(title),
            rating,
            text(evidence),
            plain_citations(cited[statement]),
        )
        for statement, framework, framework_title, point, title, stored, evidence in rows
        if (rating := word(Rating, stored))
    )
