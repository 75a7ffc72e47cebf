"""The list of entries, by kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Protocol

from casebook.book.values import EntryLine
from casebook.dates import Bounds, year_of
from casebook.line_wrap import cells_of, padded
from casebook.vocabulary import Kind
from tui.widgets.line_view import Line, StyleRun
from tui.widgets.row_list import RowList

_BOOKMARK, _READ = "*", "\N{CHECK MARK}"
PICKED = "+"
"""The sign of an entry that is compared."""

ROWS_AT_ONCE = 24
"""Entries that are read from the book together."""


class Contents(Protocol):
    """What an entry list shows."""

    @property
    def line_count(self) -> int: ...

    def slug_at(self, y: int) -> str | None:
        """The entry of a line; None for a line that cannot be chosen."""

    def line(self, y: int, width: int, picked: frozenset[str]) -> Line:
        """A line, its first two cells left free for the cursor."""

    def anchor_at(self, y: int) -> str:
        """Where on the page of a line's entry its words stand; empty for its top."""

    def find(self, slug: str) -> int | None:
        """The line of an entry, or None."""


class ShelfContents:
    """Entries under a heading for each kind, read from the book as they come into view.

    Args:
        keys: the entries' keys in order.
        groups: the kinds in order, and how many entries each has.
        read: answers the entries of some keys.
        key_of: answers the key of a slug, None where there is none.
    """

    def __init__(
        self,
        keys: Sequence[int],
        groups: Sequence[tuple[Kind, int]],
        read: Callable[[Sequence[int]], list[EntryLine]],
        key_of: Callable[[str], int | None],
    ) -> None:
        # A damaged book may list more entries than its kinds count.
        self.keys = keys[: sum(count for _, count in groups)]
        self.groups = groups
        self.read = read
        self.key_of = key_of
        self._known: dict[int, EntryLine] = {}

    @property
    def line_count(self) -> int:
        return len(self.keys) + len(self.groups)

    def _where(self, y: int) -> tuple[Kind, int | None]:
        """The kind of a line, and which entry it is, None for a heading."""
        heading = before = 0
        for kind, count in self.groups:
            if y == heading:
                return kind, None
            if y <= heading + count:
                return kind, before + y - heading - 1
            heading += count + 1
            before += count
        raise IndexError(y)

    def entry(self, number: int) -> EntryLine | None:
        """An entry by its place among the keys."""
        if number not in self._known:
            start = number - number % ROWS_AT_ONCE
            keys = self.keys[start : start + ROWS_AT_ONCE]
            entries = self.read(keys)
            if len(entries) == len(keys):
                self._known.update(enumerate(entries, start))
            else:
                for at, key in enumerate(keys, start):
                    for entry in self.read([key]):
                        self._known[at] = entry
        return self._known.get(number)

    def slug_at(self, y: int) -> str | None:
        if not 0 <= y < self.line_count:
            return None
        _, number = self._where(y)
        entry = self.entry(number) if number is not None else None
        return entry.slug if entry else None

    def line(self, y: int, width: int, picked: frozenset[str]) -> Line:
        kind, number = self._where(y)
        if number is None:
            count = dict(self.groups)[kind]
            text = f" {kind.plural.upper()} {count}"
            return Line(text, (StyleRun(0, len(text), "heading"),))
        entry = self.entry(number)
        if entry is None:
            return Line("   (this entry is damaged and cannot be shown)")
        return entry_line(entry, width, is_picked=entry.slug in picked)

    def anchor_at(self, y: int) -> str:
        return ""

    def find(self, slug: str) -> int | None:
        key = self.key_of(slug)
        if key is None or key not in self.keys:
            return None
        return self._line_of(self.keys.index(key))

    def _line_of(self, number: int) -> int:
        headings = 0
        before = 0
        for _, count in self.groups:
            headings += 1
            if number < before + count:
                break
            before += count
        return number + headings


_OUTCOMES = {"success": "good", "mixed": "middling", "struggling": "middling", "failed": "bad"}
_PLACE, _YEARS, _OUTCOME = 16, 12, 13
_UNNAMED = " (unnamed)"
"""What a title can be without where there is little room."""
_MEDIUM, _WIDE = 72, 120
"""Cells from which a list has room for place and years beside names, and for whole places."""


def entry_line(entry: EntryLine, width: int, *, is_picked: bool = False) -> Line:
    """Title, place, years and outcome in columns; on a narrow list, title and outcome."""
    place = entry.setting.places[0].name if entry.setting.places else ""
    outcome = entry.outcome.said if entry.outcome else ""
    columns = [(outcome, _OUTCOME, _OUTCOMES.get(outcome, "muted"))]
    if width >= _MEDIUM:
        wide = width >= _WIDE
        years = years_label(entry.setting.bounds)
        columns = [
            (place if not wide else entry.setting.place, _PLACE * (2 if wide else 1), "muted"),
            (years, _YEARS, "muted"),
            *columns,
        ]
    room = width - 4 - sum(cells + 1 for _, cells, _ in columns)
    room = max(room, 8)
    whole = entry.title if cells_of(entry.title) <= room else entry.title.removesuffix(_UNNAMED)
    title = padded(whole, room)
    text = f"  {PICKED if is_picked else ' '}{title}"
    runs = [StyleRun(2, 3, "picked")] if is_picked else []
    for words, cells, style in columns:
        start = len(text) + 1
        text += f" {padded(words, cells)}"
        runs.append(StyleRun(start, len(text), style))
    return Line(text, tuple(runs))


