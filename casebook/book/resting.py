"""What a book says on the word of a paragraph: the statements that cite it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from casebook import anchors
from casebook.book.connection import Book, Row
from casebook.book.rows import (
    criterion_key,
    entry_ref,
    in_batches,
    marks,
    name,
    number,
    raw_text,
    slug,
    text,
    word,
)
from casebook.book.values import EntryRef
from casebook.line_wrap import shortened
from casebook.statement_kinds import StatementKind
from casebook.text import MarkKind, marks_from_json

MOST_ROWS = 300
"""Citations of a few paragraphs that are looked at; a book may have any number."""

LONGEST_WORDS = 240
"""Characters of a statement that are told."""


class RestingLine(NamedTuple):
    """A statement that cites a paragraph, or several of those that were asked for.

    Attributes:
        entry: whose page it stands on; None for what the glossary and the frameworks say.
        anchor: where it stands there; of a term its place in the glossary.
        name: of a term or a point of a framework; empty for what stands on a page.
        words: what it says, as far as it rests on these paragraphs.
        numbers: the paragraphs, in order.
    """

    entry: EntryRef | None
    kind: StatementKind
    anchor: str
    name: str
    words: str
    numbers: tuple[int, ...]


class Resting(NamedTuple):
    """What rests on some paragraphs.

    Attributes:
        is_whole: there is no more than these lines.
    """

    lines: tuple[RestingLine, ...]
    is_whole: bool


class _RestingCitation(NamedTuple):
    """A citation of one of the paragraphs: of which statement, at what place, for which part."""

    statement: int
    position: int
    part: str
    number: int


_CITING = (
    "SELECT c.statement_id, c.position, c.part, cp.number, s.kind FROM cited_paragraph AS cp"
    " JOIN source AS o ON o.id = cp.source_id JOIN citation AS c ON c.id = cp.citation_id"
    " JOIN statement AS s ON s.id = c.statement_id WHERE o.slug = ? AND cp.number IN ({marks})"
    " ORDER BY c.statement_id, c.position, cp.number LIMIT ?"
)

_OF_ENTRY = "e.slug, e.kind, e.title"
_SQL: dict[StatementKind, str] = {
    StatementKind.PASSAGE: f"SELECT x.statement_id, {_OF_ENTRY}, x.position, x.text, x.marks"
    " FROM passage AS x JOIN entry AS e ON e.id = x.entry_id",
    StatementKind.EVENT: f"SELECT x.statement_id, {_OF_ENTRY}, x.key, x.label, x.date_text"
    " FROM event AS x JOIN entry AS e ON e.id = x.entry_id",
    StatementKind.TOLD: f"SELECT x.statement_id, {_OF_ENTRY}, v.key, v.label, x.words"
    " FROM told AS x JOIN event AS v ON v.statement_id = x.event_id"
    " JOIN entry AS e ON e.id = v.entry_id",
    StatementKind.ACCOUNT: f"SELECT x.statement_id, {_OF_ENTRY}, coalesce(v.key, f.slug, c.key),"
    " coalesce(v.label, f.measures, x.words), CASE WHEN f.slug IS NOT NULL"
    " THEN trim(x.qualifier || ' ' || x.value || ' ' || f.unit)"
    " ELSE coalesce(x.rating, x.outcome, nullif(x.date_text, ''), p.name) END,"
    " f.slug, w.slug, x.outcome FROM account AS x"
    " LEFT JOIN event AS v ON v.statement_id = x.of_id"
    " LEFT JOIN figure AS f ON f.statement_id = x.of_id"
    " LEFT JOIN assessment AS r ON r.statement_id = x.of_id"
    " LEFT JOIN criterion AS c ON c.statement_id = r.criterion_id"
    " LEFT JOIN framework AS w ON w.statement_id = c.framework_id"
    " LEFT JOIN setting AS t ON t.statement_id = x.of_id LEFT JOIN place AS p ON p.id = x.place_id"
    " JOIN entry AS e ON e.id = coalesce(v.entry_id, r.entry_id, t.entry_id)"
    " OR e.id IN (SELECT entry_id FROM figure_subject WHERE figure_id = x.of_id)",
    StatementKind.SETTING: f"SELECT x.statement_id, {_OF_ENTRY}, '', '', ''"
    " FROM setting AS x JOIN entry AS e ON e.id = x.entry_id",
    StatementKind.ALIAS: f"SELECT x.statement_id, {_OF_ENTRY}, '', x.text, ''"
    " FROM alias AS x JOIN entry AS e ON e.id = x.entry_id",
    StatementKind.PERSON: f"SELECT x.statement_id, {_OF_ENTRY}, x.name, x.role, x.note"
    " FROM person AS x JOIN entry AS e ON e.id = x.entry_id",
    StatementKind.ASSESSMENT: f"SELECT x.statement_id, {_OF_ENTRY}, c.key, x.evidence, f.slug,"
    " x.rating FROM assessment AS x JOIN entry AS e ON e.id = x.entry_id"
    " JOIN criterion AS c ON c.statement_id = x.criterion_id"
    " JOIN framework AS f ON f.statement_id = c.framework_id",
    StatementKind.EXHIBIT: f"SELECT x.statement_id, {_OF_ENTRY}, x.key, x.caption, ''"
    " FROM exhibit AS x JOIN entry AS e ON e.id = x.entry_id",
    StatementKind.RELATION: f"SELECT x.statement_id, {_OF_ENTRY}, x.role, o.title, x.note"
    " FROM relation AS x JOIN entry AS e ON e.id = x.subject_id"
    " JOIN entry AS o ON o.id = x.object_id",
    StatementKind.FIGURE: f"SELECT x.statement_id, {_OF_ENTRY}, x.slug, x.measures,"
    " trim(x.qualifier || ' ' || x.value || ' ' || x.unit)"
    " FROM figure AS x JOIN figure_subject AS y ON y.figure_id = x.statement_id"
    " JOIN entry AS e ON e.id = y.entry_id",
    StatementKind.TERM: "SELECT x.statement_id, '', '', '', x.slug, x.definition, x.name"
    " FROM term AS x",
    StatementKind.CRITERION: "SELECT x.statement_id, '', '', '', x.key, x.text, x.title"
    " FROM criterion AS x",
    StatementKind.FRAMEWORK: "SELECT x.statement_id, '', '', '', '', x.description, x.title"
    " FROM framework AS x",
}
"""The statements of each kind; what is for lecturers alone, and works cited, are not among them."""

_KINDS = tuple(_SQL)


def resting_on(book: Book, source: str, numbers: Iterable[int]) -> Resting:
    """The statements that rest on some paragraphs of a source, entry by entry."""
    citing: dict[int, list[_RestingCitation]] = {}
    kinds: dict[StatementKind, list[int]] = {}
    is_whole = True
    for batch in in_batches(sorted(set(numbers))):
        rows = book.ask(_CITING.format(marks=marks(len(batch))), [source, *batch, MOST_ROWS])
        is_whole = is_whole and len(rows) < MOST_ROWS
        for statement, position, part, paragraph, kind in rows:
            known = word(StatementKind, kind)
            if known in _SQL and isinstance(paragraph, int):
                if statement not in citing:
                    kinds.setdefault(known, []).append(statement)
                found = _RestingCitation(statement, number(position), name(part), paragraph)
                citing.setdefault(statement, []).append(found)
    lines: list[RestingLine] = []
    for kind, statements in kinds.items():
        for batch in in_batches(statements):
            sql = f"{_SQL[kind]} WHERE x.statement_id IN ({marks(len(batch))})"
            for row in book.ask(sql, batch):
                lines += _lines(kind, row, citing[row[0]])
    return Resting(tuple(sorted(lines, key=_place)), is_whole)


def _place(line: RestingLine) -> tuple[bool, str, int]:
    """Where a statement stands among the others: by entry, then by kind."""
    title = line.entry.title.casefold() if line.entry else ""
    return line.entry is None, title, _KINDS.index(line.kind)


def _lines(kind: StatementKind, row: Row, citing: Sequence[_RestingCitation]) -> list[RestingLine]:
    """The lines of a statement: one, but for a passage one for each of its citations."""
    entry = entry_ref(tuple(row[1:4]))
    key, words, more = row[4:7]
    numbers = tuple(sorted({each.number for each in citing}))
    said = " ".join(text(words).split())
    match kind:
        case StatementKind.PASSAGE:
            return _passage_lines(entry, number(key), text(words), raw_text(more), citing)
        case StatementKind.ACCOUNT if slug(row[7]):
            anchor, said = anchors.figure(slug(key)), f"{name(more)}: {said}"
        case StatementKind.ACCOUNT if slug(row[8]):
            anchor = anchors.criterion(slug(row[8]), criterion_key(key))
            said = f"{criterion_key(key)} {name(more)}: {said}"
        case StatementKind.ACCOUNT if row[9] is not None:
            anchor, said = anchors.TOP, f"outcome {name(more)}: {said}"
        case StatementKind.EVENT | StatementKind.ACCOUNT:
            anchor, said = anchors.event(_slug_of(entry), name(key)), f"{name(more)}: {said}"
        case StatementKind.TOLD:
            anchor = anchors.event(_slug_of(entry), name(key))
            said = f"{said}: {name(more)}" if name(more) else said
        case StatementKind.SETTING:
            parts = dict.fromkeys(each.part.partition(":")[0] for each in citing)
            anchor, said = anchors.TOP, ", ".join(filter(None, parts))
        case StatementKind.ALIAS:
            anchor, said = anchors.TOP, f"also {said}"
        case StatementKind.PERSON:
            anchor = anchors.person(name(key))
            said = f"{name(key)}, {said}"
        case StatementKind.ASSESSMENT:
            framework, rating = slug(more), name(row[7])
            anchor = anchors.criterion(framework, criterion_key(key))
            said = f"{criterion_key(key)} {rating}: {said}"
        case StatementKind.EXHIBIT:
            anchor = anchors.exhibit(name(key))
        case StatementKind.RELATION:
            anchor = anchors.Section.RELATIONS
            said = f"{name(key)} {said}"
        case StatementKind.FIGURE:
            anchor, said = anchors.figure(slug(key)), f"{name(more)}: {said}"
        case StatementKind.TERM:
            term = slug(key)
            line = RestingLine(None, kind, anchors.term(term), name(more), said, numbers)
            return [_clipped(line)] if term else []
        case _:
            point = f"{criterion_key(key)} {name(more)}".strip()
            return [_clipped(RestingLine(None, kind, "", point, said, numbers))]
    return [_clipped(RestingLine(entry, kind, anchor, "", said, numbers))] if entry else []


def _slug_of(entry: EntryRef | None) -> str:
    return entry.slug if entry else ""


def _passage_lines(
    entry: EntryRef | None,
    position: int,
    plain: str,
    stored: str,
    citing: Sequence[_RestingCitation],
) -> list[RestingLine]:
    """What of a passage stands between each of these citations and the one before it."""
    if entry is None:
        return []
    places = {each.position: set[int]() for each in citing}
    for each in citing:
        places[each.position].add(each.number)
    most = max(places) + 1
    cites = sorted(
        (mark.end, int(mark.target))
        for mark in marks_from_json(stored, len(plain), most)
        if mark.kind is MarkKind.CITE
    )
    found: dict[int, tuple[int, set[int]]] = {}
    start = last = 0
    for end, place in cites:
        if end > last:
            start, last = last, end
        if place in places:
            found.setdefault(end, (start, set()))[1].update(places[place])
    lines = []
    for end, (start, numbers) in found.items():
        words = " ".join(plain[start:end].split()).lstrip(".;:, ")
        anchor = anchors.passage(position)
        line = RestingLine(entry, StatementKind.PASSAGE, anchor, "", words, tuple(sorted(numbers)))
        lines.append(_clipped(line))
    return lines


def _clipped(line: RestingLine) -> RestingLine:
    return line._replace(words=shortened(line.words, LONGEST_WORDS))
