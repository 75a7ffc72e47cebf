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

from casebook import anchors
from casebook.errors import CasebookError
from casebook.notebook import (
    basket,
    bookmarks,
    drafts,
    notes,
    reading_list,
    row_digests,
    seminars,
    views,
)
from casebook.notebook.backup_file import BackupError, BackupObject, read
from casebook.notebook.backup_targets import basket_item_in, is_uid, target_in
from casebook.notebook.store import Notebook
from casebook.notebook.values import NoteTarget, ViewKind, Whose
from casebook.notebook.writing import Writing
from casebook.safe_text import made_safe, made_safe_line
from casebook.vocabulary import Rating


@dataclass(slots=True)
class ImportCounts:
    """What has become of a file that was merged in.

    Attributes:
        added: what was new.
        same: what was there already.
        beside: what differed from yours and was put beside it.
        noted: another reader's ratings, which were kept as notes.
        left_out: what another reader had answered in the quiz, read, searched for, gathered or
            begun to write.
    """

    added: int = 0
    same: int = 0
    beside: int = 0
    noted: int = 0
    left_out: int = 0


class OwnerUnknownError(CasebookError):
    """The file has ratings, and it is not known whose; nothing was merged."""


class Backup:
    """A notebook's JSON that was read and can be merged.

    Raises:
        BackupError: the text is not a notebook's JSON.
    """

    def __init__(self, data: str) -> None:
        self.item = read(data)

    def owner_is_unknown(self, notebook: Notebook) -> bool:
        """Whether it has ratings, and was made of another notebook than this one."""
        own = notebook.uid
        is_own = bool(own) and self.item.data.get("notebook") == own
        has_ratings = any(self.item.data.get(name) for name in ("predictions", "quiz"))
        return has_ratings and not is_own


def merge(notebook: Notebook, backup: Backup | str, whose: Whose | None = None) -> ImportCounts:
    """Merges a JSON file into a notebook, all of it or nothing (and it can be undone).

    Args:
        whose: needed where the file's owner is not known.

    Raises:
        BackupError: it is not a notebook's JSON; the message says where.
        OwnerUnknownError: it has ratings, is not of this notebook, and `whose` does not say.
        NotebookError: it could not be written.
    """
    backup = Backup(backup) if isinstance(backup, str) else backup
    if whose is None and backup.owner_is_unknown(notebook):
        raise OwnerUnknownError(
            "The file has ratings, and was made of another notebook than yours. Say whose they"
            " are: --whose mine takes them over, --whose theirs keeps them as notes."
        )
    merged = ImportCounts()
    is_theirs = whose is Whose.THEIRS
    with notebook.writing("imported a file") as writing:
        if whose is Whose.MINE:
            _take_name(writing, backup.item)
        _merge_notes(writing, list(backup.item.items("notes")), merged)
        for name, merge_one in _MERGERS.items():
            for item in backup.item.items(name):
                if is_theirs and name in _PERSONAL:
                    merged.left_out += 1
                elif is_theirs and name == "predictions":
                    is_new = _note_rating(writing, *_rating(item), item)
                    merged.noted += is_new
                    merged.same += not is_new
                else:
                    merge_one(writing, item, merged)
        if merged.added or merged.beside or merged.noted:
            _order_by_time(writing)
    return merged


_PERSONAL = ("quiz", "reading", "searches", "drafts", "basket", "seminars")


def _take_name(writing: Writing, item: BackupObject) -> None:
    """Gives an empty notebook the name of the one that is restored into it, so that the next
    import of the same file is known to be the reader's own."""
    uid = item.data.get("notebook")
    if isinstance(uid, str) and is_uid(uid) and not writing.has_rows():
        writing.put("notebook", {"id": 1}, {"uid": uid}, is_undone=False)


def _merge_notes(writing: Writing, items: list[BackupObject], merged: ImportCounts) -> None:
    """Merges notes: each of the file is held against at most one of the notebook's.

    Two notebooks that have merged each other's files name the same note differently. So
    what has no counterpart of its own name and words is looked for by its words; but two
    notes of the file that say the same stay two.
    """
    found = [(item, *_note(item)) for item in items]
    taken: set[str] = set()
    rest = []
    for item, uid, target, text in found:
        mine = writing.row("note", {"uid": uid})
        if mine is not None and mine["text"] == text and uid not in taken:
            taken.add(uid)
            merged.same += 1
        else:
            rest.append((item, uid, target, text))
    for item, uid, target, text in rest:
        created, changed = item.when("created"), item.when("changed")
        like = next((u for u in _like(writing, target, text, created) if u not in taken), None)
        if like is not None:
            taken.add(like)
            merged.same += 1
            continue
        name = uid
        if writing.row("note", {"uid": uid}) is None:
            merged.added += 1
        else:
            name = uuid.uuid5(uuid.NAMESPACE_OID, f"{uid} {text}").hex
            if writing.row("note", {"uid": name}) is not None:
                merged.same += 1
                continue
            merged.beside += 1
        notes.put_new(writing, name, target, text, created, changed)
        taken.add(name)


