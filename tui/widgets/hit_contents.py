"""What a search has found, as an entry list shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.cells import cell_len

from casebook.line_wrap import padded, shortened, wrap
from casebook.search.hits import Hit, SearchResult, Why, nothing_found
from tui.widgets.entry_list import PICKED
from tui.widgets.line_view import Line, StyleRun

_AT_THE_TOP = ("top", "passage:0")
_INDENT = 5
_LEAD = 3
"""Cells before a title: the cursor's and the tray's."""


SIMILAR = "Similar to what you typed:"
"""Stands above the hits in which the words themselves do not stand."""


class _HitLine(NamedTuple):
    """A line of a hit: its title, or what it was found by."""

    hit: Hit
    is_below: bool


class HitContents:
    """Hits, the best first; what an entry was found by stands below its title.

    Hints stand above all. What is only spelt like the words stands below a line that says so,
    and so does what came closest where nothing was found.

    Args:
        width: cells into which hints are wrapped.
    """

    def __init__(self, answer: SearchResult, width: int) -> None:
        self._lines: list[str | _HitLine] = [
            note[start:end]
            for note in _notes(answer)
            for start, end in wrap(note, max(width - _LEAD, 20))
        ]
        was_similar = True
        for hit in answer.hits or answer.closest:
            if hit.is_similar and not was_similar:
                self._lines += ["", SIMILAR]
            was_similar = hit.is_similar
            self._lines.append(_HitLine(hit, False))
            if hit.why not in (Why.TITLE, Why.FILTER):
                self._lines.append(_HitLine(hit, True))

    @property
    def line_count(self) -> int:
        return len(self._lines)

    def _hit_at(self, y: int) -> Hit | None:
        line = self._lines[y] if 0 <= y < len(self._lines) else ""
        return None if isinstance(line, str) or line.is_below else line.hit

    def slug_at(self, y: int) -> str | None:
        hit = self._hit_at(y)
        return hit.slug if hit else None

    def anchor_at(self, y: int) -> str:
        hit = self._hit_at(y)
        return "" if hit is None or hit.anchor in _AT_THE_TOP else hit.anchor

    def line(self, y: int, width: int, picked: frozenset[str]) -> Line:
        line = self._lines[y]
        if isinstance(line, str):
            return Line(f"   {line}", (StyleRun(0, width, "muted"),))
        if line.is_below:
            return _found_by(line.hit, width)
        return _title(line.hit, width, is_picked=line.hit.slug in picked)

    def find(self, slug: str) -> int | None:
        return next((y for y in range(self.line_count) if self.slug_at(y) == slug), None)


def _notes(answer: SearchResult) -> Iterator[str]:
    yield from answer.hints
    if not answer.hits:
        yield f"{nothing_found(answer.query)}{' Did you mean:' if answer.closest else ''}"


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
