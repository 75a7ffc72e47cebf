"""The essay basket: what is gathered for an essay, in the order in which it will stand there."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from casebook.errors import NotebookError, NotFoundError
from casebook.notebook import notes
from casebook.notebook.files import State, now
from casebook.notebook.store import ChangedElsewhereError, Notebook
from casebook.notebook.values import BasketItem, BasketKind, Note, NoteTarget, Quote
from casebook.notebook.writing import Row, Values, Writing
from casebook.safe_text import made_safe_line

MOST_ITEMS = 1_000
"""Items of a basket; an essay has fewer."""

LONGEST_HEADING = 200

_OWN = NoteTarget("", "", "")
_COLUMNS = (
    "uid, kind, book, entry, title, place, quote, prefix, suffix, context, citations, text,"
    " created, changed, version, position, sequence"
)
_COLUMN_NAMES = tuple(_COLUMNS.split(", "))


class GatheredItem(NamedTuple):
    """What has become of something that was to be put into the basket.

    Attributes:
        is_new: False where it was in the basket already.
    """

    item: BasketItem
    is_new: bool = True


def kind_of(target: NoteTarget) -> BasketKind:
    """What something on a page is in the basket."""
    where = target.place.partition(":")[0]
    kinds = {
        "point": BasketKind.RATING,
        "event": BasketKind.EVENT,
        "figure": BasketKind.FIGURE,
        "source": BasketKind.REFERENCE,
    }
    return kinds.get(where, BasketKind.STATEMENT)


def add(notebook: Notebook, target: NoteTarget, *, after: str = "") -> GatheredItem:
    """Puts something that stands in a book into the basket, unless it is there.

    Args:
        after: the uid of the item behind which it goes; else it goes to the end.

    Raises:
        NotebookError: the basket is full, or it could not be written.
    """
    if not (target.quote or target.context or target.citations):
        raise NotebookError("There are no words here that could be put into the essay basket.")
    return _add(notebook, kind_of(target), target, "", after)


def add_note(notebook: Notebook, note: Note, *, after: str = "") -> GatheredItem:
    """Puts a note into the basket, with the words that it is on; a highlight is a statement.

    Raises:
        NotebookError: the basket is full, or it could not be written.
    """
    if note.is_highlight:
        return add(notebook, note.target, after=after)
    return _add(notebook, BasketKind.NOTE, note.target, note.text, after)


def add_own(notebook: Notebook, text: str, *, after: str = "") -> BasketItem:
    """Puts sentences of the reader's own into the basket; one line that begins with # is a heading.

    Raises:
        NotebookError: there are no words, the basket is full, or it could not be written.
    """
    kind, words = _own(text)
    return _add(notebook, kind, _OWN, words, after).item


def written_as(item: BasketItem) -> str:
    """The reader's words of an item as they are written: a heading begins with #."""
    return f"# {item.text}" if item.kind is BasketKind.HEADING else item.text


def _own(text: str) -> tuple[BasketKind, str]:
    words = notes.checked_text(text)
    if words.startswith("#") and "\n" not in words.strip():
        heading = made_safe_line(words.lstrip("#"))[:LONGEST_HEADING].strip()
        if not heading:
            raise NotebookError("A heading needs words.")
        return BasketKind.HEADING, heading
    if not words:
        raise NotebookError("There are no words to put into the essay basket.")
    return BasketKind.TEXT, words


def _add(
    notebook: Notebook, kind: BasketKind, target: NoteTarget, text: str, after: str
) -> GatheredItem:
    values = columns_of(kind, target, text)
    name = notes.short_title(target.title or text.partition("\n")[0])
    with notebook.writing(f"put into the essay basket: {name}") as writing:
        known = _rows(writing)
        same = ("kind", "book", "entry", "place", "quote", "context", "citations", "text")
        for row in known:
            if not kind.is_own and all(row[column] == values[column] for column in same):
                return GatheredItem(_item_of(row), is_new=False)
        if len(known) >= MOST_ITEMS:
            raise NotebookError(f"The essay basket is full; it holds {MOST_ITEMS} items.")
        uid = uuid.uuid4().hex
        put_new(writing, uid, values)
        order = [row["uid"] for row in known]
        order.insert(order.index(after) + 1 if after in order else len(order), uid)
        _arrange(writing, order)
        return GatheredItem(_item_of(writing.row("basket", {"uid": uid}) or {}))


def columns_of(kind: BasketKind, target: NoteTarget, text: str) -> Values:
    """An item as the columns of its row."""
    return notes.columns_of(target) | {"kind": kind.value, "text": text}


def put_new(
    writing: Writing, uid: str, values: Values, created: str = "", changed: str = ""
) -> None:
    """Writes a new item at the end of the basket, within a transaction."""
    last = writing.ask("SELECT coalesce(max(position), 0) FROM basket")[0][0]
    made = created or now()
    fixed = {
        "sequence": writing.next_sequence(),
        "position": last + 1,
        "created": made,
        "changed": changed or made,
        "version": 1,
    }
    writing.put("basket", {"uid": uid}, values | fixed)


