"""Keeps a visitor's process within the visitor's folder, whatever the program would do.

The interpreter tells of every file that is opened, every program that is started and every
connection that is made before it happens; what is not allowed is refused there, as if the
system had refused it. That cannot be taken back, and no screen or export can forget it.
"""

from __future__ import annotations

import errno
import os
import site
import sys
import sysconfig
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_DEVICES = frozenset(("/dev/null", "/dev/urandom", "/dev/random"))
_TIME_ZONES = ("/etc/localtime", "/usr/share/zoneinfo", "/etc/mime.types")

_CHANGING = {
    "os.chmod": 1,
    "os.chown": 1,
    "os.link": 2,
    "os.mkdir": 1,
    "os.remove": 1,
    "os.rename": 2,
    "os.rmdir": 1,
    "os.setxattr": 1,
    "os.symlink": 2,
    "os.truncate": 1,
    "os.utime": 1,
    "shutil.rmtree": 1,
}
"""What changes files, with the number of paths that each names first."""

_LISTING = frozenset(("os.listdir", "os.scandir", "os.chdir", "os.walk", "glob.glob"))

_NEVER = frozenset(
    (
        "os.exec",
        "os.fork",
        "os.forkpty",
        "os.posix_spawn",
        "os.spawn",
        "os.startfile",
        "os.system",
        "pty.spawn",
        "socket.bind",
        "socket.connect",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.sendto",
        "urllib.Request",
        "webbrowser.open",
    )
)
"""What a visitor's process never does: start other programs, or speak with other machines."""


_NOT_SEEN = frozenset(("asyncpg", "psycopg", "psycopg2", "psycopg_binary", "psycopg_c"))
"""Modules that are not imported: they connect and open files past the interpreter."""


class Fence:
    """What a process may read, write and start.

    Args:
        folder: the visitor's own: the one place that is written to.
        readable: other files and folders that are read.
        may_start: whether a command line may be started.
    """

    def __init__(
        self,
        folder: Path,
        readable: Iterable[Path | str],
        may_start: Callable[[Sequence[str]], bool] = lambda _: False,
    ) -> None:
        self._folder = _resolved(folder)
        self._readable = (
            self._folder,
            *(_resolved(place) for place in readable),
            *(_resolved(place) for place in _places_of_python()),
            *(_resolved(place) for place in _TIME_ZONES),
        )
        self._may_start = may_start

    def put_up(self) -> None:
        """Refuses from now on, and for good, what is not allowed."""
        sys.addaudithook(self._look)

    def _look(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Raises a `PermissionError` where something is not allowed."""
        if event == "open":
            path, mode, flags = arguments
            self._check_open(path, mode, flags)
        elif event in _CHANGING:
            for path in arguments[: _CHANGING[event]]:
                self._check(path, self.may_write)
        elif event in _LISTING:
            self._check(arguments[0] if arguments else None, self.may_read)
        elif event == "sqlite3.connect":
            self._check_database(arguments[0])
        elif event == "subprocess.Popen":
            if not self._may_start([os.fsdecode(each) for each in arguments[1]]):
                raise _refused(arguments[0])
        elif event in _NEVER:
            raise _refused(event)
        elif event == "import" and str(arguments[0]).partition(".")[0] in _NOT_SEEN:
            raise ImportError(f"{arguments[0]} is not for a browser")

    def _check_open(self, path: Any, mode: Any, flags: Any) -> None:
        is_writing = (isinstance(mode, str) and any(each in mode for each in "wax+")) or (
            isinstance(flags, int) and bool(flags & _WRITING)
        )
        self._check(path, self.may_write if is_writing else self.may_read)

    def _check_database(self, name: Any) -> None:
        """SQLite opens its files by itself, past the interpreter."""
        path = os.fsdecode(name)
        if path in ("", ":memory:"):
            return
        is_read_only = False
        if path.startswith("file:"):
            path, _, query = path.removeprefix("file:").partition("?")
            path, is_read_only = unquote(path), "mode=ro" in query.split("&")
        self._check(path, self.may_read if is_read_only else self.may_write)

    def _check(self, path: Any, is_allowed: Callable[[str], bool]) -> None:
        if path is None or isinstance(path, int):
            return  # the folder of the process, or what is open already
        if not is_allowed(os.fsdecode(path)):
            raise _refused(path)

    def may_write(self, path: str) -> bool:
        """Whether a file may be made, changed or removed."""
        place = _resolved(path)
        return place in _DEVICES or _is_within(place, self._folder)

    def may_read(self, path: str) -> bool:
        """Whether a file or a folder may be read."""
        place = _resolved(path)
        return place in _DEVICES or any(_is_within(place, root) for root in self._readable)


def _places_of_python() -> list[str]:
    """Where the interpreter, its libraries and this program are."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    paths = sysconfig.get_paths()
    libraries = {paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    libraries |= {*site.getsitepackages()}
    return [
        *libraries,
        os.path.join(sys.base_prefix, "lib"),
        package,
        os.path.join(os.path.dirname(package), "tui"),
    ]


def _resolved(path: Path | str) -> str:
    return os.path.realpath(path)


def _is_within(place: str, root: str) -> bool:
    return place == root or place.startswith(root.rstrip(os.sep) + os.sep)


def _refused(what: Any) -> PermissionError:
    return PermissionError(errno.EACCES, "this is not allowed in a browser", str(what))
