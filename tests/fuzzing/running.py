"""Runs the program in a child: forked, so that nothing has to be imported again, and held to
limits, with a watch on what it opens and writes."""

from __future__ import annotations

import contextlib
import functools
import io
import os
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import casebook

ROOT = Path(casebook.__file__).parent.parent
"""The checkout whose program is driven; it need not be the one that this file is of."""

CPU_SECONDS = 10
MEMORY = 1 << 30
"""Bytes beyond what the child started with; it is stopped at twice as many."""

LARGEST_FILE = 1 << 29
LARGEST_OUTPUT = 16 << 20
PATIENCE = 60.0
"""Seconds between two looks at a child; generous, for machines are busy."""

LEAST_PROGRESS = 0.2
"""Seconds of CPU between two looks; a child that uses less is given up."""


class Ran(NamedTuple):
    """What a run left behind.

    Attributes:
        code: its exit code, negative for the signal that ended it.
        log: what Casebook wrote to its log of crashes.
        deeds: what the watch saw: writing outside of the folder, the network, a browser.
        gave_up: it was still running when patience ended.
    """

    code: int
    out: bytes
    err: bytes
    cpu: float
    memory: int
    log: str = ""
    deeds: tuple[str, ...] = ()
    gave_up: bool = False

    @property
    def said_something(self) -> bool:
        return self.code != 0 or bool(self.err.strip())


class Place:
    """The folders of one case.

    `work` lies deep, so that a path that climbs out of it still lands in `top`.
    """

    def __init__(self, top: Path) -> None:
        self.top = top
        self.work = top / "1" / "2" / "3" / "4" / "work"
        self.home = top / "home"
        self.temporary = top / "temporary"

    def make(self) -> None:
        shutil.rmtree(self.top, ignore_errors=True)
        for folder in (self.work, self.home, self.temporary):
            folder.mkdir(parents=True)

    def strays(self) -> list[str]:
        """Files that climbed out of `work`."""
        own = {self.work, self.home, self.temporary, *self.work.parents}
        found = []
        for folder in self.work.parents:
            if folder == self.top.parent:
                break
            found += [str(path) for path in folder.iterdir() if path not in own]
        return [path for path in found if not Path(path).name.startswith("stdio-")]

    def variables(self) -> dict[str, str]:
        return {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(self.home),
            "XDG_DATA_HOME": str(self.home / "data"),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_STATE_HOME": str(self.home / "state"),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "TMPDIR": str(self.temporary),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "BROWSER": "true",
            "EDITOR": "true",
        }

    def log(self) -> str:
        """What stands in the log of crashes, wherever below the home it is."""
        texts = [path.read_text("utf-8", "replace") for path in self.home.rglob("*.log")]
        return "\n".join(texts)


def run_forked(
    action: Callable[[], int],
    place: Place,
    *,
    variables: Mapping[str, str] | None = None,
    stdout: str = "",
    cpu_seconds: int = CPU_SECONDS,
) -> Ran:
    """Runs an action in a forked child, in the folder of a case.

    Args:
        stdout: a device in place of the file that keeps the output.
    """
    files = [place.top / f"stdio-{name}" for name in ("out", "err", "deeds")]
    for file in files:
        file.write_bytes(b"")
    started_with = _memory_now()
    child = os.fork()
    if child == 0:
        code = 99
        try:
            os.setsid()
            _redirect(stdout or str(files[0]), str(files[1]))
            _limit(cpu_seconds)
            os.environ.clear()
            os.environ.update(place.variables() | dict(variables or {}))
            tempfile.tempdir = None  # so that it is looked up again
            os.chdir(place.work)
            _watch(place, str(files[2]))
            code = action()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            for stream in (sys.stdout, sys.stderr):
                with contextlib.suppress(Exception):
                    stream.flush()
            os._exit(code & 0xFF)
    return _wait_for(child, place, files, started_with)


def run_command(
    arguments: Sequence[str],
    place: Place,
    *,
    variables: Mapping[str, str] | None = None,
    stdout: str = "",
) -> Ran:
    """Runs a command of Casebook in a forked child."""

    def action() -> int:
        from casebook.cli import run

        return run(list(arguments))

    return run_forked(action, place, variables=variables, stdout=stdout)


def run_afresh(
    arguments: Sequence[str],
    place: Place,
    *,
    variables: Mapping[str, str] | None = None,
    closed: Sequence[int] = (),
    stdout: str = "",
) -> Ran:
    """Runs the real command in an interpreter of its own; without limits on memory.

    Args:
        closed: descriptors that are closed before it starts, as `>&-` does.
    """
    files = [place.top / f"stdio-{name}" for name in ("out", "err", "deeds")]
    files[2].write_bytes(b"")
    with contextlib.ExitStack() as stack:
        out = stack.enter_context(open(stdout or files[0], "wb"))
        err = stack.enter_context(open(files[1], "wb"))
        if stdout:
            files[0].write_bytes(b"")

        environment = place.variables() | {"PYTHONPATH": str(ROOT)} | dict(variables or {})
        closing = " ".join(f"{number}>&-" for number in closed)
        child = subprocess.Popen(
            [
                *("/bin/sh", "-c", f'exec "$@" {closing}', "sh"),
                *(sys.executable, "-m", "casebook", *arguments),
            ],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            cwd=place.work,
            env=environment,
            start_new_session=True,
        )
        ran = _wait_for(child.pid, place, files, 0)
        child.returncode = ran.code
        return ran


