"""A slide of a seminar as lines, as large as they can be drawn in the room that there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from casebook.comparison.documents import criterion_name
from casebook.comparison.matrix import Comparison, RatingCounts
from casebook.line_wrap import wrap
from casebook.rating_signs import SIGNS
from casebook.seminar.class_words import counts_by_rating, total
from casebook.seminar.slides import Slide
from casebook.vocabulary import Rating
from tui.big_letters import LETTER_ROWS, LETTER_WIDTH, MARK_WIDTH, large_mark, large_words
from tui.widgets.line_view import Line, StyleRun
from tui.widgets.matrix_view import RATING_STYLES

_MARGIN = 1
_BESIDE_MARK = _MARGIN + MARK_WIDTH + 2
MOST_LARGE_LINES = 3
"""Lines of large letters of one sentence; what is longer is drawn as usual, and bold."""


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


def head_lines(title: str, place: str, clock: str, width: int) -> list[Line]:
    """The title of a step, and its clock in large figures at the right."""
    figures = large_words(clock, width)
    is_over = clock.startswith("+")
    lines = []
    left = [f" {title}", "", f" {place}"]
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


def slide_lines(slide: Slide, comparison: Comparison, shown: SlideView, width: int) -> list[Line]:
    """What stands below the title of a slide."""
    if not slide.point:
        words = slide.question or slide.title
        cases = [entry.title for entry in comparison.entries if entry.slug in slide.cases]
        return [*_large(words, width), Line(""), *(_plain(case) for case in cases)]
    criterion = comparison.framework.criterion(slide.point)
    lines = _large(criterion_name(criterion) if criterion else slide.point, width)
    for entry in comparison.entries:
        if entry.slug in slide.cases:
            lines.append(Line(""))
            lines += _case_lines(slide.point, entry.slug, entry.title, comparison, shown, width)
    return lines


def _case_lines(
    point: str, slug: str, title: str, comparison: Comparison, shown: SlideView, width: int
) -> Iterator[Line]:
    cell = comparison.cell(point, slug)
    is_seen = shown.is_revealed and slug not in shown.hidden
    rating = cell.rating if is_seen and isinstance(cell.rating, Rating) else None
    style = RATING_STYLES[cell.rating] if is_seen else "muted"
    room = width - _BESIDE_MARK - 1
    words = cell.rating.value if is_seen else ""
    beside = [title, *(large_words(words, room)[:LETTER_ROWS] if words else [])]
    if words and len(beside) == 1:
        beside.append(words)
    for row, drawn in enumerate(large_mark(rating)):
        mark = " " * _MARGIN + drawn + "  "
        text = mark + (beside[row] if row < len(beside) else "")
        over = "strong" if not row else style
        yield Line(text, (StyleRun(0, len(mark), style), StyleRun(len(mark), len(text), over)))
    if shown.has_evidence and is_seen and cell.evidence:
        for start, end in wrap(cell.evidence, room):
            yield _plain(cell.evidence[start:end], _BESIDE_MARK)
    if shown.tallies is not None:
        yield from _tally_lines(shown.tallies.get(slug), room)


def _tally_lines(counts: RatingCounts | None, room: int) -> Iterator[Line]:
    """A bar for each rating, as long as its share, with its number."""
    if counts is None or not total(counts):
        yield _plain("No answers to show.", _BESIDE_MARK)
        return
    most = max(room - 8, 4)
    for rating, count in counts_by_rating(counts).items():
        bar = "\N{FULL BLOCK}" * max(round(count * most / total(counts)), 1 if count else 0)
        text = f"{' ' * _BESIDE_MARK}{SIGNS[rating]} {bar} {count}"
        yield Line(text, (StyleRun(_BESIDE_MARK, len(text), _TALLY_STYLES[rating]),))


_TALLY_STYLES = {rating: RATING_STYLES[rating] for rating in Rating}


def _large(words: str, width: int) -> list[Line]:
    rows = large_words(words, width - 2 * _MARGIN)
    if not rows or len(rows) > MOST_LARGE_LINES * LETTER_ROWS:
        return [_plain(words[start:end]) for start, end in wrap(words, width - 2 * _MARGIN)]
    return [_plain(row) for row in rows]


def _plain(words: str, margin: int = _MARGIN) -> Line:
    text = " " * margin + words
    return Line(text, (StyleRun(margin, len(text), "strong"),))
