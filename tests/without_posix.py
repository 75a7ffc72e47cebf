"""Runs the command, or the app, with nothing of what POSIX alone has.

`python -m tests.without_posix ARGUMENTS…` is the command; with `app BOOK NOTEBOOK KEYS…` the app
opens, is driven by the keys and left. What other packages ask of the system is imported before,
for their Windows parts cannot run anywhere else.
"""

from __future__ import annotations

import asyncio
import asyncio.unix_events
import os
import platform
import runpy
import signal
import sys
import types
from pathlib import Path

import platformdirs  # noqa: F401
import rich.console  # noqa: F401
import sqlmodel  # noqa: F401
import typer  # noqa: F401

MODULES = (
    "termios",
    "fcntl",
    "tty",
    "pty",
    "pwd",
    "grp",
    "resource",
    "readline",
    "curses",
    "syslog",
)
"""What Python has on POSIX alone."""

OF_OS = (
    "fork", "killpg", "getpgrp", "tcgetpgrp", "tcsetpgrp", "geteuid", "getuid", "getgid", "getegid",
    "uname", "fchmod", "chown", "statvfs", "getloadavg", "sched_getaffinity", "mkfifo", "sync",
    "O_NOFOLLOW", "O_NONBLOCK", "O_DIRECTORY", "O_CLOEXEC",
)  # fmt: skip
OF_SIGNAL = (
    "SIGHUP", "SIGQUIT", "SIGTSTP", "SIGCONT", "SIGSTOP", "SIGTTOU", "SIGTTIN", "SIGXCPU",
    "SIGUSR1", "SIGWINCH", "SIGPIPE", "SIGKILL", "SIGALRM", "SIGCHLD",
)  # fmt: skip


def take_away() -> None:
    """Takes away what Windows has not, and says that this is Windows."""
    platform.uname()  # which remembers what it was told

    def no_handler(*_: object) -> None:
        raise NotImplementedError

    loop = asyncio.unix_events._UnixSelectorEventLoop
    setattr(loop, "add_signal_handler", no_handler)  # noqa: B010  (of a class that is not promised)
    # pypandoc starts programs as Windows alone can; it is an extra that may be missing.
    for name in (*MODULES, "pypandoc"):
        sys.modules[name] = None  # type: ignore[assignment]
    for holder, names in ((os, OF_OS), (signal, OF_SIGNAL)):
        for name in names:
            if hasattr(holder, name):
                delattr(holder, name)
    sys.platform = "win32"


async def drive(book: Path, notebook: Path, keys: list[str]) -> None:
    """Opens the app, strikes keys and leaves."""
    from textual.drivers.headless_driver import HeadlessDriver

    drivers = types.ModuleType("textual.drivers.windows_driver")
    drivers.WindowsDriver = HeadlessDriver  # type: ignore[attr-defined]
    sys.modules[drivers.__name__] = drivers

    from casebook.book.connection import open_book
    from tui.app import CasebookApp, Start

    with open_book(book) as opened:
        app = CasebookApp(Start(opened, notebook, notebook.with_suffix(".toml"), tour=False))
        async with app.run_test(size=(80, 24)) as pilot:
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
            print(type(app.screen).__name__)
            await pilot.press("ctrl+q")
        print(f"left with {app.return_code}")


if __name__ == "__main__":
    take_away()
    if sys.argv[1] == "app":
        _, _, book, notebook, *keys = sys.argv
        asyncio.run(drive(Path(book), Path(notebook), keys))
    else:
        runpy.run_module("casebook", run_name="__main__", alter_sys=True)
