"""Writes exports: whole or not at all, and never over a file that nobody said to replace."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from casebook.errors import CasebookError
from casebook.safe_text import made_safe_line


def write_export(
    path: Path, content: str | bytes, *, force: bool = False, private: bool = False
) -> None:
    """Writes a file by way of a temporary one beside it.

    Args:
        content: text is written as UTF-8, its line ends as they are.
        force: replace a file that is there.
        private: readable by its owner alone.

    Raises:
        CasebookError: the file exists, or cannot be written; nothing is left half-written.
    """
    name = made_safe_line(str(path))
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    partial = None
    try:
        if path.is_dir():
            raise CasebookError(f"{name} is a folder; name a file.")
        if not force and os.path.lexists(path):
            raise CasebookError(f"{name} is there already; it is not replaced without --force.")
        descriptor, partial = tempfile.mkstemp(prefix=".casebook-", dir=path.parent)
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(partial, 0o600 if private else 0o644)
        if force:
            os.replace(partial, path)
        else:
            _move_to_new(partial, path)
        partial = None
    except FileExistsError:
        raise CasebookError(f"{name} is there already; it is not replaced.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise CasebookError(f"{name} cannot be written: {reason}.") from None
    finally:
        if partial is not None:
            with contextlib.suppress(OSError):
                os.unlink(partial)


def _move_to_new(partial: str, path: Path) -> None:
    """Gives a file its name; raises `FileExistsError` where another has taken it meanwhile."""
    try:
        os.link(partial, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links.
        os.replace(partial, path)
    else:
        os.unlink(partial)
