"""Which round of a class is shown where nobody has chosen one."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook.seminar.class_file import read_class
from casebook.seminar.collecting import collect
from casebook.seminar.shown_round import begun_said, round_to_show
from tests.casebook.seminar.classes import PLANNED, simulated, write_answer_files


@pytest.mark.parametrize(
    ("first", "second", "fewest", "shown"),
    [
        (12, 0, 0, 1),
        (12, 4, 0, 1),
        (12, 5, 0, 2),
        (4, 1, 0, 1),
        (4, 2, 0, 2),
        (12, 2, 3, 1),
        (12, 3, 3, 2),
        (1, 0, 5, 1),
    ],
)
def test_the_last_round_is_shown_once_enough_have_answered(
    tmp_path: Path, first: int, second: int, fewest: int, shown: int
) -> None:
    path = tmp_path / "class.sqlite"
    handed_in = [*simulated(first), *simulated(second, (2,))]
    assert not collect(path, write_answer_files(tmp_path / "answers", handed_in), PLANNED).refused
    record = read_class(path)
    assert round_to_show(record, fewest) == shown
    assert bool(begun_said(record, shown)) == (second > 0 and shown == 1)
