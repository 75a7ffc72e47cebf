"""Opens the app for a command that has something to show there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casebook.seminar.class_places import ClassPlace
    from casebook.seminar.planned import Seminar


def open_app_at_class(place: ClassPlace, book: Path, notebook: Path) -> int:
    """Opens the app at what a class has answered, and says its exit code."""
    from tui.front_door import run_app

    return run_app(book, notebook, shown_class=place)


def open_app_at_seminar(
    plan: Seminar,
    shown_class: ClassPlace | None,
    book: Path,
    notebook: Path,
    *,
    begins_anew: bool = False,
) -> int:
    """Opens the app at a seminar as a projector shows it, and says its exit code.

    Args:
        begins_anew: forget the place and what was revealed.
    """
    from tui.front_door import run_app

    return run_app(book, notebook, shown_class=shown_class, presented=plan, begins_anew=begins_anew)
