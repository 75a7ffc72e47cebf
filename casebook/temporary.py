"""Folders for what is needed for a moment: a copy to read, a file for another program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from casebook import staging


class NoTemporaryFolderError(OSError):
    """No folder for temporary files takes anything; `strerror` says so in words."""


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A new folder that the user alone can read, gone afterwards.

    What earlier programs left in the same place that were killed is swept away.

    Raises:
        NoTemporaryFolderError: it cannot be made.
    """
    import tempfile

    try:
        place = Path(tempfile.gettempdir())
        staging.sweep(place)
        folder = staging.new_name(place)
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise NoTemporaryFolderError(
            error.errno, "no folder for temporary files can be written (TMPDIR names another)"
        ) from None
    try:
        yield folder
    finally:
        staging.remove(folder)
