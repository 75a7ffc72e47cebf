"""Notes as Markdown, each with the statement that it is on and the citation of that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from casebook.book.connection import Book
from casebook.book.source_values import SourceLine
from casebook.book.sources import sources_by_slug
from casebook.book.volumes import has_volume
from casebook.citations import OWN, Citation
from casebook.notebook.by_entry import EntryNotes, gathered, point_names, quoted
from casebook.notebook.listing import NotebookItem, local_day
from casebook.notebook.store import Notebook
from casebook.notebook.values import Note

_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")
_AT_START = re.compile(r"^(\s*)([#+-]|\d+[.)])(?=\s)", re.MULTILINE)


def notes_markdown(
    notebook: Notebook,
    book: Book,
    *,
    entry: str = "",
    tag: str = "",
    pandoc: bool = False,
) -> str:
    """The notebook as one Markdown text, entry by entry, with its references at the end.

    Args:
        entry, tag: only what is on this entry, or has this tag; empty for all.
        pandoc: citations as `[@source, para. 9]`, which pandoc and Zotero read.

    Raises:
        CasebookError: the notebook or the book cannot be read.
    """
    entries = gathered(notebook, book, entry=entry, tag=tag)
    sources = cited_sources(entries, book)
    points = point_names(book)
    lines = ["# Notes", ""]
    for entry_notes in entries:
        lines += [f"## {escaped(entry_notes.title)}", ""]
        if entry_notes.tags:
            lines += [" ".join(f"#{tag_word(name)}" for name in entry_notes.tags), ""]
        lines += entry_lines(entry_notes, sources, points, pandoc=pandoc)
    used = [source for source in sources.values() if _is_cited(source.slug, entries)]
    if used and not pandoc:
        lines += ["## References", "", *(f"- {escaped(source.reference)}" for source in used), ""]
    return "\n".join(lines).rstrip() + "\n"


def entry_lines(
    entry_notes: EntryNotes,
    sources: dict[str, SourceLine],
    points: dict[tuple[str, str], str],
    *,
    pandoc: bool,
) -> Iterator[str]:
    """The notes and ratings on one entry, without its heading."""
    for note in entry_notes.notes:
        yield from note_lines(note, sources, pandoc=pandoc)
    if entry_notes.predictions:
        yield "Own ratings:"
        yield ""
        for rating in sorted(entry_notes.predictions, key=lambda r: (r.framework, r.criterion)):
            point = points.get((rating.framework, rating.criterion))
            named = point or f"{rating.framework} {rating.criterion}"
            reason = f": {' '.join(rating.reason.split())}" if rating.reason else ""
            yield f"- {escaped(named)}: **{rating.rating}**{reason}"
        yield ""


def note_lines(note: Note, sources: dict[str, SourceLine], *, pandoc: bool) -> Iterator[str]:
    """The lines of a note: the statement with its citation, the note's own text, its day."""
    words = quoted(note)
    if words.plain:
        cited = citation_words(words.citations, sources, pandoc=pandoc)
        statement = escaped(" ".join(words.plain.split()))
        yield f"> {statement}{f' {cited}' if cited else ''}"
        yield ""
    if note.text:
        yield from note.text.split("\n")
        yield ""
    yield f"*{_day(note.changed)}*"
    yield ""


def citation_words(
    citations: Sequence[Citation], sources: dict[str, SourceLine], *, pandoc: bool
) -> str:
    """Citations in brackets: `[Mitsui 2010, para. 9]` or `[@mitsui2010, para. 9]`."""
    told = []
    for citation in dict.fromkeys(citations):
        if citation.source == OWN:
            continue
        if pandoc:
            told.append(citation.pandoc())
            continue
        source = sources.get(citation.source)
        label = escaped(source.label if source else citation.source)
        inferred = "inferred from " if citation.inferred else ""
        told.append(f"{inferred}{label}{f', {citation.locator}' if citation.locator else ''}")
    return f"[{'; '.join(told)}]" if told else ""


def cited_sources(entries: Iterable[EntryNotes], book: Book) -> dict[str, SourceLine]:
    """The sources that the notes of a book's own entries rest on, by id."""
    slugs = (
        citation.source
        for entry_notes in entries
        if has_volume(book, entry_notes.book)
        for note in entry_notes.notes
        for citation in note.target.citations
    )
    return sources_by_slug(book, (slug for slug in dict.fromkeys(slugs) if slug != OWN))


def _is_cited(source: str, entries: Iterable[EntryNotes]) -> bool:
    return any(
        citation.source == source
        for entry_notes in entries
        for note in entry_notes.notes
        if quoted(note).plain
        for citation in note.target.citations
    )


def as_text(item: NotebookItem, book: Book) -> str:
    """An item of the notebook as plain text to copy: the statement, its citation, the note."""
    if not isinstance(item.value, Note):
        return f"{item.title}: {item.words}" if item.words else item.title
    note = item.value
    sources: dict[str, SourceLine] = {}
    if has_volume(book, note.target.book):
        slugs = [citation.source for citation in note.target.citations if citation.source != OWN]
        sources = sources_by_slug(book, slugs)
    words = quoted(note)
    parts = []
    if words.plain:
        labels = [
            f"{sources[citation.source].label if citation.source in sources else citation.source}"
            f"{f', {citation.locator}' if citation.locator else ''}"
            for citation in words.citations
            if citation.source != OWN
        ]
        cited = f" [{'; '.join(labels)}]" if labels else ""
        parts.append(
            f"\N{LEFT DOUBLE QUOTATION MARK}{words.plain}\N{RIGHT DOUBLE QUOTATION MARK}{cited}"
        )
    if note.text:
        parts.append(note.text)
    parts.append(f"({note.target.title})")
    return "\n\n".join(parts)


def escaped(words: str) -> str:
    """Plain words as Markdown in which no character is markup."""
    return _AT_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", words))


def tag_word(name: str) -> str:
    """A tag as Obsidian and others read it: without blanks."""
    return re.sub(r"[^\w/-]+", "-", name).strip("-") or "tag"


def _day(when: str) -> str:
    try:
        day = datetime.fromisoformat(local_day(when))
    except ValueError:
        return when
    return f"{day.day} {day:%B %Y}"
