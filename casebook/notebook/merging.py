"""Merging a notebook's JSON into a notebook, without loss and without doubles.

Notes are the same when they have the same uid. Where both have changed, yours stays and the
other's is put beside it, under a uid that follows from its words, so that merging the same
file again changes nothing.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casebook.errors import CasebookError
from casebook.notebook import marks, notes, views
from casebook.notebook.backup import FORMAT, VERSION, Json
from casebook.notebook.opening import now
from casebook.notebook.store import Notebook, Writing
from casebook.notebook.values import Quote, Target, ViewKind
from casebook.safe_text import made_safe, made_safe_line
from casebook.vocabulary import Rating

LARGEST = 64 * 1024 * 1024


@dataclass(slots=True)
class Merged:
    """What has become of a file that was merged in.

    Attributes:
        added: what was new.
        same: what was there already.
        beside: what differed from yours and was put beside it.
    """

    added: int = 0
    same: int = 0
    beside: int = 0


class BackupError(CasebookError):
    """The file is not a notebook's JSON; nothing was merged."""


@dataclass(slots=True)
class _Item:
    """One object of the file, and where it stands."""

    where: str
    data: Json

    def text(self, name: str, default: str | None = None) -> str:
        value = self.data.get(name, default)
        if not isinstance(value, str):
            raise BackupError(f"{self.where}: '{name}' is not a text.")
        return value

    def line(self, name: str, default: str | None = None) -> str:
        return made_safe_line(self.text(name, default))

    def needed(self, name: str) -> str:
        value = self.line(name)
        if not value:
            raise BackupError(f"{self.where}: '{name}' is empty.")
        return value

    def number(self, name: str) -> float:
        value = self.data.get(name, 0)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e9:
            raise BackupError(f"{self.where}: '{name}' is not a number.")
        return value

    def listed(self, name: str) -> list[Any]:
        value = self.data.get(name, [])
        if not isinstance(value, list):
            raise BackupError(f"{self.where}: '{name}' is not a list.")
        return value

    def when(self, name: str) -> str:
        from datetime import datetime

        value = self.text(name, "")
        try:
            datetime.fromisoformat(value)
        except ValueError:
            return now()
        return made_safe_line(value)


def read_file(path: Path) -> str:
    """The text of a file to merge.

    Raises:
        BackupError: it cannot be read, or is too large.
    """
    name = made_safe_line(str(path))
    try:
        if not path.is_file():
            raise BackupError(f"There is no file {name}.")
        if path.stat().st_size > LARGEST:
            raise BackupError(f"{name} is too large to be a notebook.")
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise BackupError(f"{name} cannot be read: {reason}.") from None


def merge(notebook: Notebook, data: str) -> Merged:
    """Merges a JSON file into a notebook, all of it or nothing (and it can be undone).

    Raises:
        BackupError: the text is not a notebook's JSON; the message says where.
        NotebookError: it could not be written.
    """
    stored = _read(data)
    merged = Merged()
    with notebook.writing("imported a file") as writing:
        for name, merge_one in _MERGERS.items():
            for number, item in enumerate(stored.listed(name), 1):
                where = f"{name}[{number}]"
                if not isinstance(item, dict):
                    raise BackupError(f"{where} is not an object.")
                merge_one(writing, _Item(where, item), merged)
        if merged.added or merged.beside:
            _order_by_time(writing)
    return merged


def _read(data: str) -> _Item:
    if len(data) > LARGEST:
        raise BackupError("The file is too large to be a notebook.")
    try:
        stored = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BackupError(f"The file is not JSON: {made_safe_line(str(error))}.") from None
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        raise BackupError(
            "The file is JSON, but not a notebook's; `casebook notes export` makes one."
        )
    version = stored.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise BackupError("The file was made by a newer Casebook, which can read it.")
    return _Item("the file", stored)


