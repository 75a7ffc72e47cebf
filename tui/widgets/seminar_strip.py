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
        is_changed: a rating has been given or changed since then.
        is_opened_by_p: P opens the seminar's cases; it asks for ratings of other cases where
            the reader has added some.
    """

    title: str
    date: str
    progress: RatingProgress
    handed_in: int = 0
    is_changed: bool = False
    is_opened_by_p: bool = True

    @property
    def state(self) -> str:
        """What was handed in, in a few words; empty where nothing was."""
        if not self.handed_in:
            return ""
        if self.is_changed:
            return f"changed since round {self.handed_in} was handed in"
        return f"round {self.handed_in} handed in"

    @property
    def to_do(self) -> str:
        """The key for what comes next, which works wherever the cursor is."""
        if self.progress.is_complete and not self.handed_in:
            return "ctrl+p: hand in"
        return "P rates" if self.is_opened_by_p else "ctrl+p: rate the cases"


class SeminarStrip(ActionLine):
    """Tells how the seminar stands; asks for ratings when it is entered or clicked."""

    HELP_NAME = "Seminar"

    standing: reactive[SeminarStanding | None] = reactive(None)

    class Chosen(ActionLine.Chosen):
        """The reader wants to rate the cases, or to hand their ratings in."""

    def render(self) -> Content:
        standing = self.standing
        if standing is None:
            return Content("")
        width = max(self.content_size.width - 2, 0)
        lead, tail = _fitting(standing, width - _SHORTEST_TITLE)
        title = shortened(standing.title, max(width - cell_len(lead + tail), 1))
        return Content.assemble(" ", lead, (title, "bold"), tail)


def _fitting(standing: SeminarStanding, width: int) -> tuple[str, str]:
    """What stands before and after the title, in as many words as there is room for.

    The date goes first, then the key where there is something to say of what was handed in,
    then the optional cases.
    """
    progress, state, to_do = standing.progress, standing.state, standing.to_do
    said = progress.said
    least = [said, state or to_do]
    asked = [progress._replace(optional_asked=0).said, state] if state else least
    for lead, told in (
        ("Seminar: ", [standing.date, said, state, to_do]),
        ("Seminar: ", [said, state, to_do]),
        ("Seminar: ", least),
        ("", least),
        ("Seminar: ", asked),
        ("", asked),
    ):
        tail = _BETWEEN.join(["", *filter(None, told)])
        if cell_len(lead + tail) <= width:
            break
    return lead, tail
