"""Packs whose sources disagree on a rating and on an outcome: the small one, and one upon it."""

from __future__ import annotations

from pathlib import Path

from casebook.pack.build import build_volumes
from tests.conftest import SMALL_PACK, write_files
from tests.volume_packs import MORE

_NOSAKU = SMALL_PACK["firms/nosaku.md"]
_RATED = '  - {point: checklist a, rating: met, evidence: "It has one [@m, para. 9]"}\n'
_OUTCOME = 'outcome: "success: it sells [@m, para. 9]"\n'


def with_readings(*, of_rating: str = "", of_outcome: str = "") -> dict[str, str]:
    """The small pack, with some lines below its rating and below its outcome."""
    rated = _RATED.replace('"}\n', f'"{of_rating}}}\n')
    page = _NOSAKU.replace(_RATED, rated).replace(_OUTCOME, _OUTCOME + of_outcome)
    return dict(SMALL_PACK) | {"firms/nosaku.md": page}


OF_RATING = ', accounts: {rating: not met, evidence: "It has none [@m, para. 11]"}'
OF_OUTCOME = 'accounts:\n  - outcome: "struggling: few buy [@m, para. 12]"\n'

DISAGREEING = with_readings(of_rating=OF_RATING, of_outcome=OF_OUTCOME)
"""The small pack, in which two sources disagree on a rating and on an outcome."""

ADDED_READINGS = """\
accounts:
  - {point: checklist a, rating: partly, evidence: "It has half of one [@n, para. 6]"}
  - {outcome: "failed: it closes [@n, para. 7]"}
"""


def with_addition(accounts: str) -> dict[str, str]:
    """A volume upon it, with some lines in what it adds to the firm."""
    page = MORE["additions/nosaku.md"].replace("relations:", f"{accounts}relations:", 1)
    return dict(MORE) | {"additions/nosaku.md": page}


UPON_THEM = with_addition(ADDED_READINGS)
"""A volume that adds a third account of each."""


def build_disagreeing(folder: Path) -> Path:
    """A book of both."""
    packs = [
        write_files(folder / "small", dict(DISAGREEING)),
        write_files(folder / "more", dict(UPON_THEM)),
    ]
    build_volumes(packs, folder / "disagreeing.sqlite")
    return folder / "disagreeing.sqlite"