def _note(item: BackupObject) -> tuple[str, NoteTarget, str]:
    target = target_in(item)
    text = notes.checked_text(item.text("text", ""))
    if not text and target.quote is None:
        raise BackupError(f"{item.where}: a note without words.")
    uid = item.needed("uid").lower()
    if not is_uid(uid):
        raise BackupError(f"{item.where}: '{uid[:20]}' is not a UID.")
    return uid, target, text


def _like(writing: Writing, target: NoteTarget, text: str, created: str) -> list[str]:
    """The notes with the same words at the same place, of the same moment."""
    columns = notes.columns_of(target)
    rows = writing.ask(
        "SELECT uid FROM note WHERE book = ? AND entry = ? AND place = ? AND quote = ?"
        " AND text = ? AND created = ? ORDER BY id",
        [*(columns[name] for name in ("book", "entry", "place", "quote")), text, created],
    )
    return [str(uid) for (uid,) in rows]


def _merge_bookmark(writing: Writing, item: BackupObject, merged: ImportCounts) -> None:
    is_new = bookmarks.put_bookmark(
        writing,
        item.needed("book"),
        item.needed("entry"),
        item.line("title", item.line("entry")),
        item.when("created"),
    )
    _count(merged, is_new=is_new)


def _merge_tag(writing: Writing, item: BackupObject, merged: ImportCounts) -> None:
    is_new = bookmarks.put_tag(
        writing,
        item.needed("book"),
        item.needed("entry"),
        item.line("title", item.line("entry")),
        bookmarks.tag_name(item.text("name")),
        item.when("created"),
    )
    _count(merged, is_new=is_new)


def _count(merged: ImportCounts, *, is_new: bool) -> None:
    if is_new:
        merged.added += 1
    else:
        merged.same += 1


