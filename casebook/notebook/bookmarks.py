"""Bookmarks and tags."""

from __future__ import annotations

import re

from casebook.errors import NotebookError
from casebook.notebook.files import State, now
from casebook.notebook.notes import short_title
from casebook.notebook.store import Notebook
from casebook.notebook.values import Bookmark, Tagged
from casebook.notebook.writing import Writing
from casebook.safe_text import made_safe_line

LONGEST_TAG = 60

_IN_TEXT = re.compile(r"(?<![\w#&/])#(\w[\w/-]*)")


def toggle_bookmark(notebook: Notebook, book: str, entry: str, title: str) -> bool:
    """Sets a bookmark on an entry, or takes it away; says whether there is one then.

    Raises:
        NotebookError: it could not be written.
    """
    wanted = not is_bookmarked(notebook, book, entry)
    set_bookmark(notebook, book, entry, title, wanted=wanted)
    return wanted


def set_bookmark(
    notebook: Notebook, book: str, entry: str, title: str, *, wanted: bool = True
) -> None:
    """Sets a bookmark, or takes it away.

    Raises:
        NotebookError: it could not be written.
    """
    if not wanted and notebook.state is State.ABSENT:
        return
    did = "bookmarked" if wanted else "took away the bookmark"
    with notebook.writing(f"{did}: {short_title(title)}") as writing:
        if wanted:
            put_bookmark(writing, book, entry, title)
        else:
            writing.remove("bookmark", {"book": book, "entry": entry})


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


def is_bookmarked(notebook: Notebook, book: str, entry: str) -> bool:
    return bool(notebook.ask("SELECT 1 FROM bookmark WHERE book = ? AND entry = ?", [book, entry]))


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
