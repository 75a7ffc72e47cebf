"""Writes exports: whole or not at all, and over an existing file only with `force`."""

from __future__ import annotations

from pathlib import Path

from casebook.atomic import NotRegularError, write_file
from casebook.errors import AlreadyThereError, CasebookError
from casebook.safe_text import screened_output


def write_export(
    path: Path, content: str | bytes, *, force: bool = False, private: bool = False
) -> None:
    """Writes a file by way of a temporary one beside it.

    Args:
        content: text is written as UTF-8, its line ends as they are; nothing in it can
            command a terminal, whichever way it came here.
        force: replace a file that is there.
        private: readable by its owner alone.

    Raises:
        AlreadyThereError: the file exists, and `force` is not given.
        CasebookError: it cannot be written; nothing is left half-written.
    """
    data = screened_output(content).encode("utf-8") if isinstance(content, str) else content
    try:
        write_file(path, data, private=private, replace=force)
    except FileExistsError:
        raise AlreadyThereError(f"{path} already exists; use --force to replace it.") from None
    except IsADirectoryError:
        raise CasebookError(f"{path} is a folder; name a file.") from None
    except NotRegularError as error:
        raise CasebookError(f"{path} cannot be written: {error.strerror}; name a file.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise CasebookError(f"{path} cannot be written: {reason}.") from None