def _merge_view(writing: Writing, item: BackupObject, merged: ImportCounts) -> None:
    try:
        kind = ViewKind(item.text("kind"))
    except ValueError:
        raise BackupError(f"{item.where}: '{item.line('kind')}' is not a kind of view.") from None
    filters = item.data.get("filters", {})
    if not isinstance(filters, dict):
        raise BackupError(f"{item.where}: 'filters' is not an object.")
    values = {
        "entries": json.dumps(
            [made_safe_line(str(slug)) for slug in item.listed("entries")], ensure_ascii=False
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
            uid = item.text("uid", "").lower()
            if not is_uid(uid) or writing.row("saved_view", {"uid": uid}) is not None:
                uid = uuid.uuid4().hex
            fixed = {"uid": uid, "sequence": writing.next_sequence(), "version": 1}
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


def _rating(item: BackupObject) -> tuple[dict[str, str], Rating, str]:
    """The point that a rating is on, the rating and its reason."""
    try:
        rating = Rating(item.text("rating"))
    except ValueError:
        raise BackupError(f"{item.where}: '{item.line('rating')}' is not a rating.") from None
    names = ("book", "entry", "framework", "criterion")
    key = {name: item.needed(name) for name in names}
    return key, rating, notes.checked_text(item.text("reason", ""))


def _merge_prediction(writing: Writing, item: BackupObject, merged: ImportCounts) -> None:
    key, rating, reason = _rating(item)
    mine = writing.row("prediction", key)
    if mine is None:
        values = {
            "title": item.line("title", key["entry"]),
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
        # A point has one rating, and yours stays.
        is_new = _note_rating(writing, key, rating, reason, item)
        merged.beside += is_new
        merged.same += not is_new


def _note_rating(
    writing: Writing, key: dict[str, str], rating: Rating, reason: str, item: BackupObject
) -> bool:
    """Keeps a rating as a note on its point; False if it is there."""
    text = f"Imported rating: {rating.value}{f': {reason}' if reason else ''}"
    place = anchors.criterion(key["framework"], key["criterion"])
    target = NoteTarget(key["book"], key["entry"], item.line("title", key["entry"]), place)
    uid = uuid.uuid5(uuid.NAMESPACE_OID, "\x1f".join((*key.values(), text))).hex
    if writing.row("note", {"uid": uid}) is not None:
        return False
    notes.put_new(writing, uid, target, text, item.when("created"), item.when("changed"))
    return True


def _merge_quiz_card(writing: Writing, item: BackupObject, merged: ImportCounts) -> None:
    """Merges what is known of a point: the later answer says how well."""
    key, rating, reason = _rating(item)
    mine = writing.row("quiz_card", key)
    answered = item.when("answered")
    if mine is not None and mine["answered"] >= answered:
        merged.same += 1
        return
    before = mine or {"asked": 0, "missed": 0}
    asked = max(int(item.number("asked")), before["asked"], 1)
    values = {
        "title": item.line("title", key["entry"]),
        "box": int(item.number("box")),
        "asked": asked,
        "missed": min(max(int(item.number("missed")), before["missed"]), asked),
        "rating": rating.value,
        "reason": reason,
        "answered": answered,
    }
    if mine is None:
        values["sequence"] = writing.next_sequence()
    writing.put("quiz_card", key, values)
    merged.added += 1


def _merge_listed(writing: Writing, item: BackupObject, merged: ImportCounts) -> None:
    is_new = reading_list.put_listed(
        writing,
        item.needed("book"),
        item.needed("entry"),
        item.line("title", item.line("entry")),
        item.when("created"),
    )
    _count(merged, is_new=is_new)


def _merge_reading(writing: Writing, item: BackupObject, merged: ImportCounts) -> None:
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


def _merge_search(writing: Writing, item: BackupObject, merged: ImportCounts) -> None:
    key = {"book": item.needed("book"), "words": item.needed("words")}
    if writing.row("search", key) is None:
        values = {"made": item.when("made"), "sequence": writing.next_sequence()}
        writing.put("search", key, values)
        merged.added += 1
    else:
        merged.same += 1


def _merge_draft(writing: Writing, item: BackupObject, merged: ImportCounts) -> None:
    target, text = target_in(item), made_safe(item.text("text"))[: notes.LONGEST_NOTE]
    uid = item.line("uid", "")
    mine = writing.row("draft", {"name": drafts.name_of(target, uid)})
    if mine is None:
        version = int(item.number("version"))
        drafts.put(writing, target, text, uid=uid, version=version, changed=item.when("changed"))
        merged.added += 1
    elif mine["text"] == text or not text.strip():
        merged.same += 1
    else:
        # A place has one draft, and yours stays; the words of the other are kept as a note.
        name = uuid.uuid5(uuid.NAMESPACE_OID, f"draft {mine['name']} {text}").hex
        if writing.row("note", {"uid": name}) is not None:
            merged.same += 1
            return
        notes.put_new(writing, name, target, notes.checked_text(text), item.when("changed"))
        merged.beside += 1


def _merge_basket_item(writing: Writing, item: BackupObject, merged: ImportCounts) -> None:
    kind, target, text = basket_item_in(item)
    uid = item.needed("uid").lower()
    if not is_uid(uid):
        raise BackupError(f"{item.where}: '{uid[:20]}' is not a UID.")
    mine = writing.row("basket", {"uid": uid})
    values = basket.columns_of(kind, target, text)
    if mine is not None and all(mine[column] == value for column, value in values.items()):
        merged.same += 1
        return
    name = uid
    if mine is not None:
        name = uuid.uuid5(uuid.NAMESPACE_OID, f"{uid} {kind} {text} {target}").hex
        if writing.row("basket", {"uid": name}) is not None:
            merged.same += 1
            return
        merged.beside += 1
    else:
        merged.added += 1
    basket.put_new(writing, name, values, item.when("created"), item.when("changed"))


def _merge_attendance(writing: Writing, item: BackupObject, merged: ImportCounts) -> None:
    """Takes over the identifier in a seminar, so that answers written here replace earlier ones."""
    imported = seminars.ImportedAttendance(
        item.line("title", ""),
        item.needed("student"),
        item.line("name", ""),
        int(item.number("round")),
        int(item.number("number")),
        item.when("made"),
    )
    if not imported.is_possible:
        raise BackupError(f"{item.where}: this is not a seminar that Casebook has saved.")
    is_new = seminars.put_imported(writing, item.needed("book"), item.needed("seminar"), imported)
    _count(merged, is_new=is_new)


_MERGERS: dict[str, Callable[[Writing, BackupObject, ImportCounts], None]] = {
    "drafts": _merge_draft,
    "bookmarks": _merge_bookmark,
    "tags": _merge_tag,
    "views": _merge_view,
    "predictions": _merge_prediction,
    "quiz": _merge_quiz_card,
    "reading_list": _merge_listed,
    "reading": _merge_reading,
    "searches": _merge_search,
    "basket": _merge_basket_item,
    "seminars": _merge_attendance,
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
    for table in _TIMES:
        row_digests.digest_table(writing.connection, table)


_TIMES = {
    "note": "changed",
    "bookmark": "created",
    "tag": "created",
    "saved_view": "changed",
    "prediction": "changed",
    "quiz_card": "answered",
    "reading_list": "created",
    "reading": "opened",
    "search": "made",
    "basket": "changed",
    "seminar": "made",
}
