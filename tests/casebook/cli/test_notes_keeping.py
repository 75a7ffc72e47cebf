"""`casebook notes` on the file itself: whose an import is, and where a note has gone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.notebook import NoteTarget, Quote, notes, open_notebook, predictions
from casebook.vocabulary import Rating
from tests.conftest import Ran

Casebook = Callable[..., Ran]


@pytest.fixture
def export(tmp_path: Path, casebook: Casebook) -> Path:
    """Another reader's notebook, with a rating."""
    with open_notebook(tmp_path / "theirs.sqlite") as theirs:
        predictions.predict(theirs, "niches", "nosaku", "Nosaku", "c", "a", Rating.MET, "Why")
        notes.add(theirs, NoteTarget("niches", "nosaku", "Nosaku"), "Their note")
    file = tmp_path / "theirs.json"
    done = casebook("--notebook", tmp_path / "theirs.sqlite", "notes", "export", "-o", file)
    assert done.code == 0, done
    return file


def test_whose_ratings_are_imported_has_to_be_said(
    tmp_path: Path, export: Path, casebook: Casebook
) -> None:
    mine = tmp_path / "mine.sqlite"
    refused = casebook("--notebook", mine, "notes", "import", export)
    assert (refused.code, "--whose" in refused.err) == (1, True)
    assert not mine.exists()
    theirs = casebook("--notebook", mine, "notes", "import", export, "--whose", "theirs", "--json")
    counts = {"added": 1, "same": 0, "beside": 0, "noted": 1, "left_out": 0}
    assert json.loads(theirs.out) == counts
    own = casebook(
        "--notebook", tmp_path / "new.sqlite", "notes", "import", export, "--whose", "mine"
    )
    assert "2 new" in own.out
    folder = casebook("--notebook", mine, "notes", "import", tmp_path)
    assert (folder.code, "is a folder" in folder.err) == (1, True)


def test_a_lone_surrogate_in_a_views_filters(tmp_path: Path, casebook: Casebook) -> None:
    file = tmp_path / "notebook.json"
    view = (
        '{"kind": "timeline", "book": "niches", "name": "T\\u001b]0;x\\u0007", "entries": [],'
        ' "filters": {"a\\ud800": "\\udfff\\u001b[31m"}}'
    )
    file.write_text(f'{{"format": "casebook-notebook", "version": 1, "views": [{view}]}}')
    assert casebook("notes", "import", file).code == 0
    for command in (("list",), ("list", "--json"), ("export",), ("export", "--format", "json")):
        done = casebook("notes", *command)
        assert done.code == 0
        assert "\x1b" not in done.out
        assert "\\u001b" not in done.out


def test_a_note_is_confirmed_by_its_name(
    tmp_path: Path, small_book: Path, casebook: Casebook
) -> None:
    path = tmp_path / "notebook.sqlite"
    target = NoteTarget("small", "nosaku", "Nosaku", "passage:0", Quote("A foundry from Takaoka."))
    with open_notebook(path) as kept:
        note = notes.add(kept, target, "Like our town")
    where = ("--book", small_book, "--notebook", path)
    done = casebook(*where, "notes", "confirm", note.uid[:8])
    assert done.code == 0, done
    assert "was on “A foundry from Takaoka.” and is now on “A foundry in Takaoka.”" in done.out
    again = casebook(*where, "notes", "confirm", note.uid[:8])
    assert (again.code, "there is nothing to confirm" in again.err) == (1, True)
    assert casebook(*where, "notes", "undo").code == 0
    with open_notebook(path) as kept:
        assert notes.note(kept, note.uid).target.quote == target.quote
    other = casebook("--notebook", path, "notes", "confirm", note.uid[:8])
    assert "on another book" in other.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_what_was_kept_is_said_though_the_output_is_full(tmp_path: Path) -> None:
    import os
    import subprocess
    import sys

    from tests.conftest import ROOT

    path = tmp_path / "notebook.sqlite"
    for arguments in (["add", "nosaku", "Words"], ["bookmark", "nosaku"], ["tag", "nosaku", "one"]):
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "casebook", "--notebook", str(path), "notes", *arguments],
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                check=False,
            )
        assert done.returncode == 1, done.stderr
        assert "What was asked for is done." in done.stderr
    with open_notebook(path) as kept:
        assert [note.text for note in notes.all_notes(kept)] == ["Words"]
