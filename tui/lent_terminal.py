"""The terminal, lent to another program and taken back as it was."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator

if sys.platform != "win32":
    import termios

_PLAIN = "\x1b[0m\x1b(B\x0f"
"""No colours, and letters that are letters."""


@contextlib.contextmanager
def lent_terminal() -> Iterator[None]:
    """Lets another program use the terminal, and puts it in order afterwards.

    Whatever becomes of that program, and however it has set the terminal (raw, without an
    echo, as its own in the foreground), the settings are those of before.
    """
    if sys.platform == "win32":
        yield
        return
    try:
        descriptor = sys.__stdin__.fileno() if sys.__stdin__ else -1
        before = termios.tcgetattr(descriptor)
    except (OSError, ValueError, termios.error):  # no terminal, as in tests
        yield
        return
    try:
        yield
    finally:
        _take_foreground(descriptor)
        with contextlib.suppress(termios.error):
            termios.tcsetattr(descriptor, termios.TCSANOW, before)
        if sys.__stderr__ is not None:
            with contextlib.suppress(OSError, ValueError):
                sys.__stderr__.write(_PLAIN)
                sys.__stderr__.flush()


def _take_foreground(descriptor: int) -> None:
    """Makes the app the one that reads keys, where who did is gone."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        group = os.tcgetpgrp(descriptor)
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            # Who is not in the foreground is stopped when it asks for that, unless it is ignored.
            before = signal.signal(signal.SIGTTOU, signal.SIG_IGN)
            try:
                os.tcsetpgrp(descriptor, os.getpgrp())
            finally:
                signal.signal(signal.SIGTTOU, before)
