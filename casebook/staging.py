"""Files and folders that are not whole yet: their names, and how those of dead programs go.

A name says which program made it, on which machine. So whoever writes to a folder next knows
what a program has left there that was killed, and sweeps it away.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
import zlib
from pathlib import Path

PARTIAL = ".casebook-"
"""How the names of files and folders begin that are not whole yet."""

_NAME = (
    re.escape(PARTIAL) + r"(?P<machine>[0-9a-f]{8})-(?P<process>\d{1,10})-[0-9a-f]{12}\.part"
    r"(-wal|-shm|-journal)?"
)
_ENDINGS = ("", "-wal", "-shm", "-journal")
"""What SQLite puts beside a file, too."""


def new_name(folder: Path) -> Path:
    """A name that nothing in a folder has, but for an improbable chance."""
    return folder / f"{PARTIAL}{_machine()}-{os.getpid()}-{os.urandom(6).hex()}.part"


def remove(partial: Path) -> None:
    """Removes a file, with what SQLite has put beside it, or a folder with all that is in it."""
    if os.path.isdir(partial) and not os.path.islink(partial):
        import shutil

        shutil.rmtree(partial, ignore_errors=True)
        return
    for ending in _ENDINGS:
        with contextlib.suppress(OSError):
            os.unlink(f"{partial}{ending}")


def sweep(folder: Path) -> None:
    """Removes what the user's programs on this machine left in a folder when they were killed."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if not entry.name.startswith(PARTIAL):
                continue
            found = re.fullmatch(_NAME, entry.name)
            if (
                found
                and found["machine"] == _machine()
                and not _is_running(found["process"])
                and _is_own(entry)
            ):
                remove(Path(entry.path))


def _machine() -> str:
    name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return f"{zlib.crc32(name.encode('utf-8', 'surrogateescape')):08x}"


def _is_own(entry: os.DirEntry[str]) -> bool:
    """Whether something belongs to the user; in a shared folder anyone may take such a name."""
    if sys.platform == "win32":
        return True
    return entry.stat(follow_symlinks=False).st_uid == os.geteuid()


def _is_running(process: str) -> bool:
    if sys.platform == "win32":
        return True  # there, asking a process with a signal of 0 would interrupt it
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
