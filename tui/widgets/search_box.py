"""The box that a query is typed into, and the queries before it."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widgets import Input

from tui.search_worker import RecentSearches

AT_REST = "Search: press /"
AWAITED = 'Search for words, names, "phrases", or filters such as kind:firm in:1990s'


class SearchBox(Input):
    """An input whose arrows move through the hits, or, while it is empty, through old queries."""

    class Stepped(Message):
        """The choice among the hits is to move.

        Args:
            by: lines, downwards.
        """

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def __init__(self, recent: RecentSearches) -> None:
        super().__init__(placeholder=AT_REST, id="search", select_on_focus=False)
        self.recent = recent
        self._recalled: int | None = None

    def on_focus(self) -> None:
        self.placeholder = AWAITED

    def on_blur(self) -> None:
        self.placeholder = AT_REST

    def on_key(self, event: events.Key) -> None:
        steps = {"up": -1, "down": 1, "pageup": -8, "pagedown": 8}
        if event.key not in steps:
            return
        event.stop()
        event.prevent_default()
        if event.key == "up" and (not self.value or self._is_recalled()):
            self._recall(-1)
        elif event.key == "down" and self._is_recalled():
            self._recall(1)
        else:
            self.post_message(self.Stepped(steps[event.key]))

    def _is_recalled(self) -> bool:
        """Whether what stands in the box is an old query, unchanged."""
        at = self._recalled
        return at is not None and at < len(self.recent) and self.recent[at] == self.value

    def _recall(self, step: int) -> None:
        at = self._recalled if self._is_recalled() else None
        at = (len(self.recent) if at is None else at) + step
        if at >= len(self.recent):
            self._recalled = None
            self.value = ""
        elif at >= 0:
            self._recalled = at
            self.value = self.recent[at]
            self.cursor_position = len(self.value)