def change(notebook: Notebook, item: BasketItem, text: str) -> BasketItem:
    """Changes the reader's own words of an item.

    Args:
        item: as it was read.

    Raises:
        ChangedElsewhereError: another window has changed or removed it since.
        NotebookError: there are no words, or it could not be written.
    """
    if item.kind.is_own:
        kind, words = _own(text)
    else:
        kind, words = item.kind, notes.checked_text(text)
        if not words:
            raise NotebookError("There are no words to put into the essay basket.")
    with notebook.writing(f"changed in the essay basket: {named(item)}") as writing:
        _check_version(writing, item)
        values = {
            "kind": kind.value,
            "text": words,
            "changed": now(),
            "version": item.version + 1,
            "sequence": writing.next_sequence(),
        }
        return _item_of(writing.put("basket", {"uid": item.uid}, values))


def follow(notebook: Notebook, item: BasketItem, target: NoteTarget) -> BasketItem:
    """Takes over what the words of an item have become in the book.

    Raises:
        ChangedElsewhereError: another window has changed or removed it since.
        NotebookError: it could not be written.
    """
    with notebook.writing(f"updated in the essay basket: {named(item)}") as writing:
        _check_version(writing, item)
        values = columns_of(item.kind, target, item.text) | {"version": item.version + 1}
        return _item_of(writing.put("basket", {"uid": item.uid}, values))


def remove(notebook: Notebook, items: Sequence[BasketItem]) -> None:
    """Takes items out of the basket.

    Raises:
        ChangedElsewhereError: another window has changed or removed one since.
        NotebookError: it could not be written; all are there still.
    """
    if not items:
        return
    what = named(items[0]) if len(items) == 1 else f"{len(items)} items"
    with notebook.writing(f"took out of the essay basket: {what}") as writing:
        for item in items:
            _check_version(writing, item)
            writing.remove("basket", {"uid": item.uid})


def clear(notebook: Notebook) -> int:
    """Empties the basket, and says how much was in it.

    Raises:
        NotebookError: it could not be written.
    """
    if notebook.state is State.ABSENT:
        return 0
    with notebook.writing("emptied the essay basket") as writing:
        rows = _rows(writing)
        for row in rows:
            writing.remove("basket", {"uid": row["uid"]})
        return len(rows)


def put_at(notebook: Notebook, item: BasketItem, place: int) -> None:
    """Moves an item to a place in the essay, from 0; beyond the ends to the end.

    Raises:
        ChangedElsewhereError: another window has removed it.
        NotebookError: it could not be written.
    """
    with notebook.writing(f"moved in the essay basket: {named(item)}") as writing:
        order = [row["uid"] for row in _rows(writing)]
        if item.uid not in order:
            raise ChangedElsewhereError("This item has been removed in another window.")
        order.remove(item.uid)
        order.insert(max(place, 0), item.uid)
        _arrange(writing, order)


def _arrange(writing: Writing, order: Iterable[str]) -> None:
    """Numbers the items in an order; rows that stay where they are are not written."""
    for position, uid in enumerate(order, 1):
        row = writing.row("basket", {"uid": uid})
        if row is not None and row["position"] != position:
            writing.put("basket", {"uid": uid}, {"position": position})


def _check_version(writing: Writing, item: BasketItem) -> None:
    row = writing.row("basket", {"uid": item.uid})
    if row is None:
        raise ChangedElsewhereError("This item has been removed in another window.")
    if row["version"] != item.version:
        raise ChangedElsewhereError("This item has been changed in another window.")


def items(notebook: Notebook) -> list[BasketItem]:
    """What is in the basket, in the order of the essay.

    Raises:
        NotebookError: the file cannot be read.
    """
    rows = notebook.ask(f"SELECT {_COLUMNS} FROM basket ORDER BY position, sequence, id")
    return [_item(row) for row in rows]


def item_at(found: Sequence[BasketItem], name: str) -> BasketItem:
    """One of the items, by its number in the list or the beginning of its uid.

    Raises:
        NotFoundError: there is none.
    """
    given = made_safe_line(name)
    if name.isdecimal() and len(name) < 5:
        if 1 <= int(name) <= len(found):
            return found[int(name) - 1]
    elif len(name) >= 4:
        matching = [item for item in found if item.uid.startswith(name.lower())]
        if len(matching) == 1:
            return matching[0]
    raise NotFoundError(
        f"There is no item '{given}' in the essay basket; `casebook basket list` numbers them."
    )


def named(item: BasketItem) -> str:
    """An item in a few words."""
    return notes.short_title(item.target.title or " ".join(item.text.split()) or item.kind.value)


def _rows(writing: Writing) -> list[Values]:
    """The rows of the basket in order, within a transaction."""
    found = writing.ask(f"SELECT {_COLUMNS} FROM basket ORDER BY position, sequence, id")
    return [dict(zip(_COLUMN_NAMES, row, strict=True)) for row in found]


def _item_of(row: Values) -> BasketItem:
    return _item(tuple(row[column] for column in _COLUMN_NAMES))


def _item(row: Row) -> BasketItem:
    uid, kind, book, entry, title, place, exact, prefix, suffix, context, citations, *rest = row
    text, created, changed, version, position, sequence = rest
    target = NoteTarget(
        book,
        entry,
        title,
        place,
        Quote(exact, prefix, suffix) if exact else None,
        context,
        notes.citations_from_json(citations),
    )
    # A newer Casebook may know kinds that this one does not.
    known = BasketKind(kind) if kind in tuple(BasketKind) else BasketKind.STATEMENT
    return BasketItem(uid, known, target, text, created, changed, version, position, sequence)
