"""Versions, paths and health: what is asked of whoever reports a fault."""

from __future__ import annotations

import math
import os
import platform
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from casebook import __version__, paths, settings
from casebook.book import pages
from casebook.book.checksum import Checked, check
from casebook.book.connection import CHANGED, Book, check_header, open_book
from casebook.book.rows import slug
from casebook.errors import BookError, NotebookError

_PACKAGES = ("textual", "rich", "sqlmodel", "sqlalchemy", "rapidfuzz", "typer", "platformdirs")
_SMALLEST_TERMINAL = (60, 20)


@dataclass(slots=True)
class Report:
    """Facts in sections, and what is wrong."""

    sections: dict[str, dict[str, str]] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        return not self.troubles

    def as_json(self) -> dict[str, Any]:
        return {"ok": self.is_well, **self.sections, "problems": self.troubles}

    def lines(self) -> Iterator[str]:
        for title, facts in self.sections.items():
            yield title.capitalize()
            for name, value in facts.items():
                yield f"  {name:<12} {value}"
            yield ""
        if self.is_well:
            yield "All is well."
        else:
            yield "Problems"
            yield from (f"  {trouble}" for trouble in self.troubles)


def examine(book: Path, notebook: Path) -> Report:
    """Looks at everything that the program depends on, a book and a notebook among it."""
    report = Report()
    report.sections["versions"] = _versions()
    report.sections["places"] = {
        "book": str(book),
        "notebook": str(notebook),
        "settings": str(paths.settings()),
        "log": str(paths.log()),
    }
    report.sections["book"] = _book(book, report)
    report.sections["notebook"] = _notebook(notebook, report)
    report.troubles.extend(settings.read(paths.settings()).troubles)
    report.sections["terminal"] = _terminal(report)
    return report


def _versions() -> dict[str, str]:
    found = {
        "casebook": __version__,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "system": platform.platform(),
    }
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def _book(path: Path, report: Report) -> dict[str, str]:
    try:
        with open_book(path) as book:
            return _health(book, report)
    except BookError as error:
        report.troubles.append(error.message)
        return {"state": "cannot be opened"}


def _health(book: Book, report: Report) -> dict[str, str]:
    """What can be said of an open book; a question that fails is a trouble, and no more."""
    facts = {
        "title": book.info.title,
        "edition": book.info.edition,
        "content": book.info.content_hash[:12],
    }
    for examination in (_file, _tables, _pages):
        try:
            facts |= examination(book, report)
        except BookError as error:
            report.troubles.append(error.message)
    report.troubles.extend(book.faults)
    return facts


def _file(book: Book, report: Report) -> dict[str, str]:
    """Whether the file is as it was built, however large it is."""
    checked = book.checked
    if checked is Checked.NOT_CHECKED:
        try:
            checked = check(book.path, check_header(book.path), most=None)
        except OSError as error:
            raise BookError(f"The book cannot be read: {error.strerror}.") from None
        if checked is Checked.CHANGED:
            book.fault(CHANGED)
    return {"file": "as built" if checked is Checked.AS_BUILT else "changed since it was built"}


def _tables(book: Book, report: Report) -> dict[str, str]:
    """SQLite's own examination."""
    integrity = str(book.ask("PRAGMA quick_check(1)", seconds=math.inf)[0][0])[:200]
    if integrity != "ok":
        report.troubles.append(f"The book is damaged: {integrity}")
    orphans = len(book.ask("PRAGMA foreign_key_check", seconds=math.inf))
    if orphans:
        report.troubles.append(f"{orphans} rows of the book point to nothing.")
    return {"integrity": integrity}


_SECONDS = 6.0
_PAGES_BYTES_A_SECOND = 10_000_000
"""How long the pages of a book are looked at: some seconds, and longer if it is large."""


def _pages(book: Book, report: Report) -> dict[str, str]:
    """How many pages are as they were built."""
    entries = book.ask("SELECT id, slug, content_hash FROM entry ORDER BY id", seconds=math.inf)
    until = time.monotonic() + _SECONDS + book.path.stat().st_size / _PAGES_BYTES_A_SECOND
    damaged: list[str] = []
    looked_at = 0
    for key, name, stored in entries:
        if time.monotonic() > until:
            break
        looked_at += 1
        try:
            is_whole = pages.is_as_built(book, key, stored)
        except BookError:
            is_whole = False
        if not is_whole:
            damaged.append(slug(name) or f"entry {looked_at}")
    if damaged:
        shown = ", ".join(damaged[:10]) + (", …" if len(damaged) > 10 else "")
        report.troubles.append(f"Pages that are not as they were built: {shown}.")
    as_built = f"{looked_at - len(damaged)} of {looked_at} as built"
    left = len(entries) - looked_at
    return {
        "entries": str(len(entries)),
        "pages": f"{as_built}; {left} more were not checked, because it would have taken too long"
        if left
        else as_built,
    }


def _notebook(path: Path, report: Report) -> dict[str, str]:
    """What is in the notebook, and whether it can be written."""
    from casebook.notebook import open_notebook
    from casebook.notebook.files import State
    from casebook.notebook.listing import counts

    try:
        with open_notebook(path) as notebook:
            if notebook.state is State.ABSENT:
                return {"state": "none yet; it is made when something is first saved"}
            if notebook.trouble:
                report.troubles.append(notebook.trouble)
            integrity = notebook.check()
            report.troubles.extend(notebook.losses)
            found = counts(notebook)
            size = path.stat().st_size
    except (NotebookError, OSError) as error:
        report.troubles.append(getattr(error, "message", str(error)))
        return {"state": "cannot be opened"}
    facts = {"state": str(notebook.state), "integrity": integrity, "size": f"{size // 1024} KiB"}
    return facts | {name: str(count) for name, count in found._asdict().items()}


def _terminal(report: Report) -> dict[str, str]:
    size = shutil.get_terminal_size()
    smallest = "x".join(map(str, _SMALLEST_TERMINAL))
    if sys.stdout.isatty() and (size.columns, size.lines) < _SMALLEST_TERMINAL:
        report.troubles.append(f"The terminal is smaller than {smallest}, which the app needs.")
    return {
        "size": f"{size.columns}x{size.lines}",
        "TERM": os.environ.get("TERM", "not set"),
        "COLORTERM": os.environ.get("COLORTERM", "not set"),
        "NO_COLOR": "set" if os.environ.get("NO_COLOR") else "not set",
        "encoding": str(sys.stdout.encoding),
        "input": "a terminal" if sys.stdin.isatty() else "not a terminal",
        "output": "a terminal" if sys.stdout.isatty() else "not a terminal",
    }
