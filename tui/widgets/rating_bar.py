"""The four ratings on a line, each with its figure; a click does what the figure does."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from casebook.rating_signs import RATING_KEYS, signed_rating
from casebook.vocabulary import Rating


class RatingBar(Widget):
    """Ratings to choose from, or a few words in their place."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "RatingBar { height: 1; background: $surface; color: $foreground; }"

    chosen: reactive[Rating | None] = reactive(None)
    words: reactive[str] = reactive("")
    """What stands there instead of the ratings; empty for the ratings."""

    class Rated(Message):
        """A rating was clicked."""

        def __init__(self, rating: Rating) -> None:
            super().__init__()
            self.rating = rating

    def render(self) -> Content:
        if self.words:
            return Content.assemble((f" {self.words}", "bold"))
        parts: list[str | tuple[str, str]] = []
        for figure, rating in RATING_KEYS.items():
            label = f" {signed_rating(rating)} "
            parts.append((f" {figure}", "bold $primary"))
            parts.append((label, "reverse") if rating is self.chosen else label)
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        if self.words:
            return
        end = 0
        for figure, rating in RATING_KEYS.items():
            end += cell_len(f" {figure} {signed_rating(rating)} ")
            if event.x < end:
                self.post_message(self.Rated(rating))
                return
