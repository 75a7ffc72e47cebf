"""What a search has found, as an entry list shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len

from casebook.line_wrap import padded, shortened, wrap
from casebook.search.hits import Hit, SearchResult, Why
from tui.widgets.entry_list import PICKED
from tui.widgets.line_view import Line, StyleRun

_AT_THE_TOP = ("top", "passage:0")
_INDENT = 5
_LEAD = 3
"""Cells before a title: the cursor's and the tray's."""


class HitContents:
    """Hits, the best first; what an entry was found by stands below its title.

    Hints stand above all; where nothing was found, what came closest stands below a note.

    Args:
        width: cells into which hints are wrapped.
    """

    def __init__(self, answer: SearchResult, width: int) -> None:
        self.hits: Sequence[Hit] = answer.hits or answer.closest
        self.notes = [
            note[start:end]
            for note in _notes(answer)
            for start, end in wrap(note, max(width - _LEAD, 20))
        ]
        self.lines: list[tuple[int, bool]] = []
        for number, hit in enumerate(self.hits):
            self.lines.append((number, False))
            if hit.why not in (Why.TITLE, Why.FILTER):
                self.lines.append((number, True))

    @property
    def line_count(self) -> int:
        return len(self.notes) + len(self.lines)

    def _hit_at(self, y: int) -> Hit | None:
        at = y - len(self.notes)
        if not 0 <= at < len(self.lines):
            return None
        number, is_below = self.lines[at]
        return None if is_below else self.hits[number]

    def slug_at(self, y: int) -> str | None:
        hit = self._hit_at(y)
        return hit.slug if hit else None

    def anchor_at(self, y: int) -> str:
        hit = self._hit_at(y)
        return "" if hit is None or hit.anchor in _AT_THE_TOP else hit.anchor

    def line(self, y: int, width: int, picked: frozenset[str]) -> Line:
        if y < len(self.notes):
            return Line(f"   {self.notes[y]}", (StyleRun(0, width, "muted"),))
        number, is_below = self.lines[y - len(self.notes)]
        hit = self.hits[number]
        return (
            _found_by(hit, width) if is_below else _title(hit, width, is_picked=hit.slug in picked)
        )

    def find(self, slug: str) -> int | None:
        return next((y for y in range(self.line_count) if self.slug_at(y) == slug), None)


def _notes(answer: SearchResult) -> Iterator[str]:
    yield from answer.hints
    if not answer.hits:
        yield "Nothing was found. The closest matches:" if answer.closest else "Nothing was found."


def _title(hit: Hit, width: int, *, is_picked: bool) -> Line:
    kind = f"  {hit.kind}"
    title = padded(hit.title, width - _LEAD - 1 - cell_len(kind))
    text = f"  {PICKED if is_picked else ' '}{title}{kind}"
    runs = [StyleRun(2, 3, "picked")] if is_picked else []
    runs += _shifted(hit.title_spans, _LEAD, _LEAD + len(title.rstrip()))
    runs.append(StyleRun(_LEAD + len(title), len(text), "muted"))
    return Line(text, tuple(runs))


def _found_by(hit: Hit, width: int) -> Line:
    lead = f"{' ' * _INDENT}{hit.why}: "
    text = shortened(lead + hit.text, width - 1)
    return Line(text, (StyleRun(0, len(lead), "muted"), *_shifted(hit.spans, len(lead), len(text))))


def _shifted(spans: Iterable[tuple[int, int]], by: int, end: int) -> list[StyleRun]:
    """Highlights moved to where their text stands in a line that may have been cut."""
    return [
        StyleRun(first + by, min(last + by, end), "match")
        for first, last in spans
        if first + by < end
    ]
