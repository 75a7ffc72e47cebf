"""Bookmarks and tags."""

from __future__ import annotations

import re

from casebook.errors import NotebookError
from casebook.notebook.entry_marks import EntryMarks
from casebook.notebook.files import now
from casebook.notebook.notes import short_title
from casebook.notebook.store import Notebook
from casebook.notebook.values import Bookmark, Tagged
from casebook.notebook.writing import Writing
from casebook.safe_text import made_safe_line

LONGEST_TAG = 60

_IN_TEXT = re.compile(r"(?<![\w#&/])#(\w[\w/-]*)")


def put_bookmark(writing: Writing, book: str, entry: str, title: str, created: str = "") -> bool:
    """Sets a bookmark within a transaction; False if there is one."""
    key = {"book": book, "entry": entry}
    if writing.row("bookmark", key):
        return False
    values = {
        "sequence": writing.next_sequence(),
        "title": title,
        "created": created or now(),
    }
    writing.put("bookmark", key, values)
    return True


_MARKS = EntryMarks("bookmark", put_bookmark, "bookmarked", "removed the bookmark")
is_bookmarked, set_bookmark, toggle_bookmark = _MARKS.is_set, _MARKS.set, _MARKS.toggle


def bookmarks(notebook: Notebook, book: str = "") -> list[Bookmark]:
    """Bookmarks, the last set first; of all books, or of one."""
    rows = notebook.ask(
        "SELECT book, entry, title, created, sequence FROM bookmark WHERE ? IN ('', book)"
        " ORDER BY sequence DESC",
        [book],
    )
    return [Bookmark(*row) for row in rows]


def tag_name(text: str) -> str:
    """A tag as it is kept: one line, without the `#`.

    Raises:
        NotebookError: there is nothing left, or too much.
    """
    name = made_safe_line(text).lstrip("#").strip()
    if not name:
        raise NotebookError("A tag needs a word.")
    if len(name) > LONGEST_TAG:
        raise NotebookError(f"A tag may have {LONGEST_TAG} characters; this one has {len(name)}.")
    return name


def set_tags(notebook: Notebook, book: str, entry: str, title: str, names: list[str]) -> list[str]:
    """Makes the tags of an entry these, and says them.

    Raises:
        NotebookError: a tag is none, or they could not be written.
    """
    wanted = list(dict.fromkeys(map(tag_name, names)))
    before = tags_of(notebook, book, entry)
    if set(wanted) == set(before):
        return before
    with notebook.writing(f"tagged: {short_title(title)}") as writing:
        for name in before:
            if name not in wanted:
                writing.remove("tag", {"book": book, "entry": entry, "name": name})
        for name in wanted:
            put_tag(writing, book, entry, title, name)
    return wanted


def put_tag(
    writing: Writing, book: str, entry: str, title: str, name: str, created: str = ""
) -> bool:
    """Sets a tag within a transaction; False if it is there."""
    key = {"book": book, "entry": entry, "name": name}
    if writing.row("tag", key):
        return False
    values = {
        "sequence": writing.next_sequence(),
        "title": title,
        "created": created or now(),
    }
    writing.put("tag", key, values)
    return True


def tags_of(notebook: Notebook, book: str, entry: str) -> list[str]:
    """The tags of an entry, in alphabetical order."""
    rows = notebook.ask(
        "SELECT name FROM tag WHERE book = ? AND entry = ? ORDER BY name COLLATE NOCASE",
        [book, entry],
    )
    return [str(row[0]) for row in rows]


def tags(notebook: Notebook, book: str = "") -> list[Tagged]:
    """Every tag of every entry, by name; of all books, or of one."""
    rows = notebook.ask(
        "SELECT book, entry, title, name, created, sequence FROM tag WHERE ? IN ('', book)"
        " ORDER BY name COLLATE NOCASE, title COLLATE NOCASE",
        [book],
    )
    return [Tagged(*row) for row in rows]


def tags_in(text: str) -> list[str]:
    """The `#words` in a note."""
    return list(dict.fromkeys(_IN_TEXT.findall(text)))
