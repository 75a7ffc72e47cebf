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
import select
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PATIENCE = 120.0
"""Seconds that a test waits for a command before it gives up; never a measure of speed."""

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
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(ROOT)}
    return run_in(work, streams, commands, environment | variables, largest_file=largest_file)


def run_in(
    work: Path,
    streams: Path,
    commands: Sequence[Sequence[object]],
    environment: Mapping[str, str],
    *,
    largest_file: int | None = None,
) -> list[Done]:
    """Runs commands one after another in a folder.

    Args:
        streams: the folder for what they print.
        environment: all of it.
        largest_file: bytes of a file beyond which the disk counts as full.
    """
    asked = [[str(argument) for argument in command] for command in commands]
    job = {
        "commands": asked,
        "streams": str(streams),
        "work": str(work),
        "environment": dict(environment),
        "largest_file": largest_file,
    }
    parent = _parent()
    assert parent.stdin is not None
    assert parent.stdout is not None
    parent.stdin.write(f"{json.dumps(job)}\n")
    parent.stdin.flush()
    if not select.select([parent.stdout], [], [], PATIENCE * len(asked))[0]:
        os.killpg(parent.pid, signal.SIGKILL)
        _parent.cache_clear()
        raise TimeoutError(f"no end of {asked}")
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


def is_told_at_the_start(variable: str) -> bool:
    """Whether a variable of the environment is read by Python itself, and before any command."""
    return variable.startswith(("PYTHON", "LC_", "LANG"))


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
        start_new_session=True,
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
                time.tzset()
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
        for thread in threading.enumerate():
            if thread is not threading.current_thread() and not thread.daemon:
                thread.join()
        atexit._run_exitfuncs()
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)


if __name__ == "__main__":
    _main()
