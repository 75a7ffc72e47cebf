"""What is missing of a notebook is named, where the history or a copy still knows it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from casebook.notebook import NoteTarget, Quote, bookmarks, notes, open_notebook
from casebook.notebook.copies import keep_daily, rescue
from tests.conftest import Ran

PASSAGE = NoteTarget("niches", "nosaku", "Nosaku", "passage:1", Quote("bells", "cast ", " and"))
ENTRY = NoteTarget("niches", "takaoka", "Takaoka")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "notebook.sqlite"
    with open_notebook(path) as notebook:
        notes.add(notebook, PASSAGE, "On the bells")
        notes.add(notebook, ENTRY, "On the town")
        bookmarks.toggle_bookmark(notebook, "niches", "nosaku", "Nosaku")
        bookmarks.set_tags(notebook, "niches", "nosaku", "Nosaku", ["brass"])
        notes.delete(notebook, notes.add(notebook, ENTRY, "Deleted by the reader"))
    return path


def _change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def _losses(path: Path) -> list[str]:
    with open_notebook(path) as notebook:
        return sorted(notebook.losses)


def _uid(path: Path, text: str) -> str:
    with open_notebook(path) as notebook:
        return next(note.uid[:8] for note in notes.all_notes(notebook) if note.text == text)


def _day_of(path: Path) -> str:
    with open_notebook(path) as notebook:
        return notes.all_notes(notebook)[0].created[:10]


def test_the_history_names_what_is_missing(path: Path) -> None:
    uid = _uid(path, "On the bells")
    day = _day_of(path)
    _change(path, "DELETE FROM note WHERE text = 'On the bells'", "DELETE FROM tag")
    assert _losses(path) == [
        "Missing: 1 note.",
        "Missing: 1 tag.",
        f"Missing: note {uid} on Nosaku (passage, {day}).",
        f"Missing: tag brass on Nosaku ({day}).",
    ]


def test_the_last_copy_names_what_is_missing(path: Path) -> None:
    with open_notebook(path) as notebook:
        copy = keep_daily(notebook)
        gone = notes.add(notebook, ENTRY, "After the copy")
    assert copy is not None
    uid, day = _uid(path, "On the town"), _day_of(path)
    _change(path, "DELETE FROM note WHERE text IN ('On the town', 'After the copy')")
    _change(path, "DELETE FROM change WHERE words LIKE '%Takaoka%' AND touched NOT LIKE '%After%'")
    assert set(_losses(path)) == {
        "Missing: 2 notes.",
        f"Missing: note {gone.uid[:8]} on Takaoka (entry, {day}).",
        f"Missing: note {uid} on Takaoka (entry, {day}); the copy of {copy.stem} has it.",
    }


def test_what_the_reader_deleted_is_not_named(path: Path) -> None:
    with open_notebook(path) as notebook:
        keep_daily(notebook)
        town = next(note for note in notes.all_notes(notebook) if note.text == "On the town")
        notes.delete(notebook, town)
    _change(path, "DELETE FROM note WHERE text = 'On the bells'")
    losses = _losses(path)
    assert sum("Missing: note" in loss for loss in losses) == 1
    assert not any("Takaoka" in loss for loss in losses)


def test_more_that_is_known_than_missing_is_a_guess(path: Path) -> None:
    """Without the history a copy cannot tell what was deleted since."""
    with open_notebook(path) as notebook:
        copy = keep_daily(notebook)
        town = next(note for note in notes.all_notes(notebook) if note.text == "On the town")
        notes.delete(notebook, town)
    assert copy is not None
    _change(path, "DELETE FROM note WHERE text = 'On the bells'", "DELETE FROM change")
    losses = _losses(path)
    assert "Missing: 1 note." in losses
    assert sum(loss.startswith("Perhaps missing: note") for loss in losses) == 2


def test_doctor_and_rescue_name_what_is_missing(
    path: Path, tmp_path: Path, casebook: Callable[..., Ran]
) -> None:
    named = f"note {_uid(path, 'On the bells')} on Nosaku (passage"
    _change(path, "DELETE FROM note WHERE text = 'On the bells'")
    assert f"Missing: {named}" in casebook("--notebook", path, "doctor").out
    assert f"Missing: {named}" in casebook("--notebook", path, "notes", "list").err
    new = tmp_path / "new.sqlite"
    done = casebook("--notebook", path, "notes", "rescue", "-o", new)
    assert (done.code, f"Missing: {named}" in done.err) == (4, True)
    assert any(named in loss for loss in rescue(path, tmp_path / "other.sqlite").losses)


@pytest.mark.parametrize("column", ["sequence", "version"])
@pytest.mark.parametrize("number", ["9e999", "-9e999", "1e300"])
def test_a_number_without_end_takes_no_other_row_with_it(
    path: Path, tmp_path: Path, column: str, number: str
) -> None:
    _change(path, f"UPDATE note SET {column} = {number} WHERE text = 'On the bells'")
    with open_notebook(path) as notebook:
        assert {note.text for note in notes.all_notes(notebook)} == {"On the bells", "On the town"}
        assert [loss.split()[0:2] for loss in notebook.losses] == [["Damaged:", "note"]]
    assert rescue(path, tmp_path / "new.sqlite").counts["note"] == 2
