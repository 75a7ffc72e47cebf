"""Writing something to a file: what as, and where to."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Label, Static

from casebook.errors import AlreadyThereError, CasebookError
from casebook.safe_text import made_safe_line
from tui import commands
from tui.command import Command
from tui.dialogs.base import SUBMIT, TO_CHOICES, Dialog
from tui.downloads import downloaded_as
from tui.widgets.option_list import ChoiceList

if TYPE_CHECKING:
    from tui.host import Host

MOST_LINES = 10
"""Lines of options that stand in a box without scrolling, on the smallest terminal too."""

FORMAT = "format"
"""The name of the group of options that says what the file is written as."""


class OptionGroup(NamedTuple):
    """Options of which one is chosen, or several.

    Attributes:
        options: the values with their labels.
        chosen: the value that is chosen to begin with; of a group that takes several, a
            frozen set of them.
        has_cursor: the cursor begins on its chosen option; it is else in the first group.
    """

    name: str
    title: str
    options: Mapping[Any, str]
    chosen: Any
    has_cursor: bool = False


class TypedWords(NamedTuple):
    """What was typed into a field that takes several, in its order."""

    number: int
    words: str


class TextField(NamedTuple):
    """Words that a reader may type.

    Attributes:
        label: what stands in the field while it is empty.
        is_list: it takes several, of which there is a group of the same name; enter adds what
            is typed to them.
        is_needed: something has to be typed where it plays a part, so that it is asked for first.
    """

    name: str
    label: str
    is_list: bool = False
    is_needed: bool = False


class Export(Protocol):
    """What is exported: what can be chosen of it, what the file is called, and how it is written.

    What is chosen is a mapping, from the names of groups to their values and from those of
    fields to what was typed.

    Attributes:
        title: the heading of the box.
        fields: what can be typed, for some choice or other.
    """

    @property
    def title(self) -> str: ...

    @property
    def fields(self) -> tuple[TextField, ...]: ...

    def groups(self, chosen: Mapping[str, Any]) -> tuple[OptionGroup, ...]:
        """What there is to choose from, after what is chosen so far.

        Args:
            chosen: what the reader has chosen; of the other groups what is usual is taken.
        """

    def takes(self, field: str, chosen: Mapping[str, Any]) -> bool:
        """Whether what is typed into a field plays a part."""

    def file_name(self, chosen: Mapping[str, Any]) -> str:
        """The usual name of the file; it ends as files of its format do."""

    def option_changed(self, host: Host, group: str, value: Any) -> None:
        """Another option has been chosen, by a reader who may want it remembered."""

    async def write(self, host: Host, path: Path, chosen: Mapping[str, Any], *, force: bool) -> str:
        """Writes what is chosen, and says so in a sentence.

        Raises:
            AlreadyThereError: the file is there, and `force` is not given.
            CasebookError: it could not be written.
        """


class OneFormat:
    """An export of which nothing but the format is chosen, and nothing is remembered."""

    fields: tuple[TextField, ...] = ()

    def takes(self, field: str, chosen: Mapping[str, Any]) -> bool:
        return False

    def option_changed(self, host: Host, group: str, value: Any) -> None:
        """Nothing is remembered."""


class ExportDialog(Dialog[None]):
    """Chooses a format and a place, and writes; a file that is there is asked about."""

    @property
    def keys(self) -> tuple[Command, ...]:
        if isinstance(self.focused, Input):
            does = "write the file" if self.focused is self.path_box else self._entering
            return (SUBMIT._replace(footer=does), TO_CHOICES)
        return (commands.NEXT_PANE._replace(footer="to the file name"),)

    @property
    def _entering(self) -> str:
        """What enter does in the field that is being typed into."""
        listed = [_field_id(field) for field in self.export.fields if field.is_list]
        return "add" if self.focused and self.focused.id in listed else "next"

    def __init__(self, export: Export) -> None:
        super().__init__()
        self.export = export
        self.replaces = ""
        self.picked: dict[str, Any] = {}
        """What the reader has chosen or typed; what is usual is not in it."""
        groups = export.groups({})
        self.options = ChoiceList(_listed(groups), _chosen(groups, {}))

    def compose(self) -> ComposeResult:
        lines = self.options.line_count
        is_long = lines > MOST_LINES
        # What is longer scrolls in a box as high as the terminal.
        self.options.styles.height = "1fr" if is_long else lines
        with Vertical(classes="box" if is_long else "box small"):
            yield Label(self.export.title, classes="box-title", markup=False)
            for field in self.export.fields:
                typed = Input(
                    placeholder=field.label, id=_field_id(field), classes="field", compact=True
                )
                typed.display = self.export.takes(field.name, self.chosen)
                yield typed
            yield self.options
            named = self.usual_name if self.is_served else _in_home(self.usual_name)
            yield Input(named, id="export-path")
            yield Static("", id="export-trouble", markup=False)

    @property
    def is_served(self) -> bool:
        """Whether the reader is in a browser, and the file is to be downloaded there."""
        return self.casebook.served is not None

    def on_mount(self) -> None:
        for group in self.export.groups({}):
            if group.has_cursor:
                self.options.go_to(group.name, group.chosen)
        self.options.focus()
        self._ask_for_needed()

    def _ask_for_needed(self) -> None:
        """Puts the cursor into a field that has to be filled in, and is not."""
        for field in self.export.fields:
            typed = self.query_one(f"#{_field_id(field)}", Input)
            if field.is_needed and typed.display and not typed.value.strip():
                typed.focus()
                return

    @property
    def chosen(self) -> dict[str, Any]:
        """All that is chosen, by the reader or because it is usual."""
        return _chosen(self.export.groups(self.picked), self.picked)

    @property
    def usual_name(self) -> str:
        """What a file of what is chosen is called."""
        return self.export.file_name(self.chosen)

    @property
    def path_box(self) -> Input:
        return self.query_one("#export-path", Input)

    @on(ChoiceList.Changed)
    def _changed(self, event: ChoiceList.Changed) -> None:
        value = event.chosen[event.group]
        self._pick(event.group, value)
        self.export.option_changed(self.casebook, event.group, value)

    def _pick(self, name: str, value: Any) -> None:
        """Takes a choice, after which there may be other things to choose from."""
        before = self.usual_name
        self.picked[name] = value
        groups = self.export.groups(self.picked)
        self.options.offer(_listed(groups), self.chosen)
        for field in self.export.fields:
            self.query_one(f"#{_field_id(field)}").display = self.export.takes(
                field.name, self.chosen
            )
        self.path_box.value = renamed(self.path_box.value, before, self.usual_name)
        self._ask_for_needed()

    @on(ChoiceList.ChosenAgain)
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
    def _entered(self, event: Input.Submitted) -> None:
        field = next(
            (known for known in self.export.fields if _field_id(known) == event.input.id), None
        )
        if field is not None and field.is_list and event.value.strip():
            self._take_words(field)
        elif field is not None:
            self.focus_next()
        else:
            self._write()

    def _take_words(self, field: TextField) -> None:
        """Adds what stands in a field to the words that were typed before."""
        typed = self.query_one(f"#{_field_id(field)}", Input)
        words = made_safe_line(typed.value).strip()
        if field.is_list and words:
            typed.value = ""
            held: frozenset[TypedWords] = self.picked.get(field.name, frozenset())
            number = max((typed_words.number for typed_words in held), default=0) + 1
            self._pick(field.name, held | {TypedWords(number, words)})
        elif not field.is_list:
            self.picked[field.name] = words

    @work(group="export", exclusive=True)
    async def _write(self) -> None:
        typed = self.path_box.value
        if not typed.strip():
            self.tell("Type a file name.")
            return
        for field in self.export.fields:
            self._take_words(field)
        served = self.casebook.served
        if served is not None:
            path = downloaded_as(served, self.usual_name)
            force = True
        else:
            path = place_of(typed, self.usual_name)
            force = self.replaces == str(path)
        self.tell("Writing \N{HORIZONTAL ELLIPSIS}")
        try:
            told = await self.export.write(self.casebook, path, self.chosen, force=force)
        except AlreadyThereError:
            self.replaces = str(path)
            self.tell(f"This file exists. Press enter again to replace it.\n{path}")
            return
        except CasebookError as error:
            self.tell(error.message)
            self._ask_for_needed()
            return
        if served is not None:
            told = self._handed_over(path)
        self.casebook.say(told)
        self.dismiss(None)

    def _handed_over(self, path: Path) -> str:
        """Has the browser download what was written, and says so."""
        import shutil

        if path.is_dir():
            path = Path(shutil.make_archive(str(path), "zip", path))
        self.casebook.hand_over(path)
        return f"Your browser downloads {path.name}"


def _listed(groups: Sequence[OptionGroup]) -> list[tuple[str, str, Mapping[Any, str]]]:
    return [(group.name, group.title, group.options) for group in groups]


def _chosen(groups: Sequence[OptionGroup], picked: Mapping[str, Any]) -> dict[str, Any]:
    """What is chosen of some groups: what was picked of what they offer, else what is usual."""
    chosen = dict(picked)
    for group in groups:
        held = picked.get(group.name, group.chosen)
        if isinstance(group.chosen, frozenset):
            chosen[group.name] = held.intersection(group.options)
        else:
            chosen[group.name] = held if held in group.options else group.chosen
    return chosen


def _field_id(field: TextField) -> str:
    return f"export-{field.name}"


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
