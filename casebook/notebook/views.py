"""Comparisons and timelines under a name."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from typing import Any

from casebook.errors import NotebookError, NotFoundError
from casebook.notebook.files import now
from casebook.notebook.store import Notebook
from casebook.notebook.values import SavedView, ViewKind
from casebook.notebook.writing import Row
from casebook.safe_text import made_safe_line
from casebook.stored_json import StoredJsonError, decoded

LONGEST_NAME = 100
_COLUMNS = "uid, book, kind, name, entries, framework, filters, created, changed, version, sequence"


def save(
    notebook: Notebook,
    kind: ViewKind,
    book: str,
    name: str,
    entries: Iterable[str],
    framework: str = "",
    filters: dict[str, Any] | None = None,
) -> SavedView:
    """Keeps a comparison or a timeline; one of the same name gives way (and can be undone).

    Args:
        filters: whatever the screen needs to open exactly as it was; JSON can hold it.

    Raises:
        NotebookError: it could not be written.
    """
    name = made_safe_line(name)[:LONGEST_NAME]
    if not name:
        raise NotebookError(f"The {kind} needs a name.")
    key = {"book": book, "kind": kind.value, "name": name}
    with notebook.writing(f"saved the {kind}: {name}") as writing:
        before = writing.row("saved_view", key)
        values = {
            "uid": before["uid"] if before else uuid.uuid4().hex,
            "sequence": writing.next_sequence(),
            "entries": json.dumps(list(entries), ensure_ascii=False),
            "framework": framework,
            "filters": json.dumps(filters or {}, ensure_ascii=False),
            "created": before["created"] if before else now(),
            "changed": now(),
            "version": before["version"] + 1 if before else 1,
        }
        writing.put("saved_view", key, values)
        return _view(
            writing.ask(f"SELECT {_COLUMNS} FROM saved_view WHERE uid = ?", [values["uid"]])[0]
        )


def delete(notebook: Notebook, view: SavedView) -> None:
    """Deletes a saved comparison or timeline.

    Raises:
        NotebookError: it could not be written.
    """
    with notebook.writing(f"deleted the {view.kind}: {view.name}") as writing:
        writing.remove("saved_view", {"uid": view.uid})


def views(notebook: Notebook, book: str = "", kind: ViewKind | None = None) -> list[SavedView]:
    """What has been saved, the last first; of all books or of one, of both kinds or of one."""
    rows = notebook.ask(
        f"SELECT {_COLUMNS} FROM saved_view WHERE ? IN ('', book) AND ? IN ('', kind)"
        " ORDER BY sequence DESC",
        [book, kind.value if kind else ""],
    )
    return [_view(row) for row in rows]


def view(notebook: Notebook, book: str, kind: ViewKind, name: str) -> SavedView:
    """One by its name.

    Raises:
        NotFoundError: nothing was saved under it.
    """
    for found in views(notebook, book, kind):
        if found.name == name:
            return found
    raise NotFoundError(f"There is no saved {kind} '{made_safe_line(name)}'.")


def _view(row: Row) -> SavedView:
    uid, book, kind, name, entries, framework, filters, created, changed, version, sequence = row
    return SavedView(
        uid,
        book,
        ViewKind(kind),
        name,
        tuple(entry for entry in _loaded(entries, list) if isinstance(entry, str)),
        framework,
        _loaded(filters, dict),
        created,
        changed,
        version,
        sequence,
    )


def _loaded(stored: str, kind: type) -> Any:
    """JSON of a list or an object; an empty one where it is neither."""
    try:
        value = decoded(stored)
    except StoredJsonError:
        return kind()
    return value if isinstance(value, kind) else kind()
