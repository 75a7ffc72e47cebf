"""Notes as an Obsidian vault: a Markdown file for each entry, with front matter, and an index."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from casebook.account_words import in_addition_words
from casebook.atomic import make_folder
from casebook.book import pages
from casebook.book.connection import Book
from casebook.book.source_values import SourceLine
from casebook.book.volumes import has_volume, titles, volume_of
from casebook.errors import AlreadyThereError, CasebookError, NotFoundError
from casebook.exports.files import write_export
from casebook.exports.formats import ReferenceFormat
from casebook.exports.notes import cited_sources, entry_lines, escaped, tag_word
from casebook.exports.references import references
from casebook.file_names import distinct_stems, path_within
from casebook.notebook import views
from casebook.notebook.by_entry import EntryNotes, gathered, point_names
from casebook.notebook.store import Notebook
from casebook.notebook.values import SavedView

INDEX = "notebook"
BIBLIOGRAPHY = "references.json"
"""The sources that the notes cite, as CSL-JSON."""


def write_vault(
    notebook: Notebook, book: Book, folder: Path, *, force: bool = False, tag: str = ""
) -> int:
    """Writes the notebook as a folder of Markdown files.

    Args:
        folder: made if it is not there.
        force: replace files of the same names; others in the folder are left alone.

    Returns:
        the number of files.

    Raises:
        AlreadyThereError: a file is there already, and `force` is not given.
        CasebookError: a file cannot be written.
    """
    files = vault(notebook, book, tag=tag)
    try:
        make_folder(folder)
        taken = [path for path in files if os.path.lexists(path_within(folder, path))]
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise CasebookError(f"{folder} cannot be made: {reason}.") from None
    if taken and not force:
        raise AlreadyThereError(
            f"{folder} has {taken[0]} already"
            f"{f' and {len(taken) - 1} more' if len(taken) > 1 else ''};"
            " use --force to replace them."
        )
    for path, text in files.items():
        write_export(path_within(folder, path), text, force=force, private=True)
    return len(files)


def vault(notebook: Notebook, book: Book, *, tag: str = "") -> dict[str, str]:
    """The files of a vault, by name.

    Raises:
        CasebookError: the notebook or the book cannot be read.
    """
    entries = gathered(notebook, book, tag=tag)
    names = file_names(entries)
    sources = cited_sources(entries, book)
    points = point_names(book)
    known = dict(zip(((held.book, held.slug) for held in entries), names, strict=True))
    files = {}
    for entry_notes, name in zip(entries, names, strict=True):
        lines = [_front_matter(_facts(entry_notes, sources)), f"# {escaped(entry_notes.title)}", ""]
        lines += entry_lines(entry_notes, sources, points, pandoc=True)
        lines += _related(entry_notes, book, known)
        lines += _references(entry_notes, sources)
        files[f"{name}.md"] = "\n".join(lines).rstrip() + "\n"
    files[f"{INDEX}.md"] = _index(entries, names, views.views(notebook))
    if sources:
        # Plug-ins for citations, and pandoc, look the notes' [@source] up in it.
        files[BIBLIOGRAPHY] = references(list(sources.values()), ReferenceFormat.CSL_JSON, "")
    return files


def _related(
    entry_notes: EntryNotes, book: Book, known: dict[tuple[str, str], str]
) -> Iterator[str]:
    """The entries that this one is related to: linked where the vault has them."""
    if not has_volume(book, entry_notes.book) or not entry_notes.kind:
        return
    try:
        page = pages.page(book, entry_notes.slug)
    except NotFoundError:
        return
    told = {}
    named = titles(book)
    for relation in page.relations:
        is_added = relation.volume != page.entry.volume
        added = in_addition_words(named.get(relation.volume, "") if is_added else "")
        title = relation.other.title
        name = known.get((volume_of(book, relation.other.slug), relation.other.slug))
        link = f"[[{name}|{_in_link(title)}]]" if name else escaped(title)
        told[relation.other.slug, relation.as_role] = (
            f"- {link} ({escaped(relation.as_role)}){escaped(added)}"
        )
    if told:
        yield from ("## Related", "", *told.values(), "")


def _references(entry_notes: EntryNotes, sources: dict[str, SourceLine]) -> Iterator[str]:
    """What the notes on an entry cite."""
    cited = dict.fromkeys(
        citation.source for note in entry_notes.notes for citation in note.target.citations
    )
    used = [sources[slug] for slug in cited if slug in sources]
    if entry_notes.notes and used:
        yield from ("## References", "")
        yield from (f"- @{source.slug}: {escaped(source.reference)}" for source in used)


def file_names(entries: Iterable[EntryNotes]) -> list[str]:
    """A file name for each entry, without its ending: valid on any file system, all different."""
    return distinct_stems((entry_notes.slug for entry_notes in entries), "entry", taken=INDEX)


def _facts(entry_notes: EntryNotes, sources: dict[str, SourceLine]) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "title": entry_notes.title,
        "aliases": [entry_notes.title],
        "book": entry_notes.book,
        "entry": entry_notes.slug,
    }
    if entry_notes.kind:
        facts["kind"] = entry_notes.kind
    if entry_notes.all_tags:
        facts["tags"] = [tag_word(name) for name in entry_notes.all_tags]
    facts["bookmarked"] = entry_notes.is_bookmarked
    facts["notes"] = len(entry_notes.notes)
    cited = {citation.source for note in entry_notes.notes for citation in note.target.citations}
    if cited & sources.keys():
        facts["bibliography"] = BIBLIOGRAPHY
    return facts


def _front_matter(facts: dict[str, Any]) -> str:
    # What JSON writes, YAML reads.
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items())
    return "\n".join(("---", *lines, "---", ""))


def _index(entries: list[EntryNotes], names: list[str], saved: list[SavedView]) -> str:
    lines = [_front_matter({"title": "Notebook"}), "# Notebook", ""]
    for entry_notes, name in zip(entries, names, strict=True):
        mark = " (bookmarked)" if entry_notes.is_bookmarked else ""
        lines.append(f"- [[{name}|{_in_link(entry_notes.title)}]]{mark}")
    if saved:
        known = {
            (entry_notes.book, entry_notes.slug): f"[[{name}|{_in_link(entry_notes.title)}]]"
            for entry_notes, name in zip(entries, names, strict=True)
        }
        lines += ["", "## Saved comparisons and timelines", ""]
        for view in saved:
            cases = ", ".join(known.get((view.book, slug), escaped(slug)) for slug in view.entries)
            lines.append(f"- {escaped(view.name)} ({view.kind}): {cases}")
    return "\n".join(lines) + "\n"


def _in_link(title: str) -> str:
    """A title inside `[[name|title]]`."""
    return re.sub(r"[\[\]|]", " ", title)
