"""How a timeline draws what several sources date differently: a bar for each account."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.book.account_values import DatedAccount
from casebook.book.connection import open_book
from casebook.dates import Bounds, first_day_of
from casebook.edtf import bounds_of
from casebook.exports.timeline_svg import timeline_svg
from casebook.timeline.chart import LaneEvent
from casebook.timeline.documents import event_document, timeline_document
from casebook.timeline.lane_cells import BETWEEN, CERTAIN, POINT, POSSIBLE, Drawn, drawn_row
from casebook.timeline.layout import bar_of, bar_of_item, lane_rows
from casebook.timeline.reading import timeline_of
from casebook.timeline.scale import STEPS, Calendar, Window
from casebook.timeline.text_chart import chart_lines
from tests.account_packs import build_contested
from tests.casebook.timeline.made import item_of, lane_of
from tests.casebook.timeline.test_layout import bounds, windows


def _contested(*dates: Bounds) -> LaneEvent:
    item = item_of(Bounds.hull(dates), "a contested event", 0)
    accounts = tuple(DatedAccount(date, f"date {n}") for n, date in enumerate(dates))
    return replace(item, accounts=accounts)


@given(st.lists(bounds, min_size=2, max_size=4, unique=True), windows())
def test_each_account_has_its_bar_and_the_rest_lies_between(
    dates: list[Bounds], window: Window
) -> None:
    item = _contested(*dates)
    whole, bars = bar_of_item(item, window), [bar_of(date, window) for date in dates]
    if whole is None:
        assert not any(bars)
        return
    assert whole.accounts == tuple(bar for bar in bars if bar)
    rows = lane_rows(lane_of([item]), window)
    if not rows.placed:
        return
    (placed,) = rows.placed
    line = drawn_row(rows, placed.row, window.width)
    # Wide characters and labels stand outside the bar, so that each cell is one sign.
    drawn = line.text[whole.first : whole.last + 1] if placed.at > whole.last else ""
    for cell, sign in enumerate(drawn, whole.first):
        here = [bar for bar in whole.accounts if bar.first <= cell <= bar.last]
        if sign == BETWEEN:
            assert not here
        elif sign in (CERTAIN, POINT):
            assert any(bar.is_certain(cell) for bar in here)
        elif sign == POSSIBLE:
            assert here
            assert not any(bar.is_certain(cell) for bar in here)


def test_two_accounts_are_two_points_in_one_row() -> None:
    dates = [bounds_of("1996"), bounds_of("1999")]
    item = _contested(*dates)
    years = Calendar(next(step for step in STEPS if step.months == 12))
    window = Window(years, years.cells_of(first_day_of(1994))[0], 40)
    rows = lane_rows(lane_of([item]), window)
    (placed,) = rows.placed
    line = drawn_row(rows, placed.row, window.width)
    assert f"{POINT}{BETWEEN * 2}{POINT} a contested event" in line.text
    assert {one.drawn for one in line.stretches} >= {Drawn.BETWEEN, Drawn.CERTAIN, Drawn.LABEL}


def test_it_stands_in_each_place_and_is_told_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    with open_book(build_contested(tmp_path_factory.mktemp("contested"))) as book:
        chart = timeline_of(book, ["nosaku"])
        bell = [item for item in chart.items if item.event.key == "bell"]
        assert {chart.lanes[item.lane].name for item in bell} == {"Takaoka", "New Zealand"}
        lines = "\n".join(chart_lines(chart, 100))
        assert lines.count("A wind-bell s\N{HORIZONTAL ELLIPSIS}") == 2
        assert f"{BETWEEN * 2} accounts differ" in lines
        listed = timeline_document(chart, by_lane=False)
        told = [block for block in listed.blocks if "wind-bell sells" in block.text.plain]
        assert len(told) == 1
        facts = event_document(bell[0].event, chart).blocks
        accounts = [block.text.plain for block in facts if block.lead == "Account"]
        assert accounts == [
            "late 1990s; EDTF [1995..1999], some time in 1995–1999; stated; Takaoka, Japan",
            "2001; some time in 2001; stated",
            "in 2003; EDTF 2003, some time in 2003; inferred: a date; New Zealand",
            "before 1990; EDTF [1985..1989], some time in 1985–1989; stated (added by More cases)",
        ]
        picture = timeline_svg(chart)
        for words in ("late 1990s", "2001", "in 2003", "before 1990"):
            assert f"<title>{words}</title>" in picture
        others = timeline_of(book, ["founder"])
        assert f"{BETWEEN * 2} accounts differ" not in "\n".join(chart_lines(others, 100))
