"""Four hostile strings out of a file: which programs send them on to the terminal?

The same strings stand in a table of an SQLite file, for the peers, and in the titles and
texts of a book, for Casebook. Every program runs on a terminal of its own, and what counts is
whether the bytes come out as they went in.
"""

from __future__ import annotations

import os
import re
import select
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from benchmarks.generator import made_entry, write_book
from benchmarks.measuring import LONGEST_START, ROOT, Terminal
from benchmarks.start import peer_command

STRINGS = {
    "OSC 0": "\x1b]0;hostile title\x07",  # names the window
    "OSC 52": "\x1b]52;c;aG9zdGlsZQ==\x07",  # sets the clipboard
    "C1": "\x9b31mred\x9c",  # a colour, by an eight-bit control
    "RLO": "\u202egnp.exe",  # turns the reading direction round
}
MARKER = "the words before"
"""Stands before each string; where it has not come, the string could not have."""

PATIENCE = 2.0
"""Seconds of silence after which a program has drawn what it had to draw."""

LONGEST_DRAWING = 10.0

_PACKAGES = {"visidata": ["visidata"], "harlequin": ["harlequin"], "sqlite-utils": ["sqlite-utils"]}


class Attempt(NamedTuple):
    """A program, and what is typed into it.

    Attributes:
        keys: each waits until the one before has been drawn.
        ready: what stands on its first screen.
    """

    name: str
    command: Sequence[str]
    keys: Sequence[str] = ()
    ready: bytes = b""


def lines_of(strings: dict[str, str]) -> list[str]:
    return [f"{MARKER} {text} and after" for text in strings.values()]


def write_table(path: Path) -> None:
    """A table of one column, a string a row."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE t (name TEXT)")
        connection.executemany("INSERT INTO t VALUES (?)", [(line,) for line in lines_of(STRINGS)])


def write_hostile_book(path: Path) -> str:
    """A book with a string in each title and, of its first entry, in the texts; its slug."""
    made = [made_entry(number, body_words=(30, 40)) for number in range(len(STRINGS))]
    lines = lines_of(STRINGS)
    entries = [
        entry._replace(title=line, summary=line, passages=tuple(lines))
        for entry, line in zip(made, lines, strict=True)
    ]
    write_book(path, iter(entries))
    return entries[0].slug


def sent(attempt: Attempt) -> bytes:
    """All bytes that a program sends to its terminal."""
    every = b""
    with Terminal(attempt.command) as terminal:
        for keys in ("", *attempt.keys):
            if keys:
                os.write(terminal.fd, keys.encode())
            data, is_running = _drawn(terminal.fd, b"" if keys else attempt.ready)
            every += data
            if not is_running:
                break
    return every


def _drawn(descriptor: int, ready: bytes = b"") -> tuple[bytes, bool]:
    """What comes until nothing has come for a while, and whether the program still runs."""
    data = b""
    began = time.monotonic()
    # A cursor that blinks is never quiet, and a busy machine is slow to start anything.
    while (spent := time.monotonic() - began) < LONGEST_START:
        is_there = bool(data) and ready in data
        if is_there and spent > LONGEST_DRAWING:
            break
        if not select.select([descriptor], [], [], PATIENCE)[0]:
            if is_there:
                break
            continue
        try:
            data += os.read(descriptor, 65536)
        except OSError:
            return data, False
    return data, True


def verdicts(output: bytes) -> dict[str, str]:
    """For each of `STRINGS`, whether its bytes are in the output as they were in the file."""
    if MARKER.encode() not in re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", output):
        return dict.fromkeys(STRINGS, "not shown")
    return {name: _verdict(output, text) for name, text in STRINGS.items()}


def _verdict(output: bytes, text: str) -> str:
    if text.encode() in output:
        return "reaches the terminal"
    # The bell at its end is what some libraries leave out.
    return "reaches it without its end" if text[:-1].encode() in output else "held back"


def _attempts(folder: Path) -> tuple[list[Attempt], list[str]]:
    """The programs that are tried, and the names of those that are not installed."""
    table, book = str(folder / "t.sqlite"), str(folder / "book.sqlite")
    write_table(folder / "t.sqlite")
    slug = write_hostile_book(folder / "book.sqlite")
    environment = ["env", f"HOME={folder}", "LANG=C.UTF-8", "LC_ALL=C.UTF-8"]
    casebook = [*environment, f"PYTHONPATH={ROOT}", sys.executable, "-m", "casebook"]
    found = [
        Attempt("`casebook list`", [*casebook, "list", "--book", book]),
        Attempt("`casebook show`", [*casebook, "show", slug, "--book", book]),
        Attempt(
            "casebook, the app", [*casebook, "--book", book], ("\r", "\x1b[6~"), MARKER.encode()
        ),
    ]
    missing = []
    version = _version(["sqlite3", "--version"]) if shutil.which("sqlite3") else ""
    if version:
        query = ["sqlite3", table, "SELECT name FROM t"]
        found.append(Attempt(f"sqlite3 {version}, a query", [*environment, *query]))
    else:
        missing.append("sqlite3")
    for name, packages in _PACKAGES.items():
        command = peer_command(name, packages)
        if command is None:
            missing.append(name)
            continue
        full = f"{name} {_version([*command, '--version'])}"
        command = [*environment, *command]
        if name == "sqlite-utils":
            found.append(Attempt(f"{full}, `rows`", [*command, "rows", table, "t"]))
            found.append(Attempt(f"{full}, `rows --table`", [*command, "rows", table, "t", "-t"]))
        elif name == "visidata":
            found.append(Attempt(full, [*command, table], ("\r", "j")))
        else:
            # f2 goes to the editor, ctrl+j runs what stands there.
            typed = ("\x1bOQ", "SELECT name FROM t", "\n")
            found.append(Attempt(full, [*command, "-a", "sqlite", table], typed, b"Catalog"))
    return found, missing


def _version(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    numbers = re.search(r"\d+(?:\.\d+)+", done.stdout + done.stderr)
    return numbers[0] if numbers else ""


def report() -> str:
    with tempfile.TemporaryDirectory(prefix="hostile-strings-") as name:
        folder = Path(name)
        attempts, missing = _attempts(folder)
        rows = [(attempt.name, verdicts(sent(attempt))) for attempt in attempts]
    lines = ["### Hostile strings", "", f"| | {' | '.join(STRINGS)} |"]
    lines.append("| --- " * (len(STRINGS) + 1) + "|")
    lines += [f"| {name} | {' | '.join(found.values())} |" for name, found in rows]
    if missing:
        lines += ["", f"Not installed: {', '.join(missing)}."]
    return "\n".join([*lines, ""])
