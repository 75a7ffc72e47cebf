"""A slide of a seminar as lines, as large as they can be drawn in the room that there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from casebook.comparison.cells import RatingCounts
from casebook.comparison.documents import criterion_name
from casebook.comparison.matrix import Comparison
from casebook.line_wrap import wrap
from casebook.rating_signs import SIGNS, rating_sign
from casebook.seminar.class_words import BAR_CELLS, bar, counts_by_rating, numbers, total
from casebook.seminar.slides import Slide
from casebook.vocabulary import Rating
from tui.big_letters import LETTER_ROWS, LETTER_WIDTH, MARK_WIDTH, large_mark, large_words
from tui.widgets.line_view import Line, StyleRun
from tui.widgets.matrix_view import RATING_STYLES

_MARGIN = 1
_BESIDE_MARK = _MARGIN + MARK_WIDTH + 2
MOST_LARGE_LINES = 3
"""Lines of large letters of the name of a point; a longer one is drawn as usual, and bold."""


class _RowSize(NamedTuple):
    """How large a row is drawn.

    Attributes:
        name: the point in large letters.
        marks: the ratings as large marks; else each case has one line.
        bars: a bar for each rating of the class; else all in one line.
    """

    name: bool
    marks: bool
    bars: bool


_LOOKS = (
    _RowSize(name=True, marks=True, bars=True),
    _RowSize(name=False, marks=True, bars=True),
    _RowSize(name=True, marks=True, bars=False),
    _RowSize(name=False, marks=True, bars=False),
    _RowSize(name=False, marks=False, bars=True),
    _RowSize(name=False, marks=False, bars=False),
)
"""From the largest to the smallest: the first is taken with which all cases fit."""


class SlideView(NamedTuple):
    """What of a slide is shown.

    Attributes:
        is_revealed: the book's ratings.
        has_evidence: what they rest on, once they are revealed.
        tallies: how the class has rated each case; None where that is not shown.
        hidden: the cases whose ratings are hidden because the reader rates them.
    """

    is_revealed: bool = False
    has_evidence: bool = False
    tallies: Mapping[str, RatingCounts | None] | None = None
    hidden: frozenset[str] = frozenset()


def head_lines(title: str, told: str, place: str, clock: str, width: int) -> list[Line]:
    """The title of a step, and its clock in large figures at the right.

    Args:
        told: what is to be known of the slide, below the title.
        place: of the slide in the plan.
    """
    figures = large_words(clock, width)
    is_over = clock.startswith("+")
    lines = []
    left = [f" {title}", f" {told}", f" {place}"]
    for row, words in enumerate(left):
        figure = figures[row] if row < len(figures) else ""
        room = max(width - LETTER_WIDTH * len(clock) - 2, 0)
        text = f"{words[:room]:<{room}}{figure}"
        style = "bad" if is_over else "strong"
        runs = [
            StyleRun(0, room, "strong" if not row else "muted"),
            StyleRun(room, len(text), style),
        ]
        lines.append(Line(text, tuple(runs)))
    return lines


def slide_lines(
    slide: Slide, comparison: Comparison, shown: SlideView, width: int, height: int
) -> list[Line]:
    """What stands below the title of a slide, as large as it can be and still be seen whole."""
    if not slide.point:
        words = slide.question or slide.title
        cases = [entry.title for entry in comparison.entries if entry.slug in slide.cases]
        below = [Line(""), *map(_plain, cases)] if cases else []
        return [*_large(words, width, max(height - len(below), 0)), *below]
    lines: list[Line] = []
    for look in _LOOKS:
        lines = _row_lines(slide, comparison, shown, width, look)
        if len(lines) <= height:
            break
    return lines


def _row_lines(
    slide: Slide, comparison: Comparison, shown: SlideView, width: int, look: _RowSize
) -> list[Line]:
    criterion = comparison.framework.criterion(slide.point)
    name = criterion_name(criterion) if criterion else slide.point
    lines = _large(name, width, MOST_LARGE_LINES * LETTER_ROWS if look.name else 0)
    entries = [entry for entry in comparison.entries if entry.slug in slide.cases]
    for number, entry in enumerate(entries):
        if look.marks or look.bars or not number:
            lines.append(Line(""))
        lines += _case_lines(slide.point, entry.slug, entry.title, comparison, shown, width, look)
    return lines


def _case_lines(
    point: str,
    slug: str,
    title: str,
    comparison: Comparison,
    shown: SlideView,
    width: int,
    look: _RowSize,
) -> Iterator[Line]:
    cell = comparison.cell(point, slug)
    is_seen = shown.is_revealed and slug not in shown.hidden
    rating = cell.rating if is_seen and isinstance(cell.rating, Rating) else None
    style = RATING_STYLES[cell.rating] if is_seen else "muted"
    room = width - _BESIDE_MARK - 1
    words = cell.rating.value if is_seen else ""
    if look.marks:
        yield from _beside_mark(title, words, rating, style, room)
    else:
        sign = rating_sign(cell.rating, cell.readings) if is_seen else "?"
        text = f"{' ' * _MARGIN}{sign} {title}"
        told = f"{text}: {words}" if words else text
        yield Line(told, (StyleRun(0, len(text), "strong"), StyleRun(len(text), len(told), style)))
    if shown.has_evidence and is_seen and cell.evidence:
        for start, end in wrap(cell.evidence, room):
            yield _plain(cell.evidence[start:end], _BESIDE_MARK)
    if shown.tallies is not None:
        counts = shown.tallies.get(slug)
        yield from _tally_lines(counts, room) if look.bars else _tally_line(counts)


def _beside_mark(
    title: str, words: str, rating: Rating | None, style: str, room: int
) -> Iterator[Line]:
    beside = [title, *(large_words(words, room)[:LETTER_ROWS] if words else [])]
    if words and len(beside) == 1:
        beside.append(words)
    for row, drawn in enumerate(large_mark(rating)):
        mark = " " * _MARGIN + drawn + "  "
        text = mark + (beside[row] if row < len(beside) else "")
        over = "strong" if not row else style
        yield Line(text, (StyleRun(0, len(mark), style), StyleRun(len(mark), len(text), over)))


def _tally_line(counts: RatingCounts | None) -> Iterator[Line]:
    """How the class has rated, in one line."""
    if counts is None or not total(counts):
        yield _plain("No answers to show.", _BESIDE_MARK)
    else:
        yield _plain(f"{bar(counts, BAR_CELLS * 2)}  {numbers(counts)}", _BESIDE_MARK)


def _tally_lines(counts: RatingCounts | None, room: int) -> Iterator[Line]:
    """A bar for each rating, as long as its share, with its number."""
    if counts is None or not total(counts):
        yield _plain("No answers to show.", _BESIDE_MARK)
        return
    most = max(room - 8, 4)
    for rating, count in counts_by_rating(counts).items():
        drawn = "\N{FULL BLOCK}" * max(round(count * most / total(counts)), 1 if count else 0)
        text = f"{' ' * _BESIDE_MARK}{SIGNS[rating]} {drawn} {count}"
        yield Line(text, (StyleRun(_BESIDE_MARK, len(text), _TALLY_STYLES[rating]),))


_TALLY_STYLES = {rating: RATING_STYLES[rating] for rating in Rating}


def _large(words: str, width: int, most: int) -> list[Line]:
    """Words in large letters; as usual and bold where these would need more than `most` rows."""
    rows = large_words(words, width - 2 * _MARGIN) if most else []
    if not rows or len(rows) > most:
        return [_plain(words[start:end]) for start, end in wrap(words, width - 2 * _MARGIN)]
    return [_plain(row) for row in rows]


def _plain(words: str, margin: int = _MARGIN) -> Line:
    text = " " * margin + words
    return Line(text, (StyleRun(margin, len(text), "strong"),))
