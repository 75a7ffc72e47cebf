"""What ends the app from outside, or keeps it from beginning, on a real terminal."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import sys
import termios
import time
from contextlib import closing
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pty", allow_module_level=True)

from tests.conftest import ROOT, SHIPPED_BOOK
from tests.end_to_end.terminal import PATIENCE, Terminal
from tests.planted import planted_book

HOSTILE = re.compile("[\x00\x0e\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069\U000e0041]")
ANY_OSC = re.compile(r"\x1b[P_^X]|\x1b\](?!22;[a-z-]*(?:\x07|\x1b\\))")
"""Any but the shape of the mouse's pointer, which Textual sets."""


@pytest.mark.parametrize("leave", [signal.SIGINT, signal.SIGQUIT, "\x11"], ids=str)
def test_what_is_being_written_is_kept_however_the_app_is_left(
    leave: int | str, tmp_path: Path
) -> None:
    notebook = tmp_path / "n.sqlite"
    with Terminal(["--notebook", str(notebook)], home=tmp_path) as terminal:
        terminal.wait_for("Asiro gentian alliance")
        terminal.send("aA thought half written")
        terminal.wait_for("half written")
        if isinstance(leave, str):
            terminal.send(leave)
            assert terminal.exit_code() == 0
        else:
            terminal.kill(leave)
            assert terminal.exit_code() == 128 + leave
        assert terminal.is_as_it_was
    with closing(sqlite3.connect(notebook)) as connection:
        held = "\n".join(connection.iterdump())
    assert "A thought half written" in held


@pytest.mark.parametrize(
    "variables",
    [
        {"TEXTUAL_COLOR_SYSTEM": "foo", "TEXTUAL_ANIMATIONS": "", "TEXTUAL_FPS": "-1"},
        {"TEXTUAL_DRIVER": "foo", "TEXTUAL_FILTERS": "dim", "TEXTUAL_DIM_FACTOR": "10000"},
        {"TEXTUAL_LOG": "/nowhere/log", "TEXTUAL_DEBUG": "1", "TEXTUAL": "devtools,debug"},
        {"TEXTUAL_PRESS": "q", "TEXTUAL_SCREENSHOT": "0", "TEXTUAL_THEME": "foo"},
        {"COLUMNS": "100000000", "LINES": "-1", "UNICODE_VERSION": "foo"},
        {"TEXTUAL_COLOR_SYSTEM": "256"},
    ],
    ids=",".join,
)
def test_no_variable_of_the_environment_ends_it(variables: dict[str, str], tmp_path: Path) -> None:
    with Terminal([], home=tmp_path, variables=variables) as terminal:
        terminal.wait_for("Asiro gentian alliance")
        terminal.send("j")
        terminal.wait_for("›  Aichi steam-drying venture")
        terminal.send("q")
        assert terminal.exit_code() == 0
        assert terminal.is_as_it_was


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_stream_that_is_closed_is_told(closed: str, tmp_path: Path) -> None:
    command = f"'{sys.executable}' -m casebook {closed}; echo code $? >'{tmp_path}/code'"
    with Terminal([], home=tmp_path, prelude=_instead("sh", "-c", command)) as terminal:
        terminal.exit_code()
        said = terminal.raw.decode()
    assert (tmp_path / "code").read_text().strip() == "code 5"
    if closed.count("&-") == 1:
        assert re.search(r"casebook: The app needs a (keyboard|screen)", said), said
    assert "Traceback" not in said


def _instead(*command: str) -> str:
    """What runs another command on a test's terminal."""
    return f"import os; os.chdir({str(ROOT)!r}); os.execvp({command[0]!r}, {list(command)!r})"


def test_it_is_stopped_and_goes_on(tmp_path: Path) -> None:
    with Terminal([], home=tmp_path) as terminal:
        terminal.wait_for("Asiro gentian alliance")
        terminal.settle()
        terminal.kill(signal.SIGTSTP)
        terminal.wait_until_stopped()
        screens = terminal.raw.count(b"\x1b[?1049h")
        terminal.kill(signal.SIGCONT)
        terminal.wait_until(lambda: terminal.raw.count(b"\x1b[?1049h") > screens)
        terminal.settle()
        terminal.send("/gentian alliance\r")
        terminal.wait_for("alliance, success")
        terminal.send("q")
        assert terminal.exit_code() == 0
        assert terminal.is_as_it_was


