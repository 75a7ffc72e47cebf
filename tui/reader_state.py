"""What the app remembers for the reader: the notebook, the settings, the place in a page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.app import App

from casebook.errors import CasebookError
from tui import theme
from tui.guest import Guest
from tui.notebook_writer import Keeper

if TYPE_CHECKING:
    from casebook.notebook import Notebook
    from casebook.notebook.values import Reading
    from casebook.settings import Settings

    _App = App[int]
else:
    # Textual goes through all that an app has for each class of apps: once is enough.
    _App = object


def _keep_daily_copy(notebook: Notebook) -> None:
    from casebook.notebook import copies

    copies.keep_daily(notebook)


class RememberingApp(_App):
    """The part of the app that knows the notebook and the settings.

    Args:
        notebook: where the notebook is, or will be.
        settings: where the settings are, or will be; None where they are not to be kept.
        book: the book's slug.
    """

    has_colours = False
    shows_details = False

    def __init__(self, notebook: Path, settings: Path | None, book: str) -> None:
        super().__init__()
        self.keeper = Keeper(notebook, self._complain_from_thread)
        self.settings_path = settings
        self.book_slug = book
        self.moved_keys: dict[str, str] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        for known_theme in theme.own_themes(self.console.color_system):
            self.register_theme(known_theme)
        self.settings = self._read_settings()
        # Before the start the colours are set without Textual's watcher, which would parse
        # every style sheet a second time.
        chosen = self.settings.theme
        known = chosen in self.available_themes
        self.set_reactive(App.theme, chosen if known else theme.DEFAULT)
        self.has_colours = True
        self.stylesheet.set_variables(self.get_css_variables())
        if self.settings.keys:
            self._move_keys()

    def get_css_variables(self) -> dict[str, str]:
        # Textual asks while the app is being made too, for a theme that nobody will see.
        return super().get_css_variables() if self.has_colours else {}

    # Settings

    def _read_settings(self) -> Settings:
        from casebook import settings

        if self.settings_path is None:
            return settings.Settings()
        return settings.read(self.settings_path)

    def _move_keys(self) -> None:
        from tui.command import shown_keys

        self.moved_keys = {name: shown_keys(keys) for name, keys in self.settings.keys.items()}
        self.set_keymap(dict(self.settings.keys))

    def remember(self, name: str, value: str) -> None:
        """Keeps a setting, away from the keyboard; a failure is told."""
        from casebook import settings as of_reader

        self.settings = of_reader.changed(self.settings, name, value)
        path = self.settings_path
        if path is None:
            return

        def keep(_: Notebook) -> None:
            of_reader.change(path, name, value)

        self.keeper.later(keep)

    # The notebook

    @work(group="notebook")
    async def open_notebook(self) -> None:
        """Opens the notebook; to be called when the first screen stands."""
        self._loop = asyncio.get_running_loop()
        for trouble in self._troubles_of_settings():
            self.complain(CasebookError(trouble))
        try:
            await self.keeper.open()
        except CasebookError as error:
            self.complain(error)
        else:
            self.keeper.later(_keep_daily_copy)
        copy = self.keeper.notebook.copy
        if copy is not None:
            self.say(f"The notebook has a new format; a copy of the old one is at {copy}")
        self.notebook_opened()
        self.notebook_changed()

    def notebook_opened(self) -> None:
        """The notebook can be read: what it remembers comes back."""

    def _troubles_of_settings(self) -> list[str]:
        from casebook.safe_text import made_safe_line
        from tui.commands import known_ids

        troubles = list(self.settings.troubles)
        unknown = sorted(self.settings.keys.keys() - known_ids())
        if unknown:
            named = ", ".join(map(made_safe_line, unknown))
            troubles.append(f"The settings have keys for actions that do not exist: {named}.")
        chosen = self.settings.theme
        if chosen and chosen not in self.available_themes:
            troubles.append(f"There is no theme '{chosen}'; ctrl+t lists the themes.")
        return troubles

    def notebook_changed(self) -> None:
        """Tells every screen that the notebook has changed."""
        in_sight = self._guests_in_sight()
        for screen in self.screen_stack:
            if screen in in_sight:
                screen.notebook_changed()
            elif isinstance(screen, Guest):
                screen.has_missed_changes = True

    def tell_of_ratings(self) -> None:
        """Tells the screens in sight that the reader has rated; others look when they return."""
        for screen in self._guests_in_sight():
            screen.ratings_given()

    def _guests_in_sight(self) -> list[Guest]:
        """The boxes, and the screen that they lie over; those below have been left before."""
        found: list[Guest] = []
        for screen in reversed(self.screen_stack):
            # One that is still being made, or taken down, has no rows to show.
            if isinstance(screen, Guest) and screen.is_mounted:
                found.append(screen)
            if not screen.is_modal:
                break
        return found

    # Reading

    def volume_of(self, slug: str) -> str:
        """The volume of an entry, by which the notebook knows it."""
        raise NotImplementedError

    def reading_of(self, slug: str) -> Reading | None:
        """Where the reader stopped in an entry; None where that is not known."""
        from casebook.notebook import history

        try:
            return history.reading_of(self.keeper.notebook, self.volume_of(slug), slug)
        except CasebookError:
            return None

    def entry_opened(self, slug: str, title: str) -> None:
        """A page is being read."""
        book = self.volume_of(slug)
        self._keep_quietly(lambda history, n: history.opened(n, book, slug, title))

    def entry_left(self, slug: str, *, place: str, line: int, share: float) -> None:
        """The reader has stopped somewhere in a page."""
        book = self.volume_of(slug)
        self._keep_quietly(
            lambda history, n: history.stopped(n, book, slug, place=place, line=line, share=share),
            is_shown=True,
        )

    def keep_tray(self, tray: tuple[str, ...]) -> None:
        """Keeps what has been picked for the next time."""
        if self.keeper.is_open:
            kept = list(tray) or None
            self._keep_quietly(lambda history, n: history.keep(n, self.book_slug, "tray", kept))

    def searched(self, words: str) -> None:
        """The reader has made a query and used it."""
        self._keep_quietly(lambda history, n: history.searched(n, self.book_slug, words))

    def _keep_quietly(self, action: Callable[..., object], *, is_shown: bool = False) -> None:
        """Keeps what is not worth a word when it fails: a notebook that takes nothing has
        been told of once.

        Args:
            is_shown: some screen shows it, and is drawn anew.
        """
        from casebook.notebook import history

        def keep(notebook: Notebook) -> None:
            try:
                action(history, notebook)
            except CasebookError as error:
                self.log.warning(error.message)
            else:
                if is_shown and self._loop is not None and not self._loop.is_closed():
                    self._loop.call_soon_threadsafe(self.notebook_changed)

        self.keeper.later(keep)

    # Telling

    def say(self, message: str) -> None:
        """Tells something for a moment, in place of what was told before, as plain words."""
        self.clear_notifications()
        self.notify(message, markup=False, timeout=4)

    def complain(self, error: CasebookError) -> None:
        """Tells a failure on the screen, as plain words."""
        self.notify(error.message, severity="error", markup=False, timeout=8)

    def _complain_from_thread(self, error: CasebookError) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.complain, error)

    def close_notebook(self) -> None:
        """Saves what is being written and where the reader is, and lets go of the notebook."""
        for screen in self._guests_in_sight():
            screen.leave_place()
        self.keeper.close()
