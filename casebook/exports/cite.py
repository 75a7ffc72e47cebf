"""Makes a ready citation of a case, or of a statement on its page.

An address is a slug, with the statement after `#`: `nosaku#success-checklist/b` is an
assessment (`nosaku#b` where no other framework has such a criterion), `nosaku#bell` an event
by its key, `nosaku#3` a passage by its number.
"""

from __future__ import annotations

from typing import NamedTuple

from casebook.book import pages
from casebook.book.connection import Book
from casebook.book.page_values import EventLine, Page
from casebook.book.rating_values import AssessmentLine
from casebook.book.source_values import SourceLine
from casebook.citations import Citation
from casebook.errors import NotFoundError
from casebook.exports.citation_styles import worded
from casebook.exports.paper import plain
from casebook.safe_text import made_safe_line


class CitableStatement(NamedTuple):
    """A statement of a book that can be cited.

    Attributes:
        address: see the module.
        title: what it is: `Nosaku, b Local resources rethought: met`.
        words: what it says.
        citations: the sources that it rests on.
        sources: of its page, by id.
    """

    address: str
    title: str
    words: str
    citations: tuple[Citation, ...]
    sources: dict[str, SourceLine]


class ReadyCitation(NamedTuple):
    """A statement with its citation in a style.

    Attributes:
        in_text: the citation in brackets.
        references: the references to the cited sources, a line each.
    """

    statement: CitableStatement
    style: str
    in_text: str
    references: tuple[str, ...]

    @property
    def text(self) -> str:
        """The statement with its citation, and the references below: ready to be pasted."""
        words = self.statement.words
        if self.in_text:
            words = f"{words.removesuffix('.')} {self.in_text}."
        return "\n".join([words, *(["", *self.references] if self.references else [])])


def statement_at(book: Book, address: str) -> CitableStatement:
    """The statement at an address.

    Raises:
        NotFoundError: there is no such entry, or nothing of the kind on its page; the
            message says what there is.
    """
    slug, _, part = address.partition("#")
    page = pages.page(book, slug)
    if not part:
        return _of_page(page)
    for find in (_assessment, _event, _passage):
        found = find(page, part)
        if found is not None:
            return found
    book.edition.refuse_sealed(slug)
    raise NotFoundError(
        book.edition.as_far_as_revealed(
            f"There is no '{made_safe_line(part)}' on the page of {slug}; it has {_choices(page)}."
        )
    )


def _of_page(page: Page) -> CitableStatement:
    """The case as a whole: its summary."""
    summary = page.summary
    return CitableStatement(
        page.entry.slug, page.entry.title, summary.plain, summary.citations, page.sources
    )


def _assessment(page: Page, part: str) -> CitableStatement | None:
    framework, _, key = part.rpartition("/")
    found = [
        line for line in page.assessments if line.key == key and framework in ("", line.framework)
    ]
    return assessment_statement(page, found[0]) if found else None


def assessment_statement(page: Page, line: AssessmentLine) -> CitableStatement:
    """The book's assessment of a case by a criterion, as a statement to cite."""
    return CitableStatement(
        f"{page.entry.slug}#{line.framework}/{line.key}",
        f"{page.entry.title}, {line.key} {line.title}: {line.rating}",
        f"{page.entry.title}, {line.key} {line.title}: {line.rating}. {line.evidence}",
        line.citations,
        page.sources,
    )


def _event(page: Page, part: str) -> CitableStatement | None:
    own = [event for event in page.own_events if event.key == part]
    others = [event for event in page.events if event.key == part]
    return _of_event(page, (own or others)[0]) if own or others else None


def _of_event(page: Page, line: EventLine) -> CitableStatement:
    return CitableStatement(
        f"{line.entry.slug}#{line.key}",
        f"{line.entry.title}, {line.date_text}",
        f"{line.date_text}: {line.label}",
        line.stated_citations,
        page.sources,
    )


def _passage(page: Page, part: str) -> CitableStatement | None:
    for passage in page.passages:
        if part == str(passage.position) and passage.text.plain:
            text = passage.text
            address = f"{page.entry.slug}#{passage.position}"
            return CitableStatement(
                address, page.entry.title, text.plain, text.citations, page.sources
            )
    return None


def _choices(page: Page) -> str:
    """What can stand after `#` for a page, for a message."""
    assessments = [f"{line.framework}/{line.key}" for line in page.assessments]
    events = [event.key for event in page.own_events]
    last = page.passages[-1].position if page.passages else 0
    return "; ".join(
        filter(None, (", ".join(assessments), ", ".join(events), f"passages 0 to {last}"))
    )


def cited(statement: CitableStatement, style: str) -> ReadyCitation:
    """A statement with its citation in a style.

    Raises:
        CasebookError: there is no such style, or no pandoc to work it.
    """
    group = tuple(dict.fromkeys(statement.citations))
    wording = worded([group] if group else [], statement.sources, style)
    in_text = plain(wording.in_text.get(group, ()))
    references = tuple(plain(words) for _, words in wording.references)
    return ReadyCitation(statement, style, in_text, references)