def _merge_note(writing: Writing, item: _Item, merged: Merged) -> None:
    target = _target(item)
    text = notes.checked_text(item.text("text", ""))
    if not text and target.quote is None:
        raise BackupError(f"{item.where}: a note without words.")
    uid = item.needed("uid").lower()
    if not uid.isalnum() or len(uid) > 64:
        raise BackupError(f"{item.where}: '{uid[:20]}' is no uid.")
    mine = writing.row("note", {"uid": uid})
    if mine is None and _is_there(writing, target, text, item.when("created")):
        merged.same += 1
    elif mine is None:
        notes.put_new(writing, uid, target, text, item.when("created"), item.when("changed"))
        merged.added += 1
    elif mine["text"] == text or _is_there(writing, target, text, item.when("created")):
        merged.same += 1
    else:
        other = uuid.uuid5(uuid.NAMESPACE_OID, f"{uid} {text}").hex
        notes.put_new(writing, other, target, text, item.when("created"), item.when("changed"))
        merged.beside += 1


def _is_there(writing: Writing, target: Target, text: str, created: str) -> bool:
    """Whether the same words stand at the same place, under whatever uid: two notebooks that
    have merged each other's files name the same note differently."""
    columns = notes.columns_of(target)
    key = {name: columns[name] for name in ("book", "entry", "place", "quote")}
    return writing.row("note", {**key, "text": text, "created": created}) is not None


def _target(item: _Item) -> Target:
    quote = None
    stored = item.data.get("quote")
    if stored is not None:
        if not isinstance(stored, dict):
            raise BackupError(f"{item.where}: 'quote' is not an object.")
        inner = _Item(f"{item.where}.quote", stored)
        parts = (made_safe(inner.text(name, "")) for name in ("exact", "prefix", "suffix"))
        quote = Quote(*parts)
    rows = []
    for one in item.listed("citations"):
        if not isinstance(one, dict):
            raise BackupError(f"{item.where}: a citation is not an object.")
        inner = _Item(f"{item.where}.citations", one)
        rows.append([inner.line("source"), inner.line("locator", ""), bool(one.get("inferred"))])
    return Target(
        item.needed("book"),
        item.needed("entry"),
        item.line("title", item.line("entry")),
        item.line("place", ""),
        quote if quote and quote.exact else None,
        made_safe(item.text("context", "")),
        notes.citations_from_json(json.dumps(rows)),
    )


def _merge_bookmark(writing: Writing, item: _Item, merged: Merged) -> None:
    is_new = marks.put_bookmark(
        writing,
        item.needed("book"),
        item.needed("entry"),
        item.line("title", item.line("entry")),
        item.when("created"),
    )
    _count(merged, is_new=is_new)


def _merge_tag(writing: Writing, item: _Item, merged: Merged) -> None:
    is_new = marks.put_tag(
        writing,
        item.needed("book"),
        item.needed("entry"),
        item.line("title", item.line("entry")),
        marks.tag_name(item.text("name")),
        item.when("created"),
    )
    _count(merged, is_new=is_new)


def _count(merged: Merged, *, is_new: bool) -> None:
    if is_new:
        merged.added += 1
    else:
        merged.same += 1


def _merge_view(writing: Writing, item: _Item, merged: Merged) -> None:
    try:
        kind = ViewKind(item.text("kind"))
    except ValueError:
        raise BackupError(f"{item.where}: '{item.line('kind')}' is no kind of view.") from None
    filters = item.data.get("filters", {})
    if not isinstance(filters, dict):
        raise BackupError(f"{item.where}: 'filters' is not an object.")
    values = {
        "entries": json.dumps(
            [made_safe_line(str(one)) for one in item.listed("entries")], ensure_ascii=False
        ),
        "framework": item.line("framework", ""),
        "filters": json.dumps(filters, ensure_ascii=False),
    }
    book, name = item.needed("book"), item.needed("name")[: views.LONGEST_NAME]
    candidates = [name, *(f"{name} ({number})" for number in range(2, 1000))]
    for candidate in candidates:
        key = {"book": book, "kind": kind.value, "name": candidate}
        mine = writing.row("saved_view", key)
        if mine is None:
            times = {"created": item.when("created"), "changed": item.when("changed")}
            fixed = {"uid": uuid.uuid4().hex, "sequence": writing.next_sequence(), "version": 1}
            writing.put("saved_view", key, {**values, **times, **fixed})
            if candidate == name:
                merged.added += 1
            else:
                merged.beside += 1
            return
        if all(mine[column] == value for column, value in values.items()):
            merged.same += 1
            return
    raise BackupError(f"{item.where}: too many views are called '{name}'.")


