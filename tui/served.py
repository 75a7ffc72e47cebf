"""The app of one visitor in a browser: `python -m tui.served BOOK FOLDER`.

A process of its own, started by `casebook serve`, that reads and writes nothing but the book
and the visitor's folder.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from casebook.book.connection import open_book
from casebook.serve.fence import Fence
from tui.downloads import DOWNLOADS
from tui.environment import heed_only_known_words

LARGEST_FILE = 64 * 1024 * 1024
MOST_OPEN_FILES = 256


def main(arguments: Sequence[str]) -> int:
    """Runs the app for one visitor, and says its exit code."""
    book, folder = Path(arguments[0]).resolve(), Path(arguments[1]).resolve()
    _limit()
    shutil.rmtree(folder / DOWNLOADS, ignore_errors=True)
    os.chdir(folder)
    size = {name: os.environ[name] for name in ("COLUMNS", "ROWS") if name in os.environ}
    heed_only_known_words(os.environ)
    os.environ.update(size)
    _find_pandoc()
    Fence(folder, [book], may_start=_is_pandoc).put_up()
    with open_book(book) as opened:
        from tui.app import CasebookApp, Start

        start = Start(opened, folder / "notebook.sqlite", folder / "settings.toml", served=folder)
        app = CasebookApp(start)
        app.run()
        app.keeper.close()
        app.book.close()
    return app.return_code or 0


def _limit() -> None:
    """Bounds what one visitor can take of the machine, where the system can."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_FSIZE, LARGEST_FILE),
        (resource.RLIMIT_NOFILE, MOST_OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (min(most, hard) if hard >= 0 else most, hard))


def _find_pandoc() -> None:
    """Finds pandoc, where there is one, while everything can still be read."""
    from casebook.exports.pandoc import pandoc_path

    _PANDOC.append(pandoc_path() or "")


_PANDOC: list[str] = []


def _is_pandoc(command: Sequence[str]) -> bool:
    """Whether a command line is pandoc's, with nothing that it could read or write."""
    words = list(command)
    pandoc = _PANDOC[0] if _PANDOC else ""
    return (
        bool(pandoc) and pandoc in words and words[words.index(pandoc) + 1 :][:1] == ["--sandbox"]
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
