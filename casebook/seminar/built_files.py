"""The list of files that a build of a seminar wrote, by which the next one clears them away.

What a lecturer put there is never removed.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path

from casebook.errors import CasebookError
from casebook.file_names import UnsafeNameError, path_within
from casebook.regular_file import read_regular
from casebook.safe_text import made_safe_line

LIST = "files-of-this-build.txt"
_LONGEST = 1_000_000


def list_text(files: Collection[str]) -> str:
    """The content of the list."""
    return "".join(f"{name}\n" for name in sorted(files))


def listed_files(path: Path, folders: Collection[str]) -> list[str]:
    """The files that a list names, as `folder/name`; what is none of these is left out."""
    try:
        lines = read_regular(path, _LONGEST).decode("utf-8", "replace").splitlines()
    except (OSError, ValueError):
        return []
    split = [tuple(line.split("/")) for line in lines]
    return ["/".join(names) for names in split if len(names) == 2 and names[0] in folders]


def clear_away(
    folder: Path, earlier: Sequence[str], now: Collection[str], folders: Sequence[str]
) -> list[str]:
    """Removes the files of an earlier build that this one has not written.

    Returns:
        remarks: what was removed, and what is there that no build is known to have written.

    Raises:
        CasebookError: a file cannot be removed.
    """
    remarks = []
    for name in sorted(set(earlier) - set(now)):
        try:
            path = path_within(folder, *name.split("/"))
        except UnsafeNameError:
            continue
        if path.is_symlink() or not path.is_file():
            continue
        try:
            os.unlink(path)
        except OSError as error:
            raise CasebookError(
                f"{path} is of an earlier build and cannot be removed: {error.strerror}."
            ) from None
        remarks.append(f"{path} was of an earlier build, and is removed.")
    for below in folders:
        try:
            found = sorted(os.listdir(folder / below))
        except OSError:
            continue
        remarks += [
            f"{made_safe_line(str(folder / below / name))} is not of this build; it stays."
            for name in found
            if f"{below}/{name}" not in now
        ]
    return remarks
