"""What docs/dates.md says of dates is what the program makes of them."""

from __future__ import annotations

import re

from casebook.dates import Bounds, first_day_of, last_day_of
from casebook.durations import Duration, parse_duration
from casebook.edtf import bounds_of
from casebook.told_bounds import tightened
from casebook.told_order import Told
from casebook.told_relations import TimeRelation
from tests.conftest import ROOT
from tests.docs.documents import section, table_rows

TEXT = (ROOT / "docs" / "dates.md").read_text(encoding="utf-8")
_OPEN = {"no limit": None, "not ended": None, "always": None}


def _rows(heading: str, cells: int) -> list[list[str]]:
    rows = [row for row in table_rows(section(TEXT, heading)) if len(row) == cells]
    assert rows
    return [[cell.strip("`") for cell in row] for row in rows]


def _days(cells: list[str]) -> tuple[str | None, ...]:
    return tuple(_OPEN.get(cell, cell) for cell in cells)


def test_moments() -> None:
    for words, edtf, first, last in _rows("## House rules for authors", 4):
        bounds = bounds_of(edtf)
        assert bounds.iso() == (*_days([first, last]), *_days([first, last])), words


def test_intervals() -> None:
    for words, edtf, *days in _rows("## House rules for authors", 6):
        bounds = bounds_of(edtf)
        assert bounds.iso() == _days(days), words
        assert bounds.unended is (days[3] == "not ended"), words
        assert bounds.always_had_been is (days[0] == "always"), words


def test_verdicts() -> None:
    rows = _rows("## What comes first", 3)
    assert {verdict for *_, verdict in rows} == {"before", "after", "overlaps", "cannot be known"}
    for first, second, verdict in rows:
        assert bounds_of(first).order(bounds_of(second)) == verdict, (first, second)


def test_what_accounts_have_in_common() -> None:
    for accounts, together in _rows("## Accounts", 2):
        dates = [bounds_of(edtf.strip("`")) for edtf in accounts.split(" and ")]
        assert Bounds.hull(dates) == bounds_of(together), accounts


def test_what_follows_from_told_order() -> None:
    rows = _rows("## Told order", 3)
    for date, told, known in rows:
        words = re.fullmatch(r"(after|before) `(\S+)`?(?:, by at (least|most) (P\w+))?", told)
        assert words, told
        other = words[2].strip("`")
        limits: dict[str, Duration] = {words[3]: parse_duration(words[4])} if words[3] else {}
        statement = Told("it", TimeRelation(words[1]), "other", **limits)
        dates = {"it": bounds_of(date), "other": bounds_of(other)}
        assert tightened(dates, [statement])["it"].bounds == bounds_of(known), date


def test_windows() -> None:
    for edtf, verdict in _rows("## What falls within", 2):
        assert bounds_of(edtf).within(first_day_of(2000), last_day_of(2009)) == verdict, edtf


def test_the_time_between() -> None:
    fewest, most = bounds_of("[1995..1999]").elapsed_to(bounds_of("2005"))
    assert fewest is not None
    assert most is not None
    assert fewest / 365.25 >= 5
    assert 10.9 < most / 365.25 < 11
