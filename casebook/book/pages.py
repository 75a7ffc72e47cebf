"""An entry's page, and the digest that tells whether it is still what was built."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from casebook.book import entries
from casebook.book.connection import Book, Row
from casebook.book.events import events_of
from casebook.book.page_values import (
    AssessmentLine,
    FigureLine,
    Page,
    PersonLine,
    RelationLine,
)
from casebook.book.room import Room
from casebook.book.rows import (
    citations_of,
    entry_ref,
    in_batches,
    marks,
    name,
    number,
    plain_citations,
    point_key,
    raw_text,
    text,
    title,
    word,
)
from casebook.book.rows import slug as known_slug
from casebook.book.sources import sources_by_slug
from casebook.book.values import EntryRef
from casebook.citations import OWN, Citation
from casebook.text import Block, MarkKind, Passage, Text, marks_from_json
from casebook.vocabulary import ROLES, FigureKind, Rating

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


def is_as_built(book: Book, key: int, stored: object) -> bool:
    """Whether the hash of an entry's page is the one that was stored when it was built."""
    return _digest(book.ask(sql, [key]) for sql in _OWNED.values()) == stored


def note_damaged(book: Book, slug: str) -> None:
    """Notes among the book's faults that the page of an entry is not as it was built."""
    book.fault(f"the page of {known_slug(slug) or 'an entry'} is not as it was built")


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
    key = entries.key_of(book, slug)
    owned = {name: book.ask(sql, [key]) for name, sql in _OWNED.items()}
    stored = book.one("SELECT content_hash, outcome_note FROM entry WHERE id = ?", [key])
    is_damaged = not stored or _digest(owned.values()) != stored[0]
    if is_damaged:
        note_damaged(book, slug)
    entry = entries.line(book, slug)
    room = Room(book, slug)
    passages = room.values(_passages(book, room.rows(owned["passages"], "passages")), "passages")
    relations = room.values(_relations(book, room, key), "relations")
    people = room.values(_people(book, room.rows(owned["people"], "people")), "people")
    events = room.values(events_of(book, [key], room), "events")
    figures = room.values(_figures(book, room, key), "figures")
    assessments = room.values(_assessments(book, room, key), "assessments")
    questions = room.values(room.rows(owned["questions"], "questions"), "questions")
    notes = room.values(room.rows(owned["teaching_notes"], "teaching notes"), "teaching notes")
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
        questions=tuple(text(row[0]) for row in questions),
        teaching_notes=tuple(text(row[0]) for row in notes),
        sources=sources_by_slug(book, cited),
        links=_links(book, passages),
        is_damaged=is_damaged,
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
            book.fault(f"passage {statement} is of no known kind and is left out")
            continue
        plain, citations = text(words), plain_citations(cited[statement])
        found.append(
            Passage(
                number(position),
                known,
                Text(
                    plain,
                    marks_from_json(raw_text(stored_marks), len(plain), len(citations)),
                    citations,
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
    found = entries.refs(book, (target.removeprefix("entry:") for target in sorted(targets)))
    return {f"entry:{slug}": ref for slug, ref in found.items()}


_RELATION_COLUMNS = "r.statement_id, r.role, r.as_role, r.note, o.slug, o.kind, o.title"


def _relations(book: Book, room: Room, key: int) -> tuple[RelationLine, ...]:
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
    own, others = room.rows(own, "relations"), room.rows(others, "relations of others")
    cited = citations_of(book, (row[0] for row in (*own, *others)))
    found = [_relation(book, row, plain_citations(cited[row[0]]), is_inverse=False) for row in own]
    found += [
        _relation(book, row, plain_citations(cited[row[0]]), is_inverse=True) for row in others
    ]
    return tuple(relation for relation in found if relation)


def _relation(
    book: Book, row: Row, citations: tuple[Citation, ...], *, is_inverse: bool
) -> RelationLine | None:
    statement, role_name, as_role, note, *other_row = row
    role, other = ROLES.get(text(role_name)), entry_ref(tuple(other_row))
    if role is None or other is None:
        book.fault(f"relation {statement} has no known role or no entry and is left out")
        return None
    return RelationLine(
        role.inverse if is_inverse else role.name,
        other,
        name(as_role),
        text(note),
        citations,
        role.term,
        is_inverse,
    )


def _people(book: Book, rows: list[Row]) -> tuple[PersonLine, ...]:
    cited = citations_of(book, (row[0] for row in rows))
    return tuple(
        PersonLine(name(words), name(role), text(note), plain_citations(cited[statement]))
        for statement, words, role, note in rows
    )


_FIGURE_SQL = (
    "SELECT f.statement_id, f.slug, f.value, f.unit, f.qualifier, f.measures, f.kind, f.year,"
    " f.edtf, f.inferred_from, f.survey, f.not_to_confuse, s.slug, s.kind, s.title"
    " FROM figure AS f LEFT JOIN entry AS s ON s.id = f.surveyor_id"
)


def _figures(book: Book, room: Room, key: int) -> tuple[FigureLine, ...]:
    rows = book.ask(
        f"{_FIGURE_SQL} WHERE f.surveyor_id = ? OR f.statement_id IN"
        " (SELECT figure_id FROM figure_subject WHERE entry_id = ?) ORDER BY f.position",
        [key, key],
    )
    return _figure_lines(book, room.rows(rows, "figures"))


def all_figures(book: Book) -> tuple[FigureLine, ...]:
    """Every figure of the book, in the order of its pack."""
    return _figure_lines(book, book.ask(f"{_FIGURE_SQL} ORDER BY f.position"))


def _figure_lines(book: Book, rows: list[Row]) -> tuple[FigureLine, ...]:
    cited = citations_of(book, (row[0] for row in rows))
    about: dict[Any, list[EntryRef]] = defaultdict(list)
    for batch in in_batches(row[0] for row in rows):
        for figure, *entry in book.ask(
            "SELECT s.figure_id, e.slug, e.kind, e.title FROM figure_subject AS s"
            f" JOIN entry AS e ON e.id = s.entry_id WHERE s.figure_id IN ({marks(len(batch))})"
            " ORDER BY s.figure_id, e.sort_title",
            batch,
        ):
            if ref := entry_ref(tuple(entry)):
                about[figure].append(ref)
    found = []
    for row in rows:
        statement, *words = row[:12]
        kind, slug = word(FigureKind, words[5]), known_slug(words[0])
        if kind is None or not slug:
            book.fault(f"figure {statement} has no known kind or no slug and is left out")
            continue
        value, unit, qualifier = map(name, words[1:4])
        measures, _, year, edtf, inferred, survey, not_to = map(text, words[4:])
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
                tuple(about[statement]),
                plain_citations(cited[statement]),
            )
        )
    return tuple(found)


def _assessments(book: Book, room: Room, key: int) -> tuple[AssessmentLine, ...]:
    rows = book.ask(
        "SELECT a.statement_id, f.slug, f.title, c.key, c.title, a.rating, a.evidence"
        " FROM assessment AS a JOIN criterion AS c ON c.statement_id = a.criterion_id"
        " JOIN framework AS f ON f.statement_id = c.framework_id"
        " WHERE a.entry_id = ? ORDER BY f.position, c.position",
        [key],
    )
    rows = room.rows(rows, "assessments")
    cited = citations_of(book, (row[0] for row in rows))
    found = []
    for statement, framework, framework_title, point, words, stored, evidence in rows:
        rating, held, key_ = word(Rating, stored), known_slug(framework), point_key(point)
        if rating in (None, Rating.SILENT) or not held or not key_:
            book.fault(f"assessment {statement} has no known rating or point and is left out")
            continue
        found.append(
            AssessmentLine(
                held,
                title(framework_title) or held,
                key_,
                title(words),
                rating,
                text(evidence),
                plain_citations(cited[statement]),
            )
        )
    return tuple(found)
