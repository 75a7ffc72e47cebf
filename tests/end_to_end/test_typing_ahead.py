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
from tests.keys import LEAVING, bound_keys, key_name, sent_for

LEAVE = "\x11"


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
            terminal.send(sent_for(key_name(key)))
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


def test_a_terminal_sends_something_of_its_own_for_each_key() -> None:
    """So that the soak test below knows every key there is."""
    sent = {key: sent_for(key) for key in bound_keys()}
    assert all(sent.values())
    told_apart = {key: text for key, text in sent.items() if not key.startswith("ctrl+")}
    assert len(set(told_apart.values())) == len(told_apart)


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
