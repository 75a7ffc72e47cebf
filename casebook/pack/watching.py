"""Waits for a change in packs, with nothing but the file system's own dates."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

SECONDS_BETWEEN_LOOKS = 0.3

State = dict[str, tuple[int, int, int]]
"""The files of packs with the dates of their last changes, sizes and inodes."""


def state_of(packs: Iterable[Path]) -> State:
    """How the files of packs are now; hidden ones, and copies of editors, are left out."""
    found: State = {}
    for pack in packs:
        found |= _state_of_pack(pack)
    return found


def _state_of_pack(pack: Path) -> State:
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


def changed(packs: Sequence[Path], before: State) -> State:
    """Waits until the packs are others, and have come to rest; says how they are then."""
    while (now := state_of(packs)) == before:
        time.sleep(SECONDS_BETWEEN_LOOKS)
    while (later := state_of(packs)) != now:
        now = later
        time.sleep(SECONDS_BETWEEN_LOOKS)
    return now
