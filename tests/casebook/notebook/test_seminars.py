"""What the notebook keeps of seminars: the reader's identifier in each."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from casebook.notebook import Notebook, open_notebook
from casebook.notebook.backup import as_json
from casebook.notebook.backup_file import BackupError
from casebook.notebook.copies import rescue
from casebook.notebook.imports import merge
from casebook.notebook.predictions import predict
from casebook.notebook.seminars import attendance, attendances, count_answers
from casebook.notebook.undo import undo
from casebook.notebook.values import Attendance, Whose
from casebook.vocabulary import Rating


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    with open_notebook(tmp_path / "notebook.sqlite") as opened:
        yield opened


def _answered(notebook: Notebook, seminar: str = "gears", round_: int = 1) -> Attendance:
    return count_answers(
        notebook, "small", seminar, "Gears\x1b and bells", name=" Ana\n", number_of_round=round_
    )


def test_the_identifier_stays_and_is_another_in_each_seminar(
    notebook: Notebook, tmp_path: Path
) -> None:
    assert attendance(notebook, "small", "gears") is None
    first, again = _answered(notebook), _answered(notebook, round_=2)
    assert first.student == again.student
    assert len(bytes.fromhex(first.student)) == 16
    assert (first.number, again.number, again.round) == (1, 2, 2)
    assert first.name == "Ana"
    assert "\x1b" not in first.title
    other = _answered(notebook, "bells")
    assert other.student != first.student
    assert [kept.seminar for kept in attendances(notebook)] == ["bells", "gears"]
    with open_notebook(tmp_path / "another.sqlite") as another:
        assert _answered(another).student != first.student


def test_what_was_handed_in_is_not_undone(notebook: Notebook) -> None:
    predict(notebook, "small", "nosaku", "Nosaku", "checklist", "a", Rating.MET)
    _answered(notebook)
    undo(notebook)
    assert attendance(notebook, "small", "gears") is not None


def test_the_identifier_goes_along_to_another_machine(notebook: Notebook, tmp_path: Path) -> None:
    mine = _answered(notebook)
    saved = json.dumps(as_json(notebook))
    with open_notebook(tmp_path / "new.sqlite") as new:
        assert merge(new, saved, Whose.MINE).added == 1
        assert merge(new, saved, Whose.MINE).same == 1
        assert _answered(new)._replace(made="", sequence=0) == mine._replace(
            number=2, made="", sequence=0
        )
    with open_notebook(tmp_path / "theirs.sqlite") as theirs:
        assert merge(theirs, saved, Whose.THEIRS).left_out == 1
        assert attendances(theirs) == []
        own = _answered(theirs)
        assert merge(theirs, saved, Whose.MINE).same == 1
        assert attendances(theirs) == [own]


@pytest.mark.parametrize(
    "change", [{"student": "x"}, {"round": 0}, {"number": -1}, {"student": "A" * 32}]
)
def test_an_impossible_identifier_is_refused(notebook: Notebook, change: dict[str, Any]) -> None:
    _answered(notebook)
    saved = as_json(notebook)
    saved["seminars"][0] |= change
    with pytest.raises(BackupError, match=r"seminars\[1\]"):
        merge(notebook, json.dumps(saved), Whose.MINE)


def test_a_damaged_notebook_keeps_the_identifier_and_names_what_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "notebook.sqlite"
    with open_notebook(path) as notebook:
        kept = _answered(notebook)
        _answered(notebook, "bells")
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE seminar SET number = 77 WHERE seminar = 'bells'")
        other.commit()
    with open_notebook(path) as notebook:
        assert notebook.is_damaged
        assert any("name in a seminar" in loss for loss in notebook.losses), notebook.losses
        assert attendance(notebook, "small", "gears") == kept
    rescue(path, tmp_path / "rescued.sqlite")
    with open_notebook(tmp_path / "rescued.sqlite") as rescued:
        assert attendance(rescued, "small", "gears") is not None