def _wait_for(child: int, place: Place, files: list[Path], started_with: int) -> Ran:
    watched = os.pidfd_open(child)
    spent = -1.0
    gave_up = False
    try:
        while not select.select([watched], [], [], PATIENCE)[0]:
            before, spent = spent, _cpu_of(child)
            if spent - before < LEAST_PROGRESS:
                gave_up = True
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(child, signal.SIGKILL)
                break
    finally:
        os.close(watched)
    _, status, usage = os.wait4(child, 0)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)  # what it may have left running
    out, err, deeds = (_beginning(file) for file in files)
    return Ran(
        os.waitstatus_to_exitcode(status),
        out,
        err,
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss * 1024 - started_with,
        place.log(),
        tuple(dict.fromkeys(deeds.decode("utf-8", "replace").splitlines())),
        gave_up,
    )


def _cpu_of(child: int) -> float:
    """Seconds of CPU that a running child has used."""
    try:
        fields = (
            Path(f"/proc/{child}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
        )
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _beginning(file: Path) -> bytes:
    with open(file, "rb") as stream:
        return stream.read(LARGEST_OUTPUT)


def _redirect(out: str, err: str) -> None:
    for descriptor, path in ((0, os.devnull), (1, out), (2, err)):
        flags = os.O_RDONLY if descriptor == 0 else os.O_WRONLY
        opened = os.open(path, flags)
        os.dup2(opened, descriptor)
        os.close(opened)
    # New ones, for those of the parent may lead elsewhere, as they do in pytest.
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(  # noqa: SIM115
        2, "w", encoding="utf-8", errors="backslashreplace", closefd=False
    )
    vars(sys).update(__stdin__=sys.stdin, __stdout__=sys.stdout, __stderr__=sys.stderr)


def _limit(cpu_seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 2))
    # Of data alone: pandoc reserves a terabyte of addresses before it does anything.
    data = _memory_now("VmData") + 2 * MEMORY
    resource.setrlimit(resource.RLIMIT_DATA, (data, data))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _memory_now(name: str = "VmRSS") -> int:
    for line in Path("/proc/self/status").read_text("ascii", "replace").splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1]) * 1024
    return 0


_CHANGING = {
    "os.mkdir": 1,
    "os.rename": 2,
    "os.remove": 1,
    "os.rmdir": 1,
    "os.link": 2,
    "os.symlink": 2,
    "os.truncate": 1,
    "os.chmod": 1,
}
"""Audit events that change files, and how many of their first arguments are paths."""


def _watch(place: Place, file: str) -> None:
    """Writes down what the child should not do. The hook lives as long as the child."""
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND)
    allowed = tuple(f"{folder}{os.sep}" for folder in (place.work, place.home, place.temporary))
    # Where the variable for temporary files names no folder, Python takes the usual one.
    usual = f"{os.path.realpath(tempfile.gettempdir())}{os.sep}"
    sys.dont_write_bytecode = True

    def note(words: str) -> None:
        os.write(descriptor, words.encode("utf-8", "backslashreplace") + b"\n")

    def look_at(event: str, path: object) -> None:
        if isinstance(path, int) or path is None:
            return
        name = os.path.realpath(os.path.abspath(os.fsdecode(path)))  # type: ignore[arg-type]
        if name.startswith(usual) and not name.startswith(f"{place.top.parent}{os.sep}"):
            return
        if not f"{name}{os.sep}".startswith(allowed) and not name.startswith("/dev/"):
            note(f"{event} {name}")

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                look_at("writes", path)
        elif event in _CHANGING:
            for path in arguments[: _CHANGING[event]]:
                look_at(event, path)
        elif event == "sqlite3.connect":
            name = str(arguments[0])
            if name and name != ":memory:" and not name.startswith("file:"):
                look_at(event, name)
        elif event in ("socket.connect", "socket.getaddrinfo"):
            note(f"{event} {arguments[1:2] if event == 'socket.connect' else arguments[:1]}")
        elif event == "webbrowser.open" and not str(arguments[0]).startswith(
            ("https://", "http://")
        ):
            note(f"opens {arguments[0]!r}")

    sys.addaudithook(hook)


def import_everything() -> None:
    """Imports what any command may need, so that no child has to."""
    import importlib

    names = (
        "casebook.cli.commands",
        "casebook.cli.examination",
        "casebook.renderings.contract",
        "casebook.renderings.text",
        "casebook.pack.build",
        "casebook.pack.check",
        "casebook.pack.unpacked",
        "casebook.search.finder",
        "casebook.notebook",
        "casebook.notebook.imports",
        "casebook.exports.notebook",
        "casebook.exports.references",
        "sqlmodel",
        "edtf",
        "yaml",
        "rapidfuzz.process",
        "jinja2",
        "docx",
        "xlsxwriter",
        "rispy",
        "icalendar",
        "pypandoc",
        "platformdirs.unix",
        "traceback",
        "tui.app",
    )
    for name in names:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    _parse_options_once()


def _parse_options_once() -> None:
    """Lets Typer look at the signatures of all commands here, and not in every child.

    That is two thirds of the CPU of a short command, and the same for all inputs.
    """
    import typer.main

    from casebook.cli.front import run_command

    typer.main.get_command = functools.cache(typer.main.get_command)
    with contextlib.redirect_stdout(io.StringIO()):
        run_command(["--help"])


def now() -> float:
    return time.monotonic()
