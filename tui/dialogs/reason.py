"""How a reader rates a cell, and why."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Label, Static

from casebook.comparison.prediction import ReaderRating
from casebook.rating_signs import RATING_KEYS, signed_rating
from casebook.vocabulary import Rating
from tui import commands
from tui.command import bindings
from tui.dialogs.base import SUBMIT, Dialog
from tui.widgets.option_list import ChoiceList

LONGEST_REASON = 1000
RATE_FIRST = "Rate it first: 1 met, 2 partly, 3 not met, 0 silent."
_RATED = "Type a reason if you like. enter saves; \u2191\u2193 change the rating."


class ReasonInput(Input):
    """A reason; before the cell is rated, a figure at its beginning is the rating."""

    class Rated(Message):
        """The reader has typed a rating."""

        def __init__(self, rating: Rating) -> None:
            super().__init__()
            self.rating = rating

    def __init__(self, reason: str) -> None:
        super().__init__(
            reason,
            placeholder="Because \N{HORIZONTAL ELLIPSIS}",
            id="reason",
            max_length=LONGEST_REASON,
        )
        self.takes_rating = False

    def on_key(self, event: events.Key) -> None:
        rating = RATING_KEYS.get(event.character or "")
        if self.takes_rating and not self.value and rating is not None:
            event.prevent_default()
            self.takes_rating = False
            self.post_message(self.Rated(rating))


class ReasonScreen(Dialog[ReaderRating]):
    """Answers the rating with its reason.

    All keys go into the box for the reason, so that nothing that is typed is taken for a
    command.

    Args:
        cell: what is rated, in words.
        answer: the rating so far; None for a cell that is not rated.
        slug: the entry.
        key: the point.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings((commands.DOWN, commands.UP)),
    ]
    KEYS = (
        SUBMIT,
        commands.DOWN._replace(footer="rating", display="\u2191\u2193"),
    )

    def __init__(self, cell: str, slug: str, key: str, answer: ReaderRating | None) -> None:
        super().__init__()
        self.cell = cell
        self.slug = slug
        self.key = key
        self.reason = answer.reason if answer else ""
        ratings = {
            rating: f"{figure} {signed_rating(rating)}" for figure, rating in RATING_KEYS.items()
        }
        chosen = {"rating": answer.rating} if answer else {}
        self.ratings = ChoiceList([("rating", "Your rating", ratings)], chosen)
        self.ratings.can_focus = False
        if answer:
            self.ratings.go_to("rating", answer.rating)

    @property
    def rating(self) -> Rating | None:
        """The rating that is chosen; None for none yet."""
        return self.ratings.chosen.get("rating")

    def compose(self) -> ComposeResult:
        with Vertical(classes="box small"):
            yield Label(self.cell, classes="box-title", markup=False)
            yield self.ratings
            yield ReasonInput(self.reason)
            yield Static("", id="reason-hint", classes="muted", markup=False)

    def on_mount(self) -> None:
        self.ratings.styles.height = self.ratings.line_count + 1
        box = self.query_one(ReasonInput)
        box.focus()
        box.cursor_position = len(box.value)
        self._show_hint()

    def _show_hint(self) -> None:
        self.query_one(ReasonInput).takes_rating = self.rating is None
        self.query_one("#reason-hint", Static).update(_RATED if self.rating else RATE_FIRST)

    @on(ReasonInput.Rated)
    def _take(self, event: ReasonInput.Rated) -> None:
        self.ratings.go_to("rating", event.rating)
        self.ratings.action_open()

    @on(ChoiceList.Changed)
    def _rated(self) -> None:
        self._show_hint()

    def action_cursor_down(self) -> None:
        self._step(1)

    def action_cursor_up(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        if self.rating is not None:
            self.ratings.step(by)
        self.ratings.action_open()

    @on(Input.Submitted)
    def _done(self, event: Input.Submitted) -> None:
        if self.rating is None:
            self.query_one("#reason-hint", Static).update(f"{RATE_FIRST} \u2191\u2193 choose.")
            return
        self.dismiss(ReaderRating(self.slug, self.key, self.rating, event.value.strip()))
