"""Lists as the plain text that commands print, one line for each of many, in columns.

Nothing of a page is imported here, for most commands that print a list never read one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from casebook.line_wrap import padded

if TYPE_CHECKING:
    from casebook.book.values import EntryLine
    from casebook.search.hits import Hit

GUTTER = "  "
_NARROWEST = 8


def columns(rows: Sequence[Sequence[str]], width: int | None) -> Iterator[str]:
    """Rows in columns that line up by cells, cut to a width where there is one."""
    if not rows:
        return
    widths = [max(cell_len(row[at]) for row in rows) for at in range(len(rows[0]))]
    if width is not None:
        widths = _fitted(widths, width)
    for row in rows:
        cells = (padded(cell, wide) for cell, wide in zip(row, widths, strict=True))
        yield GUTTER.join(cells).rstrip()


def _fitted(widths: list[int], width: int) -> list[int]:
    """Column widths that fit a line: the widest gives way first, none below a few cells."""
    fitted = list(widths)
    room = width - len(GUTTER) * (len(widths) - 1)
    while sum(fitted) > room and max(fitted) > _NARROWEST:
        widest = max(range(len(fitted)), key=fitted.__getitem__)
        fitted[widest] -= 1
    return fitted


def entry_lines(entries: Iterable[EntryLine], width: int | None) -> Iterator[str]:
    """One line an entry: slug, kind, outcome, title, place, years."""
    rows = [
        (
            entry.slug,
            entry.kind.value,
            entry.outcome.said if entry.outcome else "-",
            entry.title,
            entry.setting.place,
            entry.setting.years,
        )
        for entry in entries
    ]
    yield from columns(rows, width)


def hit_lines(hits: Iterable[Hit], width: int | None) -> Iterator[str]:
    """One line a hit: slug, kind, title, and what it was found by where that is not the title."""
    from casebook.search.hits import Why

    rows = [
        (
            hit.slug,
            hit.kind.value,
            hit.title,
            "" if hit.why in (Why.TITLE, Why.FILTER) else f"{hit.why}: {hit.text}",
        )
        for hit in hits
    ]
    yield from columns(rows, width)
