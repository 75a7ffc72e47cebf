"""Lists as the plain text that commands print, one line for each of many, in columns.

Nothing of a page is imported here, for most commands that print a list never read one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import sub
from typing import TYPE_CHECKING

from rich.cells import cell_len

from casebook.line_wrap import cells_of, padded

if TYPE_CHECKING:
    from casebook.book.values import EntryLine
    from casebook.search.hits import Hit

GUTTER = "  "
_NARROWEST = 8
_READABLE = 16
"""Cells from which a text that is cut still says something."""


def columns(
    rows: Sequence[Sequence[str]],
    width: int | None,
    *,
    whole: Collection[int] = (0,),
    spare: int = 0,
) -> Iterator[str]:
    """Rows in columns that line up by cells, cut to a width where there is one.

    Args:
        whole: the columns that are never cut: names that other commands take. Where such a name
            is longer than its column, the rest of its row gives way.
        spare: how many columns at the end are left out, one by one, where the others would
            have no room to say anything.
    """
    if not rows:
        return
    taken = [[cells_of(cell) for cell in row] for row in rows]
    widths = [max(column) for column in zip(*taken, strict=True)]
    if width is None:
        for row, cells in zip(rows, taken, strict=True):
            room = map(sub, widths, cells)
            yield GUTTER.join(map(_with_blanks, row, room)).rstrip()
        return
    while spare and not _has_room(widths, width, whole):
        widths.pop()
        spare -= 1
    usual = _fitted(widths, width, whole)
    for row in rows:
        yield _row(row[: len(usual)], usual, width, whole)


def _with_blanks(cell: str, count: int) -> str:
    return cell + " " * count


def _has_room(widths: Sequence[int], width: int, whole: Collection[int]) -> bool:
    """Whether no column has to be cut to less than says something."""
    least = sum(
        _most_of_name(wide, width) if at in whole else min(wide, _READABLE)
        for at, wide in enumerate(widths)
    )
    return least + len(GUTTER) * (len(widths) - 1) <= width


def _most_of_name(wide: int, width: int) -> int:
    """How wide a column of names is that may not be cut: no wider than its share of the line."""
    return min(wide, width * 2 // 5)


def _row(row: Sequence[str], usual: Sequence[int], width: int, whole: Collection[int]) -> str:
    """A row in its columns; what a long name takes, the columns behind it give."""
    line = ""
    for at, (cell, wide) in enumerate(zip(row, usual, strict=True)):
        room = max(wide, cell_len(cell)) if at in whole else wide
        if at not in whole:
            rest = sum(max(usual[n], cell_len(row[n])) for n in whole if n > at)
            rest += len(GUTTER) * sum(1 for n in whole if n > at)
            room = min(room, width - cell_len(line) - rest)
        if room > 0:
            line += padded(cell, room) + GUTTER
    return line.rstrip()


def _fitted(widths: list[int], width: int, whole: Collection[int]) -> list[int]:
    """Column widths that fit a line: the widest gives way first, none below a few cells.

    What is longer than a column of names that may not be cut stands over its edge.
    """
    fitted = [_most_of_name(wide, width) if at in whole else wide for at, wide in enumerate(widths)]
    room = width - len(GUTTER) * (len(widths) - 1)
    others = [at for at in range(len(widths)) if at not in whole]
    while others and sum(fitted) > room and max(fitted[at] for at in others) > _NARROWEST:
        fitted[max(others, key=fitted.__getitem__)] -= 1
    return fitted


def entry_lines(entries: Iterable[EntryLine], width: int | None) -> Iterator[str]:
    """One line an entry: slug, kind, outcome, title, place, years."""
    rows = [
        (
            entry.slug,
            entry.kind.value,
            entry.outcome_said or "-",
            entry.title,
            entry.setting.place,
            entry.setting.years,
        )
        for entry in entries
    ]
    yield from columns(rows, width, spare=2)


def hit_lines(hits: Iterable[Hit], width: int | None) -> Iterator[str]:
    """One line a hit: slug, kind, title, and what it was found by where that is not the title."""
    rows = [
        (
            hit.slug,
            hit.kind.value,
            hit.title,
            _found_by(hit),
        )
        for hit in hits
    ]
    yield from columns(rows, width)


def _found_by(hit: Hit) -> str:
    """What a hit was found by; empty for its title as it was typed."""
    from casebook.search.hits import Why

    similar = "similar" if hit.is_similar else ""
    if hit.why in (Why.TITLE, Why.FILTER):
        return similar
    return f"{similar} {hit.why}: {hit.text}".lstrip()
