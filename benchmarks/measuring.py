"""How the benchmarks measure: in turns, with medians and ratios.

Machines are noisy. So a figure is reported beside that of a peer from the same run, and the
tasks take turns, so that a slow minute is slow for all.
"""

from __future__ import annotations

import contextlib
import fcntl
import math
import os
import platform
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

ROOT = Path(__file__).parent.parent
LONGEST_START = 30.0

Measured = TypeVar("Measured")


class Row(NamedTuple):
    """One line of a report."""

    name: str
    value: str
    ratio: str = ""
    note: str = ""


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The least of the values within which a share of them lies."""
    ordered = sorted(values)
    return ordered[max(math.ceil(len(ordered) * share) - 1, 0)]


def in_turns(tasks: dict[str, Callable[[], Measured]], rounds: int) -> dict[str, list[Measured]]:
    """Runs every task once a round and gathers what each answers."""
    found: dict[str, list[Measured]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            found[name].append(task())
    return found


def cpu_of(action: Callable[[], object]) -> float:
    """CPU milliseconds of this process for an action."""
    start = time.process_time()
    action()
    return (time.process_time() - start) * 1000


def wall_of_command(command: Sequence[str]) -> float:
    """Milliseconds from start to end of a command whose output is thrown away."""
    start = time.perf_counter()
    subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        check=True, cwd=ROOT,
    )  # fmt: skip
    return (time.perf_counter() - start) * 1000


class Terminal:
    """A program on a terminal of its own, whose answers are timed."""

    def __init__(self, command: Sequence[str], size: tuple[int, int] = (120, 40)) -> None:
        self.command = list(command)
        self.size = size
        self.seen = b""

    def __enter__(self) -> Terminal:
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
            os.execvp(self.command[0], self.command)
        self._set_size(self.size)
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)

    def _set_size(self, size: tuple[int, int]) -> None:
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def _read(self, patience: float) -> bytes:
        if not select.select([self.fd], [], [], patience)[0]:
            return b""
        try:
            return os.read(self.fd, 65536)
        except OSError:
            raise RuntimeError(f"{self.command} has ended") from None

    def until(self, marker: bytes) -> float:
        """Milliseconds from the last start, key or resize until some text comes."""
        while marker not in self.seen:
            self.seen += self._read(0.2)
            if time.perf_counter() - self.started > LONGEST_START:
                raise RuntimeError(f"{self.command}: {marker!r} never came")
        return (time.perf_counter() - self.started) * 1000

    def until_quiet(self, patience: float = 0.3) -> float:
        """Milliseconds from the last start, key or resize until the last output of its answer."""
        last = self.started
        while data := self._read(patience):
            self.seen += data
            last = time.perf_counter()
        return (last - self.started) * 1000

    def press(self, keys: str) -> None:
        self.seen = b""
        self.started = time.perf_counter()
        os.write(self.fd, keys.encode())

    def cpu(self) -> float:
        """Milliseconds of CPU that the program has taken so far, in all its threads."""
        stats = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(stat.read_text(encoding="ascii").split()[0]) for stat in stats) / 1e6

    def memory(self) -> float:
        """MiB that the program holds."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return next(
            int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")
        )

    def resize(self, size: tuple[int, int]) -> None:
        self.seen = b""
        self.started = time.perf_counter()
        self._set_size(size)


class Started(NamedTuple):
    """Milliseconds from the start of a program until some text is on its screen."""

    wall: float
    cpu: float


def start_until(command: Sequence[str], marker: bytes) -> Started:
    """Starts a program in a terminal and waits until some text is on its screen."""
    with Terminal(command) as terminal:
        return Started(terminal.until(marker), terminal.cpu())


def start_rows(starts: dict[str, list[Started]]) -> list[Row]:
    """A row for each program, against the first of them."""
    rows = []
    base = next(iter(starts.values()))
    walls, cpus = [start.wall for start in base], [start.cpu for start in base]
    for name, found in starts.items():
        wall, cpu = median([start.wall for start in found]), median([start.cpu for start in found])
        note = f"CPU {cpu:.0f} ms, {cpu / median(cpus):.2f}"
        rows.append(Row(name, f"{wall:.0f} ms", f"{wall / median(walls):.2f}", note))
    return rows


# A process inherits the peak of the one that starts it, so a small one starts what is measured.
_LAUNCHER = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
sys.exit(code)
"""


def peak_of_child(command: Sequence[str]) -> tuple[float, float]:
    """Seconds of CPU and peak MiB of a command.

    Raises:
        RuntimeError: the command fails.
    """
    done = subprocess.run(
        [sys.executable, "-c", _LAUNCHER, *command],
        cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{command} failed: {done.stderr[-500:]}")
    seconds, peak = done.stdout.split()
    return float(seconds), float(peak)


def machine() -> str:
    """What the figures were measured on, in a line."""
    import sqlite3

    model = platform.processor() or platform.machine()
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    return (
        f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()},"
        f" SQLite {sqlite3.sqlite_version}"
    )


def table(
    title: str, rows: Sequence[Row], heads: tuple[str, str, str] = ("figure", "ratio", "")
) -> str:
    """A report in Markdown, which reads as plain text too."""
    every = [Row("", *heads), *rows]
    widths = [max(len(row[at]) for row in every) for at in range(4)]
    lines = [f"### {title}", ""]
    for number, row in enumerate(every):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        lines.append(f"| {' | '.join(cells)} |")
        if number == 0:
            lines.append(f"| {' | '.join('-' * width for width in widths)} |")
    return "\n".join([*lines, ""])
