"""An entry's page, and the digest that tells whether it is still what was built."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from casebook.book import entries
from casebook.book.accounts import ACCOUNTS_SQL
from casebook.book.connection import Book, Row
from casebook.book.contested import contested_ratings
from casebook.book.entry_rows import (
    ALIASES_SQL,
    INDUSTRIES_SQL,
    PLACES_SQL,
    SETTINGS_SQL,
    LineRows,
    entry_lines,
    kept_aliases,
)
from casebook.book.events import EVENTS_SQL, TAKEN_PART_SQL, event_lines
from casebook.book.exhibits import EXHIBIT_CELLS_SQL, EXHIBITS_SQL, exhibit_lines
from casebook.book.figures import figure_lines, figure_rows
from casebook.book.page_values import Page, PersonLine, RelationLine
from casebook.book.rating_values import AssessmentLine, together
from casebook.book.room import Room
from casebook.book.rows import (
    Cited,
    citations_of,
    criterion_key,
    entry_ref,
    name,
    number,
    plain_citations,
    rating,
    raw_text,
    text,
    title,
    word,
)
from casebook.book.rows import slug as known_slug
from casebook.book.sources import sources_by_slug
from casebook.book.teaching import (
    ANSWERS_SQL,
    BOARD_PLAN_SQL,
    OBJECTIVES_SQL,
    POINTS_SQL,
    TEACHING_SQL,
    UNKNOWNS_SQL,
    teaching_line,
)
from casebook.book.teaching_values import QuestionLine
from casebook.book.told import told_lines_of, told_rows
from casebook.book.values import EntryRef
from casebook.book.volumes import Said, said_by, slug_of, volumes
from casebook.citations import OWN, Citation
from casebook.roles import ROLES
from casebook.text import Block, MarkKind, PassageLine, Text, marks_from_json


class _Owned(NamedTuple):
    """What belongs to one entry alone, in one table.

    Attributes:
        sql: a statement in which the entry's key is bound once.
        columns: how many columns, from the first, the digest is of; those that follow are
            joined from other tables, so that a page asks each table once.
        within: the part whose rows these belong to; where it has none, they are not asked for.
    """

    sql: str
    columns: int | None = None
    within: str = ""


_ENTRY_SQL = (
    "SELECT id, slug, kind, title, outcome, outcome_note, is_unnamed, content_hash,"
    " volume_id"
    " FROM entry WHERE {condition}"
)
_RELATIONS_SQL = (
    "SELECT r.statement_id, r.subject_id, r.position, r.role, r.object_id, r.as_role, r.note,"
    " o.slug, o.kind, o.title FROM relation AS r"
)
_OTHERS_RELATIONS_SQL = (
    f"{_RELATIONS_SQL} JOIN entry AS o ON o.id = r.subject_id WHERE r.object_id = ?"
    " ORDER BY o.shelf, o.sort_title, r.position"
)
_OWNED = {
    "entry": _Owned(_ENTRY_SQL.format(condition="id = ?"), 7),
    "setting": _Owned(SETTINGS_SQL.format(marks="?")),
    "places": _Owned(PLACES_SQL.format(marks="?"), 3),
    "industries": _Owned(INDUSTRIES_SQL.format(marks="?"), 4),
    "aliases": _Owned(ALIASES_SQL.format(marks="?")),
    "passages": _Owned(
        "SELECT statement_id, position, block, level, number, text, marks"
        " FROM passage WHERE entry_id = ? ORDER BY position"
    ),
    "relations": _Owned(
        f"{_RELATIONS_SQL} LEFT JOIN entry AS o ON o.id = r.object_id"
        " WHERE r.subject_id = ? ORDER BY r.position",
        7,
    ),
    "people": _Owned(
        "SELECT statement_id, name, role, note FROM person WHERE entry_id = ? ORDER BY position"
    ),
    "events": _Owned(f"{EVENTS_SQL} WHERE v.entry_id = ? ORDER BY v.position", 16),
    "told": _Owned(
        "SELECT t.* FROM told AS t JOIN event AS v ON v.statement_id = t.event_id"
        " WHERE v.entry_id = ? ORDER BY t.statement_id"
    ),
    "derived": _Owned(
        "SELECT d.* FROM derived_bounds AS d JOIN event AS v ON v.statement_id = d.event_id"
        " WHERE v.entry_id = ? ORDER BY d.event_id"
    ),
    "reasons": _Owned(
        "SELECT r.* FROM derived_reason AS r JOIN event AS v ON v.statement_id = r.event_id"
        " WHERE v.entry_id = ? ORDER BY r.event_id, r.bound, r.position"
    ),
    "accounts": _Owned(ACCOUNTS_SQL),
    "assessments": _Owned(
        "SELECT a.statement_id, a.entry_id, a.criterion_id, a.rating, a.evidence,"
        " f.slug, f.title, c.key, c.title, f.position, c.position FROM assessment AS a"
        " LEFT JOIN criterion AS c ON c.statement_id = a.criterion_id"
        " LEFT JOIN framework AS f ON f.statement_id = c.framework_id"
        " WHERE a.entry_id = ? ORDER BY a.statement_id",
        5,
    ),
    "exhibits": _Owned(EXHIBITS_SQL),
    "exhibit_cells": _Owned(EXHIBIT_CELLS_SQL, within="exhibits"),
    "questions": _Owned(
        "SELECT key, text, volume_id FROM question WHERE entry_id = ? ORDER BY position", 2
    ),
    "teaching_notes": _Owned("SELECT text FROM teaching_note WHERE entry_id = ? ORDER BY position"),
    "teaching": _Owned(TEACHING_SQL, 5),
    "objectives": _Owned(OBJECTIVES_SQL, within="teaching"),
    "board_plan": _Owned(BOARD_PLAN_SQL, within="teaching"),
    "answers": _Owned(ANSWERS_SQL, within="teaching"),
    "answer_points": _Owned(POINTS_SQL, 2, within="teaching"),
    "unknowns": _Owned(UNKNOWNS_SQL, within="teaching"),
}
"""The order is that of the digest: another would make every book a damaged one."""

_TEACHING_PARTS = {
    "teaching": "teaching notes",
    "objectives": "objectives",
    "board_plan": "steps of the board plan",
    "answers": "answers",
    "answer_points": "points of answers",
    "unknowns": "statements of what is not known",
}
"""The parts of a teaching note, and what they are called."""


def digest_of_entry(connection: sqlite3.Connection, key: int) -> str:
    """SHA-256 over everything that belongs to one entry."""
    return _digest_of_owned(
        _owned_rows(lambda sql, bound: connection.execute(sql, bound).fetchall(), key)
    )


def is_as_built(book: Book, key: int, stored: object) -> bool:
    """Whether the hash of an entry's page is the one that was stored when it was built."""
    return _digest_of_owned(_owned_rows(book.ask, key)) == stored


