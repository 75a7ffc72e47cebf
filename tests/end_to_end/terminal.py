"""A real terminal for tests: a pty, and a screen that is kept as a terminal would keep it."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import pyte

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 120.0
"""Seconds that a test waits for the screen before it gives up; never a measure of speed."""


class Terminal:
    """Runs a command in a pty of its own.

    Args:
        program: what is started in place of this checkout's `casebook`, without its modules.

    Attributes:
        raw: every byte the command has sent.
    """

    def __init__(
        self,
        arguments: list[str],
        *,
        home: Path,
        size: tuple[int, int] = (80, 24),
        variables: dict[str, str] | None = None,
        prelude: str = "",
        program: list[str] | None = None,
    ) -> None:
        self.raw = b""
        self.size = size
        self.screen = pyte.Screen(*size)
        self.stream = pyte.ByteStream(self.screen)
        environment = {
            "PATH": os.environ["PATH"],
            "CASEBOOK_TOUR": "no",
            "HOME": str(home),
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            **(variables or {}),
        }
        script = f"{prelude}\nimport sys\nfrom casebook.cli import main\nsys.argv[0] = 'casebook'\nmain()"
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            if program is None:
                program = [sys.executable, "-c", script]
            else:
                del environment["PYTHONPATH"]
            os.execve(program[0], [*program, *arguments], environment)
        self.before = termios.tcgetattr(self.fd)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        with contextlib.suppress(OSError):
            os.close(self.fd)

    def read(self, seconds: float = 0.05) -> bool:
        """Takes what the command has sent; False when it has ended."""
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self.fd, 65536)
        except OSError as error:
            if error.errno == errno.EIO:
                return False
            raise
        self.raw += data
        self.stream.feed(data)
        return bool(data)

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait_for(self, words: str) -> None:
        """Reads until some words stand on the screen."""
        end = time.monotonic() + PATIENCE
        while words not in self.text:
            alive = self.read()
            assert words in self.text or (alive and time.monotonic() < end), (
                f"{words!r} did not come:\n{self.text}"
            )

    def wait_until_gone(self, words: str) -> None:
        end = time.monotonic() + PATIENCE
        while words in self.text:
            assert self.read(), f"{words!r} stayed:\n{self.text}"
            assert time.monotonic() < end, f"{words!r} stayed:\n{self.text}"

    def wait_until(self, holds: Callable[[], bool]) -> None:
        """Reads until something holds."""
        end = time.monotonic() + PATIENCE
        while not holds():
            alive = self.read()
            assert alive, f"it ended:\n{self.text}"
            assert time.monotonic() < end, f"it did not come:\n{self.text}"

    def wait_until_stopped(self) -> None:
        """Reads until the command is stopped, as a shell does before it may be continued."""
        end = time.monotonic() + PATIENCE
        while True:
            pid, status = os.waitpid(self.pid, os.WNOHANG | os.WUNTRACED)
            if pid:
                assert os.WIFSTOPPED(status), f"it ended:\n{self.text}"
                return
            assert time.monotonic() < end, f"it was not stopped:\n{self.text}"
            self.read()

    def send(self, keys: str) -> None:
        os.write(self.fd, keys.encode())

    def settle(self, seconds: float = 0.4) -> None:
        """Reads until nothing has come for a while, and the command has nothing to do.

        On a machine that is busy with other things a command that has been sent a key is
        silent, too, until its turn comes; but then it is not waiting for anything.
        """
        end = time.monotonic() + PATIENCE
        quiet = time.monotonic() + seconds
        while time.monotonic() < min(quiet, end):
            length = len(self.raw)
            if not self.read():
                return
            if len(self.raw) != length or self._is_running():
                quiet = time.monotonic() + seconds

    def _is_running(self) -> bool:
        """Whether a thread of the command runs, or would if it had its turn (Linux knows)."""
        for status in Path(f"/proc/{self.pid}/task").glob("*/stat"):
            with contextlib.suppress(OSError):
                # The state stands behind the name, which may have brackets of its own.
                if status.read_bytes().rpartition(b") ")[2][:1] in (b"R", b"D"):
                    return True
        return False

    @property
    def threads(self) -> int:
        """How many the command has; 0 where the system does not say."""
        return len(list(Path(f"/proc/{self.pid}/task").glob("*")))

    def kill(self, number: int) -> None:
        os.kill(self.pid, number)

    def exit_code(self) -> int:
        """Waits for the end and says the code, negative for a signal."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.read(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                while self.read(0.05) and select.select([self.fd], [], [], 0.05)[0]:
                    pass
                return os.waitstatus_to_exitcode(status)
        raise AssertionError(f"it did not end:\n{self.text}")

    @property
    def is_as_it_was(self) -> bool:
        """Whether the line discipline is what it was, and the main screen and the cursor are back."""
        now = termios.tcgetattr(self.fd)
        left = b"\x1b[?1049l" in self.raw or b"\x1b[?1049h" not in self.raw
        cursor = self.raw.rfind(b"\x1b[?25h") >= self.raw.rfind(b"\x1b[?25l")
        mouse = self.raw.rfind(b"\x1b[?1003l") >= self.raw.rfind(b"\x1b[?1003h")
        return now[:4] == self.before[:4] and left and cursor and mouse
