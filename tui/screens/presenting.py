"""A seminar on a projector: one question or row at a time, large, with a clock for the step."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from textual import work
from textual.binding import BindingType
from textual.widget import Widget

from casebook.comparison.cells import RatingCounts
from casebook.comparison.matrix import Comparison, compare
from casebook.comparison.options import SubPoints
from casebook.errors import CasebookError
from casebook.seminar.class_places import ClassPlace
from casebook.seminar.planned import Seminar
from casebook.seminar.slides import Slide, slides_of
from casebook.step_clock import StepClock
from tui import commands
from tui.command import Command, bindings
from tui.screens.base import CasebookScreen
from tui.screens.slide_lines import SlideView, head_lines, slide_lines
from tui.widgets.line_view import Line, LineView

_LEAVE = commands.BACK._replace(name="Leave; the place is kept until the next time", footer="leave")
_OWN: tuple[Command, ...] = (
    commands.NEXT_SLIDE,
    commands.PREVIOUS_SLIDE,
    commands.REVEAL_ROW,
    commands.TEXTS,
    commands.CLASS_TALLY,
    commands.HELP,
    commands.THEME,
    _LEAVE,
    commands.QUIT,
)

_ON_A_ROW = (commands.REVEAL_ROW, commands.TEXTS, commands.CLASS_TALLY)
"""What does something on a slide with ratings alone."""

_LAST = (commands.HELP, _LEAVE, commands.QUIT)
"""What stands first or last in the line of keys, or not at all."""

_OTHER_ROWS = 5
"""Rows of the head, the gap below it and the line of keys."""


class BoardView(LineView):
    """Lines that are given to it; page keys, as clickers send them, go through the slides."""

    ACTIONS = (commands.PAGE_DOWN, commands.PAGE_UP, commands.DOWN, commands.UP)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.lines: Sequence[Line] = ()

    def show(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.lines_changed()

    @property
    def line_count(self) -> int:
        return len(self.lines)

    @property
    def allow_horizontal_scroll(self) -> bool:
        return False  # the arrows belong to the plan

    @property
    def has_more_below(self) -> bool:
        """Whether lines stand below the edge."""
        return self.scroll_offset.y + self.size.height < self.line_count

    def line(self, y: int) -> Line:
        return self.lines[y]

    def action_page_down(self) -> None:
        if self.scroll_offset.y < self.max_scroll_y:
            super().action_page_down()
        elif isinstance(self.screen, PresentScreen):
            self.screen.action_next_slide()

    def action_page_up(self) -> None:
        if self.scroll_offset.y:
            super().action_page_up()
        elif isinstance(self.screen, PresentScreen):
            self.screen.action_previous_slide()


@dataclass
class SlidePlace:
    """Where a seminar stands, as it is kept.

    Attributes:
        slide: its number.
        since: when its step began, in seconds since 1970.
        revealed: the slides whose ratings are revealed.
        has_evidence: whether the slide shows their evidence; the next one begins without.
        has_tally: whether it shows how the class has rated; the next one begins without.
    """

    slide: int = 0
    since: float = 0.0
    revealed: set[int] = field(default_factory=set)
    has_evidence: bool = False
    has_tally: bool = False

    @property
    def kept(self) -> dict[str, Any]:
        """It as JSON can hold it."""
        return {
            "slide": self.slide,
            "since": self.since,
            "revealed": sorted(self.revealed),
            "evidence": self.has_evidence,
            "tally": self.has_tally,
        }


def place_of(kept: object, slides: int) -> SlidePlace:
    """A place as it was kept; the beginning where it cannot be read."""
    match kept:
        case {
            "slide": int(slide),
            "since": float() | int() as since,
            "revealed": list(revealed),
            "evidence": bool(has_evidence),
            "tally": bool(has_tally),
        } if 0 <= slide < slides:
            known = {each for each in revealed if isinstance(each, int) and 0 <= each < slides}
            return SlidePlace(slide, float(since), known, has_evidence, has_tally)
    return SlidePlace(since=time.time())


class PresentScreen(CasebookScreen, inherit_bindings=False):
    """The plan of a seminar, slide by slide.

    Nothing else of the app can be reached from it: everyone in the hall sees what it shows.

    Args:
        shown_class: the answers of the class, to be shown with the rows; None for none.
        begins_anew: forget where the seminar stood and what was revealed.
    """

    CSS = """
    PresentScreen TitleBar { display: none; }
    #present-head { height: 3; }
    #present-board { height: 1fr; margin-top: 1; }
    """
    ACTIONS: ClassVar[tuple[Command, ...]] = _OWN
    LEADS_TO: ClassVar[tuple[Command, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(_OWN)]

    def __init__(
        self, plan: Seminar, shown_class: ClassPlace | None = None, *, begins_anew: bool = False
    ) -> None:
        super().__init__()
        self.begins_anew = begins_anew
        self.plan = plan
        self.shown_class = shown_class
        self.slides: tuple[Slide, ...] = ()
        self.comparison: Comparison | None = None
        self.place = SlidePlace()
        self.clock = StepClock(0)
        self.tallies: dict[tuple[str, str], RatingCounts | None] = {}
        """How the class has rated each case on each point, as last read."""
        self.round: int | None = None
        """The round that they are of; 0 where there are no answers, None before they are read."""

    def compose_body(self) -> Iterable[Widget]:
        yield BoardView(id="present-head")
        yield BoardView(id="present-board")

    def on_mount(self) -> None:
        self.head.can_focus = False
        self.board.focus()
        self.title_bar.place = self.crumb
        self._read()
        kept: object = None
        try:
            from casebook.notebook import history

            notebook = self.casebook.keeper.notebook
            kept = history.kept(notebook, self.casebook.book_slug, self._kept_name)
        except CasebookError as error:
            self.casebook.complain(error)
        self.place = place_of(None if self.begins_anew else kept, len(self.slides))
        if self.begins_anew and kept is not None:
            self._keep()
        self._wind(time.time() - self.place.since)
        self.set_interval(0.5, self._tick)
        self.watch(self.board, "scroll_y", self._tick, init=False)
        self.show_slide()
        if self.place.has_tally:
            self._read_class()
        if self.place.revealed and self.slide is not None:
            step = self.slide.step + 1
            self.notify_plainly(f"Continued at step {step}; --restart begins anew.")

    def book_changed(self) -> None:
        self._read()
        self.show_slide()

    def on_resize(self) -> None:
        self.call_after_refresh(self.show_slide)

    @property
    def head(self) -> BoardView:
        return self.query_one("#present-head", BoardView)

    @property
    def board(self) -> BoardView:
        return self.query_one("#present-board", BoardView)

    @property
    def crumb(self) -> str:
        return self.plan.title

    @property
    def _kept_name(self) -> str:
        return f"presenting {self.plan.slug}"

    def _read(self) -> None:
        """Reads what the cases are rated, and makes the slides."""
        slugs = [case.slug for case in self.plan.cases]
        self.comparison = compare(
            self.casebook.book, slugs, self.plan.framework or None, subpoints=SubPoints.ALL
        )
        points = self.plan.rated_points(self.comparison.framework.criteria)
        self.slides = slides_of(self.plan, points)

    # Nothing else of the app

    @property
    def footer_commands(self) -> tuple[Command, ...]:
        shown = (each for each in _OWN if each.footer and each not in _LAST)
        useful = (each for each in shown if self._is_of_use_here(each))
        return (commands.HELP, *(self._as_named_here(each) for each in useful), _LEAVE)

    def _is_of_use_here(self, command: Command) -> bool:
        """Whether a command would do anything on the slide that is shown."""
        slide = self.slide
        if command not in _ON_A_ROW:
            return True
        if slide is None or not slide.point:
            return False
        return command is not commands.CLASS_TALLY or self.shown_class is not None

    def _as_named_here(self, command: Command) -> Command:
        """A command as the line of keys names it on the slide that is shown."""
        if command is commands.REVEAL_ROW and self.place.slide in self.place.revealed:
            return command._replace(footer="hide")
        return command

    @property
    def all_commands(self) -> list[tuple[str, tuple[Command, ...]]]:
        return [("This screen", _OWN), ("Slides that are long", BoardView.ACTIONS)]

    @property
    def commands_for_selection(self) -> tuple[Command, ...]:
        return ()

    def on_text_selected(self) -> None:
        """Offers nothing: notes and the basket are no matter of the hall."""

    def action_back(self) -> None:
        self.casebook.leave()

    # What is shown

    @property
    def slide(self) -> Slide | None:
        """The slide that is shown; None for a plan without steps."""
        return self.slides[self.place.slide] if self.slides else None

    def show_slide(self) -> None:
        """Draws the slide anew."""
        slide, comparison = self.slide, self.comparison
        if comparison is None or not self.is_mounted:
            return
        if slide is None:
            self.board.show([Line(" This plan has no steps.")])
            return
        hidden = self.casebook.book.hidden
        tallies = {case: self.tallies.get((case, slide.point)) for case in slide.cases}
        shown = SlideView(
            self.place.slide in self.place.revealed,
            self.place.has_evidence,
            tallies if self.is_class_shown else None,
            frozenset(
                case
                for case in slide.cases
                if hidden.hides(case, comparison.framework.slug, slide.point)
            ),
        )
        height = self.board.size.height or self.size.height - _OTHER_ROWS
        self.board.show(slide_lines(slide, comparison, shown, self.size.width - 1, height))
        self._tick()
        self.refresh_keys()

    @property
    def is_class_shown(self) -> bool:
        """Whether the slide shows how the class has rated it."""
        slide = self.slide
        return bool(slide and slide.point) and self.place.has_tally and self.round is not None

    @property
    def _told(self) -> str:
        """What is to be known of what the slide shows."""
        told = [f"class: round {self.round}"] if self.is_class_shown and self.round else []
        if self.board.has_more_below:
            told.append("more below: pgdn")
        return ", ".join(told)

    def _tick(self) -> None:
        slide = self.slide
        if slide is None:
            return
        steps = len(self.plan.steps)
        place = f"Step {slide.step + 1} of {steps}, {self.place.slide + 1} of {len(self.slides)}"
        lines = head_lines(slide.title, self._told, place, self.clock.said, self.size.width)
        if list(self.head.lines) != lines:
            self.head.show(lines)

    # Going through the plan

    def action_next_slide(self) -> None:
        self._go(self.place.slide + 1, "This is the end of the plan.")

    def action_previous_slide(self) -> None:
        self._go(self.place.slide - 1, "This is the beginning of the plan.")

    def _go(self, number: int, refusal: str) -> None:
        if not 0 <= number < len(self.slides):
            self.notify_plainly(refusal)
            return
        before = self.slides[self.place.slide].step
        self.place.slide = number
        self.place.has_evidence = self.place.has_tally = False
        if self.slides[number].step != before:
            self.place.since = time.time()
            self._wind(0.0)
        self.board.scroll_to(y=0, animate=False)
        self._keep()
        self.show_slide()

    def _wind(self, passed: float) -> None:
        if self.slide is not None:
            self.clock = StepClock(self.slide.minutes, passed)

    def _keep(self) -> None:
        from casebook.notebook import history

        kept, name, book = self.place.kept, self._kept_name, self.casebook.book_slug
        self.casebook.keeper.later(lambda notebook: history.keep(notebook, book, name, kept))

    # What is uncovered

    def action_reveal(self) -> None:
        slide = self.slide
        if slide is None or not slide.point:
            has_rows = slide is not None and any(
                each.step == slide.step and each.point for each in self.slides
            )
            self.notify_plainly(
                "This is the question; the ratings follow on the next slide."
                if has_rows
                else "This step has no ratings to reveal."
            )
            return
        if self.casebook.tells_of_hidden(slide.cases):
            return
        self.app.clear_notifications()  # among them that the row is to be revealed first
        self.place.revealed ^= {self.place.slide}
        self._keep()
        self.show_slide()

    def action_show_evidence(self) -> None:
        slide = self.slide
        if slide is None or not slide.point or self.place.slide not in self.place.revealed:
            self.notify_plainly("Reveal the row first: = shows the ratings, then v the evidence.")
            return
        self.place.has_evidence = not self.place.has_evidence
        self._keep()
        self.show_slide()

    def action_class_tally(self) -> None:
        if self.shown_class is None:
            self.notify_plainly("No class is open: casebook seminar present PLAN --class FILE.")
            return
        self.place.has_tally = not self.place.has_tally
        self._keep()
        self.show_slide()
        if self.place.has_tally:
            self._read_class()

    @work(exclusive=True, group="class")
    async def _read_class(self) -> None:
        """Reads the answers of the class away from the keyboard: there may be more by now."""
        from casebook.seminar.class_results import ClassResults, results
        from casebook.seminar.shown_round import begun_said, round_to_show
        from tui.away import away_from_the_keyboard

        place = self.shown_class
        if place is None:
            return

        def counted() -> ClassResults:
            record = place.read()
            return results(record, round_to_show(record), in_order=True)

        try:
            found = await away_from_the_keyboard(counted)
        except CasebookError as error:
            self.casebook.complain(error)
            return
        self._take({key: cell.counts for key, cell in found.cells.items()}, found.round)
        begun = begun_said(found.record, found.round)
        if begun and self.is_attached:
            self.notify_plainly(f"{begun}: too few to be shown yet.")

    def _take(self, tallies: dict[tuple[str, str], RatingCounts | None], number: int) -> None:
        if self.is_attached:
            self.tallies, self.round = tallies, number
            self.show_slide()
