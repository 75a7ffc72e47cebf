"""Writes a notebook to files, in each of its formats."""

from __future__ import annotations

from pathlib import Path
from typing import assert_never

from casebook.book.connection import Book
from casebook.errors import CasebookError
from casebook.exports.files import write_export
from casebook.exports.formats import NotebookFormat
from casebook.notebook.store import Notebook
from casebook.renderings.json_text import json_text


def write_notebook(
    notebook: Notebook,
    book: Book,
    form: NotebookFormat,
    path: Path,
    *,
    force: bool = False,
    entry: str = "",
    tag: str = "",
    pandoc: bool = False,
    for_lecturer: bool = False,
) -> str:
    """Writes a notebook to a file, or to a folder for Obsidian.

    Args:
        path: the file or folder.
        force: replace what is there.
        entry, tag, pandoc: see `notes_markdown`.
        for_lecturer: see `anki_text`.

    Returns:
        a sentence that says what was written.

    Raises:
        AlreadyThereError: something is there, and `force` is not given.
        CasebookError: the notebook cannot be read, or the file cannot be written.
    """
    if form == NotebookFormat.OBSIDIAN:
        from casebook.exports.vault import write_vault

        count = write_vault(notebook, book, path, force=force, tag=tag)
        return f"{path}: {count} files."
    text = notebook_text(
        notebook, book, form, entry=entry, tag=tag, pandoc=pandoc, for_lecturer=for_lecturer
    )
    write_export(path, text, force=force, private=True)
    return f"{path} is written."


def notebook_text(
    notebook: Notebook,
    book: Book,
    form: NotebookFormat,
    *,
    entry: str = "",
    tag: str = "",
    pandoc: bool = False,
    for_lecturer: bool = False,
) -> str:
    """A notebook as the text of a file.

    Args:
        entry, tag, pandoc: see `notes_markdown`.
        for_lecturer: see `anki_text`.

    Raises:
        CasebookError: the notebook cannot be read, or the format is a folder.
    """
    match form:
        case NotebookFormat.MD:
            from casebook.exports.notes import notes_markdown

            return notes_markdown(notebook, book, entry=entry, tag=tag, pandoc=pandoc)
        case NotebookFormat.JSON:
            from casebook.notebook.backup import as_json

            return json_text(as_json(notebook))
        case NotebookFormat.ANKI:
            from casebook.book.volumes import volume_slugs_of
            from casebook.exports.cards import anki_text
            from casebook.notebook.quiz_cards import quiz_cards

            answered = quiz_cards(notebook, *volume_slugs_of(book))
            return anki_text(book, reversed(answered), for_lecturer=for_lecturer)
        case NotebookFormat.OBSIDIAN:
            raise CasebookError("An Obsidian vault is a folder; name one with --output.")
        case _:
            assert_never(form)
