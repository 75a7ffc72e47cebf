"""The page of a term: what it means, and the entries in whose texts it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from casebook import anchors
from casebook.book.connection import Book
from casebook.book.edition import SEALED_LEFT_OUT, WHOLE, Edition
from casebook.book.rows import criterion_key, entry_ref, name, number, slug, text
from casebook.book.source_values import SourceLine, TermLine
from casebook.book.values import EntryRef
from casebook.document import DocBlock, Document, Set, fact, item
from casebook.glossary import TermFinder
from casebook.search.folding import fold, words
from casebook.text_builder import TextBuilder

AROUND = 60
"""Characters that are told on each side of a term."""

_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"

_TEXTS = """
    SELECT e.slug, e.kind, e.title, 'passage', x.position, '', x.text, e.shelf, e.sort_title
    FROM passage AS x JOIN entry AS e ON e.id = x.entry_id
    WHERE x.block NOT IN ('heading', 'code') AND {text}
    UNION ALL
    SELECT e.slug, e.kind, e.title, 'setting', 0, '', x.size AS text, e.shelf, e.sort_title
    FROM setting AS x JOIN entry AS e ON e.id = x.entry_id WHERE {size}
    UNION ALL
    SELECT e.slug, e.kind, e.title, 'assessment', c.key, f.slug, x.evidence, e.shelf, e.sort_title
    FROM assessment AS x JOIN entry AS e ON e.id = x.entry_id
    JOIN criterion AS c ON c.statement_id = x.criterion_id
    JOIN framework AS f ON f.statement_id = c.framework_id WHERE {evidence}
    UNION ALL
    SELECT e.slug, e.kind, e.title, 'event', x.key, '', x.label, e.shelf, e.sort_title
    FROM event AS x JOIN entry AS e ON e.id = x.entry_id WHERE {label}
    UNION ALL
    SELECT e.slug, e.kind, e.title, 'person', x.name, '', x.note, e.shelf, e.sort_title
    FROM person AS x JOIN entry AS e ON e.id = x.entry_id WHERE {note}
    UNION ALL
    SELECT e.slug, e.kind, e.title, 'relation', '', '', x.note, e.shelf, e.sort_title
    FROM relation AS x JOIN entry AS e ON e.id = x.subject_id WHERE {note}
    UNION ALL
    SELECT e.slug, e.kind, e.title, 'figure', x.slug, '', x.measures, e.shelf, e.sort_title
    FROM figure AS x JOIN figure_subject AS y ON y.figure_id = x.statement_id
    JOIN entry AS e ON e.id = y.entry_id WHERE {measures}
    ORDER BY 8, 9, 1
"""
_COLUMNS = ("text", "size", "evidence", "label", "note", "measures")

_IS_NOT_ASCII = "x.{column} GLOB '*[^' || char(1) || '-' || char(127) || ']*'"


class TermUse(NamedTuple):
    """Where an entry first uses a term.

    Attributes:
        words: the text around it.
        span: where in them the term stands.
    """

    entry: EntryRef
    anchor: str
    words: str
    span: tuple[int, int]


def uses_of(book: Book, finder: TermFinder, term: str) -> list[TermUse]:
    """The entries in whose texts a term stands, cases first, each with the first place."""
    line = finder.terms.get(term)
    if line is None:
        return []
    sql, bound = _asked(line)
    found: dict[str, TermUse] = {}
    for row in book.ask(sql, bound):
        entry = entry_ref(tuple(row[:3]))
        if entry is None or entry.slug in found:
            continue
        said = text(row[6])
        place = next((each for each in finder.found_in(said) if each.term == term), None)
        if place is not None:
            anchor = _anchor(entry.slug, *row[3:6])
            found[entry.slug] = _use(entry, anchor, said, place.start, place.end)
    return list(found.values())


def _asked(term: TermLine) -> tuple[str, list[str]]:
    """A statement for the texts in which a term may stand.

    SQLite compares without case in ASCII alone, so every other text is looked at.
    """
    stems = {_stem(each) for each in (term.name, *term.aliases)} - {""}
    bound: list[str] = []
    tests = {}
    for column in _COLUMNS:
        parts = [f"x.{column} LIKE ?" for _ in stems]
        tests[column] = f"({' OR '.join([*parts, _IS_NOT_ASCII.format(column=column)])})"
    sql = _TEXTS.format(**tests)
    for _ in range(sql.count("LIKE ?") // max(len(stems), 1)):
        bound += [f"%{stem}%" for stem in stems]
    return sql, bound


def _stem(name_of_term: str) -> str:
    """What every spelling of a name's first word has; empty where that is not ASCII."""
    first = next(iter(words(fold(name_of_term))), "")
    if not first.isascii():
        return ""
    return first.rstrip("s").rstrip("ey").removesuffix("i") or first[:1]


