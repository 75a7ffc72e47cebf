"""Notes and highlights."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence

from casebook.citations import Citation
from casebook.errors import NotebookError, NotFoundError
from casebook.line_wrap import shortened
from casebook.notebook.files import now
from casebook.notebook.store import ChangedElsewhereError, Notebook
from casebook.notebook.values import AROUND, LONGEST_QUOTE, Note, NoteTarget, Quote
from casebook.notebook.writing import Row, Values, Writing
from casebook.safe_text import made_safe, made_safe_line
from casebook.stored_json import StoredJsonError, decoded

LONGEST_NOTE = 200_000
"""Characters of a note; a book of one's own is a pack."""

_LONGEST_CONTEXT = 4_000
_SHORTEST_UID = 4
_COLUMNS = (
    "uid, sequence, book, entry, title, place, quote, prefix, suffix, context, citations,"
    " text, created, changed, version"
)
_COLUMN_NAMES = tuple(_COLUMNS.split(", "))


def add(notebook: Notebook, target: NoteTarget, text: str) -> Note:
    """Keeps a note; without words, a highlight.

    Raises:
        NotebookError: it could not be written.
    """
    text = checked_text(text)
    if not text and target.quote is None:
        raise NotebookError("A note needs words.")
    did = "noted" if text else "highlighted"
    with notebook.writing(f"{did}: {short_title(target.title)}") as writing:
        return _note_of(put_new(writing, uuid.uuid4().hex, target, text))


def put_new(
    writing: Writing, uid: str, target: NoteTarget, text: str, created: str = "", changed: str = ""
) -> Values:
    """Writes a new note within a transaction, and answers its row."""
    made = created or now()
    values = columns_of(target) | {
        "sequence": writing.next_sequence(),
        "text": text,
        "created": made,
        "changed": changed or made,
        "version": 1,
    }
    return writing.put("note", {"uid": uid}, values)


def change(notebook: Notebook, note: Note, text: str) -> Note:
    """Changes the words of a note.

    Args:
        note: as it was read.

    Raises:
        ChangedElsewhereError: another window has changed or deleted it since.
        NotebookError: it could not be written.
    """
    text = checked_text(text)
    if not text and note.target.quote is None:
        raise NotebookError("A note needs words; to remove it, delete it.")
    with notebook.writing(f"changed the note: {short_title(note.target.title)}") as writing:
        _check_version(writing, note)
        values = {
            "text": text,
            "changed": now(),
            "version": note.version + 1,
            "sequence": writing.next_sequence(),
        }
        return _note_of(writing.put("note", {"uid": note.uid}, values))


def move(notebook: Notebook, note: Note, target: NoteTarget) -> Note:
    """Puts a note on something else: the words that its own have become, say.

    Args:
        note: as it was read.

    Raises:
        ChangedElsewhereError: another window has changed or deleted it since.
        NotebookError: it could not be written.
    """
    with notebook.writing(f"moved the note: {short_title(note.target.title)}") as writing:
        _check_version(writing, note)
        values = columns_of(target) | {"version": note.version + 1}
        return _note_of(writing.put("note", {"uid": note.uid}, values))


def delete(notebook: Notebook, note: Note) -> None:
    """Deletes a note.

    Raises:
        ChangedElsewhereError: another window has changed or deleted it since.
        NotebookError: it could not be written.
    """
    noun = "highlight" if note.is_highlight else "note"
    with notebook.writing(f"deleted the {noun}: {short_title(note.target.title)}") as writing:
        _check_version(writing, note)
        writing.remove("note", {"uid": note.uid})


def _check_version(writing: Writing, note: Note) -> None:
    rows = writing.ask("SELECT version FROM note WHERE uid = ?", [note.uid])
    if not rows:
        raise ChangedElsewhereError("This note has been deleted in another window.")
    if rows[0][0] != note.version:
        raise ChangedElsewhereError("This note has been changed in another window.")


def all_notes(notebook: Notebook, *, book: str = "", entry: str = "") -> list[Note]:
    """Notes, the last written first.

    Args:
        book, entry: only those on this book, this entry.
    """
    conditions, bound = _where(book, entry)
    rows = notebook.ask(
        f"SELECT {_COLUMNS} FROM note WHERE {conditions} ORDER BY sequence DESC", bound
    )
    return [_note(row) for row in rows]


