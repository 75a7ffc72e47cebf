"""What is kept is there afterwards, and what was undone is not."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from casebook.citations import Citation
from casebook.errors import NotebookError, NotFoundError
from casebook.notebook import (
    ChangedElsewhereError,
    Notebook,
    NoteKind,
    NoteTarget,
    Quote,
    ViewKind,
    bookmarks,
    drafts,
    history,
    notes,
    open_notebook,
    predictions,
    views,
)
from casebook.notebook.undo import Undone, undo
from casebook.vocabulary import Rating
from tests.systems import is_private

ENTRY = NoteTarget("small", "nosaku", "Nosaku")
PASSAGE = NoteTarget(
    "small", "nosaku", "Nosaku", "passage:2", Quote("bells", "It cast ", ", all of"),
    "It cast bells, all of them.", (Citation("m", "para. 9"), Citation("m", "para. 3", True)),
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "notebook.sqlite"


@pytest.fixture
def notebook(path: Path) -> Iterator[Notebook]:
    with open_notebook(path) as opened:
        yield opened


def test_looking_makes_no_file(path: Path, notebook: Notebook) -> None:
    assert notes.all_notes(notebook) == []
    assert history.recent(notebook) == []
    assert undo(notebook) is None
    bookmarks.set_bookmark(notebook, "niches", "nosaku", "Nosaku", wanted=False)
    assert not path.parent.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be removed there")
@pytest.mark.parametrize("is_replaced", [False, True])
def test_nothing_is_said_to_be_kept_in_a_file_that_is_gone(
    path: Path, notebook: Notebook, is_replaced: bool
) -> None:
    """Another program deletes or replaces the open notebook; what is written is found by nobody."""
    notes.add(notebook, ENTRY, "Before")
    other = path.with_name("other.sqlite")
    other.write_bytes(path.read_bytes())
    path.unlink()
    if is_replaced:
        other.rename(path)
    with pytest.raises(NotebookError, match="moved, deleted or replaced"):
        notes.add(notebook, ENTRY, "After")


def test_the_files_are_their_owners_alone(path: Path, notebook: Notebook) -> None:
    notes.add(notebook, ENTRY, "Private")
    assert is_private(path.parent)
    for file in path.parent.iterdir():
        assert is_private(file), file


def test_a_note_comes_back_whole(path: Path, notebook: Notebook) -> None:
    kept = notes.add(notebook, PASSAGE, "Mark **this** #bells\n\n- one\n- two")
    with open_notebook(path) as again:
        assert notes.all_notes(again) == [kept]
        assert notes.note(again, kept.uid[:6]) == kept
    assert kept.target == PASSAGE
    assert kept.target.kind is NoteKind.PASSAGE
    assert bookmarks.tags_in(kept.text) == ["bells"]


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("", NoteKind.ENTRY),
        ("passage:1", NoteKind.PASSAGE),
        ("event:nosaku bell", NoteKind.EVENT),
        ("point:checklist a", NoteKind.CELL),
        ("figure:members", NoteKind.PASSAGE),
    ],
)
def test_what_a_note_is_on(place: str, kind: NoteKind) -> None:
    assert NoteTarget("b", "e", "E", place).kind is kind


def test_a_highlight_needs_no_words_and_a_note_does(notebook: Notebook) -> None:
    assert notes.add(notebook, PASSAGE, "").is_highlight
    with pytest.raises(NotebookError, match="needs words"):
        notes.add(notebook, ENTRY, "  \n")
    with pytest.raises(NotebookError, match="may have"):
        notes.add(notebook, ENTRY, "x" * (notes.LONGEST_NOTE + 1))


def test_what_a_note_says_cannot_command_the_terminal(path: Path, notebook: Notebook) -> None:
    kept = notes.add(notebook, ENTRY, "a\x1b]52;c;x\x07b\r\nc\x00\udcff")
    assert "\x1b" not in kept.text
    assert "\n" in kept.text
    with sqlite3.connect(path) as other:
        other.execute("UPDATE note SET text = ?, title = ?", ("\x1b[31m", "\x9b1m"))
    other.close()
    found = notes.all_notes(notebook)[0]
    assert "\x1b" not in found.text
    assert "\x9b" not in found.target.title


def test_two_windows_cannot_overwrite_each_other(path: Path, notebook: Notebook) -> None:
    first = notes.add(notebook, ENTRY, "First")
    with open_notebook(path) as other:
        changed = notes.change(other, notes.note(other, first.uid), "Theirs")
        with pytest.raises(ChangedElsewhereError):
            notes.change(notebook, first, "Mine")
        with pytest.raises(ChangedElsewhereError):
            notes.delete(notebook, first)
        assert notes.all_notes(notebook) == [changed]
        notes.delete(other, changed)
        with pytest.raises(ChangedElsewhereError, match="deleted"):
            notes.change(notebook, changed, "Mine")


def test_undo_takes_back_one_action_after_another(notebook: Notebook) -> None:
    first = notes.add(notebook, ENTRY, "One")
    second = notes.change(notebook, first, "Two")
    notes.delete(notebook, second)
    bookmarks.toggle_bookmark(notebook, "small", "nosaku", "Nosaku")
    bookmarks.set_tags(notebook, "small", "nosaku", "Nosaku", ["export", "bells"])
    bookmarks.set_tags(notebook, "small", "nosaku", "Nosaku", ["bells"])
    assert undo(notebook) == Undone("tagged: Nosaku")
    assert bookmarks.tags_of(notebook, "small", "nosaku") == ["bells", "export"]
    undo(notebook)
    assert bookmarks.tags(notebook) == []
    undo(notebook)
    assert bookmarks.bookmarks(notebook) == []
    undo(notebook)
    assert [note.text for note in notes.all_notes(notebook)] == ["Two"]
    undo(notebook)
    assert [note.text for note in notes.all_notes(notebook)] == ["One"]
    undo(notebook)
    assert notes.all_notes(notebook) == []
    assert undo(notebook) is None


def test_undo_is_of_this_window_unless_asked(path: Path, notebook: Notebook) -> None:
    notes.add(notebook, ENTRY, "Mine")
    with open_notebook(path) as other:
        assert undo(other) is None
        assert undo(other, of_any_window=True) == Undone("noted: Nosaku")
    assert notes.all_notes(notebook) == []


def test_undo_leaves_alone_what_another_window_has_changed(path: Path, notebook: Notebook) -> None:
    bookmarks.toggle_bookmark(notebook, "small", "nosaku", "Nosaku")
    mine = notes.add(notebook, ENTRY, "Mine")
    with open_notebook(path) as other:
        notes.change(other, mine, "Theirs")
    assert undo(notebook) == Undone("noted: Nosaku", is_done=False)
    assert [note.text for note in notes.all_notes(notebook)] == ["Theirs"]
    assert undo(notebook) == Undone("bookmarked: Nosaku")


def test_a_window_that_has_undone_text_open_notices(path: Path, notebook: Notebook) -> None:
    first = notes.add(notebook, ENTRY, "One")
    second = notes.change(notebook, first, "Two")
    undo(notebook)
    with open_notebook(path) as other, pytest.raises(ChangedElsewhereError):
        notes.change(other, second, "Three")


def test_what_was_deleted_is_gone_from_the_file_when_it_can_no_longer_be_undone(
    path: Path, notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casebook.notebook.writing.CHANGES_KEPT", 3)
    notes.delete(notebook, notes.add(notebook, ENTRY, "a very private thought"))
    for _ in range(4):
        bookmarks.toggle_bookmark(notebook, "small", "nosaku", "Nosaku")
    notebook.close()
    assert b"very private" not in path.read_bytes()


def test_reading_is_remembered(notebook: Notebook) -> None:
    for slug in ("a", "b", "a"):
        history.opened(notebook, "small", slug, slug.upper())
    history.stopped(notebook, "small", "a", place="passage:4", line=30, share=0.4)
    history.stopped(notebook, "small", "a", place="top", line=0, share=0.1)
    found = history.reading_of(notebook, "small", "a")
    assert found is not None
    assert (found.place, found.line, found.share, found.visits) == ("top", 0, 0.4, 2)
    assert [one.entry for one in history.recent(notebook)] == ["a", "b"]
    assert history.read_entries(notebook, "small") == frozenset()
    history.stopped(notebook, "small", "b", place="passage:9", line=90, share=1.0)
    assert history.read_entries(notebook, "small") == {"b"}
    history.set_read(notebook, "small", "b", "B", is_read=False)
    history.set_read(notebook, "small", "c", "C", is_read=True)
    assert history.read_entries(notebook, "small") == {"c"}
    assert [one.entry for one in history.recent(notebook)] == ["a", "b"]


def test_recent_searches_are_few_and_the_last_first(notebook: Notebook) -> None:
    for number in range(history.SEARCHES_KEPT + 5):
        history.searched(notebook, "small", f"query {number}")
    history.searched(notebook, "small", "query 20")
    history.searched(notebook, "other", "elsewhere")
    assert history.recent_searches(notebook, "small", 2) == ["query 20", "query 54"]
    assert len(history.recent_searches(notebook, "small", 999)) == history.SEARCHES_KEPT
    assert history.recent_searches(notebook, "other") == ["elsewhere"]


def test_order_does_not_hang_on_the_clock(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = iter(["2026-05-01T10:00:00Z", "2026-05-02T10:00:00Z", "1970-01-01T00:00:00Z"])
    monkeypatch.setattr("casebook.notebook.notes.now", lambda: next(days))
    for text in ("one", "two", "three"):
        notes.add(notebook, ENTRY, text)
    assert [note.text for note in notes.all_notes(notebook)] == ["three", "two", "one"]
    times = iter(["2026-05-02T10:00:00Z", "1970-01-01T00:00:00Z"])
    monkeypatch.setattr("casebook.notebook.history.now", lambda: next(times))
    history.opened(notebook, "small", "a", "A")
    history.opened(notebook, "small", "b", "B")
    assert [one.entry for one in history.recent(notebook)] == ["b", "a"]


def test_views_are_kept_exactly(notebook: Notebook) -> None:
    filters = {"only": "differences", "order": ["b", "a"], "depth": 2}
    kept = views.save(
        notebook, ViewKind.COMPARISON, "small", " Seminar \n 3 ", ["b", "a"], "checklist", filters
    )
    assert (kept.name, kept.entries, kept.filters) == ("Seminar 3", ("b", "a"), filters)
    again = views.save(notebook, ViewKind.COMPARISON, "small", "Seminar 3", ["c"], "checklist")
    assert again.uid == kept.uid
    assert views.views(notebook, "small") == [again]
    assert views.views(notebook, "small", ViewKind.TIMELINE) == []
    undo(notebook)
    assert views.view(notebook, "small", ViewKind.COMPARISON, "Seminar 3").filters == filters
    with pytest.raises(NotFoundError):
        views.view(notebook, "small", ViewKind.TIMELINE, "Seminar 3")


def test_a_prediction_ends_with_the_reveal(notebook: Notebook) -> None:
    def predict(entry: str, rating: Rating) -> None:
        predictions.predict(
            notebook, "small", entry, entry.upper(), "checklist", "a", rating, "Why"
        )

    predict("a", Rating.MET)
    predict("a", Rating.PARTLY)
    predict("b", Rating.SILENT)
    assert [one.rating for one in predictions.predictions(notebook, "small", ["a"])] == ["partly"]
    assert predictions.reveal(notebook, {"small": ["a"]}, "checklist") == 1
    with pytest.raises(NotebookError, match="has been shown"):
        predict("a", Rating.NOT_MET)
    predict("b", Rating.MET)
    assert predictions.begin_anew(notebook, {"small": ["a"]}, "checklist") == 1
    predict("a", Rating.NOT_MET)
    found = {
        one.entry: one for one in predictions.predictions(notebook, "small", framework="checklist")
    }
    assert found["a"].rating is Rating.NOT_MET
    assert not found["a"].revealed


def test_drafts_wait_for_their_note(notebook: Notebook) -> None:
    drafts.save(notebook, PASSAGE, "Half a tho")
    drafts.save(notebook, PASSAGE, "Half a thought")
    kept = notes.add(notebook, ENTRY, "A note")
    drafts.save(notebook, ENTRY, "A note, chang", uid=kept.uid, version=kept.version)
    found = {one.name: one for one in drafts.drafts(notebook)}
    assert found[drafts.name_of(PASSAGE)].text == "Half a thought"
    assert found[drafts.name_of(PASSAGE)].target == PASSAGE
    assert found[kept.uid].version == 1
    drafts.drop(notebook, kept.uid)
    drafts.drop(notebook, "never was")
    assert [one.target for one in drafts.drafts(notebook)] == [PASSAGE]


def test_how_things_stood(notebook: Notebook) -> None:
    history.keep(notebook, "small", "tray", ["a", "b"])
    history.keep(notebook, "other", "tray", ["c"])
    assert history.kept(notebook, "small", "tray") == ["a", "b"]
    history.keep(notebook, "small", "tray", None)
    assert history.kept(notebook, "small", "tray") is None
    assert history.kept(notebook, "other", "tray") == ["c"]
