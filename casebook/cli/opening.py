"""Opens the app for a command that has something to show there."""

from __future__ import annotations

from pathlib import Path


def open_app_at_class(path: Path, book: Path, notebook: Path) -> int:
    """Opens the app at what a class has answered, and says its exit code."""
    from tui.front_door import run_app

    return run_app(book, notebook, shown_class=path)