def _owned_rows(
    ask: Callable[[str, list[int]], list[Row]],
    key: int,
    known: Mapping[str, list[Row]] = MappingProxyType({}),
) -> dict[str, list[Row]]:
    """The rows of each part of an entry.

    Args:
        known: those that have been asked for.
    """
    rows = dict(known)
    for part, owned in _OWNED.items():
        if owned.within and not rows[owned.within]:
            rows[part] = []
        elif part not in rows:
            rows[part] = ask(owned.sql, [key])
    return rows


def _digest_of_owned(rows: Mapping[str, list[Row]]) -> str:
    return _digest((row[: owned.columns] for row in rows[part]) for part, owned in _OWNED.items())


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
    found = book.one(_ENTRY_SQL.format(condition="slug = ?"), [slug])
    if found is None:
        raise entries.no_entry(book, slug)
    key = found[0]
    asked = {"entry": [found]} if book.has_accounts else {"entry": [found], "accounts": []}
    owned = _owned_rows(book.ask, key, asked)
    # What is hidden is not in the digest; the page was looked at before it was hidden.
    is_hidden = slug in book.hidden.entries
    is_damaged = not is_hidden and _digest_of_owned(owned) != found[7]
    if is_damaged:
        note_damaged(book, slug)
    line_rows = LineRows(
        [(*found[:5], found[6], found[8])],
        owned["setting"],
        owned["places"],
        owned["industries"],
        kept_aliases(book, owned["aliases"]),
    )
    room = Room(book, slug)
    # What is cited is gathered first, so that citations are asked for once.
    rows = {
        "passages": owned["passages"],
        "relations": owned["relations"],
        "relations of others": book.ask(_OTHERS_RELATIONS_SQL, [key]),
        "people": owned["people"],
        "events": _each_once(owned["events"], book.ask(TAKEN_PART_SQL, [key])),
        "figures": figure_rows(book, key),
        "assessments": owned["assessments"],
        "exhibits": owned["exhibits"],
        "teaching": owned["teaching"],
    }
    rows = {what: room.rows(some, what) for what, some in rows.items()}
    statements = [row[0] for some in rows.values() for row in some]
    told = told_rows(book, [row[0] for row in rows["events"]])
    citations = citations_of(book, [*line_rows.statements, *statements, *told])
    said = said_by(book, statements)
    lines = entry_lines(book, line_rows, citations)
    if key not in lines:
        raise entries.damaged_entry(slug)
    entry = lines[key]
    passages = room.values(_passages(book, rows["passages"], citations, said), "passages")
    relations = room.values(
        _relations(book, rows["relations"], citations, said, is_inverse=False)
        + _relations(book, rows["relations of others"], citations, said, is_inverse=True),
        "relations",
    )
    people = room.values(_people(rows["people"], citations), "people")
    told_order = told_lines_of(book, told, citations)
    told_events = event_lines(book, rows["events"], citations, told_order, said)
    events = room.values(told_events.lines, "events")
    figures = room.values(figure_lines(book, rows["figures"], citations, said), "figures")
    rated = _assessments(book, rows["assessments"], citations, said)
    assessments = room.values(rated, "assessments")
    cells = room.values(room.rows(owned["exhibit_cells"], "cells of exhibits"), "cells of exhibits")
    exhibits = room.values(
        exhibit_lines(book, rows["exhibits"], cells, citations, said), "exhibits"
    )
    questions = room.values(
        [
            QuestionLine(known_slug(key_), text(words), slug_of(book, volume), at)
            for at, (key_, words, volume) in enumerate(room.rows(owned["questions"], "questions"))
        ],
        "questions",
    )
    notes = room.values(room.rows(owned["teaching_notes"], "teaching notes"), "teaching notes")
    noted = {
        part: room.values(room.rows(owned[part], _TEACHING_PARTS[part]), _TEACHING_PARTS[part])
        for part in _TEACHING_PARTS
    }
    teaching = teaching_line(book, noted, questions, assessments, citations)
    cited = _cited_sources(
        [citation for _, group in entry.setting.citations for citation in group],
        *(account.citations for account in entry.outcome_accounts),
        *(alias.citations for alias in entry.aliases),
        *(passage.text.citations for passage in passages),
        *(relation.citations for relation in relations),
        *(person.citations for person in people),
        *(event.all_citations for event in events),
        *(figure.stated_citations for figure in figures),
        *(assessment.citations for assessment in assessments),
        *(exhibit.all_citations for exhibit in exhibits),
    )
    cited_to_teach = _cited_sources(teaching.all_citations if teaching else ())
    known = sources_by_slug(book, dict.fromkeys([*cited, *cited_to_teach]))
    return Page(
        entry=entry,
        outcome_note=text(found[5]),
        passages=passages,
        relations=relations,
        people=people,
        events=events,
        figures=figures,
        assessments=assessments,
        exhibits=exhibits,
        questions=questions,
        teaching=teaching,
        teaching_notes=tuple(text(row[0]) for row in notes),
        sources={slug: known[slug] for slug in cited if slug in known},
        teaching_sources={slug: known[slug] for slug in cited_to_teach if slug in known},
        links=_links(book, passages),
        is_damaged=is_damaged,
        volumes=volumes(book),
        has_sealed_ratings=entry.kind.is_case and not book.edition.has_ratings,
        is_hidden=is_hidden,
    )


