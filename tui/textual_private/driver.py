"""Textual's driver, for a terminal that may go away without a word."""

from __future__ import annotations

import contextlib
import os
import signal
import termios
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any, cast

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from tui.host import Host

_MOST_TRIES = 100
"""Tries to take the terminal again that nobody gives; each `bg` of the shell takes one."""


class LastingDriver(LinuxDriver):
    """Leaves the app when nothing can be read from the terminal or written to it any more.

    Textual's writer would end there, and the app wait for it for ever.

    It is stopped (ctrl+z) and goes on between two turns of the app's loop. Textual does both
    within the handler of the signal, and waits for itself for ever where that comes while it
    writes, or is being stopped or going on already.
    """

    def __init__(self, app: App[Any], **options: Any) -> None:
        self._is_to_stop = False
        self._own_settings: list[Any] | None = None
        super().__init__(app, **options)
        self._casebook = cast("Host", app)
        self._file: Any = LastingFile(self._file, self._gone)

    def start_application_mode(self) -> None:
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._own_settings = self._settings()

    def _settings(self) -> list[Any] | None:
        try:
            return termios.tcgetattr(self.fileno)
        except termios.error:
            return None

    @property
    def _is_on(self) -> bool:
        """Whether keys are being read: the terminal is the app's."""
        return self._key_thread is not None and self._key_thread.is_alive()

    def _sigtstp_application(self, *_: object) -> None:
        if not self._auto_restart:
            self._stop_process()  # the terminal is lent
        else:
            self._is_to_stop = True
            self._in_turn(self._stop_and_go_on, otherwise=self._stop_process)

    def _sigcont_application(self, *_: object) -> None:
        if self._auto_restart:
            self._in_turn(self._mend_screen, otherwise=lambda: None)

    def _in_turn(self, action: Callable[[], None], *, otherwise: Callable[[], None]) -> None:
        try:
            self._loop.call_soon_threadsafe(action)
        except RuntimeError:  # the loop has ended
            otherwise()

    def _stop_process(self) -> None:
        os.kill(os.getpid(), signal.SIGSTOP)

    def _stop_and_go_on(self) -> None:
        """Gives the terminal back, stops, and takes it again when the shell says so."""
        if not self._is_to_stop:
            return  # it has been, between the signal and this turn
        was_on = self._is_on
        if was_on:
            self.suspend_application_mode()
            self._must_signal_resume = True
        while self._is_to_stop:  # and again, when the signal comes once more
            self._is_to_stop = False
            self._stop_process()
        if was_on:
            self._take_terminal_again()

    def _take_terminal_again(self) -> None:
        for _ in range(_MOST_TRIES):
            # In the background (`bg`) it stops itself in here, until it is in the foreground.
            self.resume_application_mode()
            if self._is_on:
                return
        self._gone()

    def _mend_screen(self) -> None:
        """Sets the terminal anew where another program has it set while this one was stopped."""
        if not self._is_on:
            return
        if self._settings() != self._own_settings:
            self.suspend_application_mode()
            self.resume_application_mode()
        self._casebook.draw_anew()

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
