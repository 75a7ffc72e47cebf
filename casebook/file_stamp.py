"""By what a file is known to have become another one."""

from __future__ import annotations

import os
from pathlib import Path

FileStamp = tuple[int, int, int]


def stamp_of(path: Path) -> FileStamp | None:
    """When a file was written last, its size and its number on the disk; None without a file."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
