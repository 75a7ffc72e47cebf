"""Keys that are typed before a screen is there, on a real terminal."""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pty", allow_module_level=True)

from tests.end_to_end.terminal import Terminal
from tui import commands
from tui.command import Command

_SENT = {
    "question_mark": "?",
    "number_sign": "#",
    "slash": "/",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "asterisk": "*",
    "comma": ",",
    "full_stop": ".",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "ampersand": "&",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "escape": "\x1b",
    "backspace": "\x7f",
    "enter": "\r",
    "space": " ",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "delete": "\x1b[3~",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f8": "\x1b[19~",
    "shift+up": "\x1b[1;2A",
    "shift+down": "\x1b[1;2B",
    "shift+right": "\x1b[1;2C",
    "shift+left": "\x1b[1;2D",
    "alt+left": "\x1b[1;3D",
    "alt+right": "\x1b[1;3C",
}
"""What a terminal sends for keys that are no letters."""

LEAVING = {"q", "ctrl+q"}

LEAVE = "\x11"


def bound_keys() -> list[str]:
    """Every key that does something somewhere."""
    found = [value for value in vars(commands).values() if isinstance(value, Command)]
    return sorted({key.strip() for one in found for key in one.keys.split(",") if key.strip()})


def sent_for(key: str) -> str:
    if key in _SENT:
        return _SENT[key]
    if key.startswith("ctrl+"):
        return chr(ord(key.removeprefix("ctrl+")) - ord("a") + 1)
    assert len(key) == 1, f"what does a terminal send for {key}?"
    return key


def start(home: Path) -> Terminal:
    """The app, in a folder of its own and with an editor and a browser that do nothing."""
    variables = {"EDITOR": "true", "BROWSER": "true"}
    prelude = f"import os; os.chdir({str(home)!r})"
    return Terminal([], home=home, size=(100, 30), variables=variables, prelude=prelude)


def strike(keys: list[str], home: Path) -> None:
    """Strikes a key each tenth of a second from the start on, and then leaves."""
    home.mkdir()
    with start(home) as terminal:
        for key in keys:
            terminal.send(sent_for(key))
            end = time.monotonic() + 0.1
            while (left := end - time.monotonic()) > 0:
                terminal.read(left)
        while b"\x1b[?2004h" not in terminal.raw:  # from here on no key is the terminal's own
            assert terminal.read(), f"{keys}: {terminal.text}"
        assert left_with(terminal) == 0, f"{keys}: {terminal.text}"
        assert terminal.is_as_it_was
        assert b"a fault in Casebook" not in terminal.raw


def left_with(terminal: Terminal) -> int:
    """Leaves and says the code. Read together with an escape before it, ctrl+q is another key."""
    for _ in range(10):
        terminal.send(LEAVE)
        end = time.monotonic() + 2.0
        while time.monotonic() < end:
            terminal.read(0.02)
            pid, status = os.waitpid(terminal.pid, os.WNOHANG)
            if pid:
                terminal.settle(0.1)
                return os.waitstatus_to_exitcode(status)
    raise AssertionError(f"it did not end:\n{terminal.text}")


def test_keys_struck_during_the_start_end_nothing(tmp_path: Path) -> None:
    """Those that are said to have ended it; the soak test strikes them all."""
    for number, keys in enumerate(("/f", "tpaEy", "bc?o")):
        for wait in range(2):
            strike(["left"] * wait * 2 + list(keys), tmp_path / f"{number}-{wait}")


@pytest.mark.soak
def test_every_key_at_each_moment_of_the_start(tmp_path: Path) -> None:
    """Each key at each tenth of the first two seconds, a key a tenth."""
    keys = [key for key in bound_keys() if key not in LEAVING]
    random.Random(10).shuffle(keys)
    for turn in range(len(keys)):
        strike([keys[(turn + tenth) % len(keys)] for tenth in range(20)], tmp_path / str(turn))


@pytest.mark.parametrize("wait", [0.0, 0.4, 0.8])
def test_a_query_typed_at_once_is_answered_and_opened(wait: float, tmp_path: Path) -> None:
    """The first of these is typed before the terminal is the app's."""
    with start(tmp_path) as terminal:
        end = time.monotonic() + wait
        while (left := end - time.monotonic()) > 0:
            terminal.read(left)
        terminal.send("/gentain\r")
        terminal.wait_for("Asiro gentian alliance")
        terminal.wait_for("alliance, success")
        terminal.wait_for("contents")
        terminal.send(LEAVE)
        assert terminal.exit_code() == 0
