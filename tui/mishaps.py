"""What happens when the app is told to stop, or fails: the terminal and the notes come first."""

from __future__ import annotations

import asyncio
import os
import platform
import signal
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from casebook import __version__

LARGEST_LOG = 512 * 1024
_SIGNALS = ("SIGTERM", "SIGHUP")


def on_signals(loop: asyncio.AbstractEventLoop, leave: Callable[[int], None]) -> None:
    """Calls `leave` with 128 + the signal's number when the system wants the program to end.

    Textual itself looks after SIGINT and SIGTSTP alone.
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


def write_crash(log: Path, error: BaseException) -> bool:
    """Writes a failure to the log, without the values of any variable; False where it cannot be.

    The log is readable by its owner alone and is begun anew when it has grown large.
    """
    trace = "".join(traceback.format_exception(error))
    entry = (
        f"{datetime.now(UTC).isoformat(timespec='seconds')} casebook {__version__}"
        f" python {platform.python_version()}\n{trace}\n"
    )
    try:
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        if log.exists() and log.stat().st_size > LARGEST_LOG:
            flags |= os.O_TRUNC
        descriptor = os.open(log, flags, 0o600)
        with open(descriptor, "a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(entry)
    except OSError:
        return False
    return True
