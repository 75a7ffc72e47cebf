"""Writing in the reader's own editor, with the screen handed over and taken back."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from casebook.safe_text import made_safe_line

if TYPE_CHECKING:
    from tui.host import Host

_USUAL = ("sensible-editor", "nano", "vim", "vi", "notepad")


def editor_command() -> list[str] | None:
    """The reader's editor: `$VISUAL`, else `$EDITOR`, else a usual one; None without any."""
    for variable in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(os.environ.get(variable, ""), posix=os.name != "nt")
        except ValueError:
            continue
        if words and shutil.which(words[0]):
            return words
    found = next((name for name in _USUAL if shutil.which(name)), None)
    return [found] if found else None


def write_in_editor(app: Host, text: str) -> str | None:
    """Lets the reader write in their editor, and answers what they wrote.

    Returns:
        the words; None where there is no editor, it failed, or nothing was saved. Words
        that were saved before an editor failed are answered all the same.
    """
    command = editor_command()
    if command is None:
        app.say("No editor was found. Set $EDITOR, or write the note with a.")
        return None
    descriptor, name = tempfile.mkstemp(prefix="casebook-note-", suffix=".md")
    path = Path(name)
    try:
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write(text + "\n" if text else "")
        before = path.stat()
        try:
            with app.suspend():
                # The screen is the editor's: nothing of ours may be drawn meanwhile.
                failure = _run([*command, str(path)])
        except SuspendNotSupported:
            app.say("An editor cannot be started in this terminal; write the note with a.")
            return None
        app.draw_anew()
        if failure:
            app.say(f"{made_safe_line(command[0])}: {failure}")
        # An editor may put a new file in the place of the old one.
        after = path.stat()
        if (after.st_mtime_ns, after.st_size) == (before.st_mtime_ns, before.st_size):
            return None
        return path.read_text(encoding="utf-8", errors="replace").rstrip("\n")
    except OSError as error:
        app.say(f"The editor's file could not be read: {error.strerror or error}.")
        return None
    finally:
        with contextlib.suppress(OSError):
            path.unlink()


def _run(command: list[str]) -> str:
    """Runs an editor; says what went wrong, or nothing."""
    try:
        done = subprocess.run(command, check=False)
    except OSError as error:
        return error.strerror or "it could not be started"
    return f"it ended with code {done.returncode}" if done.returncode else ""
