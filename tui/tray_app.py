"""The part of the app that has the tray: the entries that are picked for comparison."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tui.editing_app import EditingApp
from tui.guest import Guest

if TYPE_CHECKING:
    from tui.emptied_tray import EmptiedTray


class TrayApp(EditingApp):
    """An app in which entries are picked."""

    @cached_property
    def emptied_tray(self) -> EmptiedTray:
        from tui.emptied_tray import EmptiedTray

        return EmptiedTray(self.keeper)

    def watch_tray(self) -> None:
        self.keep_tray(self.tray)
        self.refresh_hidden()
        for screen in self.screen_stack:
            if isinstance(screen, Guest):
                screen.show_tray(self.tray)

    @property
    def picked(self) -> tuple[str, ...]:
        return self.tray

    def pick(self, slug: str) -> None:
        """Puts an entry into the tray, or takes it out."""
        if slug in self.tray:
            self.fill_tray([picked for picked in self.tray if picked != slug])
        else:
            self.fill_tray([*self.tray, slug])

    def empty_tray(self) -> None:
        """Removes all cases; `restore_tray` brings them back."""
        self.emptied_tray.remember(self.tray)
        self.fill_tray(())

    def restore_tray(self) -> bool:
        """Brings back what `empty_tray` removed; False where something else is to be undone."""
        slugs = self.emptied_tray.take()
        if slugs:
            self.fill_tray(tuple(dict.fromkeys((*slugs, *self.tray))))
            self.say("Undone: removed all cases from the comparison")
        return bool(slugs)
