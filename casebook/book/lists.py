"""The glossary and the frameworks of a book."""

from __future__ import annotations

from collections import defaultdict

from casebook.book.connection import Book
from casebook.book.page_values import CriterionLine, FrameworkLine
from casebook.book.rows import citations_of, criterion_key, entry_ref, name, plain_citations, text
from casebook.book.rows import slug as known_slug
from casebook.book.rows import title as known_title
from casebook.book.source_values import TermLine
from casebook.book.volumes import said_by
from casebook.errors import NotFoundError
from casebook.safe_text import made_safe_line


def terms(book: Book) -> list[TermLine]:
    """The glossary, by name."""
    return _terms(book, "", [])


def _terms(book: Book, condition: str, bound: list[str]) -> list[TermLine]:
    aliases: dict[int, list[str]] = defaultdict(list)
    for key, alias in book.ask(
        "SELECT a.term_id, a.text FROM term_alias AS a"
        f" JOIN term AS t ON t.statement_id = a.term_id{condition} ORDER BY a.term_id, a.rowid",
        bound,
    ):
        aliases[key].append(name(alias))
    rows = book.ask(
        "SELECT t.statement_id, t.slug, t.name, t.definition, e.slug, e.kind, e.title"
        f" FROM term AS t LEFT JOIN entry AS e ON e.id = t.entry_id{condition} ORDER BY t.position",
        bound,
    )
    keys = [row[0] for row in rows]
    cited, said = citations_of(book, keys), said_by(book, keys)
    found = []
    for key, slug, words, definition, *entry in rows:
        known, shown = known_slug(slug), name(words)
        if not known or not shown:
            book.fault(f"term {key} has no slug or no name and is left out")
            continue
        found.append(
            TermLine(
                known,
                shown,
                tuple(aliases[key]),
                text(definition),
                entry_ref(tuple(entry)),
                plain_citations(cited[key]),
                said.get(key, ""),
            )
        )
    if said:  # each volume's are in order
        found.sort(key=lambda term: term.name.casefold())
    return found


def term(book: Book, slug: str) -> TermLine | None:
    """One term of the glossary; None where there is no such term."""
    return next(iter(_terms(book, " WHERE t.slug = ?", [slug])), None)


def frameworks(book: Book) -> list[FrameworkLine]:
    """The frameworks with their points, in order."""
    points = book.ask(
        "SELECT framework_id, statement_id, parent_id, key, title, text"
        " FROM criterion ORDER BY framework_id, position"
    )
    rows = book.ask(
        "SELECT statement_id, slug, title, description, is_assessed"
        " FROM framework ORDER BY position"
    )
    cited = citations_of(book, [row[0] for row in rows] + [row[1] for row in points])
    said = said_by(book, (row[0] for row in rows))
    criteria: dict[int, list[CriterionLine]] = defaultdict(list)
    for framework, key, parent, stored, title, words in points:
        depth, point = 0 if parent is None else 1, criterion_key(stored)
        if not point:
            book.fault(f"point {key} of a framework has no key and is left out")
            continue
        criteria[framework].append(
            CriterionLine(
                point, known_title(title), text(words), depth, plain_citations(cited[key])
            )
        )
    found = []
    for key, slug, title, description, assessed in rows:
        known, shown = known_slug(slug), known_title(title)
        if not known:
            book.fault(f"framework {key} has no slug and is left out")
            continue
        if not shown:
            book.fault(f"framework {known} has no title; its slug stands in its place")
        found.append(
            FrameworkLine(
                known,
                shown or known,
                text(description),
                bool(assessed),
                tuple(criteria[key]),
                plain_citations(cited[key]),
                said.get(key, ""),
            )
        )
    return found


def framework(book: Book, slug: str) -> FrameworkLine:
    """One framework, by its slug or by a part that no other slug has.

    Raises:
        NotFoundError: the book has none of that slug.
    """
    every = frameworks(book)
    alike = [framework for framework in every if slug and slug in framework.slug]
    for found in every:
        if found.slug == slug or alike == [found]:
            return found
    known = ", ".join(framework.slug for framework in every)
    raise NotFoundError(f"There is no framework '{made_safe_line(slug)}'; this book has {known}.")
