"""A notebook's JSON, as a file that anybody may have made: read, and each value checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casebook.errors import CasebookError
from casebook.notebook.backup import FORMAT, VERSION
from casebook.notebook.files import now
from casebook.notebook.note_json import Json
from casebook.regular_file import read_regular
from casebook.safe_text import made_safe_line
from casebook.stored_json import StoredJsonError, decoded

LARGEST = 64 * 1024 * 1024

_LONGEST_LINE = 10_000


class BackupError(CasebookError):
    """The file is not a notebook's JSON; nothing was merged."""


@dataclass(slots=True)
class BackupObject:
    """One object of the file, and where it stands."""

    where: str
    data: Json

    def text(self, name: str, default: str | None = None) -> str:
        value = self.data.get(name, default)
        if not isinstance(value, str):
            raise BackupError(f"{self.where}: '{name}' is not a text.")
        return value

    def line(self, name: str, default: str | None = None) -> str:
        value = self.text(name, default)
        if len(value) > _LONGEST_LINE:
            raise BackupError(f"{self.where}: '{name}' is too long.")
        return made_safe_line(value)

    def needed(self, name: str) -> str:
        value = self.line(name)
        if not value:
            raise BackupError(f"{self.where}: '{name}' is empty.")
        return value

    def number(self, name: str) -> float:
        value = self.data.get(name, 0)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e9:
            raise BackupError(f"{self.where}: '{name}' is not a number.")
        return value

    def listed(self, name: str) -> list[Any]:
        value = self.data.get(name, [])
        if not isinstance(value, list):
            raise BackupError(f"{self.where}: '{name}' is not a list.")
        return value

    def items(self, name: str) -> Iterator[BackupObject]:
        """The objects of a list.

        Raises:
            BackupError: one of them is none.
        """
        for number, data in enumerate(self.listed(name), 1):
            where = f"{name}[{number}]"
            if not isinstance(data, dict):
                raise BackupError(f"{where} is not an object.")
            yield BackupObject(where, data)

    def when(self, name: str) -> str:
        from datetime import datetime

        value = self.text(name, "")
        try:
            datetime.fromisoformat(value)
        except ValueError:
            return now()
        return made_safe_line(value)


def read_file(path: Path) -> str:
    """The text of a file to merge.

    Raises:
        BackupError: it cannot be read, or is too large.
    """
    name = made_safe_line(str(path))
    try:
        if path.is_dir():
            raise BackupError(
                f"{name} is a folder; what `casebook notes export --format json` writes is a file."
            )
        if not path.exists():
            raise BackupError(f"There is no file {name}.")
        if not path.is_file():
            raise BackupError(f"{name} is not a regular file.")
        data = read_regular(path, LARGEST + 1)
        if len(data) > LARGEST:
            raise BackupError(f"{name} is too large to be a notebook.")
        return data.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise BackupError(f"{name} cannot be read: {reason}.") from None


def read(data: str) -> BackupObject:
    """The object that a notebook's JSON is.

    Raises:
        BackupError: the text is not a notebook's JSON.
    """
    if len(data) > LARGEST:
        raise BackupError("The file is too large to be a notebook.")
    try:
        stored = decoded(data, longest=LARGEST)
    except StoredJsonError as error:
        raise BackupError(f"The file is not JSON of a notebook: {error}.") from None
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        raise BackupError(
            "The file is JSON, but not a notebook's; `casebook notes export` makes one."
        )
    version = stored.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise BackupError("The file was made by a newer Casebook, which can read it.")
    return BackupObject("the file", stored)
