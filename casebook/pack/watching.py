"""Waits for a change in a pack, with nothing but the file system's own dates."""

from __future__ import annotations

import os
import time
from pathlib import Path

SECONDS_BETWEEN_LOOKS = 0.3

State = dict[str, tuple[int, int, int]]
"""The files of a pack with the dates of their last changes, sizes and inodes."""


def state_of(pack: Path) -> State:
    """How the files of a pack are now; hidden ones, and copies of editors, are left out."""
    if not pack.is_dir():
        return _state_of_file(pack)
    found: State = {}
    for directory, folders, files in os.walk(pack):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if not name.startswith((".", "~")) and not name.endswith("~"):
                found |= _state_of_file(Path(directory, name))
    return found


def _state_of_file(path: Path) -> State:
    try:
        status = path.lstat()
    except OSError:
        return {}
    return {str(path): (status.st_mtime_ns, status.st_size, status.st_ino)}


def changed(pack: Path, before: State) -> State:
    """Waits until the pack is another, and has come to rest; says how it is then."""
    while (now := state_of(pack)) == before:
        time.sleep(SECONDS_BETWEEN_LOOKS)
    while (later := state_of(pack)) != now:
        now = later
        time.sleep(SECONDS_BETWEEN_LOOKS)
    return now
