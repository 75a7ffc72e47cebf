"""A note as JSON; `backup` is the whole notebook."""

from __future__ import annotations

from typing import Any

from casebook.notebook.values import Note, NoteTarget

Json = dict[str, Any]


def note_json(note: Note) -> Json:
    """A note, as `casebook notes list --json` gives it."""
    return {
        "uid": note.uid,
        "kind": note.target.kind,
        **target_json(note.target),
        "text": note.text,
        "created": note.created,
        "changed": note.changed,
        "version": note.version,
    }


def target_json(target: NoteTarget) -> Json:
    """What a note, a draft or an item of the essay basket is on."""
    return {
        "book": target.book,
        "entry": target.entry,
        "title": target.title,
        "place": target.place,
        "quote": target.quote._asdict() if target.quote else None,
        "context": target.context,
        "citations": [
            {"source": citation.source, "locator": citation.locator, "inferred": citation.inferred}
            for citation in target.citations
        ],
    }
