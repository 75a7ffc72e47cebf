"""Writing in the reader's own editor, with the screen handed over and taken back."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from casebook.notebook.notes import LONGEST_NOTE
from casebook.regular_file import read_regular
from casebook.safe_text import made_safe_line
from casebook.temporary import temporary_folder
from tui.lent_terminal import lent_terminal

if TYPE_CHECKING:
    from tui.host import Host

_LARGEST = 4 * LONGEST_NOTE
"""Bytes of the longest note: a character takes four at the most."""

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
    if app.served is not None:
        app.say("There is no editor in a browser; a writes the note.")
        return None
    command = editor_command()
    if command is None:
        app.say("No editor was found. Set $EDITOR, or write the note with a.")
        return None
    try:
        with temporary_folder() as folder:
            return _written(app, command, folder / "note.md", text)
    except OSError as error:
        app.say(f"The note cannot be handed to the editor: {error.strerror or error}.")
        return None


def _written(app: Host, command: list[str], path: Path, text: str) -> str | None:
    """What an editor has made of a text; None where it saved nothing.

    Raises:
        OSError: the file for the editor could not be made.
    """
    path.write_text(text + "\n" if text else "", encoding="utf-8")
    before = path.stat()
    if not _handed_over(app, [*command, str(path)]):
        app.say("An editor cannot be started in this terminal; write the note with a.")
        return None
    try:
        # An editor may put a new file in the place of the old one.
        after = path.lstat()
        if (after.st_mtime_ns, after.st_size) == (before.st_mtime_ns, before.st_size):
            return None
        data = read_regular(path, _LARGEST + 1, follow_link=False)
    except OSError as error:
        app.say(f"The text from the editor cannot be read: {error.strerror or error}.")
        return None
    if len(data) > _LARGEST:
        app.say("The text from the editor is too long for a note.")
        return None
    return data.decode("utf-8", "replace").replace("\r\n", "\n").rstrip("\n")


def edit_file(app: Host, path: Path, line: int) -> bool:
    """Lets the reader edit a file in their editor; False where it could not be started."""
    command = editor_command()
    if command is None:
        app.say("No editor was found. Set $EDITOR.")
        return False
    if not _handed_over(app, at_line(command, path, line)):
        app.say("An editor cannot be started in this terminal.")
        return False
    return True


_PLUS = frozenset(
    "vi vim nvim vim.basic vim.tiny view nano pico emacs emacsclient micro joe jmacs jed mg kak ne"
    " mcedit gedit sensible-editor editor".split()
)
"""Editors that go to a line by `+LINE` before the file."""
_COLON: dict[str, list[str]] = {
    "hx": [],
    "helix": [],
    "subl": [],
    "zed": [],
    "code": ["-g"],
    "codium": ["-g"],
}
"""Editors that go to a line by `FILE:LINE`, with what stands before it."""


def at_line(command: list[str], path: Path, line: int) -> list[str]:
    """The command that opens a line of a file; of an editor that is not known, the file alone."""
    name = Path(command[0]).name.lower().removesuffix(".exe").removesuffix(".cmd")
    if name in _PLUS:
        return [*command, f"+{line}", str(path)]
    if name in _COLON:
        return [*command, *_COLON[name], f"{path}:{line}"]
    return [*command, str(path)]


def _handed_over(app: Host, command: list[str]) -> bool:
    """Runs an editor on the whole screen; False where this terminal cannot be handed over."""
    try:
        with app.suspend(), lent_terminal():
            # The screen is the editor's: nothing of ours may be drawn meanwhile.
            failure = _run(command)
    except SuspendNotSupported:
        return False
    app.draw_anew()
    if failure:
        app.say(f"{made_safe_line(command[0])}: {failure}")
    return True


def _run(command: list[str]) -> str:
    """Runs an editor; says what went wrong, or nothing."""
    try:
        done = subprocess.run(command, check=False)
    except OSError as error:
        return error.strerror or "it could not be started"
    return f"it ended with code {done.returncode}" if done.returncode else ""
