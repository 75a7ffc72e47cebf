"""What every screen has: a title, keys, a way out, and good manners on a small terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widget import Widget

from tui import commands
from tui.command import Command, bindings
from tui.screens.everywhere import ActionsEverywhere
from tui.screens.sizes import SizedScreen
from tui.widgets.bars import KeyBar, TitleBar
from tui.widgets.covered import Covered

if TYPE_CHECKING:
    from casebook.citations import Citation
    from tui.widgets.document_view import DocumentView

TO_THE_FOUND = commands.OPEN._replace(footer="to the results", keys="", display="enter")
"""Enter, while what is looked for is typed: the box reads the key by itself."""

WHILE_FINDING = (TO_THE_FOUND, commands.BACK._replace(footer="stop"))
"""What keys do while words to find are typed; all others are letters of them."""


_ABOUT_AN_ENTRY = (commands.TIMELINE, commands.PICK, commands.NOTE, commands.MAP)
"""Commands that need an entry, or something that belongs to one."""


def _as_named(shown: Iterable[Command]) -> tuple[Command, ...]:
    """Commands of the line of keys as the help names them."""
    return tuple(command for command in shown if command.keys)


class CasebookScreen(SizedScreen, ActionsEverywhere, Covered, Screen[None]):
    """A full screen with a title above and keys below.

    `ACTIONS` are the commands of the screen itself, in the order of the footer; those of
    its widgets are found by the help. A screen says what its keys are about (the entry, the
    note, the statement that is chosen); the parts that it is made of do the rest.
    """

    ACTIONS: ClassVar[tuple[Command, ...]] = ()
    LEADS_TO: ClassVar[tuple[Command, ...]] = (commands.NOTE, commands.NOTEBOOK)
    """Commands of every screen for which this one's line of keys is to have room."""
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings((*commands.EVERYWHERE, *commands.NOTING, *commands.AUTHORING, commands.CONTENTS))
    ]

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield from self.compose_body()
        yield KeyBar()

    def on_screen_resume(self) -> None:
        self.show_tray(self.casebook.picked)
        self.title_bar.crumbs = tuple(self.casebook.crumbs)
        self.refresh_keys()
        if self.drawn_with_details is not self.casebook.shows_details:
            self.drawn_with_details = self.casebook.shows_details
            self.details_changed()
        if self.has_missed_changes:
            self.has_missed_changes = False
            self.notebook_changed()

    def compose_body(self) -> Iterable[Widget]:
        """The widgets between title and keys."""
        raise NotImplementedError

    @property
    def title_bar(self) -> TitleBar:
        return self.query_one(TitleBar)

    @property
    def footer_commands(self) -> tuple[Command, ...]:
        """What the line of keys shows, the most important first."""
        if self.pane is not None and self.pane.is_typing:
            return WHILE_FINDING
        here: tuple[Command, ...] = getattr(self.focused, "keys_here", ())
        wanted = (*here, *self.ACTIONS, commands.SEARCH, *self.LEADS_TO)
        # An action once, by its first name; what is first to be dropped stands last.
        mine: dict[str, Command] = {}
        for command in wanted:
            if command.footer:
                mine.setdefault(command.action, command)
        useful = (command for command in mine.values() if self.is_of_use(command))
        return (commands.HELP, *useful, *self.way_out)

    def is_of_use(self, command: Command) -> bool:
        """Whether a command would do anything now, for the line of keys."""
        if command.action == commands.OPEN.action:
            return bool(getattr(self.focused, "can_open", True))
        return command not in _ABOUT_AN_ENTRY or bool(self.entry_at_hand())

    @property
    def way_out(self) -> tuple[Command, ...]:
        """The command that leaves the screen, for the line of keys."""
        return (commands.BACK,)

    @property
    def all_commands(self) -> list[tuple[str, tuple[Command, ...]]]:
        """What can be done here, in groups for the help."""
        groups: list[tuple[str, tuple[Command, ...]]] = [
            ("Here", _as_named(self.footer_commands)),
            ("This screen", self.ACTIONS),
        ]
        for widget in self.query(Widget):
            actions: tuple[Command, ...] = getattr(widget, "ACTIONS", ())
            name = getattr(widget, "HELP_NAME", "")
            if actions and widget.display and (name, actions) not in groups:
                groups.append((name or "Lists and pages", actions))
        groups.append(("Your notebook", commands.NOTING))
        if self.casebook.authored is not None:
            groups.append(("Your pack", commands.AUTHORING))
        groups.append(("Everywhere", commands.EVERYWHERE))
        return groups

    @property
    def all_signs(self) -> list[tuple[str, str]]:
        """The signs on the screen, each with its meaning, for the help."""
        found: dict[str, str] = {}
        for widget in self.query(Widget):
            if widget.display:
                found |= dict(getattr(widget, "SIGNS", ()))
        return list(found.items())

    def refresh_keys(self) -> None:
        """Draws the line of keys anew."""
        for bar in self.query(KeyBar):
            bar.refresh()

    def on_document_view_target_chosen(self) -> None:
        self.refresh_keys()

    def on_descendant_focus(self) -> None:
        self.refresh_keys()

    def on_descendant_blur(self) -> None:
        self.refresh_keys()

    def action_back(self) -> None:
        if self.pane is not None and self.pane.is_finding:
            self.pane.stop_finding()
        else:
            self.casebook.go_back()

    def action_back_to(self, at: int) -> None:
        """Goes back to the place of a crumb in the title, counted from 0."""
        self.casebook.go_back(len(self.casebook.crumbs) - at)

    def action_contents(self) -> None:
        self.notify_plainly("Only pages have contents; enter opens the selected entry.")

    def action_help(self) -> None:
        from tui.dialogs.help import HelpScreen

        self.app.push_screen(HelpScreen(self.all_commands, self.all_signs))

    # The way back

    @property
    def crumb(self) -> str:
        """The screen's name in the titles of those that were opened from it."""
        return self.title_bar.place

    def place_kept(self) -> Any:
        """What `take_place` needs to show the screen as it is now.

        Only a screen that can be opened anew while it lies below another has any; all others
        stay as they are until the reader comes back.
        """
        return None

    def take_place(self, kept: Any) -> None:
        """Shows the screen as it was when `place_kept` was asked."""

    def shows(self, citation: Citation | None) -> bool:
        """Whether the screen stands at what a citation names; for None at the list of sources."""
        return False

    # Links and citations

    def on_document_view_target_opened(self, event: DocumentView.TargetOpened) -> None:
        from tui.screens.targets import wish_of

        wish = wish_of(event.target)
        if wish is not None:
            self.post_message(wish)
        elif note := self.note_of(event.target.value):
            self.notes_controller.open_note((note.target,), note)

    # The tray

    def show_tray(self, tray: tuple[str, ...]) -> None:
        """Shows what is in the tray: called when the screen comes to the front or it changes."""
        for bar in self.query(TitleBar):
            bar.picked = len(tray)

    # What is selected with the mouse

    def on_text_selected(self) -> None:
        """Offers what can be done with words, when the mouse has selected them."""
        view = self.view_selected_in
        if view is None:
            return
        from tui.widgets.selection_bar import SelectionBar

        bars = self.query(SelectionBar)
        if any(bar.view is view for bar in bars):
            return  # it follows the selection by itself; this may be a click on it
        bars.remove()
        self.mount(SelectionBar(view, self.commands_for_selection))

    @property
    def commands_for_selection(self) -> tuple[Command, ...]:
        """What can be done here with words that are selected."""
        noting = (commands.NOTE,) if self.targets_at_hand() else ()
        return (
            commands.COPY_CITED._replace(footer="copy with citation"),
            *noting,
            commands.GATHER._replace(footer="essay"),
        )
