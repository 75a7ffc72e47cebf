"""Draws a document: wrapped, with links and citations that can be stepped through and opened.

The layout knows for every cell which words of the document it shows; links, matches and
copied text are all found that way.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.selection import Selection

from casebook.document import Document
from casebook.line_wrap import Span
from tui import commands
from tui.command import Command, bindings
from tui.widgets.document_layout import (
    DocumentRow,
    LinkTarget,
    Prepared,
    TargetKind,
    clipped,
    laid_out,
)
from tui.widgets.document_line import document_line
from tui.widgets.document_notes import MEASURE, NOTE_WIDTH, with_note
from tui.widgets.document_selection import copied_words, quoted_words, selected_spans
from tui.widgets.line_view import Line, LineView, StyleRun
from tui.widgets.link_steps import stop_beside, stop_from, stops
from tui.widgets.matches import Matches

NOTHING_TO_OPEN = "No link is selected. \N{RIGHTWARDS ARROW} selects the next link or citation."

TABLE_MEASURE = 120
"""Cells of a line of a table at the most."""


class DocumentView(LineView):
    """A page to read."""

    LEAD: ClassVar[int] = 10
    """Cells that the name of a fact has before it."""

    ACTIONS = (
        *commands.MOVING,
        commands.OPEN,
        commands.NEXT_LINK,
        commands.PREVIOUS_LINK,
        commands.NEXT_TERM,
        commands.PREVIOUS_TERM,
        commands.NEXT_SECTION,
        commands.PREVIOUS_SECTION,
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings((*ACTIONS, commands.BACK))]

    class TargetChosen(Message):
        """A link or citation has come under the cursor, or none is any more."""

        def __init__(self, view: DocumentView, target: LinkTarget | None) -> None:
            super().__init__()
            self.view = view
            self.target = target

    class TargetOpened(Message):
        """A link or citation is to be opened."""

        def __init__(self, view: DocumentView, target: LinkTarget) -> None:
            super().__init__()
            self.view = view
            self.target = target

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.document = Document("", ())
        self.notes_beside: Mapping[int, str] = {}
        """The reader's notes by the blocks that they are on, to stand beside them."""
        self.when_shown: Callable[[], None] = _nothing
        """Called at once when another document is shown, before anything is drawn of it."""
        self.chosen: int | None = None
        self._height = 0
        self._prepared = Prepared(self.document, self.LEAD)
        self._rows: list[DocumentRow] = []
        self._first_rows: list[int] = []
        self._laid_out: tuple[Prepared, int, int] | None = None
        """What the lines are of, and their measure."""
        self._matches = Matches()
        self._marked: int | None = None
        self._wanted: int | None = None
        self._wanted_lines = 0

    # The document

    @property
    def targets(self) -> list[LinkTarget]:
        """What can be opened, in reading order."""
        return self._prepared.targets

    def show(self, document: Document, *, anchor: str = "") -> None:
        """Shows a document from its top, or from the block with an anchor."""
        self._forget_target()
        self._take(document)
        self.scroll_to(y=0, animate=False)
        self.lines_changed()
        if anchor:
            self.go_to(anchor)

    def show_again(self, document: Document) -> None:
        """Shows a document that has changed a little; the reader stays where they are."""
        top, chosen = self.scroll_offset.y, self.chosen_target
        self._take(document)
        if chosen in self.targets:
            self.chosen = self.targets.index(chosen)
        elif chosen is not None:
            self.post_message(self.TargetChosen(self, None))
        self.lines_changed()
        self.scroll_to(y=min(top, self.max_scroll_y), animate=False)

    def _forget_target(self) -> None:
        """Tells that no target is under the cursor any more."""
        if self.chosen is not None:
            self.post_message(self.TargetChosen(self, None))

    def _take(self, document: Document) -> None:
        self.document = document
        self.chosen = self._marked = None
        self._matches = Matches()
        self._prepared = Prepared(document, self.LEAD)
        self._lay_out()
        self.when_shown()

    def go_to(self, anchor: str) -> bool:
        """Brings the block with an anchor to the top and marks it; False if there is none."""
        at = self.document.index_of(anchor)
        if at is None:
            return False
        before, self._marked = self._marked, at
        self._blocks_changed(before, at)
        self.scroll_to_block(at)
        return True

    def scroll_to_block(self, at: int) -> None:
        """Brings a block to the top."""
        self._wanted = at
        self.call_after_refresh(self._go_to_wanted)

    def _go_to_wanted(self) -> None:
        """Goes to the block that is wanted, once the view has a size and so has lines."""
        if self._wanted is not None and self._wanted < len(self._first_rows):
            y = self._first_rows[self._wanted] + self._wanted_lines
            self.scroll_to(y=y, animate=False, immediate=True)
            self._wanted, self._wanted_lines = None, 0

    @property
    def top_block(self) -> int:
        """The block that the top line belongs to."""
        return max(bisect_right(self._first_rows, self.scroll_offset.y) - 1, 0)

    # Layout

    def relaid(self) -> None:
        """Lays out anew for another width, the top line staying where it is."""
        top = self.top_block
        within = self.scroll_offset.y - (self._first_rows[top] if self._first_rows else 0)
        self._lay_out()
        if self._wanted is not None:
            self.call_after_refresh(self._go_to_wanted)
        elif top < len(self._first_rows) and self.scroll_offset.y:
            self.scroll_to(y=self._first_rows[top] + within, animate=False)

    @property
    def measure(self) -> int:
        """Cells of a line of words: between two blanks, and beside a scroll bar if one comes."""
        return max(min(self._room, MEASURE), 10)

    @property
    def _room(self) -> int:
        return self.outer_size.width - self.styles.gutter.width - 3

    def _lay_out(self) -> None:
        if not self.size.width:
            self._rows, self._first_rows, self._laid_out = [], [], None
            self._drop_selection()
            return
        # A wider view does not always have longer lines.
        table_measure = min(self._room, TABLE_MEASURE)
        wanted = self._prepared, self.measure, table_measure
        if self._laid_out != wanted:
            self._laid_out = wanted
            self._drop_selection()
            self._rows, self._first_rows = laid_out(
                self._prepared.blocks, self.measure, table_measure
            )

    def _drop_selection(self) -> None:
        """Selects nothing any more: it is kept by lines, and other words stand in them now."""
        if self.is_attached and self.text_selection is not None:
            self.screen.clear_selection()

    @property
    def line_count(self) -> int:
        return len(self._rows)

    def line(self, y: int) -> Line:
        row = self._rows[y]
        line = self._line_of(row)
        words = self.notes_beside.get(row.shown, "") if self.has_room_for_notes else ""
        return with_note(line, words, y - self._first_rows[row.shown]) if words else line

    @property
    def has_room_for_notes(self) -> bool:
        """Whether notes have room beside the widest lines."""
        return self._room >= MEASURE + NOTE_WIDTH

    def _line_of(self, row: DocumentRow) -> Line:
        marked = "marked" if row.shown == self._marked else ""
        return document_line(self._prepared, row, partial(self._extra_runs, row.shown), marked)

    def _extra_runs(self, number: int, start: int, end: int, shift: int) -> Iterator[StyleRun]:
        yield from self._matches.runs(number, start, end, shift)
        if self.chosen is not None:
            block, span = self._prepared.target_spans[self.chosen]
            if block == number and span[0] < end and span[1] > start:
                yield clipped(StyleRun(*span, "chosen", self.chosen), start, end, shift)

    def _blocks_changed(self, *blocks: int | None) -> None:
        """Draws the lines of some blocks anew."""
        firsts = [*self._first_rows, len(self._rows)]
        for block in {block for block in blocks if block is not None}:
            if block < len(self._first_rows):
                self.line_changed(*range(firsts[block], firsts[block + 1]))

    # Stepping through targets

    def action_next_link(self) -> None:
        self._choose_beside(1)

    def action_previous_link(self) -> None:
        self._choose_beside(-1)

    def action_next_term(self) -> None:
        self._choose_beside(1, terms=True)

    def action_previous_term(self) -> None:
        self._choose_beside(-1, terms=True)

    def _choose_beside(self, step: int, *, terms: bool = False) -> None:
        top, held = self.scroll_offset.y, stops(self.targets, terms=terms)
        found = self._matches.place if self.chosen is None else None
        if found is not None and top <= self._row_at(*found) < top + self.size.height:
            at = stop_from(held, step, found, self._place_of)
        else:
            at = stop_beside(
                held, self.chosen, step, self._is_visible, lambda number: self._row_of(number) < top
            )
        if at is not None:
            self.choose(at)

    def choose(self, number: int | None) -> None:
        """Puts the cursor on a target, or takes it away."""
        before, self.chosen = self.chosen, number
        chosen = (self._place_of(at)[0] for at in (before, number) if at is not None)
        self._blocks_changed(*chosen)
        if number is not None:
            self.show_row(self._row_of(number))
        self.post_message(
            self.TargetChosen(self, self.targets[number] if number is not None else None)
        )

    @property
    def chosen_target(self) -> LinkTarget | None:
        return self.targets[self.chosen] if self.chosen is not None else None

    def _row_of(self, number: int) -> int:
        """The line on which a target begins."""
        return self._row_at(*self._place_of(number))

    def _place_of(self, number: int) -> tuple[int, int]:
        """The block of a target, and where in its words it begins."""
        block, (start, _) = self._prepared.target_spans[number]
        return block, start

    def _row_at(self, block: int, offset: int) -> int:
        if block >= len(self._first_rows):
            return 0
        row = self._first_rows[block]
        while row + 1 < len(self._rows) and self._rows[row + 1].shown == block:
            if self._rows[row].holds(offset):
                break
            row += 1
        return row

    def resized(self) -> None:
        """Keeps what is chosen in sight where a panel has taken the room below it."""
        top, height = self.scroll_offset.y, self.size.height
        if self.chosen is not None and self._height > height:
            row = self._row_of(self.chosen)
            if top + height <= row < top + self._height:
                self.show_row(row)
        self._height = height

    def _is_visible(self, number: int) -> bool:
        top = self.scroll_offset.y
        return top <= self._row_of(number) < top + self.size.height

    def show_row(self, row: int) -> None:
        """Scrolls as little as shows a line with a little around it."""
        top, height = self.scroll_offset.y, self.size.height
        if row < top + 1:
            self.scroll_to(y=max(row - 2, 0), animate=False)
        elif row >= top + height - 1:
            self.scroll_to(y=row - height + 3, animate=False)

    @property
    def can_open(self) -> bool:
        return self.chosen is not None

    @property
    def keys_here(self) -> tuple[Command, ...]:
        if not self.targets:
            return ()
        is_cited = any(target.kind is TargetKind.CITATION for target in self.targets)
        step = commands.NEXT_LINK if is_cited else commands.NEXT_LINK._replace(footer="next link")
        return (step, commands.OPEN) if self.can_open else (step,)

    def action_open(self) -> None:
        target = self.chosen_target
        if target is not None:
            self.post_message(self.TargetOpened(self, target))
        else:
            self.notify(NOTHING_TO_OPEN, markup=False)

    def clicked(self, event: events.Click) -> None:
        number = event.style.meta.get("target")
        if isinstance(number, int) and number < len(self.targets):
            self.choose(number)
            self.action_open()

    # Sections

    def action_next_section(self) -> None:
        starts = self._section_rows()
        later = [row for row in starts if row > self.scroll_offset.y]
        self.scroll_to(y=later[0] if later else self.max_scroll_y, animate=False)

    def action_previous_section(self) -> None:
        earlier = [row for row in self._section_rows() if row < self.scroll_offset.y]
        self.scroll_to(y=earlier[-1] if earlier else 0, animate=False)

    def _section_rows(self) -> list[int]:
        firsts = self._first_rows  # none while the view has no width
        return [firsts[at] for at, _ in self.document.headings if at < len(firsts)]

    # Finding

    def find(self, words: str) -> int:
        """Marks every place where some words stand and goes to the first; says how many."""
        self._matches.find(words, self._prepared.blocks, self._is_drawn)
        self._strips.clear()
        self.refresh()
        if self._matches:
            self._go_to_match(self._matches.first_from(self.scroll_offset.y, self._row_at))
        return len(self._matches)

    def _is_drawn(self, block: int, span: Span) -> bool:
        """Whether words are on some line: the columns' names stand above a table only once."""
        if not self._prepared.blocks[block].block.cells or block >= len(self._first_rows):
            return True
        row = self._rows[self._row_at(block, span[0])]
        return not row.pieces or row.holds(span[0])

    @property
    def match_position(self) -> tuple[int, int]:
        """The number of the current match, from 1, and how many there are."""
        return self._matches.position

    def step_match(self, step: int) -> None:
        """Goes to the next match, or with -1 to the one before, round the ends."""
        if self._matches:
            self._go_to_match(self._matches.beside(step))

    def _go_to_match(self, number: int) -> None:
        before = self._matches.place
        place = self._matches.go_to(number)
        if self.chosen is not None:
            self.choose(None)  # the next step leads on from the match
        self._blocks_changed(before and before[0], place[0])
        self.show_row(self._row_at(*place))

    # Where the reader is

    @property
    def place(self) -> tuple[str, int]:
        """The anchor of the block at the top, and how many of its lines have gone by."""
        if not self._first_rows:
            return "", 0
        top = self.top_block
        anchor = self.document.blocks[top].anchor
        return anchor, round(self.scroll_offset.y) - self._first_rows[top]

    @property
    def share_seen(self) -> float:
        """How much of the document is above the lower edge, from 0 to 1."""
        if not self.line_count or not self.size.height:
            return 0.0
        return min((self.scroll_offset.y + self.size.height) / self.line_count, 1.0)

    def go_to_place(self, anchor: str, lines: int) -> None:
        """Goes where `place` said, without marking anything."""
        at = self.document.index_of(anchor)
        if at is not None:
            self._wanted_lines = lines
            self.scroll_to_block(at)

    @property
    def words_at_hand(self) -> str:
        """The words that are selected, of the block with the chosen target, or of the top one."""
        if not self.document.blocks:
            return ""
        selected, target = self.selected_words(), self.chosen_target
        if selected is not None:
            at, start, end = selected
            return self.document.blocks[at].text.plain[start:end]
        at = target.block if target is not None else self.top_block
        return self.document.blocks[at].text.plain

    # Copying

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "back":  # what is selected is the first to be left
            return self.is_attached and self.text_selection is not None
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        self.screen.clear_selection()

    @property
    def selected_spans(self) -> list[tuple[int, Span]]:
        """The blocks in which words are selected, and from where to where in their texts."""
        selection = self.text_selection
        return selected_spans(selection, self._rows, self._prepared.blocks) if selection else []

    def selected_words(self) -> tuple[int, int, int] | None:
        """The block in which words are selected, and from where to where in its text."""
        selection = self.text_selection
        return selection and quoted_words(selection, self._rows, self._prepared.blocks)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected words as the document has them: without line breaks of the screen."""
        text = copied_words(selection, self._rows, self._prepared.blocks)
        return (text, "\n") if text else None


def _nothing() -> None:
    """What most views do when another document is shown."""
