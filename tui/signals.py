"""What happens when the app is told to stop: the terminal and the notes come first."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable

_SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT")


def on_signals(loop: asyncio.AbstractEventLoop, leave: Callable[[int], None]) -> None:
    """Calls `leave` with 128 + the signal's number when the system wants the program to end.

    Textual itself looks after SIGTSTP alone; of SIGINT the event loop would make an end
    without a code.
    """
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is None:
            continue
        try:
            loop.add_signal_handler(number, leave, 128 + number)
        except (NotImplementedError, ValueError, RuntimeError):
            # Not on Windows, and not outside the main thread.
            return