def _anchor(entry: str, kind: str, key: object, framework: object) -> str:
    match kind:
        case "passage":
            return anchors.passage(number(key))
        case "assessment":
            return anchors.criterion(slug(framework), criterion_key(key))
        case "event":
            return anchors.event(entry, name(key))
        case "person":
            return anchors.person(name(key))
        case "figure":
            return anchors.figure(slug(key))
        case "relation":
            return anchors.Section.RELATIONS
        case _:
            return anchors.TOP


def _use(entry: EntryRef, anchor: str, said: str, start: int, end: int) -> TermUse:
    """A use, with some words on each side of the term."""
    first, last = max(start - AROUND, 0), min(end + AROUND, len(said))
    if first:
        blank = said.find(" ", first, start)
        first = blank + 1 if blank >= 0 else first
    if last < len(said):
        blank = said.rfind(" ", end, last)
        last = blank if blank >= 0 else last
    lead, rest = _ELLIPSIS if first else "", _ELLIPSIS if last < len(said) else ""
    shown = said[first:last].replace("\n", " ")
    shift = len(lead) - first
    return TermUse(entry, anchor, f"{lead}{shown}{rest}", (start + shift, end + shift))


def term_document(
    term: TermLine,
    sources: Mapping[str, SourceLine],
    uses: Sequence[TermUse] | None,
    edition: Edition = WHOLE,
) -> Document:
    """The page of a term.

    Args:
        uses: None while they are still being looked for.
        edition: of the book in which they were looked for.
    """
    blocks = [DocBlock(Set.TITLE, TextBuilder().add(term.name).text(), anchor=anchors.TOP)]
    if term.aliases:
        blocks.append(fact("Also", TextBuilder().add(", ".join(term.aliases))))
    meaning = TextBuilder().add(term.definition).cite(term.citations).text()
    blocks.append(DocBlock(Set.PARAGRAPH, meaning))
    if term.entry:
        blocks.append(fact("See", TextBuilder().entry(term.entry)))
    title = TextBuilder().add(used_in(uses)).text()
    blocks.append(DocBlock(Set.HEADING, title, level=2, anchor=anchors.section("uses")))
    if uses is not None and edition.seals:
        blocks.append(DocBlock(Set.PARAGRAPH, TextBuilder().add(SEALED_LEFT_OUT).text()))
    for use in uses or ():
        builder = TextBuilder().entry_at(use.entry, use.anchor).add(f" ({use.entry.kind}): ")
        start, end = use.span
        builder.add(use.words[:start]).strong(use.words[start:end]).add(use.words[end:])
        blocks.append(item(builder))
    return Document(term.name, tuple(blocks), dict(sources))


def used_in(uses: Sequence[TermUse] | None) -> str:
    """How many entries use a term, in words."""
    if uses is None:
        return "Looking for the entries that use it …"
    if not uses:
        return "No entry uses this term"
    return f"Used in {len(uses)} {'entry' if len(uses) == 1 else 'entries'}"
