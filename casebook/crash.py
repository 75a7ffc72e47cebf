"""Reports a fault in Casebook itself: a sentence to the reader, where it was to the log.

What the reader has written is nobody else's, and a log is sent to others. So the log says of
an exception which kind it is and where it was raised; its message is left out, for it may
quote a note, a path or what was typed, and so are the values of variables.
"""

from __future__ import annotations

import errno
import os
import platform
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from casebook import __version__, paths
from casebook.safe_text import screened_output

LARGEST_LOG = 512 * 1024

_ROOT = Path(__file__).parent.parent
_PACKAGES = ("casebook", "tui")


def tell_crash(error: Exception) -> None:
    """Prints a sentence on standard error and writes what is known of the fault to the log.

    Where the log cannot be written, the sentence says where the fault was.
    """
    log = paths.log()
    if write_crash(log, error):
        kind, where = type(error).__name__, f"What happened is in {log}."
    else:
        kind = f"{type(error).__name__}, {_place_of(error)}"
        where = f"The log {log} cannot be written."
    if sys.stderr is not None:
        told = f"casebook: a fault in Casebook ended it ({kind}). {where}"
        print(screened_output(told), file=sys.stderr)


def write_crash(log: Path, error: BaseException) -> bool:
    """Writes to the log which exceptions were raised where, and nothing that they say.

    The log is readable by its owner alone, and is begun anew beyond `LARGEST_LOG` bytes.

    Returns:
        whether it could be written.
    """
    entry = (
        f"{datetime.now(UTC).isoformat(timespec='seconds')} casebook {__version__}"
        f" python {platform.python_version()}\n{traces_of(error)}\n"
    )
    try:
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NONBLOCK", 0)
        if log.exists() and log.stat().st_size > LARGEST_LOG:
            flags |= os.O_TRUNC
        descriptor = os.open(log, flags, 0o600)
        with open(descriptor, "a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(entry)
    except OSError:
        return False
    return True


def traces_of(error: BaseException) -> str:
    """The tracebacks of an exception and of those behind it, the first one first."""
    return "\n".join(
        "Traceback (most recent call last):\n"
        + "".join(traceback.format_tb(fault.__traceback__))
        + f"{_kind_of(fault)}\n"
        for fault in reversed(list(_behind(error, set())))
    )


def _behind(error: BaseException, seen: set[int]) -> Iterator[BaseException]:
    """An exception, those that it is a group of, and those that it was raised from."""
    if id(error) in seen:
        return
    seen.add(id(error))
    yield error
    if isinstance(error, BaseExceptionGroup):
        for member in error.exceptions:
            yield from _behind(member, seen)
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier is not None:
        yield from _behind(earlier, seen)


def _kind_of(error: BaseException) -> str:
    """The class of an exception, and the code of the system or of SQLite if it has one."""
    kind = type(error)
    name = (
        kind.__qualname__
        if kind.__module__ == "builtins"
        else f"{kind.__module__}.{kind.__qualname__}"
    )
    code = getattr(error, "sqlite_errorname", "")
    if isinstance(error, OSError):
        code = errno.errorcode.get(error.errno or 0, "")
    return f"{name} ({code})" if code else name


def _place_of(error: BaseException) -> str:
    """Where in Casebook an exception was raised, or passed through last."""
    frames = traceback.extract_tb(error.__traceback__)
    for frame in reversed(frames):
        path = Path(frame.filename)
        if path.is_relative_to(_ROOT) and path.relative_to(_ROOT).parts[0] in _PACKAGES:
            return f"{path.relative_to(_ROOT).as_posix()}, line {frame.lineno}"
    return f"{frames[-1].name}, line {frames[-1].lineno}" if frames else "nowhere"
