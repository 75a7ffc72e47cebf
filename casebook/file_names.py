"""Makes paths of names: of entries, frameworks and sources in a book or a notebook.

Packs are checked for their names, but a book or a notebook can be written by any hand, and
`../../../x` is a name, too. `path_within` is where a name becomes a path; nothing else joins
a folder and a name that came out of a file. `file_stem` makes a name that every file system
takes of any text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from casebook.errors import CasebookError

LONGEST_STEM = 80

_PLAIN = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_-])?")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_LONGEST_NAME = 120


class UnsafeNameError(CasebookError):
    """A name out of a book or a notebook cannot be the name of a file."""


def path_within(folder: Path, *names: str) -> Path:
    """The path of a file below a folder.

    Args:
        names: the folders below `folder` and the file's name: letters, digits, `-`, `_` and,
            within them, dots.

    Raises:
        UnsafeNameError: a name is none of these, and so could lead out of the folder, or
            mean a device to some system.
    """
    for name in names:
        if not _PLAIN.fullmatch(name) or len(name) > _LONGEST_NAME or _RESERVED.fullmatch(name):
            raise UnsafeNameError(f"'{_shown(name)}' cannot be the name of a file.")
    return folder.joinpath(*names)


def _shown(name: str) -> str:
    return name if len(name) <= LONGEST_STEM else f"{name[:LONGEST_STEM]}\N{HORIZONTAL ELLIPSIS}"


def file_stem(text: str, otherwise: str = "") -> str:
    """A file's name, without its ending, for a text: small Latin letters, digits, hyphens.

    Args:
        otherwise: for a text that makes no name, or one that some systems keep for devices.
    """
    plain = unicodedata.normalize("NFKD", text[: 16 * LONGEST_STEM])
    letters = plain.encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:LONGEST_STEM].rstrip("-")
    if otherwise and (not stem or _RESERVED.fullmatch(stem)):
        return f"{otherwise}-{stem}".rstrip("-")
    return stem


def distinct_stems(texts: Iterable[str], otherwise: str, taken: str) -> list[str]:
    """A stem for each text, all different; equal ones get a number.

    Args:
        otherwise: see `file_stem`.
        taken: a stem that none may have.
    """
    used = {taken}
    stems: list[str] = []
    for text in texts:
        stem = file_stem(text, otherwise)
        if stem == taken:
            stem = f"{otherwise}-{stem}"
        name, number = stem, 1
        while name in used:
            number += 1
            name = f"{stem}-{number}"
        used.add(name)
        stems.append(name)
    return stems
