"""The rows of the notebook under their headings; read as they come into view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from rich.cells import cell_len

from casebook.book.hiding import NOTHING, Hiding
from casebook.errors import CasebookError
from casebook.line_wrap import padded, shortened
from casebook.notebook import Notebook
from casebook.notebook.listing import (
    UNTAGGED,
    ItemKind,
    Listed,
    NotebookItem,
    Order,
    RatingFold,
    items,
    local_day,
    local_time,
    with_folds,
)
from casebook.notebook.masking import masked_item
from tui.widgets.line_view import Line, StyleRun
from tui.widgets.row_list import RowList

ROWS_AT_ONCE = 64
_TITLE = 26
_ROOM_FOR_TITLES = 76

_SIGNS = {
    ItemKind.NOTE: "note",
    ItemKind.HIGHLIGHT: "highlight",
    ItemKind.BOOKMARK: "bookmark",
    ItemKind.TAG: "tag",
    ItemKind.VIEW: "saved",
    ItemKind.PREDICTION: "rating",
    ItemKind.LISTED: "to read",
    ItemKind.DRAFT: "draft",
    ItemKind.READING: "page",
}
_SIGN = 9
_FOLDED, _OPEN = "\N{BLACK RIGHT-POINTING SMALL TRIANGLE}", "\N{BLACK DOWN-POINTING SMALL TRIANGLE}"
_FOLD = "ratings"
"""The key of a fold."""


class NoteList(RowList):
    """What a notebook lists, with a cursor that stays on its row when the list changes."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.rows: Sequence[Listed] = ()
        self.order = Order.TIME
        self.framework_titles: Mapping[str, str] = {}
        self.hiding: Hiding = NOTHING
        """What of the book is hidden."""
        self.empty_text = ""
        self._left_out: tuple[str, str] | None = None
        """The row that was under the cursor before a list that does not have it."""
        self._notebook: Notebook | None = None
        self._lines: list[int | str | RatingFold] = []
        self._unfolded: set[str] = set()
        """The groups whose ratings are shown one by one."""
        self._known: dict[int, NotebookItem | None] = {}

    def show(
        self, notebook: Notebook, rows: Sequence[Listed], order: Order, *, folds: bool = True
    ) -> None:
        """Shows other rows.

        Args:
            folds: the ratings of a group are one row that opens.
        """
        keep = self._key_at(self.cursor)
        cursor = self.cursor
        self._notebook, self.order = notebook, order
        self._known = {}
        self._set_lines(with_folds(rows) if folds else rows)
        self.lines_changed()
        at = self._row_of(keep) if keep else None
        if at is not None:
            self._left_out = None
        elif self._left_out is not None and (found := self._row_of(self._left_out)) is not None:
            at, self._left_out = found, None
        else:
            self._left_out = keep
        if at is None:
            at = self._nearest(min(cursor, max(len(self._lines) - 1, 0)), 1)
            if not self._lines or not self.can_choose(at):
                at = self._nearest(max(len(self._lines) - 1, 0), -1)
        self.cursor = at
        self.post_message(self.Moved(self, self.cursor))

    def _set_lines(self, rows: Sequence[Listed | RatingFold]) -> None:
        self._lines = []
        listed: list[Listed] = []
        before: str | None = None
        for row in rows:
            if row.group != before:
                self._lines.append(row.group)
                before = row.group
            if isinstance(row, RatingFold):
                self._lines.append(row)
            if not isinstance(row, RatingFold) or row.group in self._unfolded:
                inside = row.rows if isinstance(row, RatingFold) else (row,)
                self._lines += range(len(listed), len(listed) + len(inside))
                listed += inside
        self.rows = listed

    def _key_at(self, y: int) -> tuple[str, str] | None:
        """The group and the key of a line, by which it is found in another list."""
        line = self._lines[y] if y < len(self._lines) else ""
        if isinstance(line, RatingFold):
            return line.group, _FOLD
        return None if isinstance(line, str) else (self.rows[line].group, self.rows[line].key)

    @property
    def fold(self) -> RatingFold | None:
        """The folded ratings under the cursor."""
        line = self._lines[self.cursor] if self.cursor < len(self._lines) else ""
        return line if isinstance(line, RatingFold) else None

    def toggle(self, fold: RatingFold) -> None:
        """Shows the ratings of a fold one by one, or hides them again."""
        self._unfolded ^= {fold.group}

    def _row_of(self, wanted: tuple[str, str]) -> int | None:
        """The line of a row: in its group, else in the first that it is in."""
        elsewhere: int | None = None
        for at in range(len(self._lines)):
            key = self._key_at(at)
            if key is not None and key[1] == wanted[1]:
                if key[0] == wanted[0]:
                    return at
                elsewhere = at if elsewhere is None else elsewhere
        return elsewhere

    @property
    def item(self) -> NotebookItem | None:
        """What stands under the cursor."""
        if self.cursor < len(self._lines):
            line = self._lines[self.cursor]
            return self._item(line) if isinstance(line, int) else None
        return None

    def _item(self, number: int) -> NotebookItem | None:
        if number not in self._known and self._notebook is not None:
            start = number - number % ROWS_AT_ONCE
            batch = self.rows[start : start + ROWS_AT_ONCE]
            try:
                found = items(self._notebook, batch)
            except CasebookError:
                found = [None] * len(batch)
            self._known.update(enumerate(found, start))
        return self._known.get(number)

    @property
    def line_count(self) -> int:
        return max(len(self._lines), 1)

    def can_choose(self, row: int) -> bool:
        return row < len(self._lines) and not isinstance(self._lines[row], str)

    def line(self, y: int) -> Line:
        width = self.size.width
        if not self._lines:
            return Line(f"   {self.empty_text}", (StyleRun(0, width, "muted"),))
        line = self._lines[y]
        if isinstance(line, str):
            text = f" {self._heading(line)}"
            return Line(text, (StyleRun(0, len(text), "heading"),))
        if isinstance(line, RatingFold):
            drawn = self._drawn_fold(line, width)
        else:
            drawn = self._drawn(self._item(line), width)
        if y == self.cursor:
            fill = "cursor" if self.has_focus else "cursor-elsewhere"
            pointer = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
            return Line(pointer + drawn.text[1:], drawn.runs, fill)
        return drawn

    def _heading(self, group: str) -> str:
        if self.order is Order.TIME:
            return _day(group)
        if self.order is Order.TAG:
            return f"#{group}" if group != UNTAGGED else "Without a tag"
        return group

    def _drawn_fold(self, fold: RatingFold, width: int) -> Line:
        sign = _OPEN if fold.group in self._unfolded else _FOLDED
        text = shortened(f"   {sign} {fold.words}", width)
        return Line(text, (StyleRun(3, len(text), "muted"),))

    def _drawn(self, item: NotebookItem | None, width: int) -> Line:
        if item is None:
            return Line("   (deleted)", (StyleRun(0, 12, "muted"),))
        sign = f"   {_SIGNS[item.kind]:<{_SIGN}} "
        runs = [StyleRun(3, 3 + _SIGN, "note" if item.kind is ItemKind.NOTE else "muted")]
        when = local_time(item.when) if self.order is Order.TIME else local_day(item.when)
        item = masked_item(self.hiding, item)
        words = " ".join(item.words_with(self.framework_titles).split())
        title = ""
        if self.order is not Order.ENTRY or not words:
            title = item.title
        room = max(width - cell_len(sign) - len(when) - 2, 8)
        if title and words and width >= _ROOM_FOR_TITLES:
            middle = f"{padded(title, _TITLE)} {padded(words, room - _TITLE - 1)}"
            runs.append(StyleRun(len(sign), len(sign) + len(padded(title, _TITLE)), "strong"))
        else:
            both = f"{title}: {words}" if title and words else title or words
            middle = padded(shortened(both, room), room)
            runs.append(StyleRun(len(sign), len(sign) + min(len(title), len(middle)), "strong"))
        text = f"{sign}{middle} {when}"
        runs.append(StyleRun(len(text) - len(when), len(text), "muted"))
        if item.kind is ItemKind.HIGHLIGHT:
            runs.append(
                StyleRun(len(text) - len(when) - 1 - len(middle), len(text) - len(when), "quote")
            )
        return Line(text, tuple(runs))

    def on_focus(self) -> None:
        self.line_changed(self.cursor)

    def on_blur(self) -> None:
        self.line_changed(self.cursor)


def _day(group: str) -> str:
    """A day as people write it: `Saturday 21 November 2026`."""
    try:
        day = date.fromisoformat(group)
    except ValueError:
        return "Without a date"
    return f"{day:%A} {day.day} {day:%B %Y}"