def _each_once(own: list[Row], others: list[Row]) -> list[Row]:
    """Rows with those of others that are not among them."""
    keys = {row[0] for row in own}
    return [*own, *(row for row in others if row[0] not in keys)]


def _cited_sources(*groups: Iterable[Citation]) -> list[str]:
    slugs = (citation.source for group in groups for citation in group)
    return [slug for slug in dict.fromkeys(slugs) if slug != OWN]


def _passages(book: Book, rows: list[Row], cited: Cited, said: Said) -> tuple[PassageLine, ...]:
    found = []
    for statement, position, block, level, item, words, stored_marks in rows:
        known = word(Block, block)
        if known is None:
            book.fault(f"passage {statement} is of no known kind and is left out")
            continue
        plain, citations = text(words), plain_citations(cited.get(statement, ()))
        found.append(
            PassageLine(
                number(position),
                known,
                Text(
                    plain,
                    marks_from_json(raw_text(stored_marks), len(plain), len(citations)),
                    citations,
                ),
                min(max(number(level), 0), 9),
                number(item),
                said.get(statement, ""),
            )
        )
    return tuple(found)


def _links(book: Book, passages: Iterable[PassageLine]) -> dict[str, EntryRef]:
    """The entries that passages link to, by target."""
    targets = {
        mark.target
        for passage in passages
        for mark in passage.text.marks
        if mark.kind is MarkKind.LINK and mark.target.startswith("entry:")
    }
    found = entries.refs(book, (target.removeprefix("entry:") for target in sorted(targets)))
    return {f"entry:{slug}": ref for slug, ref in found.items()}


