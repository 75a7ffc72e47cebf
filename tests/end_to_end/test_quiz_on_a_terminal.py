"""The quiz on a real terminal: the command asks, the app takes a burst of keys."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pty", allow_module_level=True)

from tests.end_to_end.terminal import Terminal


def test_the_command_asks_says_what_it_understands_and_stops(tmp_path: Path) -> None:
    with Terminal(["quiz", "nosaku", "--limit", "2"], home=tmp_path, size=(100, 60)) as terminal:
        terminal.wait_for("Question 1 of 2")
        terminal.wait_for("1 met, 2 partly, 3 not met, 0 silent; enter skips, q stops:")
        terminal.send("maybe\n")
        terminal.wait_for("'maybe' is not a rating.")
        terminal.send("2: no steps\n")
        terminal.wait_for("Question 2 of 2")
        assert "Right. You:" in terminal.text
        terminal.send("q\n")
        terminal.wait_for("1 question not answered.")
        assert terminal.exit_code() == 0


def test_a_burst_of_keys_is_a_rating_and_its_reason(tmp_path: Path) -> None:
    """What follows the figure is the reason, however quickly it comes."""
    with Terminal([], home=tmp_path) as terminal:
        terminal.wait_for("Asiro gentian alliance")
        terminal.send("/gentian alliance\r")
        terminal.wait_for("alliance, success")
        terminal.send("Q")
        terminal.wait_for("1 of ")
        terminal.send("1quick Q\r")
        terminal.wait_for("You: ● met: quick Q")
        terminal.send("q")
        assert terminal.exit_code() == 0
        assert terminal.is_as_it_was
