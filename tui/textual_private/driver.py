"""Textual's driver, for a terminal that may go away without a word."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import IO, Any, cast

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from tui.host import Host


class LastingDriver(LinuxDriver):
    """Leaves the app when nothing can be read from the terminal or written to it any more.

    Textual's writer would end there, and the app wait for it for ever.
    """

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._casebook = cast("Host", app)
        self._file: Any = LastingFile(self._file, self._gone)

    def run_input_thread(self) -> None:
        try:
            super().run_input_thread()
        except OSError:
            self._gone()

    def _gone(self) -> None:
        """Tells the app, from whatever thread."""
        with contextlib.suppress(RuntimeError):  # it has ended already
            self._loop.call_soon_threadsafe(self._casebook.terminal_gone)


class LastingFile:
    """A file that says once when it cannot be written, and takes what comes after in silence."""

    def __init__(self, file: IO[str], gone: Callable[[], None]) -> None:
        self._written = file
        self._gone = gone
        self.is_gone = False

    def fileno(self) -> int:
        return self._written.fileno()

    def write(self, text: str) -> None:
        self._tried(lambda: self._written.write(text))

    def flush(self) -> None:
        self._tried(self._written.flush)

    def _tried(self, action: Callable[[], object]) -> None:
        if self.is_gone:
            return
        try:
            action()
        except (OSError, ValueError):
            self.is_gone = True
            self._gone()
