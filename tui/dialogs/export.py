"""Writing something to a file: what as, and where to."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Label, Static

from casebook.errors import AlreadyThereError, CasebookError
from tui.dialogs.base import Dialog
from tui.widgets.option_list import OptionList

if TYPE_CHECKING:
    from tui.host import Host

MOST_LINES = 10
"""Lines of options that stand in a box without scrolling, on the smallest terminal too."""

FORMAT = "format"
"""The name of the group of options that says what the file is written as."""


class OptionGroup(NamedTuple):
    """Options of which one is chosen.

    Attributes:
        options: the values with their labels.
        chosen: the value that is chosen to begin with.
    """

    name: str
    title: str
    options: Mapping[Any, str]
    chosen: Any


class Export(Protocol):
    """What is exported: what can be chosen of it, what the file is called, and how it is written.

    Attributes:
        title: the heading of the box.
        groups: what can be chosen; the group named `FORMAT` says what the file is written as.
    """

    @property
    def title(self) -> str: ...

    @property
    def groups(self) -> tuple[OptionGroup, ...]: ...

    def file_name(self, form: Any) -> str:
        """The usual name of a file in a format; it ends as files of the format do."""

    def option_changed(self, host: Host, group: str, value: Any) -> None:
        """Another option has been chosen, by a reader who may want it remembered."""

    async def write(self, host: Host, path: Path, chosen: Mapping[str, Any], *, force: bool) -> str:
        """Writes what is chosen, and says so in a sentence.

        Raises:
            AlreadyThereError: the file is there, and `force` is not given.
            CasebookError: it could not be written.
        """


class ExportDialog(Dialog[None]):
    """Chooses a format and a place, and writes; a file that is there is asked about."""

    def __init__(self, export: Export) -> None:
        super().__init__()
        self.export = export
        self.replaces = ""
        groups = [(group.name, group.title, group.options) for group in export.groups]
        chosen = {group.name: group.chosen for group in export.groups}
        self.options = OptionList(groups, chosen)
        self._format = chosen[FORMAT]

    def compose(self) -> ComposeResult:
        lines = self.options.line_count
        is_long = lines > MOST_LINES
        # What is longer scrolls in a box as high as the terminal.
        self.options.styles.height = "1fr" if is_long else lines
        with Vertical(classes="box" if is_long else "box small"):
            yield Label(self.export.title, classes="box-title", markup=False)
            yield self.options
            yield Input(_in_home(self.usual_name), id="export-path")
            yield Static("", id="export-trouble", markup=False)
            yield Static(
                "space selects; tab goes to the file name, enter there writes the file;"
                " esc cancels",
                markup=False,
                classes="muted",
            )

    def on_mount(self) -> None:
        self.options.focus()

    @property
    def usual_name(self) -> str:
        """What a file in the chosen format is called."""
        return self.export.file_name(self.options.chosen[FORMAT])

    @property
    def path_box(self) -> Input:
        return self.query_one("#export-path", Input)

    @on(OptionList.Changed)
    def _changed(self, event: OptionList.Changed) -> None:
        value = event.chosen[event.group]
        if event.group == FORMAT and value != self._format:
            before, self._format = self._format, value
            self.path_box.value = renamed(
                self.path_box.value, self.export.file_name(before), self.usual_name
            )
        self.export.option_changed(self.casebook, event.group, value)

    @on(OptionList.ChosenAgain)
    def _to_the_name(self) -> None:
        self.path_box.focus()

    @on(Input.Changed)
    def _other_place(self) -> None:
        self.replaces = ""
        self.tell("")

    def tell(self, words: str) -> None:
        """Says what is in the way, in the box."""
        trouble = self.query_one("#export-trouble", Static)
        trouble.update(words)
        trouble.display = bool(words)

    @on(Input.Submitted)
    @work(group="export", exclusive=True)
    async def _write(self) -> None:
        typed = self.path_box.value
        if not typed.strip():
            self.tell("Type a file name.")
            return
        path = place_of(typed, self.usual_name)
        force = self.replaces == str(path)
        self.tell("Writing \N{HORIZONTAL ELLIPSIS}")
        try:
            told = await self.export.write(self.casebook, path, self.options.chosen, force=force)
        except AlreadyThereError:
            self.replaces = str(path)
            self.tell(f"This file exists. Press enter again to replace it.\n{path}")
            return
        except CasebookError as error:
            self.tell(error.message)
            return
        self.casebook.say(told)
        self.dismiss(None)


def _in_home(name: str) -> str:
    return f"~/{name}"


def renamed(typed: str, before: str, now: str) -> str:
    """What stands in the box when another format is chosen.

    The usual name becomes that of the new format. Of another name the ending changes, if it
    is that of the format before; one that was typed by hand stays.

    Args:
        typed: what stood in the box.
        before: the usual name in the format before.
        now: the usual name in the new format.
    """
    folder, name = os.path.split(typed)
    if name == before:
        return os.path.join(folder, now)
    stem, ending = os.path.splitext(name)
    if ending and ending.lower() == os.path.splitext(before)[1]:
        return os.path.join(folder, stem + os.path.splitext(now)[1])
    return typed


def place_of(typed: str, usual_name: str) -> Path:
    """The absolute path that is meant: `~` and variables expanded, in the working directory.

    Args:
        usual_name: the name of the file where a folder was typed; one without an ending
            stands for a folder, which is written into as it is.
    """
    expanded = os.path.expanduser(os.path.expandvars(typed.strip()))
    path = Path(os.path.abspath(expanded))
    is_folder = expanded.endswith((os.sep, "/")) or path.is_dir()
    if is_folder and os.path.splitext(usual_name)[1]:
        return path / usual_name
    return path
