"""Notes that are being written, saved every few seconds so that nothing can take them away."""

from __future__ import annotations

import json
from typing import Any

from casebook.notebook.files import now
from casebook.notebook.notes import (
    LONGEST_NOTE,
    citations_from_json,
    citations_to_json,
    short_title,
)
from casebook.notebook.store import Notebook
from casebook.notebook.values import Draft, NoteTarget, Quote
from casebook.notebook.writing import Writing
from casebook.safe_text import made_safe
from casebook.stored_json import decoded


def name_of(target: NoteTarget, uid: str = "") -> str:
    """Under which name a draft is kept: one for each note and for each place."""
    return uid or "|".join((target.book, target.entry, target.place))


def save(
    notebook: Notebook, target: NoteTarget, text: str, *, uid: str = "", version: int = 0
) -> None:
    """Saves a draft.

    Args:
        uid, version: of the note that is being changed.

    Raises:
        NotebookError: it could not be written.
    """
    with notebook.writing() as writing:
        put(writing, target, text, uid=uid, version=version, changed=now())


def put(
    writing: Writing, target: NoteTarget, text: str, *, uid: str, version: int, changed: str
) -> None:
    """Saves a draft within a transaction."""
    quote = target.quote or Quote("")
    stored = {
        "book": target.book,
        "entry": target.entry,
        "title": target.title,
        "place": target.place,
        "quote": list(quote),
        "context": target.context,
        "citations": citations_to_json(target.citations),
        "uid": uid,
        "version": version,
    }
    values = {
        "target": json.dumps(stored, ensure_ascii=False),
        "text": made_safe(text)[:LONGEST_NOTE],
        "changed": changed,
    }
    writing.put("draft", {"name": name_of(target, uid)}, values)


def drop(notebook: Notebook, name: str) -> None:
    """Takes a draft away: the note has been saved, or given up.

    Raises:
        NotebookError: it could not be written.
    """
    if notebook.ask("SELECT 1 FROM draft WHERE name = ?", [name]):
        with notebook.writing() as writing:
            writing.remove("draft", {"name": name})


def delete(notebook: Notebook, given_up: Draft) -> None:
    """Gives a draft up (can be undone).

    Raises:
        NotebookError: it could not be written.
    """
    with notebook.writing(f"deleted the draft: {short_title(given_up.target.title)}") as writing:
        writing.remove("draft", {"name": given_up.name})


def draft(notebook: Notebook, name: str) -> Draft | None:
    """A draft by its name, or None."""
    return next((draft for draft in drafts(notebook) if draft.name == name), None)


def drafts(notebook: Notebook) -> list[Draft]:
    """All drafts, the last first."""
    rows = notebook.ask("SELECT name, target, text, changed FROM draft ORDER BY changed DESC, name")
    found = []
    for name, target, text, changed in rows:
        try:
            stored: Any = decoded(target)
            exact, prefix, suffix = map(str, stored["quote"])
            found.append(
                Draft(
                    name,
                    NoteTarget(
                        str(stored["book"]),
                        str(stored["entry"]),
                        str(stored["title"]),
                        str(stored["place"]),
                        Quote(exact, prefix, suffix) if exact else None,
                        str(stored["context"]),
                        citations_from_json(str(stored["citations"])),
                    ),
                    text,
                    changed,
                    str(stored["uid"]),
                    int(stored["version"]),
                )
            )
        except (ValueError, KeyError, TypeError, OverflowError):
            continue
    return found