def _merge_prediction(writing: Writing, item: _Item, merged: Merged) -> None:
    try:
        rating = Rating(item.text("rating"))
    except ValueError:
        raise BackupError(f"{item.where}: '{item.line('rating')}' is no rating.") from None
    names = ("book", "entry", "framework", "criterion")
    key = {name: item.needed(name) for name in names}
    reason = notes.checked_text(item.text("reason", ""))
    title = item.line("title", key["entry"])
    mine = writing.row("prediction", key)
    if mine is None:
        values = {
            "title": title,
            "rating": rating.value,
            "reason": reason,
            "created": item.when("created"),
            "changed": item.when("changed"),
            "revealed": item.line("revealed", ""),
            "sequence": writing.next_sequence(),
            "version": 1,
        }
        writing.put("prediction", key, values)
        merged.added += 1
    elif (mine["rating"], mine["reason"]) == (rating.value, reason):
        merged.same += 1
    else:
        # A point has one rating, and yours stays; the other is kept as a note on the point.
        text = f"Imported rating: {rating.value}{f': {reason}' if reason else ''}"
        place = f"point:{key['framework']} {key['criterion']}"
        target = Target(key["book"], key["entry"], title, place)
        uid = uuid.uuid5(uuid.NAMESPACE_OID, "\x1f".join((*key.values(), text))).hex
        if writing.row("note", {"uid": uid}) is not None:
            merged.same += 1
            return
        notes.put_new(writing, uid, target, text, item.when("created"), item.when("changed"))
        merged.beside += 1


def _merge_reading(writing: Writing, item: _Item, merged: Merged) -> None:
    key = {"book": item.needed("book"), "entry": item.needed("entry")}
    mine = writing.row("reading", key)
    is_read, share = item.data.get("read") is True, min(item.number("share"), 1.0)
    if mine is None:
        values = {
            "title": item.line("title", key["entry"]),
            "place": item.line("place", ""),
            "line": int(item.number("line")),
            "share": share,
            "is_read": int(is_read),
            "opened": item.when("opened"),
            "visits": int(item.number("visits")),
            "sequence": writing.next_sequence(),
        }
        writing.put("reading", key, values)
        merged.added += 1
    elif (is_read and not mine["is_read"]) or share > mine["share"]:
        values = {
            "is_read": int(is_read or bool(mine["is_read"])),
            "share": max(share, mine["share"]),
        }
        writing.put("reading", key, values)
        merged.added += 1
    else:
        merged.same += 1


def _merge_search(writing: Writing, item: _Item, merged: Merged) -> None:
    key = {"book": item.needed("book"), "words": item.needed("words")}
    if writing.row("search", key) is None:
        values = {"made": item.when("made"), "sequence": writing.next_sequence()}
        writing.put("search", key, values)
        merged.added += 1
    else:
        merged.same += 1


_MERGERS: dict[str, Callable[[Writing, _Item, Merged], None]] = {
    "notes": _merge_note,
    "bookmarks": _merge_bookmark,
    "tags": _merge_tag,
    "views": _merge_view,
    "predictions": _merge_prediction,
    "reading": _merge_reading,
    "searches": _merge_search,
}


def _order_by_time(writing: Writing) -> None:
    """Gives old things from elsewhere their place among one's own, by the day they say."""
    rows = [
        (when, sequence, table, key)
        for table, column in _TIMES.items()
        for key, sequence, when in writing.ask(f'SELECT rowid, sequence, "{column}" FROM "{table}"')
    ]
    rows.sort(key=lambda row: (row[0], row[1]))
    for number, (_, _, table, key) in enumerate(rows, 1):
        writing.connection.execute(
            f'UPDATE "{table}" SET sequence = ? WHERE rowid = ?', (number, key)
        )


_TIMES = {
    "note": "changed",
    "bookmark": "created",
    "tag": "created",
    "saved_view": "changed",
    "prediction": "changed",
    "reading": "opened",
    "search": "made",
}
