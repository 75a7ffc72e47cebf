"""The start: from the process to its first screen, beside other programs."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks.measuring import (
    ROOT,
    Row,
    in_turns,
    median,
    start_rows,
    start_until,
    table,
    wall_of_command,
)

PEERS = {
    # name: what to install, and what stands on its first screen
    "posting": (["posting", "tree-sitter<0.26"], b"Collection"),  # ends in a crash with 0.26
    "harlequin": (["harlequin"], b"Catalog"),
    "frogmouth": (["frogmouth"], b"Frogmouth"),
}
_PEER_HOME = ROOT / ".venv" / "peers"

_HELLO = """
from textual.app import App
from textual.widgets import Static
class Hello(App):
    def compose(self):
        yield Static("HELLO WORLD")
Hello().run()
"""


def casebook_command() -> list[str]:
    """The installed `casebook`, or its module where it is not installed."""
    script = Path(sysconfig.get_path("scripts")) / "casebook"
    return [str(script)] if script.exists() else [sys.executable, "-m", "casebook"]


def hello_app() -> Path:
    """The smallest Textual app, as a file."""
    path = ROOT / ".venv" / "hello_textual.py"
    path.parent.mkdir(exist_ok=True)
    path.write_text(_HELLO, encoding="utf-8")
    return path


def peer_command(name: str, packages: Sequence[str] = ()) -> list[str] | None:
    """A peer in an environment of its own, made on first use; None where it cannot be had.

    Args:
        packages: what to install; of `PEERS` it is known.
    """
    home = _PEER_HOME / name
    program = home / "bin" / name
    if not program.exists():
        venv.create(home, with_pip=True, clear=True)
        installed = subprocess.run(
            [str(home / "bin" / "pip"), "install", "--quiet", *(packages or PEERS[name][0])],
            capture_output=True,
            check=False,
        )
        if installed.returncode or not program.exists():
            return None
    return [str(program)]


def report(rounds: int = 11, *, peers: bool = True) -> str:
    hello = hello_app()
    casebook = casebook_command()
    tasks = {
        "hello-world Textual app": lambda: start_until(
            [sys.executable, str(hello)], b"HELLO WORLD"
        ),
        "casebook, library on screen": lambda: start_until(casebook, b"Asiro gentian alliance"),
    }
    found = in_turns(tasks, rounds)
    if peers:
        for name, (_, marker) in PEERS.items():
            command = peer_command(name)
            if command:
                try:
                    found[name] = [start_until(command, marker) for _ in range(max(rounds // 3, 3))]
                except RuntimeError as error:
                    print(f"{name} is left out: {error}")
    rows = start_rows(found)
    commands = {
        'python -c "import sqlite3, rich.console"': [
            sys.executable,
            "-c",
            "import sqlite3, rich.console",
        ],
        'python -c "import sqlmodel"': [sys.executable, "-c", "import sqlmodel"],
        "casebook list": [*casebook, "list"],
        "casebook search gentain": [*casebook, "search", "gentain"],
        "casebook show asiro-gentian-alliance": [*casebook, "show", "asiro-gentian-alliance"],
    }
    piped = in_turns(
        {name: partial(wall_of_command, command) for name, command in commands.items()},
        rounds,
    )
    first, second, *_ = piped
    rows_piped = []
    for name, times in piped.items():
        against = second if "show" in name else first
        ratio = median(times) / median(piped[against])
        rows_piped.append(Row(name, f"{median(times):.0f} ms", f"{ratio:.2f}", f"of {against}"))
    return table("Start, 120×40", rows) + "\n" + table("Commands in a pipe", rows_piped)
