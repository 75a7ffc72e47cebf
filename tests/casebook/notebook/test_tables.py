"""The tables of a notebook, and the steps that lead to them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from casebook.errors import NotebookError
from casebook.notebook import migrations, notes, open_notebook
from casebook.notebook.files import APPLICATION_ID, State
from casebook.notebook.migrations import Migration, steps
from casebook.notebook.tables import compiled_schema
from casebook.notebook.values import NoteTarget
from tests.systems import is_private

TARGET = NoteTarget("small", "nosaku", "Nosaku")


def _shape(script: list[str]) -> dict[str, object]:
    """Columns and indexes of every table that some scripts make."""
    connection = sqlite3.connect(":memory:")
    for sql in script:
        connection.executescript(sql)
    names = [
        row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    ]
    shape: dict[str, object] = {}
    for name in names:
        columns = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
        indexes = connection.execute(f'PRAGMA index_list("{name}")').fetchall()
        shape[name] = (
            sorted(column[1:] for column in columns),
            sorted(
                (
                    unique,
                    tuple(row[2] for row in connection.execute(f'PRAGMA index_info("{index}")')),
                )
                for _, index, unique, *_ in indexes
            ),
        )
    connection.close()
    return shape


def test_the_steps_lead_to_the_tables() -> None:
    assert _shape([step.sql for step in steps()]) == _shape([compiled_schema()]), (
        "write a further step into casebook/notebook/steps/"
    )


def test_the_steps_are_numbered_without_a_gap() -> None:
    assert [step.version for step in steps()] == list(range(1, len(steps()) + 1))


@pytest.fixture
def two_steps(monkeypatch: pytest.MonkeyPatch) -> Migration:
    """A Casebook that is a step further on."""
    further = Migration(
        steps()[-1].version + 1,
        "a colour",
        "ALTER TABLE note ADD COLUMN colour VARCHAR DEFAULT '';\n",
    )
    more = (*steps(), further)
    monkeypatch.setattr(migrations, "steps", lambda: more)
    return further


def test_an_older_notebook_is_copied_and_brought_up_to_date(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = tmp_path / "notebook.sqlite"
    with open_notebook(path) as notebook:
        notes.add(notebook, TARGET, "Words of before")
        old = steps()[-1].version
    further = request.getfixturevalue("two_steps")
    with open_notebook(path) as notebook:
        assert notebook.state is State.OPEN
        assert notebook.copy == tmp_path / f"notebook.version-{old}.sqlite"
        assert [note.text for note in notes.all_notes(notebook)] == ["Words of before"]
        assert notebook.ask("PRAGMA user_version") == [(further.version,)]
        notes.add(notebook, TARGET, "Words of after")
    copy = sqlite3.connect(tmp_path / f"notebook.version-{old}.sqlite")
    assert copy.execute("SELECT text FROM note").fetchall() == [("Words of before",)]
    assert copy.execute("PRAGMA user_version").fetchone() == (old,)
    assert copy.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    copy.close()
    assert is_private(tmp_path / f"notebook.version-{old}.sqlite")
    assert not list(tmp_path.glob(".copy-*"))


def test_a_step_that_fails_leaves_the_notebook_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "notebook.sqlite"
    with open_notebook(path) as notebook:
        notes.add(notebook, TARGET, "Words of before")
    before = path.read_bytes()
    broken = Migration(
        steps()[-1].version + 1,
        "broken",
        "CREATE TABLE more (x);\nINSERT INTO nowhere VALUES (1);\n",
    )
    monkeypatch.setattr(migrations, "steps", lambda: (*steps(), broken))
    with open_notebook(path) as notebook:
        assert notebook.state is State.READ_ONLY
        assert [note.text for note in notes.all_notes(notebook)] == ["Words of before"]
        with pytest.raises(NotebookError, match="Nothing was saved"):
            notes.add(notebook, TARGET, "More")
    assert path.read_bytes() == before


def test_a_notebook_of_a_newer_version_is_read_and_left_alone(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = tmp_path / "notebook.sqlite"
    with pytest.MonkeyPatch.context() as patch:
        sql = "ALTER TABLE note ADD COLUMN colour VARCHAR DEFAULT '';\n"
        more = (*steps(), Migration(steps()[-1].version + 1, "a colour", sql))
        patch.setattr(migrations, "steps", lambda: more)
        with open_notebook(path) as notebook:
            notes.add(notebook, TARGET, "Words of tomorrow")
    before = path.read_bytes()
    with open_notebook(path) as notebook:
        assert notebook.state is State.READ_ONLY
        assert "newer Casebook" in notebook.trouble
        assert [note.text for note in notes.all_notes(notebook)] == ["Words of tomorrow"]
        with pytest.raises(NotebookError, match="newer Casebook"):
            notes.add(notebook, TARGET, "More")
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["notebook.sqlite"]
