"""Runs pandoc: the one that is installed, or the one of the `export` extra.

Documents go in and come out as pandoc's own JSON, so no text is ever read as markup, and
`--sandbox` keeps it from any file that it was not given.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

from casebook.errors import CasebookError
from casebook.exports.extras import MissingError
from casebook.stored_json import StoredJsonError, decoded

LONGEST_SECONDS = 60
_VERSION = [1, 23]
_DEEPEST = 128
"""Levels of a document of pandoc's; emphasis within quotation marks within a link takes many."""


def pandoc_path() -> str | None:
    """Where pandoc is, or None."""
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        return shutil.which("pandoc")


def run_pandoc(arguments: list[str], data: bytes) -> bytes:
    """What pandoc makes of some input.

    Raises:
        MissingError: there is no pandoc.
        CasebookError: pandoc cannot make anything of it.
    """
    path = pandoc_path()
    if path is None:
        raise MissingError(
            "This needs pandoc: install it, or pip install 'casebook[export]', which brings it."
        )
    try:
        done = subprocess.run(
            [path, "--sandbox", *arguments],
            input=data,
            capture_output=True,
            timeout=LONGEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CasebookError(f"pandoc took longer than {LONGEST_SECONDS} s.") from None
    except OSError as error:
        raise CasebookError(f"pandoc could not be run: {error.strerror}.") from None
    if done.returncode:
        # What pandoc says is not quoted: it repeats what it was given.
        raise CasebookError(
            f"pandoc could not do it (its exit code is {done.returncode}): the citation style or"
            " the details of a source are not what it can read."
        )
    return done.stdout


def run_document(document: dict[str, Any], arguments: list[str]) -> dict[str, Any]:
    """A document as pandoc has changed it.

    Raises:
        MissingError: there is no pandoc.
        CasebookError: pandoc cannot make anything of it.
    """
    full = {"pandoc-api-version": _VERSION, "meta": {}, **document}
    out = run_pandoc(["-f", "json", "-t", "json", *arguments], json.dumps(full).encode())
    try:
        changed = decoded(out, deepest=_DEEPEST)
    except StoredJsonError as error:
        raise CasebookError(f"What pandoc made cannot be read: {error}.") from None
    if not isinstance(changed, dict) or not isinstance(changed.get("blocks"), list):
        raise CasebookError("What pandoc made cannot be read: it is no document.")
    return changed