def years_label(bounds: Bounds | None) -> str:
    """Bounds in a few cells: `1997–2007`, `1990s–`, `2000~04`, `–2010`."""
    if bounds is None:
        return ""
    begin = _year_label(bounds.earliest_begin, bounds.latest_begin)
    if (bounds.earliest_begin, bounds.latest_begin) == (bounds.earliest_end, bounds.latest_end):
        return begin
    if _is_one_year(bounds):
        return begin
    is_open = bounds.unended or bounds.latest_end is None
    end = "" if is_open else _year_label(bounds.earliest_end, bounds.latest_end)
    return f"{begin}\N{EN DASH}{end}"


def _is_one_year(bounds: Bounds) -> bool:
    days = (bounds.earliest_begin, bounds.latest_end)
    return None not in days and len({year_of(day) for day in days if day is not None}) == 1


def _year_label(first: int | None, last: int | None) -> str:
    if first is None and last is None:
        return ""
    if first is None or last is None:
        return f"by {year_of(last)}" if last is not None else f"from {year_of(first or 0)}"
    from_year, to_year = year_of(first), year_of(last)
    if from_year == to_year:
        return str(from_year)
    if from_year % 10 == 0 and to_year == from_year + 9:
        return f"{from_year}s"
    return f"{from_year}~{to_year % 100:02}"


NOTHING = ShelfContents((), (), lambda _: [], lambda _: None)


class EntryList(RowList):
    """The entries of the book, or of a search."""

    SIGNS: ClassVar[tuple[tuple[str, str], ...]] = (
        (_BOOKMARK, "You have bookmarked the entry"),
        (_READ, "You have read the page"),
        (PICKED, "The entry is in the comparison"),
        ("2000~04", "Some time between these years, not known when"),
    )

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.contents: Contents = NOTHING
        self.picked: frozenset[str] = frozenset()
        self.bookmarked: frozenset[str] = frozenset()
        self.read: frozenset[str] = frozenset()
        self.empty_text = "There is nothing here."

    def show(self, contents: Contents, *, keep: str | None = None) -> None:
        """Shows other entries; the cursor stays on an entry if it is still there.

        Args:
            keep: the entry to stay on.
        """
        self.contents = contents
        self.lines_changed()
        row = contents.find(keep) if keep else None
        first = self._nearest(0, 1)
        before = self.cursor
        self.cursor = row if row is not None else first
        if self.cursor == before:
            self.show_line(self.cursor)
            self.post_message(self.Moved(self, self.cursor))

    def show_picked(self, picked: frozenset[str]) -> None:
        """Marks the entries that are in the tray."""
        self.picked = picked
        self.lines_changed()

    def show_marks(self, bookmarked: frozenset[str], read: frozenset[str]) -> None:
        """Marks the entries that have a bookmark, and those that have been read."""
        if (bookmarked, read) != (self.bookmarked, self.read):
            self.bookmarked, self.read = bookmarked, read
            self.lines_changed()

    @property
    def slug(self) -> str | None:
        """The entry under the cursor."""
        return self.contents.slug_at(self.cursor)

    @property
    def found_at(self) -> str:
        """Where on its page the words stand by which the entry was found."""
        return self.contents.anchor_at(self.cursor)

    @property
    def signs_said(self) -> str:
        """What the signs before the entry under the cursor mean: `bookmarked, compared`."""
        slug = self.slug
        said = {"bookmarked": self.bookmarked, "read": self.read, "compared": self.picked}
        return ", ".join(words for words, slugs in said.items() if slug in slugs)

    @property
    def line_count(self) -> int:
        return max(self.contents.line_count, 1)

    def can_choose(self, row: int) -> bool:
        return self.contents.slug_at(row) is not None

    def line(self, y: int) -> Line:
        width = self.size.width
        if not self.contents.line_count:
            return Line(f"   {self.empty_text}", (StyleRun(0, width, "muted"),))
        line = self._marked(y, self.contents.line(y, width, self.picked))
        if y == self.cursor and self.can_choose(y):
            fill = "cursor" if self.has_focus else "cursor-elsewhere"
            return Line(
                f"\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}{line.text[1:]}", line.runs, fill
            )
        return line

    def _marked(self, y: int, line: Line) -> Line:
        """A line with the reader's own mark in its second cell."""
        if not self.bookmarked and not self.read:
            return line
        slug = self.contents.slug_at(y)
        if slug in self.bookmarked:
            mark, style = _BOOKMARK, "picked"
        elif slug in self.read:
            mark, style = _READ, "muted"
        else:
            return line
        return line._replace(
            text=line.text[0] + mark + line.text[2:], runs=(*line.runs, StyleRun(1, 2, style))
        )

    def on_focus(self) -> None:
        self.line_changed(self.cursor)

    def on_blur(self) -> None:
        self.line_changed(self.cursor)
