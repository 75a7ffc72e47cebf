"""What differs between systems, for tests: environments of commands, modes, links."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

WINDOWS = sys.platform == "win32"

needs_links = pytest.mark.skipif(
    WINDOWS, reason="Windows lets few users make symbolic links, and does not open them otherwise"
)
needs_names_of_bytes = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="file systems there take text alone as a name"
)
needs_posix_shell = pytest.mark.skipif(WINDOWS, reason="the examples are lines of a POSIX shell")


def bare_environment(home: Path, **variables: str) -> dict[str, str]:
    """The environment of a command that has a home of its own and nothing of the tester's.

    Windows needs some variables to start Python at all, and asks others than HOME for folders.
    """
    environment = {"PATH": os.environ["PATH"], "HOME": str(home)}
    if WINDOWS:
        environment |= {
            "SYSTEMROOT": os.environ["SYSTEMROOT"],
            "TEMP": os.environ.get("TEMP", str(home)),
            "USERPROFILE": str(home),
            "WIN_PD_OVERRIDE_LOCAL_APPDATA": str(home / "AppData" / "Local"),
            "PYTHONUTF8": "1",
        }
    return environment | variables


def is_private(path: Path) -> bool:
    """Whether nobody but the owner may read a file; Windows sees to it by the folder's owner."""
    return WINDOWS or path.stat().st_mode & 0o077 == 0