def _relations(
    book: Book, rows: list[Row], cited: Cited, said: Said, *, is_inverse: bool
) -> tuple[RelationLine, ...]:
    found = []
    for statement, _, _, role_name, _, as_role, note, *other_row in rows:
        role, other = ROLES.get(text(role_name)), entry_ref(tuple(other_row))
        if role is None or other is None:
            book.fault(f"relation {statement} has no known role or no entry and is left out")
            continue
        found.append(
            RelationLine(
                role.inverse if is_inverse else role.name,
                other,
                name(as_role),
                text(note),
                plain_citations(cited.get(statement, ())),
                role.term,
                is_inverse,
                said.get(statement, ""),
            )
        )
    return tuple(found)


def _people(rows: list[Row], cited: Cited) -> tuple[PersonLine, ...]:
    return tuple(
        PersonLine(name(words), name(role), text(note), plain_citations(cited.get(statement, ())))
        for statement, words, role, note in rows
    )


def _assessments(
    book: Book, rows: list[Row], cited: Cited, said: Said
) -> tuple[AssessmentLine, ...]:
    found = []
    accounts = contested_ratings(book, ((row[0], row[3]) for row in rows), cited)
    # By framework and criterion; the digest has them in another order.
    for row in sorted(rows, key=lambda row: (number(row[9]), number(row[10]))):
        statement, _, _, stored, evidence, framework, framework_title, point, words = row[:9]
        rated, held, key_ = rating(stored), known_slug(framework), criterion_key(point)
        if rated is None or not held or not key_:
            book.fault(f"assessment {statement} has no known rating or point and is left out")
            continue
        found.append(
            AssessmentLine(
                held,
                title(framework_title) or held,
                key_,
                title(words),
                rated,
                text(evidence),
                together(accounts.get(statement, ()), plain_citations(cited.get(statement, ()))),
                said.get(statement, ""),
                accounts.get(statement, ()),
            )
        )
    return tuple(found)
