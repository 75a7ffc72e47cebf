"""Reports a fault in Casebook itself: a sentence to the reader, the traceback to the log."""

from __future__ import annotations

import os
import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from casebook import __version__, paths
from casebook.safe_text import screened_output

LARGEST_LOG = 512 * 1024


def tell_crash(error: Exception) -> None:
    """Prints a sentence on standard error and writes the traceback to the log."""
    log = paths.log()
    where = f" What happened is in {log}." if write_crash(log, error) else ""
    told = f"casebook: a fault in Casebook ended it ({type(error).__name__}).{where}"
    if sys.stderr is not None:
        print(screened_output(told), file=sys.stderr)


def write_crash(log: Path, error: BaseException) -> bool:
    """Writes a traceback to the log, without the values of variables.

    The log is readable by its owner alone, and is begun anew beyond `LARGEST_LOG` bytes.

    Returns:
        whether it could be written.
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
