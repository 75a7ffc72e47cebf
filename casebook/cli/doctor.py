"""Versions, places and health: what one would ask a person who reports a fault."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from casebook import __version__, paths, settings
from casebook.book import pages
from casebook.book.opening import Book, open_book
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


def examine(book: Path | None, notebook: Path | None) -> Report:
    """Looks at everything that the program depends on."""
    report = Report()
    report.sections["versions"] = _versions()
    report.sections["places"] = {
        "book": str(paths.chosen_book(book)),
        "notebook": str(paths.notebook(notebook)),
        "settings": str(paths.settings()),
        "log": str(paths.log()),
    }
    report.sections["book"] = _book(paths.chosen_book(book), report)
    report.sections["notebook"] = _notebook(paths.notebook(notebook), report)
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
    integrity = str(book.ask("PRAGMA quick_check(1)")[0][0])
    if integrity != "ok":
        report.troubles.append(f"The book is damaged: {integrity}")
    orphans = len(book.ask("PRAGMA foreign_key_check"))
    if orphans:
        report.troubles.append(f"{orphans} rows of the book point to nothing.")
    entries = [(int(key), str(slug), str(stored)) for key, slug, stored in book.ask(
        "SELECT id, slug, content_hash FROM entry ORDER BY id"
    )]  # fmt: skip
    damaged = [
        slug
        for key, slug, stored in entries
        if pages.digest_of_entry(book.connection, key) != stored
    ]
    if damaged:
        shown = ", ".join(damaged[:10])
        report.troubles.append(f"Pages that are not as they were built: {shown}.")
    report.troubles.extend(book.faults)
    return {
        "title": book.info.title,
        "edition": book.info.edition,
        "content": book.info.content_hash[:12],
        "entries": str(len(entries)),
        "integrity": integrity,
        "pages": f"{len(entries) - len(damaged)} of {len(entries)} as built",
    }


def _notebook(path: Path, report: Report) -> dict[str, str]:
    """What is in the notebook, and whether it can be written."""
    from casebook.notebook import open_notebook
    from casebook.notebook.asking import counts
    from casebook.notebook.opening import State

    try:
        with open_notebook(path) as notebook:
            if notebook.state is State.ABSENT:
                return {"state": "none yet; the first thing kept makes it"}
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
