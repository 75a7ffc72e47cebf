"""The line above the library that tells of the seminar that the book was made for."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive

from casebook.line_wrap import shortened
from casebook.seminar.rating import RatingProgress
from tui.widgets.action_line import ActionLine

_BETWEEN = " \N{MIDDLE DOT} "
_SHORTEST_TITLE = 12


class SeminarStanding(NamedTuple):
    """How a seminar stands.

    Attributes:
        handed_in: for which round the reader has handed in last; 0 for none.
    """

    title: str
    date: str
    progress: RatingProgress
    handed_in: int = 0

    @property
    def to_do(self) -> str:
        """What enter does."""
        if not self.progress.is_complete:
            return "enter rates"
        return "enter: rate or hand in"


class SeminarStrip(ActionLine):
    """Asks for the reader's ratings of the seminar's cases, by enter or by a click."""

    HELP_NAME = "Seminar"

    standing: reactive[SeminarStanding | None] = reactive(None)

    class Chosen(ActionLine.Chosen):
        """The reader wants to rate the cases, or to hand their ratings in."""

    def render(self) -> Content:
        standing = self.standing
        if standing is None:
            return Content("")
        width = max(self.content_size.width - 2, 0)
        told = [standing.progress.said, standing.to_do]
        more = [standing.date]
        if standing.handed_in:
            more.append(f"round {standing.handed_in} handed in")
        lead = "Seminar: "
        # Where there is little room, the date goes first, then what was handed in.
        while more and cell_len(lead + _BETWEEN.join(["", *more, *told])) + _SHORTEST_TITLE > width:
            more.pop(0)
        if cell_len(lead + _BETWEEN.join(["", *more, *told])) + _SHORTEST_TITLE > width:
            lead = ""
        tail = _BETWEEN.join(["", *more, *told])
        room = max(width - cell_len(lead + tail), 1)
        title = shortened(standing.title, room)
        return Content.assemble(" ", lead, (title, "bold"), tail)
