"""The locations of all files. No other module knows one."""

from __future__ import annotations

import os
from pathlib import Path

BOOK_VARIABLE = "CASEBOOK_BOOK"
NOTEBOOK_VARIABLE = "CASEBOOK_NOTEBOOK"
_APP = "casebook"


def shipped_book() -> Path:
    """The book that comes with the program: inside the wheel, or in the checkout."""
    package = Path(__file__).resolve().parent
    in_wheel = package / "data" / "cases.sqlite"
    return in_wheel if in_wheel.exists() else package.parent / "data" / "cases.sqlite"


def chosen_book(option: Path | None = None) -> Path:
    """The book to open: as the option says, else `$CASEBOOK_BOOK`, else the shipped one."""
    if option is not None:
        return option
    variable = os.environ.get(BOOK_VARIABLE)
    return Path(variable) if variable else shipped_book()


SHIPPED = "casebook"
"""What names the shipped book where a book is built on."""


def book_below(named: Path) -> Path:
    """The book that others are built on: `casebook` for the shipped one, or any file."""
    return shipped_book() if named == Path(SHIPPED) else named


def notebook(option: Path | None = None) -> Path:
    """The reader's notebook: the option's, else `$CASEBOOK_NOTEBOOK`, else the usual place."""
    if option is not None:
        return option
    variable = os.environ.get(NOTEBOOK_VARIABLE)
    if variable:
        return Path(variable)
    from platformdirs import user_data_path

    return user_data_path(_APP, appauthor=False) / "notebook.sqlite"


def settings() -> Path:
    """The reader's settings, a TOML file."""
    from platformdirs import user_config_path

    return user_config_path(_APP, appauthor=False) / "settings.toml"


def checked_notebooks() -> Path:
    """What is remembered of notebooks that were whole; it can be deleted at any time."""
    from platformdirs import user_cache_path

    return user_cache_path(_APP, appauthor=False) / "checked-notebooks"


def books_of_packs() -> Path:
    """Where the books are that `--pack` makes; they can be deleted at any time."""
    from platformdirs import user_cache_path

    return user_cache_path(_APP, appauthor=False) / "packs"


def log() -> Path:
    """Where a crash is written down."""
    from platformdirs import user_log_path

    return user_log_path(_APP, appauthor=False) / "casebook.log"


def visitors() -> Path:
    """Where `casebook serve` keeps the notebooks of its visitors."""
    from platformdirs import user_data_path

    return user_data_path(_APP, appauthor=False) / "served"