def notes(notebook: Notebook, uids: Sequence[str]) -> dict[str, Note]:
    """Some notes by their uids; those that are gone are left out."""
    found: dict[str, Note] = {}
    for start in range(0, len(uids), 500):
        batch = list(uids[start : start + 500])
        marks = ", ".join("?" for _ in batch)
        rows = notebook.ask(f"SELECT {_COLUMNS} FROM note WHERE uid IN ({marks})", batch)
        found.update((note.uid, note) for note in map(_note, rows))
    return found


def note(notebook: Notebook, uid: str) -> Note:
    """One note, by its uid or the beginning of it.

    Raises:
        NotFoundError: there is none, or more than one.
    """
    given = made_safe_line(uid)
    if len(uid) < _SHORTEST_UID or not uid.isalnum():
        raise NotFoundError(f"There is no note '{given}'; `casebook notes list` shows their names.")
    rows = notebook.ask(
        f"SELECT {_COLUMNS} FROM note WHERE substr(uid, 1, ?) = ?", [len(uid), uid.lower()]
    )
    if len(rows) == 1:
        return _note(rows[0])
    if rows:
        raise NotFoundError(f"{len(rows)} notes begin with '{given}'; give more of the name.")
    raise NotFoundError(f"There is no note '{given}'; `casebook notes list` shows their names.")


def counts(notebook: Notebook, book: str) -> dict[str, int]:
    """How many notes and highlights each entry of a book has."""
    rows = notebook.ask("SELECT entry, count(*) FROM note WHERE book = ? GROUP BY entry", [book])
    return {str(entry): int(count) for entry, count in rows}


def _where(book: str, entry: str) -> tuple[str, list[str]]:
    given = [(column, word) for column, word in (("book", book), ("entry", entry)) if word]
    conditions = " AND ".join(f"{column} = ?" for column, _ in given) or "1"
    return conditions, [word for _, word in given]


def _note_of(row: Values) -> Note:
    return _note(tuple(row[column] for column in _COLUMN_NAMES))


def checked_text(text: str) -> str:
    """The words of a note as they are kept: safe to show, without blanks at the ends.

    Raises:
        NotebookError: they are too many.
    """
    text = made_safe(text.replace("\r\n", "\n")).strip("\n").rstrip()
    if len(text) > LONGEST_NOTE:
        raise NotebookError(
            f"The note is longer than {LONGEST_NOTE} characters, the most that a note may have."
        )
    return text if text.strip() else ""


def short_title(title: str) -> str:
    """A title for a line that says what was done."""
    return shortened(title, 40)


def columns_of(target: NoteTarget) -> Values:
    """A target as the columns of its note."""
    quote = target.quote or Quote("")
    exact, prefix, suffix = (
        quote.exact[:LONGEST_QUOTE],
        quote.prefix[-AROUND:],
        quote.suffix[:AROUND],
    )
    context = target.context
    if len(context) > _LONGEST_CONTEXT:
        context = context[:_LONGEST_CONTEXT] + "\N{HORIZONTAL ELLIPSIS}"
    return {
        "book": target.book,
        "entry": target.entry,
        "title": target.title,
        "kind": target.kind.value,
        "place": target.place,
        "quote": exact,
        "prefix": prefix,
        "suffix": suffix,
        "context": context,
        "citations": citations_to_json(target.citations),
    }


def citations_to_json(citations: Iterable[Citation]) -> str:
    rows = [[citation.source, citation.locator, citation.inferred] for citation in citations]
    return json.dumps(rows, ensure_ascii=False)


def citations_from_json(stored: str) -> tuple[Citation, ...]:
    """Citations as they are kept; what is none is left out."""
    try:
        rows = decoded(stored)
    except StoredJsonError:
        return ()
    found = []
    for row in rows if isinstance(rows, list) else ():
        match row:
            case [str(source), str(locator), bool(inferred)]:
                found.append(Citation(source, locator, inferred))
    return tuple(found)


def _note(row: Row) -> Note:
    uid, sequence, book, entry, title, place, exact, prefix, suffix, context, citations, *rest = row
    text, created, changed, version = rest
    target = NoteTarget(
        book,
        entry,
        title,
        place,
        Quote(exact, prefix, suffix) if exact else None,
        context,
        citations_from_json(citations),
    )
    return Note(uid, target, text, created, changed, version, sequence)
