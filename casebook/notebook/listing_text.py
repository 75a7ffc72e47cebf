"""The notebook's listing for the command line: rows, JSON, and narrowing to a tag."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from casebook.notebook import bookmarks
from casebook.notebook.backup import prediction_json, view_json
from casebook.notebook.listing import NotebookItem, local_day
from casebook.notebook.note_json import note_json
from casebook.notebook.store import Notebook
from casebook.notebook.values import Note, Prediction, SavedView, Tagged

_NAME = 8


def item_rows(items: Iterable[NotebookItem]) -> list[tuple[str, ...]]:
    """One row an item: its name where it has one, what it is, its day, entry and words."""
    return [
        (
            item.value.uid[:_NAME] if isinstance(item.value, Note | SavedView) else "-",
            item.kind.value,
            local_day(item.when),
            item.entry or "-",
            " ".join(item.words.split()) or item.title,
        )
        for item in items
    ]


def item_json(item: NotebookItem) -> dict[str, Any]:
    """An item as JSON; `type` says what it is, the rest is as in the notebook's export."""
    match item.value:
        case Note() as note:
            return {"type": item.kind} | note_json(note)
        case SavedView() as view:
            return {"type": item.kind} | view_json(view)
        case Prediction() as prediction:
            return {"type": item.kind} | prediction_json(prediction)
        case _:
            found = {
                "type": item.kind,
                "book": item.book,
                "entry": item.entry,
                "title": item.title,
                "created": item.when,
            }
            return found | ({"name": item.value.name} if isinstance(item.value, Tagged) else {})


def with_tag(notebook: Notebook, items: Iterable[NotebookItem], tag: str) -> list[NotebookItem]:
    """The items that have a tag: by their words, or by their entry."""
    name = tag.lstrip("#").casefold()
    tagged = {
        (tag.book, tag.entry) for tag in bookmarks.tags(notebook) if tag.name.casefold() == name
    }
    return [
        item
        for item in items
        if (item.book, item.entry) in tagged
        or (
            isinstance(item.value, Note)
            and name in (word.casefold() for word in bookmarks.tags_in(item.value.text))
        )
    ]
