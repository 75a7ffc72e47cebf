"""Runs pandoc: the one that is installed, or the one of the `export` extra.

Documents go in and come out as pandoc's own JSON, so no text is ever read as markup, and
`--sandbox` keeps it from any file that it was not given.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from typing import Any

from casebook.errors import CasebookError
from casebook.exports.extras import MissingError
from casebook.stored_json import StoredJsonError, decoded

LONGEST_CPU_SECONDS = 8
"""Seconds of CPU: with them a command stays below the ten that any may take."""

_LONGEST_SECONDS = 60
"""Seconds by the clock, for a machine with much else to do."""

_WITHIN_CPU = 'ulimit -S -t "$1"; shift; exec "$@"'
"""A shell's script that runs a command within seconds of CPU, which ends it by SIGXCPU.

Setting the limit between fork and exec is not safe in a program with threads, as the app is.
"""

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
    """Runs pandoc, with a limit on its time.

    Args:
        arguments: of pandoc's command line.
        data: its standard input.

    Returns:
        its standard output.

    Raises:
        MissingError: there is no pandoc.
        CasebookError: pandoc cannot make anything of it, or not within its time.
    """
    path = pandoc_path()
    if path is None:
        raise MissingError(
            "This needs pandoc: install it, or pip install 'casebook[export]', which installs it."
        )
    command = [path, "--sandbox", *arguments]
    if os.name == "posix":
        command = ["/bin/sh", "-c", _WITHIN_CPU, "sh", str(LONGEST_CPU_SECONDS), *command]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=_LONGEST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise _too_long(_LONGEST_SECONDS) from None
    except OSError as error:
        raise CasebookError(f"pandoc could not be run: {error.strerror}.") from None
    if done.returncode == -getattr(signal, "SIGXCPU", 0) != 0:
        raise _too_long(LONGEST_CPU_SECONDS)
    if done.returncode:
        # What pandoc says is not quoted: it repeats what it was given.
        raise CasebookError(
            f"pandoc failed (exit code {done.returncode}): it cannot read the citation style, or"
            " the details of a source."
        )
    return done.stdout


def _too_long(seconds: int) -> CasebookError:
    return CasebookError(
        f"pandoc took longer than {seconds} s: there are too many sources, or the citation style"
        " is too much for it. The book's own style, 'book', needs no pandoc."
    )


def run_document(document: dict[str, Any], arguments: list[str]) -> dict[str, Any]:
    """Runs a document through pandoc, as with its filters.

    Args:
        document: blocks and metadata, in pandoc's JSON.
        arguments: of pandoc's command line, such as `--citeproc`.

    Returns:
        the changed document, in pandoc's JSON.

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
        raise CasebookError("What pandoc made cannot be read: it is not a document.")
    return changed
