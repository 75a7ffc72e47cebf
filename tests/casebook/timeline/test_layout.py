"""From bounds to drawn cells: nothing is lost, nothing overlaps, nothing is more certain than it is."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from casebook.dates import Bounds, TimeOrder, Within
from casebook.edtf import bounds_of
from casebook.timeline.chart import Lane, LaneEvent
from casebook.timeline.lane_cells import CERTAIN, LEFT, POINT, POSSIBLE, RIGHT, drawn_row
from casebook.timeline.layout import MOST_PLACED, LaneRows, bar_of, lane_rows
from casebook.timeline.scale import STEPS, Calendar, Elapsed, Ruler, Window, fitted
from tests.casebook.timeline.made import item_of, lane_of

EDTF = [
    "2003",
    "2003-06",
    "2010-06-18",
    "[1995..1999]",
    "[2000..2004]",
    "199X",
    "1985/2000",
    "1985?/2000~",
    "2001/..",
    "../2009",
    "[..1999]",
    "1990/",
    "/1990",
    "2011-23",
    "{1998,2001}",
    "[1667,1668,1670..1672]",
    "2004-06~/2004-08-11?",
    "196X/197X",
    "[1995..1999]/..",
]
days = st.integers(693_000, 735_000)
"""From 1898 to 2013."""
edtf_bounds = st.sampled_from([bounds_of(edtf) for edtf in EDTF])


@st.composite
def any_bounds(draw: st.DrawFn) -> Bounds:
    a, b, c, d = sorted(draw(st.lists(days, min_size=4, max_size=4)))
    begins = draw(st.sampled_from([(a, b), (a, a), (a, c), (None, b), (None, None)]))
    ends = draw(st.sampled_from([(c, d), (d, d), (max(b, c), None), (None, None), (b, d)]))
    try:
        return Bounds(*begins, *ends)
    except ValueError:
        return Bounds.between(a, d)


bounds = st.one_of(edtf_bounds, any_bounds())


@st.composite
def windows(draw: st.DrawFn) -> Window:
    ruler: Ruler = Calendar(draw(st.sampled_from(STEPS)))
    if draw(st.booleans()):
        ruler = Elapsed(ruler.step)
    width = draw(st.integers(20, 160))
    day = draw(days)
    return Window(ruler, ruler.cells_of(day)[0] - draw(st.integers(0, width)), width)


@given(windows(), days)
def test_a_day_lies_in_its_cell(window: Window, day: int) -> None:
    first, last = window.ruler.cells_of(day)
    for cell in (first, last):
        begin, end = window.ruler.days_of(cell)
        assert begin <= day <= end
    assert first <= window.ruler.position(day) < last + 1


@given(windows())
def test_cells_follow_one_another_without_gaps(window: Window) -> None:
    spans = [window.ruler.days_of(window.first + at) for at in range(window.width)]
    for (begin, end), (next_begin, next_end) in pairwise(spans):
        assert begin <= end
        if window.ruler.step.parts == 1:
            assert next_begin == end + 1
        else:
            assert (next_begin, next_end) in ((begin, end), (end + 1, end + 1))


@given(bounds, windows())
def test_a_cell_is_solid_just_where_the_event_certainly_was(span: Bounds, window: Window) -> None:
    bar = bar_of(span, window)
    for cell in range(window.width):
        within = span.within(*window.ruler.days_of(window.first + cell))
        if bar is None or not bar.first <= cell <= bar.last:
            assert within is Within.NO
        else:
            assert within is (Within.CERTAINLY if bar.is_certain(cell) else Within.POSSIBLY)


@given(bounds, windows())
def test_arrows_stand_where_something_is_beyond(span: Bounds, window: Window) -> None:
    bar = bar_of(span, window)
    if bar is not None:
        first, last = window.days
        assert bar.goes_left == (span.earliest_begin is None or span.earliest_begin < first)
        assert bar.goes_right == (span.latest_end is None or span.latest_end > last)


@given(bounds, bounds, windows())
def test_what_is_drawn_apart_happened_apart(first: Bounds, second: Bounds, window: Window) -> None:
    """The order on the screen never contradicts the bounds."""
    bars = bar_of(first, window), bar_of(second, window)
    if bars[0] and bars[1] and bars[0].last < bars[1].first:
        assert first.order(second) is TimeOrder.BEFORE
    if first.order(second) is TimeOrder.BEFORE and bars[0] and bars[1]:
        assert bars[0].last <= bars[1].last
        assert bars[0].first <= bars[1].first


def check(lane: Lane, window: Window, rows: LaneRows) -> None:
    """Every event in view is placed or counted, none twice, and nothing overlaps."""
    first, last = window.days
    in_view = {
        at for at, item in enumerate(lane.items) if item.bounds.within(first, last) is not Within.NO
    }
    placed = {lane.items.index(placed.item) for placed in rows.placed}
    counted = [at for gathered in rows.gathered for at in gathered.items]
    assert placed | set(counted) == in_view
    assert len(counted) == len(set(counted)) == sum(gathered.total for gathered in rows.gathered)
    for row in range(rows.rows):
        taken = [placed_item.cells for placed_item in rows.placed if placed_item.row == row]
        taken += [
            (gathered.at, gathered.at + cell_len(gathered.text) - 1)
            for gathered in rows.gathered
            if gathered.row == row
        ]
        for (_, end), (begin, _) in pairwise(sorted(taken)):
            assert end + 1 < begin
        assert all(begin >= 0 and end < window.width for begin, end in taken)


labels = st.text(st.sampled_from("abc 安代"), min_size=1, max_size=28).map(
    lambda words: words.strip() or "x"
)


@settings(max_examples=150)
@given(
    st.lists(st.tuples(bounds, labels), max_size=40), windows(), st.integers(2, 8), st.integers(0)
)
def test_no_event_is_lost_and_no_label_overlaps(
    events: list[tuple[Bounds, str]], window: Window, rows: int, chosen: int
) -> None:
    items = [
        item_of(span, words, number, date_text="no date given" if number % 2 else "")
        for number, (span, words) in enumerate(events)
    ]
    lane = lane_of(items)
    choice = lane.items[chosen % len(lane.items)] if lane.items else None
    laid = lane_rows(lane, window, rows=rows, chosen=choice)
    check(lane, window, laid)
    assert laid.rows <= rows
    if choice and bar_of(choice.bounds, window):
        assert choice in [placed.item for placed in laid.placed]
    for row in range(laid.rows):
        assert cell_len(drawn_row(laid, row, window.width, window.ticks).text) == window.width


@settings(max_examples=10)
@given(windows(), st.randoms(use_true_random=False))
def test_a_crowded_lane_counts_everything(window: Window, chance: object) -> None:
    first, _ = window.days
    events: list[LaneEvent] = []
    for number in range(MOST_PLACED + 100):
        begin = first + chance.randint(-400, 20_000)  # type: ignore[attr-defined]
        events.append(item_of(Bounds.between(begin, begin + 365), "x", number))
    lane = lane_of(events)
    rows = lane_rows(lane, window)
    in_view = sum(item.bounds.within(*window.days) is not Within.NO for item in lane.items)
    if in_view > MOST_PLACED:
        assert sum(gathered.total for gathered in rows.gathered) == in_view
        assert not rows.placed
    assert rows.earlier + rows.later + in_view == len(lane.items)


def cells(edtf: str, first: str, last: str, width: int = 30) -> str:
    """A bar as it is drawn, its label apart."""
    begin, end = bounds_of(first).earliest_begin, bounds_of(last).latest_end
    assert begin is not None
    assert end is not None
    window = fitted(Calendar(STEPS[0]), begin, end, width, margin=0)
    lane = lane_of([item_of(bounds_of(edtf), "label", 0)])
    rows = lane_rows(lane, window._replace(first=window.ruler.cells_of(begin)[0]))
    return drawn_row(rows, 0, width).text.rstrip()


def test_what_the_kinds_of_dates_look_like() -> None:
    c, p = CERTAIN, POSSIBLE
    assert cells("2003", "1995", "2020") == f"{' ' * 8}{POINT} label"
    assert cells("2003", "2000", "2004") == f"{' ' * 18}{p * 6} label"
    assert cells("[1995..1999]", "1994", "2020") == f" {p * 5} label"
    assert cells("1996/2000", "1994", "2020") == f"  {c * 5} label"
    assert cells("1985/2000", "1985", "1999", 30) == f"{p}{c * 2} label {c * 19}{RIGHT}"
    assert cells("[..1999]", "1994", "2020") == f"{LEFT}{p * 5} label"
    assert cells("2001/..", "1994", "2020").strip() == f"label {c * 22}{RIGHT}"
    assert cells("../1998", "1994", "2020") == f"{LEFT}{c * 4} label"


def test_a_date_in_words_stands_where_there_is_room_for_it() -> None:
    window = Window(Calendar(next(step for step in STEPS if step.months == 12)), 1990, 40)
    item = item_of(bounds_of("[1995..1999]"), "Venture", 0, date_text="late 1990s")
    alone = lane_rows(lane_of([item]), window)
    assert drawn_row(alone, 0, 40).text.strip() == f"{POSSIBLE * 5} Venture, late 1990s"
    beside = item_of(bounds_of("2012"), "Company", 1, date_text="2012")
    crowded = lane_rows(lane_of([item, beside]), window)
    text = f"{POSSIBLE * 5} Venture    {POINT} Company, 2012"
    assert drawn_row(crowded, 0, 40).text.strip() == text


def test_a_label_that_finds_no_room_moves_shortens_or_gathers() -> None:
    window = Window(Calendar(next(step for step in STEPS if step.months == 12)), 2000, 30)

    def year(number: int) -> Bounds:
        return bounds_of(f"{2000 + number:04}")

    right = lane_rows(lane_of([item_of(year(2), "a label", 0)]), window)
    assert (right.placed[0].bar.first, right.placed[0].at) == (2, 4)
    left = lane_rows(lane_of([item_of(year(28), "a label", 0)]), window)
    assert (left.placed[0].bar.first, left.placed[0].at) == (28, 20)
    inside = lane_rows(lane_of([item_of(bounds_of("[2001..2028]"), "a label", 0)]), window)
    assert inside.placed[0].at == 4
    short = lane_rows(lane_of([item_of(year(15), "a label that is far too long", 0)]), window)
    assert short.placed[0].label.endswith("…")
    many = [item_of(year(5), f"label {number}", number) for number in range(9)]
    gathered = lane_rows(lane_of(many), window, rows=4)
    assert len(gathered.placed) == 3
    assert [(count.text, count.row) for count in gathered.gathered] == [("+6", 3)]
