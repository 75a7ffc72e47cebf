"""Where the daily copies of a notebook stand."""

from __future__ import annotations

import re
from pathlib import Path

_NAME = r"\d{4}-\d{2}-\d{2}\.sqlite"


def folder_of(path: Path) -> Path:
    """Where the copies of a notebook stand."""
    return path.parent / f"{path.stem} copies"


def copies_in(folder: Path) -> list[Path]:
    """The copies in a folder, each named by its day."""
    try:
        return [
            path for path in folder.iterdir() if re.fullmatch(_NAME, path.name) and _is_file(path)
        ]
    except OSError:
        return []


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()
