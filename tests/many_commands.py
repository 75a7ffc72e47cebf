"""Runs many commands quickly: each in a process of its own, forked from one that has imported.

What a command prints goes to real files, so a test sees the bytes. `run_commands` starts the
parent once for all tests of a process; run as a script, this module is the parent.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import gc
import importlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent

_IMPORTED_ONCE = (
    "casebook.book.pages",
    "casebook.cli.commands",
    "casebook.cli.examination",
    "casebook.exports.handout",
    "casebook.exports.matrices",
    "casebook.exports.notebook",
    "casebook.exports.references",
    "casebook.exports.timeline",
    "casebook.notebook.imports",
    "casebook.pack.build",
    "casebook.pack.check",
    "casebook.pack.unpacked",
    "casebook.renderings.contract",
    "casebook.search.finder",
    "casebook.timeline.text_chart",
    "docx",
    "icalendar",
    "jinja2",
    "platformdirs",
    "pypandoc",
    "rispy",
    "tempfile",
    "xlsxwriter",
)


class Done(NamedTuple):
    """What a command left behind."""

    arguments: list[str]
    code: int
    out: bytes
    err: bytes


def run_commands(
    commands: Sequence[Sequence[object]],
    folder: Path,
    *,
    largest_file: int | None = None,
    **variables: str,
) -> list[Done]:
    """Runs commands one after another in a folder, with a home of its own and no terminal.

    Args:
        largest_file: bytes of a file beyond which the disk counts as full.
        variables: of the environment.
    """
    home, streams, work = folder / "home", folder / "streams", folder / "work"
    for place in (home, streams, work):
        place.mkdir(exist_ok=True)
    asked = [[str(argument) for argument in command] for command in commands]
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(ROOT)}
    job = {
        "commands": asked,
        "streams": str(streams),
        "work": str(work),
        "environment": environment | variables,
        "largest_file": largest_file,
    }
    parent = _parent()
    assert parent.stdin is not None
    assert parent.stdout is not None
    parent.stdin.write(f"{json.dumps(job)}\n")
    parent.stdin.flush()
    codes = json.loads(parent.stdout.readline())
    return [
        Done(
            arguments,
            code,
            (streams / f"{number}.out").read_bytes(),
            (streams / f"{number}.err").read_bytes(),
        )
        for number, (arguments, code) in enumerate(zip(asked, codes, strict=True))
    ]


@functools.cache
def _parent() -> subprocess.Popen[str]:
    """The process that forks; it ends when this one closes its input."""
    parent = subprocess.Popen(
        [sys.executable, "-m", "tests.many_commands"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        encoding="ascii",
    )
    atexit.register(parent.communicate)
    return parent


def _main() -> None:
    for name in _IMPORTED_ONCE:
        importlib.import_module(name)
    _parse_options_once()
    gc.collect()
    gc.freeze()  # what a child does not look through, it does not copy
    for line in sys.stdin:
        job = json.loads(line)
        codes = []
        for number, arguments in enumerate(job["commands"]):
            child = os.fork()
            if child == 0:
                os.chdir(job["work"])
                os.environ.clear()
                os.environ.update(job["environment"])
                if job["largest_file"]:
                    import resource

                    resource.setrlimit(resource.RLIMIT_FSIZE, (job["largest_file"],) * 2)
                _run(arguments, f"{job['streams']}/{number}")
            codes.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        print(json.dumps(codes), flush=True)


def _parse_options_once() -> None:
    """Lets Typer read the signatures of all commands here, and not in every child.

    That is two thirds of the CPU of a short command, and the same for all of them.
    """
    import typer.main

    from casebook.cli.front import run_command

    typer.main.get_command = functools.cache(typer.main.get_command)
    with contextlib.redirect_stdout(io.StringIO()):
        run_command(["--help"])


def _run(arguments: list[str], stem: str) -> None:
    """Runs a command in this process, as `casebook` would, and ends it."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for descriptor, ending in ((1, ".out"), (2, ".err")):
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        os.dup2(os.open(f"{stem}{ending}", flags, 0o600), descriptor)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115
    gc.disable()  # as the program does when it starts
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
    _main()
