"""The reader's own editor, whatever it does with the file and with the terminal."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from tests.end_to_end.terminal import Terminal

LEFT = {
    "pipe": 'rm "$1"; mkfifo "$1"',
    "link": 'rm "$1"; ln -s /etc/passwd "$1"',
    "folder": 'rm "$1"; mkdir "$1"; touch "$1/file"',
    "device": 'rm "$1"; ln -s /dev/zero "$1"',
    "nothing": 'rm "$1"',
    "2 MB": 'head -c 2000000 /dev/zero | tr "\\0" x > "$1"',
}
"""What stands where the note was when the editor has ended."""


def editor_of(folder: Path) -> tuple[Path, dict[str, str]]:
    """An editor that runs a script which is written later, and the variables that name it."""
    editor = folder / "editor"
    editor.write_text('#!/bin/sh\n. "$0.script"\n')
    editor.chmod(0o755)
    (folder / "temporary").mkdir()
    return folder / "editor.script", {
        "EDITOR": str(editor),
        "TMPDIR": str(folder / "temporary"),
    }


def test_only_a_file_is_read_that_an_editor_left(tmp_path: Path) -> None:
    """A pipe was waited for without an end, and no signal heard."""
    script, variables = editor_of(tmp_path)
    with Terminal(
        ["--notebook", str(tmp_path / "n.sqlite")], home=tmp_path, variables=variables
    ) as terminal:
        terminal.wait_for("Asiro gentian alliance")
        terminal.send("aWords of before")
        terminal.wait_for("Words of before")
        for number, left in enumerate(LEFT.values()):
            done = tmp_path / f"done-{number}"
            script.write_text(f"{left}; touch {done}\n")
            terminal.send("\x1bOS")  # F4
            terminal.wait_until(done.exists)
            terminal.wait_for("The text from the editor")
            terminal.settle(0.1)
            assert "Words of before" in terminal.text
            assert "root:" not in terminal.text
        terminal.send("\x13")
        terminal.wait_for("Note saved.")
        terminal.send("q")
        assert terminal.exit_code() == 0
        assert terminal.is_as_it_was
    with closing(sqlite3.connect(tmp_path / "n.sqlite")) as connection:
        assert connection.execute("SELECT text FROM note").fetchall() == [("Words of before",)]
    assert list((tmp_path / "temporary").iterdir()) == []


DISORDERLY = {
    "raw": "stty raw -echo",
    "raw and killed": "stty raw -echo; kill -9 $$",
    "own colours": "printf '\\033[31;7m\\033(0'",
    "own line length": "stty cols 20 -onlcr -opost; stty cols 80",
    "in the foreground and gone": (
        f"{sys.executable} -c 'import os, signal\n"
        "signal.signal(signal.SIGTTOU, signal.SIG_IGN)\n"
        "if os.fork() == 0:\n"
        "    os.setpgid(0, 0)\n"
        "    os.tcsetpgrp(0, os.getpgrp())\n"
        "    os._exit(0)\n"
        "os.wait()'"
    ),
}


def test_the_terminal_is_as_before_after_any_editor(tmp_path: Path) -> None:
    script, variables = editor_of(tmp_path)
    with Terminal(
        ["--notebook", str(tmp_path / "n.sqlite")], home=tmp_path, variables=variables
    ) as terminal:
        terminal.wait_for("Asiro gentian alliance")
        terminal.send("a")
        terminal.wait_for("Attached to")
        for name, disorder in DISORDERLY.items():
            script.write_text(f'printf "After: {name}" > "$1"; {disorder}\n')
            terminal.send("\x1bOS")
            terminal.wait_for(f"After: {name}")
        terminal.send("\x13")
        terminal.wait_for("Note saved.")
        terminal.send("q")
        assert terminal.exit_code() == 0
        assert terminal.is_as_it_was
    assert terminal.raw.rfind(b"\x1b[0m", terminal.raw.rfind(b"\x1b[31;7m\x1b(0")) > 0
    assert terminal.raw.rfind(b"\x1b(B") > terminal.raw.rfind(b"\x1b(0")
