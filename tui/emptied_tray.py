"""Brings back the cases that were removed from the comparison all at once."""

from __future__ import annotations

from collections.abc import Sequence

from casebook.errors import CasebookError
from tui.notebook_writer import Keeper


class EmptiedTray:
    """What was in the tray when it was emptied, to be undone in its turn.

    The notebook undoes its own actions; those after the emptying come first.
    """

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self._slugs: tuple[str, ...] = ()
        self._after = 0

    def remember(self, slugs: Sequence[str]) -> None:
        """Keeps what is removed."""
        self._slugs, self._after = tuple(slugs), self._last_change()

    def take(self) -> tuple[str, ...]:
        """What was removed, once, where nothing was done since that is to be undone first."""
        if not self._slugs or self._last_change() > self._after:
            return ()
        slugs, self._slugs = self._slugs, ()
        return slugs

    def _last_change(self) -> int:
        from casebook.notebook.undo import last_change

        try:
            return last_change(self._keeper.notebook)
        except CasebookError:
            return 0
