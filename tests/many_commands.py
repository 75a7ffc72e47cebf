"""Runs many commands quickly: each in a process of its own, forked from one that has imported.

What a command prints goes to real files, so a test sees the bytes. `run_commands` starts the
parent; run as a script, this module is the parent.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent


class Done(NamedTuple):
    """What a command left behind."""

    arguments: list[str]
    code: int
    out: bytes
    err: bytes


def run_commands(
    commands: Sequence[Sequence[object]], folder: Path, **variables: str
) -> list[Done]:
    """Runs commands one after another in a folder, with a home of its own and no terminal."""
    home, streams = folder / "home", folder / "streams"
    home.mkdir(exist_ok=True)
    streams.mkdir(exist_ok=True)
    work = folder / "work"
    work.mkdir(exist_ok=True)
    asked = [[str(argument) for argument in command] for command in commands]
    done = subprocess.run(
        [sys.executable, "-m", "tests.many_commands", str(streams)],
        input=json.dumps(asked).encode("ascii"),
        stdout=subprocess.PIPE,
        cwd=work,
        env={"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(ROOT), **variables},
        timeout=300,
        check=True,
    )
    return [
        Done(
            arguments,
            code,
            (streams / f"{number}.out").read_bytes(),
            (streams / f"{number}.err").read_bytes(),
        )
        for number, (arguments, code) in enumerate(zip(asked, json.loads(done.stdout), strict=True))
    ]


def _main(streams: Path) -> None:
    commands = json.loads(sys.stdin.buffer.read())
    import casebook.cli.commands
    import casebook.pack.build
    import casebook.pack.unpacked  # noqa: F401  (imported once for all)

    codes = []
    for number, arguments in enumerate(commands):
        child = os.fork()
        if child == 0:
            _run(arguments, streams / str(number))
        codes.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    print(json.dumps(codes))


def _run(arguments: list[str], stem: Path) -> None:
    """Runs a command in this process, as `casebook` would, and ends it."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for descriptor, ending in ((1, ".out"), (2, ".err")):
        os.dup2(os.open(f"{stem}{ending}", os.O_WRONLY | os.O_CREAT, 0o600), descriptor)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115
    code = 70
    try:
        from casebook.cli import run

        # An argument that is no UTF-8 comes as a lone surrogate, as from a shell.
        code = run(arguments)
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
