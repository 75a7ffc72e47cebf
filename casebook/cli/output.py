"""Standard output and standard error of the command line: one gate that all text passes.

`open_streams` puts it in place of `sys.stdout` and `sys.stderr`, so that whatever prints
(a command, Typer's help and complaints, a traceback) prints through it. Only what draws
with escapes of its own, a progress bar, asks for the stream behind it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO, cast

from casebook.errors import CasebookError, OutputError
from casebook.safe_text import screened_output


class ReaderGoneError(Exception):
    """Who read the output has gone, as in `casebook list | head`: no failure, but an end."""


class ScreenedStream:
    """A text stream that lets no character through that could command a terminal.

    Args:
        stream: what is written to; None where it was closed before the program began.
        is_output: failing to write is a failure of the program. Of standard error it is
            not: there would be nowhere to tell it.
    """

    def __init__(self, stream: TextIO | None, *, is_output: bool) -> None:
        self.raw = stream
        self._is_output = is_output
        self._failure: Exception | None = None

    def write(self, text: str) -> int:
        """Writes text, made safe.

        Raises:
            OutputError: the output takes no more.
            ReaderGoneError: nobody reads it any more.
        """
        if not isinstance(text, str):
            raise TypeError("text is written here, not bytes")
        if not text:
            return 0
        try:
            if self.raw is None:
                raise OSError(errno.EBADF, "it is closed")
            self._raise_again()
            self.raw.write(screened_output(text))
        except OSError as error:
            self._fail(error)
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Hands on what is held back.

        Raises:
            OutputError: the output takes no more.
            ReaderGoneError: nobody reads it any more.
        """
        self._raise_again()
        if self.raw is None:
            return
        try:
            self.raw.flush()
        except OSError as error:
            self._fail(error)

    def isatty(self) -> bool:
        return self.raw is not None and self.raw.isatty()

    @property
    def encoding(self) -> str:
        return self.raw.encoding if self.raw is not None else "utf-8"

    @property
    def closed(self) -> bool:
        """True where Python need not write out what is held back at the end."""
        return self.raw is None or self._failure is not None or self.raw.closed

    def __getattr__(self, name: str) -> Any:
        if name in ("buffer", "detach"):  # ways around the gate, which Click takes in ASCII
            raise AttributeError(name)
        return getattr(self.raw, name)

    def _fail(self, error: OSError) -> None:
        if self.raw is not None:
            # What is still held back would fail once more at the end of the program.
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), self.raw.fileno())
        if not self._is_output:
            return
        # Windows calls it an invalid argument.
        if isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL):
            self._failure = ReaderGoneError()
        else:
            reason = error.strerror or "it is closed"
            self._failure = OutputError(f"The output cannot be written: {reason}.")
        raise self._failure from None

    def _raise_again(self) -> None:
        """A failure is told until the program ends, for a library may have passed over it."""
        if self._failure is not None:
            raise self._failure


def open_streams() -> None:
    """Puts the gate in place of standard output and standard error, once.

    A stream that was closed (`>&-`) is one that fails. Its descriptor leads nowhere, for
    else the next file that is opened, a notebook, would get it and what is printed with it.
    """
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    sys.stdout = _screened(sys.stdout, is_output=True)
    sys.stderr = _screened(sys.stderr, is_output=False)
    if sys.stdin is None:  # closed: there is nothing to read
        sys.stdin = open(0, closefd=False)  # noqa: SIM115  (as long as the program)
    elif hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")


def _screened(stream: TextIO | None, *, is_output: bool) -> TextIO:
    if isinstance(cast("object", stream), ScreenedStream):
        return cast("TextIO", stream)
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        # A terminal that knows no Japanese gets question marks, not a traceback.
        reconfigure(errors="replace")
    return cast("TextIO", ScreenedStream(stream, is_output=is_output))


def raw_stderr() -> TextIO | None:
    """Standard error behind the gate, for what draws with escapes of its own."""
    stream: object = sys.stderr
    return stream.raw if isinstance(stream, ScreenedStream) else sys.stderr


_LINES_AT_ONCE = 200


def print_lines(lines: Iterable[str]) -> None:
    """Prints lines; each keeps the end that it has, such as a CR.

    Raises:
        OutputError: the output takes no more, as on a full disk.
    """
    waiting: list[str] = []
    try:
        for line in lines:
            waiting.append(f"{line}\n")
            if len(waiting) == _LINES_AT_ONCE:
                sys.stdout.write("".join(waiting))
                waiting.clear()
    finally:  # what comes before a failure is printed
        sys.stdout.write("".join(waiting))
    sys.stdout.flush()


def print_json(value: object) -> None:
    """Prints a value as JSON, in ASCII where the output knows nothing else.

    Raises:
        OutputError: the output takes no more.
    """
    from casebook.renderings.json_text import json_text  # dear, and most output is not JSON

    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
    text = json_text(value, ascii_only=not encoding.startswith("utf"))
    print_lines([text.removesuffix("\n")])


def print_done(words: str, value: object, *, as_json: bool) -> None:
    """Prints what a command has changed, in words or as JSON.

    Raises:
        OutputError: the output takes no more; the message says that the change is made.
    """
    try:
        if as_json:
            print_json(value)
        else:
            print_lines([words])
    except OutputError as error:
        raise OutputError(f"{error.message} What was asked for is done.") from None


def deliver(content: str | bytes, output: Path | None, *, force: bool, name: str = "") -> None:
    """Prints text; writes to a file what is to go there, and what cannot be printed.

    Text keeps the ends of its lines, which calendars and tables want to be CR LF.

    Args:
        name: of the file where none is given for what cannot be printed.

    Raises:
        CasebookError: the file is there already, or cannot be written.
    """
    if output is None and isinstance(content, str):
        print_lines(content.removeprefix("\ufeff").removesuffix("\n").split("\n"))
        return
    from casebook.exports.files import write_export

    path = output or Path(name)
    write_export(path, content, force=force)
    print_done(str(path), None, as_json=False)


def tell(words: str) -> None:
    """Tells something beside the output, on standard error.

    Where that was closed, it goes to standard output if a person is there to read it.
    """
    is_closed = isinstance(sys.stderr, ScreenedStream) and sys.stderr.raw is None
    stream = sys.stdout if is_closed and sys.stdout.isatty() else sys.stderr
    stream.write(f"casebook: {words}\n")
    stream.flush()


def complain(error: CasebookError) -> int:
    """Tells a failure on standard error and says its exit code."""
    tell(error.message)
    return error.exit_code