def test_it_is_stopped_again_while_it_goes_on(tmp_path: Path) -> None:
    """The signal comes once more at any moment of taking the terminal again."""
    with Terminal([], home=tmp_path) as terminal:
        terminal.wait_for("Asiro gentian alliance")
        terminal.settle()
        terminal.kill(signal.SIGTSTP)
        for seconds in (0, 0, 0.001, 0.002, 0.005, 0.01, 0.02):
            terminal.wait_until_stopped()
            terminal.kill(signal.SIGCONT)
            terminal.read(seconds)
            terminal.kill(signal.SIGTSTP)
        terminal.wait_until_stopped()
        assert terminal.is_as_it_was
        terminal.kill(signal.SIGCONT)
        terminal.settle()
        terminal.send("/gentian alliance\r")
        terminal.wait_for("alliance, success")
        terminal.send("q")
        assert terminal.exit_code() == 0
        assert terminal.is_as_it_was


def test_what_a_shell_set_while_it_was_stopped_is_set_anew(tmp_path: Path) -> None:
    """Of SIGSTOP no program hears, only of going on, be it at once."""
    with Terminal([], home=tmp_path) as terminal:
        terminal.wait_for("Asiro gentian alliance")
        terminal.settle()
        threads = terminal.threads
        for is_set in (True, False, True):
            terminal.kill(signal.SIGSTOP)
            terminal.wait_until_stopped()
            if is_set:
                termios.tcsetattr(terminal.fd, termios.TCSANOW, terminal.before)
            sent = len(terminal.raw)
            terminal.kill(signal.SIGCONT)
            terminal.wait_until(lambda sent=sent: len(terminal.raw) > sent)  # type: ignore[misc]
            terminal.settle()
        assert terminal.threads == threads
        terminal.send("/gentian alliance\r")
        terminal.wait_for("alliance, success")
        terminal.send("q")
        assert terminal.exit_code() == 0
        assert terminal.is_as_it_was


def test_an_output_that_is_gone_ends_it(tmp_path: Path) -> None:
    """The terminal takes nothing any more, and nobody is told by a signal."""
    prelude = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)"
    prelude += "\nimport tui.signals as m; m._SIGNALS = ('SIGTERM',)"
    with Terminal([], home=tmp_path, prelude=prelude) as terminal:
        terminal.wait_for("Asiro gentian alliance")
        os.close(terminal.fd)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            pid, status = os.waitpid(terminal.pid, os.WNOHANG)
            if pid:
                assert not os.WIFSIGNALED(status)
                return
            time.sleep(0.05)
        raise AssertionError("it goes on without a terminal")


def test_no_text_of_a_book_commands_the_terminal_on_any_screen(tmp_path: Path) -> None:
    """Escapes in every text of every table, raw and as they arise from JSON."""
    book = planted_book(SHIPPED_BOOK, tmp_path / "evil.sqlite")
    with Terminal(["--book", str(book)], home=tmp_path, size=(160, 45)) as terminal:
        terminal.wait_for("Asiro gentian alliance")
        # Library, filter, search, reader with links, sources, glossary, timeline as a list,
        # comparison, palette, help, notebook.
        for keys in ("fj\x1b", "/gentain\x1b", "jp\r", "lllllllGn", "o\x1b", "s", "j\x1b", "w\x1b",
                     "t", "lli\x1b\x1b", "c", "fj\x1b", "v\x1b", "\x10gent", "\x1b", "?\x1b", "m",
                     "b\x1b", "a", "\x1b", "E\x1b", "\x0c", "o\x1b", "f\x1b"):  # fmt: skip
            terminal.send(keys)
            terminal.settle(0.3)
        terminal.send("\x11")
        assert terminal.exit_code() == 0
        assert terminal.is_as_it_was
        raw = terminal.raw.decode("utf-8")
    assert "owned" in raw
    assert not HOSTILE.search(raw), [
        raw[m.start() - 40 : m.end() + 9] for m in HOSTILE.finditer(raw)
    ]
    assert not ANY_OSC.search(raw), [
        raw[m.start() - 40 : m.end() + 9] for m in ANY_OSC.finditer(raw)
    ]


def test_a_widget_that_forgets_all_care_commands_nothing(tmp_path: Path) -> None:
    """The net is under everything that is drawn, whoever draws it."""
    prelude = (
        "from tui.widgets.bars import KeyBar\n"
        "from textual.strip import Strip\n"
        "from rich.segment import Segment\n"
        "from rich.style import Style\n"
        "evil = 'a\\x1b]0;owned\\x07b\\x9b31m\\x00\\u202e\\u2066'\n"
        "segment = Segment(evil, Style(link='http://x/\\x1b]0;owned'))\n"
        "KeyBar.render_line = lambda self, y: Strip([segment])\n"
    )
    with Terminal([], home=tmp_path, prelude=prelude) as terminal:
        terminal.wait_for("Asiro gentian alliance")
        terminal.wait_for("]0;owned")
        terminal.send("q")
        assert terminal.exit_code() == 0
        raw = terminal.raw.decode("utf-8")
    assert not HOSTILE.search(raw)
    assert not ANY_OSC.search(raw)
