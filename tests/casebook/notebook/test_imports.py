"""Out as JSON and in again, without loss and without doubles."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebook.citations import Citation
from casebook.errors import CasebookError
from casebook.notebook import (
    Notebook,
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
from casebook.notebook.backup import as_json
from casebook.notebook.backup_file import BackupError, read_file
from casebook.notebook.imports import ImportCounts, OwnerUnknownError
from casebook.notebook.imports import merge as merge_of
from casebook.notebook.undo import undo
from casebook.notebook.values import Whose
from casebook.vocabulary import Rating


def merge(notebook: Notebook, data: str, whose: Whose | None = Whose.MINE) -> ImportCounts:
    return merge_of(notebook, data, whose)


PASSAGE = NoteTarget(
    "niches", "nosaku", "Nosaku", "passage:1", Quote("bells", "cast ", " and"), "It cast bells.",
    (Citation("m", "para. 9", True),),
)  # fmt: skip


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[[str], Notebook]]:
    opened: list[Notebook] = []

    def one(name: str) -> Notebook:
        opened.append(open_notebook(tmp_path / f"{name}.sqlite"))
        return opened[-1]

    yield one
    for notebook in opened:
        notebook.close()


@pytest.fixture
def full(make: Callable[[str], Notebook]) -> Notebook:
    notebook = make("full")
    notes.add(notebook, PASSAGE, "A note\n\nof two paragraphs")
    notes.add(notebook, PASSAGE, "")
    bookmarks.toggle_bookmark(notebook, "niches", "nosaku", "Nosaku")
    bookmarks.set_tags(notebook, "niches", "nosaku", "Nosaku", ["one"])
    views.save(notebook, ViewKind.TIMELINE, "niches", "T", ["a", "b"], "", {"zoom": [1, 2]})
    predictions.predict(notebook, "niches", "nosaku", "Nosaku", "c", "a", Rating.PARTLY, "Why")
    history.opened(notebook, "niches", "nosaku", "Nosaku")
    history.stopped(notebook, "niches", "nosaku", place="passage:2", line=3, share=0.5)
    history.searched(notebook, "niches", "gentain")
    return notebook


def _text(notebook: Notebook) -> str:
    return json.dumps(as_json(notebook))


def test_a_backup_is_the_whole(full: Notebook, make: Callable[[str], Notebook]) -> None:
    other = make("other")
    assert merge(other, _text(full)) == ImportCounts(added=8)
    assert as_json(full) == as_json(other)
    assert notes.all_notes(other)[-1].target == PASSAGE


def test_a_second_time_changes_nothing(full: Notebook) -> None:
    before = _text(full)
    assert merge(full, before) == ImportCounts(same=8)
    assert _text(full) == before


def test_two_versions_of_a_note_are_both_kept_once(
    full: Notebook, make: Callable[[str], Notebook]
) -> None:
    other = make("other")
    merge(other, _text(full))
    mine = next(note for note in notes.all_notes(full) if note.text)
    notes.change(full, mine, "Mine")
    theirs = next(note for note in notes.all_notes(other) if note.text)
    notes.change(other, theirs, "Theirs")
    for _ in range(3):
        merge(full, _text(other))
    assert sorted(note.text for note in notes.all_notes(full)) == ["", "Mine", "Theirs"]
    merge(other, _text(full))
    merge(full, _text(other))
    assert sorted(note.text for note in notes.all_notes(full)) == ["", "Mine", "Theirs"]
    assert sorted(note.text for note in notes.all_notes(other)) == ["", "Mine", "Theirs"]


def test_another_rating_and_another_view_stand_beside_yours(
    full: Notebook, make: Callable[[str], Notebook]
) -> None:
    other = make("other")
    predictions.predict(other, "niches", "nosaku", "Nosaku", "c", "a", Rating.MET, "Because")
    views.save(other, ViewKind.TIMELINE, "niches", "T", ["c"])
    assert merge(full, _text(other)) == ImportCounts(beside=2)
    assert merge(full, _text(other)) == ImportCounts(same=2)
    assert [one.rating for one in predictions.predictions(full)] == ["partly"]
    assert any("Imported rating: met: Because" in note.text for note in notes.all_notes(full))
    assert {view.name for view in views.views(full)} == {"T", "T (2)"}


def test_old_notes_take_their_place_among_the_new(full: Notebook) -> None:
    data = as_json(full)
    old = {
        **data["notes"][0], "uid": "0" * 32, "text": "From long ago",
        "created": "2001-01-01T00:00:00Z", "changed": "2001-01-01T00:00:00Z",
    }  # fmt: skip
    merge(full, json.dumps({**data, "notes": [old]}))
    assert notes.all_notes(full)[-1].text == "From long ago"


def test_an_import_can_be_undone(full: Notebook, make: Callable[[str], Notebook]) -> None:
    other = make("other")
    merge(other, _text(full))
    assert undo(other)
    assert notes.all_notes(other) == []
    assert bookmarks.bookmarks(other) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not a notebook's"),
        ('{"format": "casebook-notebook", "version": 99}', "newer Casebook"),
        ('{"format": "casebook-notebook", "version": 1, "notes": {}}', "'notes' is not a list"),
        ('{"format": "casebook-notebook", "version": 1, "notes": [1]}', "notes[1] is not"),
        ('{"format": "casebook-notebook", "version": 1, "notes": [{}]}', "notes[1]: 'book'"),
        (
            '{"format": "casebook-notebook", "version": 1, "tags": '
            '[{"book": "b", "entry": "e", "name": ""}]}',
            "needs a word",
        ),
    ],
)
def test_what_is_no_backup_changes_nothing(full: Notebook, text: str, words: str) -> None:
    before = _text(full)
    with pytest.raises(CasebookError) as raised:
        merge(full, text)
    assert words in raised.value.message
    assert _text(full) == before


def test_all_or_nothing(full: Notebook, make: Callable[[str], Notebook]) -> None:
    data = as_json(full)
    data["predictions"][0]["rating"] = "splendid"
    other = make("other")
    with pytest.raises(BackupError, match="splendid"):
        merge(other, json.dumps(data))
    assert notes.all_notes(other) == []


_SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
# `st.recursive` reads the source of the function it is given, and warns where it cannot find
# the argument there: when the file was saved anew while the tests were running.
_JSON: st.SearchStrategy[object] = st.deferred(
    lambda: (
        _SCALARS
        | st.lists(_JSON, max_size=3)
        | st.dictionaries(st.text(max_size=8), _JSON, max_size=3)
    )
)
_NAMES = st.sampled_from(
    ["notes", "bookmarks", "tags", "views", "predictions", "reading", "searches", "basket"]
)
_KEYS = st.sampled_from(
    ["uid", "book", "entry", "title", "name", "text", "quote", "citations", "kind", "share", "line",
     "words", "rating", "framework", "criterion", "filters", "entries", "created"]
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(_NAMES, st.lists(st.dictionaries(_KEYS, _JSON, max_size=8), max_size=2)))
def test_any_json_is_merged_or_refused(full: Notebook, data: dict[str, object]) -> None:
    try:
        merge(full, json.dumps({"format": "casebook-notebook", "version": 1, **data}))
    except CasebookError as error:
        assert error.message.count("\n") == 0


def test_ratings_of_another_reader_are_not_ones_own(
    full: Notebook, make: Callable[[str], Notebook]
) -> None:
    other = make("other")
    with pytest.raises(OwnerUnknownError, match="--whose"):
        merge(other, _text(full), None)
    assert notes.all_notes(other) == []
    assert merge(other, _text(full), Whose.THEIRS) == ImportCounts(added=5, noted=1, left_out=2)
    assert predictions.predictions(other) == []
    assert history.all_readings(other) == []
    assert any("Imported rating: partly: Why" in note.text for note in notes.all_notes(other))
    assert merge(other, _text(full), Whose.THEIRS) == ImportCounts(same=6, left_out=2)


def test_ones_own_export_is_known(full: Notebook, make: Callable[[str], Notebook]) -> None:
    assert merge(full, _text(full), None) == ImportCounts(same=8)
    other = make("other")
    merge(other, _text(full), Whose.MINE)
    # What was restored into an empty notebook is the same notebook from then on.
    assert merge(other, _text(full), None) == ImportCounts(same=8)


_WORDS = st.text(min_size=1, max_size=12).filter(lambda text: text.strip())


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.sampled_from(["Same", "Other"]) | _WORDS, max_size=8),
    tags=st.lists(_WORDS, max_size=3),
)
def test_a_restored_backup_has_as_many_rows_as_it_was_made_from(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], tags: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("backup")
    with (
        open_notebook(folder / "one.sqlite") as one,
        open_notebook(folder / "other.sqlite") as other,
    ):
        # Written within a second, and on the same entry.
        for number, text in enumerate(texts):
            with contextlib.suppress(CasebookError):
                notes.add(one, PASSAGE._replace(place=f"passage:{number % 2}"), text)
        with contextlib.suppress(CasebookError):
            bookmarks.set_tags(one, "niches", "nosaku", "Nosaku", tags)
        drafts.save(one, PASSAGE, "A draft")
        merged = merge(other, _text(one), Whose.MINE)
        assert as_json(other) == as_json(one)
        assert (merged.same, merged.beside) == (0, 0)
        assert merge(other, _text(one), None).added == 0
        assert as_json(other) == as_json(one)


def test_escapes_that_json_brings_are_made_safe(
    full: Notebook, make: Callable[[str], Notebook]
) -> None:
    data = _text(full).replace('"name": "T"', '"name": "T\\u001b]0;x\\u0007"')
    data = data.replace('"zoom": [1, 2]', '"zoom": "\\ud800\\u001b[31m"')
    other = make("other")
    merge(other, data)
    (view,) = views.views(other)
    assert "\x1b" not in f"{view.name}{view.filters}"
    assert "\ud800" not in str(view.filters)


def test_a_folder_is_refused_in_words_that_hit_the_cause(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="is a folder"):
        read_file(tmp_path)
