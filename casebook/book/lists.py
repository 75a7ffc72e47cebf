"""The glossary and the frameworks of a book."""

from __future__ import annotations

from collections import defaultdict

from casebook.book.opening import Book
from casebook.book.page_values import CriterionLine, FrameworkLine, TermLine
from casebook.book.rows import citations_of, entry_ref, plain_citations, text
from casebook.errors import NotFoundError
from casebook.safe_text import made_safe_line


def terms(book: Book) -> list[TermLine]:
    """The glossary, by name."""
    aliases: dict[int, list[str]] = defaultdict(list)
    for term, name in book.ask("SELECT term_id, text FROM term_alias ORDER BY term_id, rowid"):
        aliases[term].append(text(name))
    rows = book.ask(
        "SELECT t.statement_id, t.slug, t.name, t.definition, e.slug, e.kind, e.title"
        " FROM term AS t LEFT JOIN entry AS e ON e.id = t.entry_id ORDER BY t.position"
    )
    cited = citations_of(book, (row[0] for row in rows))
    return [
        TermLine(
            text(slug),
            text(name),
            tuple(aliases[key]),
            text(definition),
            entry_ref(tuple(entry)),
            plain_citations(cited[key]),
        )
        for key, slug, name, definition, *entry in rows
    ]


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
    criteria: dict[int, list[CriterionLine]] = defaultdict(list)
    for framework, key, parent, name, title, words in points:
        depth = 0 if parent is None else 1
        criteria[framework].append(
            CriterionLine(text(name), text(title), text(words), depth, plain_citations(cited[key]))
        )
    return [
        FrameworkLine(
            text(slug),
            text(title),
            text(description),
            bool(assessed),
            tuple(criteria[key]),
            plain_citations(cited[key]),
        )
        for key, slug, title, description, assessed in rows
    ]


def framework(book: Book, slug: str) -> FrameworkLine:
    """One framework, by its slug or by a part that no other slug has.

    Raises:
        NotFoundError: the book has none of that slug.
    """
    every = frameworks(book)
    alike = [one for one in every if slug and slug in one.slug]
    for found in every:
        if found.slug == slug or alike == [found]:
            return found
    known = ", ".join(one.slug for one in every)
    raise NotFoundError(f"There is no framework '{made_safe_line(slug)}'; this book has {known}.")
