"""What every screen has: a title, keys, a way out, and good manners on a small terminal."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from casebook.errors import CasebookError
from tui import commands
from tui.commands import Command
from tui.screens.annotation import Noting
from tui.screens.sizes import SizeMinding
from tui.widgets.bars import KeyBar, TitleBar

if TYPE_CHECKING:
    from casebook.exports.cite import CitableStatement


class CasebookScreen(Noting, SizeMinding):
    """A full screen with a title above and keys below.

    `ACTIONS` are the commands of the screen itself, in the order of the footer; those of
    its widgets are found by the help.
    """

    ACTIONS: ClassVar[tuple[Command, ...]] = ()
    LEADS_TO: ClassVar[tuple[Command, ...]] = (commands.NOTE, commands.NOTEBOOK)
    """Commands of every screen for which this one's line of keys is to have room."""
    BINDINGS: ClassVar[list[BindingType]] = [
        *commands.bindings((*commands.EVERYWHERE, *commands.NOTING))
    ]

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield from self.compose_body()
        yield KeyBar()

    def on_screen_resume(self) -> None:
        self.show_tray(self.casebook.picked)

    def compose_body(self) -> Iterable[Widget]:
        """The widgets between title and keys."""
        raise NotImplementedError

    @property
    def title_bar(self) -> TitleBar:
        return self.query_one(TitleBar)

    @property
    def footer_commands(self) -> tuple[Command, ...]:
        """What the line of keys shows, the most important first."""
        mine = tuple(command for command in self.ACTIONS if command.footer)
        return (commands.HELP, *mine, commands.SEARCH, *self.LEADS_TO, *self.way_out)

    @property
    def way_out(self) -> tuple[Command, ...]:
        """The command that leaves the screen, for the line of keys."""
        return (commands.BACK,)

    @property
    def all_commands(self) -> list[tuple[str, tuple[Command, ...]]]:
        """What can be done here, in groups for the help."""
        groups: list[tuple[str, tuple[Command, ...]]] = [("This screen", self.ACTIONS)]
        for widget in self.query(Widget):
            actions: tuple[Command, ...] = getattr(widget, "ACTIONS", ())
            name = getattr(widget, "HELP_NAME", "")
            if actions and widget.display and (name, actions) not in groups:
                groups.append((name or "The list and the page", actions))
        groups.append(("Your notebook", commands.NOTING))
        groups.append(("Everywhere", commands.EVERYWHERE))
        return groups

    def refresh_keys(self) -> None:
        """Draws the line of keys anew."""
        self.query_one(KeyBar).refresh()

    def action_back(self) -> None:
        self.app.pop_screen()

    def action_help(self) -> None:
        from tui.dialogs.help import HelpScreen

        self.app.push_screen(HelpScreen(self.all_commands))

    def action_search(self) -> None:
        self.casebook.open_search()

    def action_sources(self) -> None:
        self.casebook.open_source()

    def action_glossary(self) -> None:
        self.casebook.open_glossary()

    def action_palette(self) -> None:
        self.app.action_command_palette()

    def action_quit(self) -> None:
        self.casebook.leave()

    # The tray

    def show_tray(self, tray: tuple[str, ...]) -> None:
        """Shows what is in the tray: called when the screen comes to the front or it changes."""
        for bar in self.query(TitleBar):
            bar.picked = len(tray)

    def action_pick(self) -> None:
        slug = self.entry_to_pick()
        if slug is None:
            self.notify_plainly("No entry is chosen here that could be picked.")
            return
        self.casebook.pick(slug)

    # Timelines

    def slugs_in_time(self) -> tuple[str, ...]:
        """The entries whose timeline is shown from here."""
        slug = self.entry_to_pick()
        return (slug,) if slug else ()

    def action_timeline(self) -> None:
        slugs = self.slugs_in_time()
        if slugs:
            self.casebook.open_timeline(slugs)
        else:
            self.notify_plainly("No entry is chosen here whose timeline could be shown.")

    def action_timeline_of_tray(self) -> None:
        if self.casebook.picked:
            self.casebook.open_timeline(self.casebook.picked)
        else:
            self.notify_plainly("The tray is empty: p picks an entry.")

    def action_timeline_of_book(self) -> None:
        self.casebook.open_timeline(None)

    def action_compare(self) -> None:
        self.casebook.open_comparison()

    def action_theme(self) -> None:
        from tui.dialogs.themes import ThemeScreen

        self.app.push_screen(ThemeScreen())

    def action_copy(self) -> None:
        selected = self.get_selected_text()
        statement = None if selected else self.statement_to_copy()
        if statement is not None:
            self._copy_cited(statement, self.casebook.citation_style)
            return
        text = selected or self.text_to_copy()
        if text:
            self.app.copy_to_clipboard(text)
            self.notify_plainly("Copied.")
        else:
            self.notify_plainly("Nothing is chosen that could be copied.")

    @work(group="copy", exclusive=True)
    async def _copy_cited(self, statement: CitableStatement, style: str) -> None:
        """Copies a statement with its citation; where the style cannot be had, in the book's."""
        from casebook.exports.citation_styles import Style
        from casebook.exports.cite import cited

        try:
            ready = await asyncio.to_thread(cited, statement, style)
        except CasebookError as error:
            self.casebook.complain(error)
            ready = cited(statement, Style.BOOK)
        self.app.copy_to_clipboard(ready.text)
        self.notify_plainly("Copied.")

    def statement_to_copy(self) -> CitableStatement | None:
        """What copying cites while nothing is selected; None where that is nothing."""
        return None

    def statement_of(self, slug: str) -> CitableStatement | None:
        """An entry as a whole, to be cited; None where it cannot be read."""
        from casebook.exports.cite import statement_at

        try:
            return statement_at(self.casebook.book, slug)
        except CasebookError as error:
            self.casebook.complain(error)
            return None

    def text_to_copy(self) -> str:
        """What copying means while nothing is selected and nothing can be cited."""
        return ""

    def notify_plainly(self, message: str, *, is_error: bool = False) -> None:
        """Shows a message for a moment; nothing in it is markup."""
        self.app.clear_notifications()
        if is_error:
            self.app.notify(message, severity="error", markup=False, timeout=6)
        else:
            self.app.notify(message, markup=False, timeout=3)
