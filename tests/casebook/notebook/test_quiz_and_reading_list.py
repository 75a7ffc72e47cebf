"""What the notebook keeps of the quiz, and the reading list."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from casebook.errors import NotebookError
from casebook.notebook import Notebook, history, open_notebook, predictions, reading_list
from casebook.notebook.backup import as_json
from casebook.notebook.copies import rescue
from casebook.notebook.imports import ImportCounts, OwnerUnknownError, merge
from casebook.notebook.listing import ItemKind, Order, items, listing
from casebook.notebook.quiz_cards import keep_answer, quiz_cards
from casebook.notebook.undo import undo
from casebook.notebook.values import QuizCard, Whose
from casebook.vocabulary import Rating


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    with open_notebook(tmp_path / "notebook.sqlite") as opened:
        yield opened


def _answer(
    notebook: Notebook,
    rating: Rating = Rating.MET,
    *,
    is_right: bool,
    point: str = "a",
    reason: str = "",
) -> QuizCard:
    return keep_answer(
        notebook, "niches", "nosaku", "Nosaku", "checklist", point, rating, reason,
        is_right=is_right,
    )  # fmt: skip


def _listed(notebook: Notebook) -> list[str]:
    return [listed.entry for listed in reading_list.reading_list(notebook, "niches")]


def _list(notebook: Notebook, *entries: str) -> None:
    for entry in entries:
        reading_list.set_listed(notebook, "niches", entry, entry.title())


# The quiz


def test_an_answer_moves_the_point_from_box_to_box(notebook: Notebook) -> None:
    assert [_answer(notebook, is_right=right).box for right in (True, True, False, True)] == [
        2, 3, 1, 2,
    ]  # fmt: skip
    (card,) = quiz_cards(notebook, "niches")
    assert (card.asked, card.missed) == (4, 1)


def test_the_first_answer_is_a_prediction_of_this_point_alone(notebook: Notebook) -> None:
    predictions.predict(
        notebook, "niches", "nosaku", "Nosaku", "checklist", "b", Rating.MET, "Waiting"
    )
    _answer(notebook, Rating.PARTLY, is_right=False, reason="A hunch")
    _answer(notebook, Rating.MET, is_right=True, reason="I know it now")
    kept = {one.criterion: one for one in predictions.predictions(notebook)}
    assert (kept["a"].rating, kept["a"].reason) == (Rating.PARTLY, "A hunch")
    assert kept["a"].revealed
    assert not kept["b"].revealed
    (card,) = quiz_cards(notebook)
    assert (card.rating, card.reason) == (Rating.MET, "I know it now")


def test_what_has_been_shown_before_is_no_prediction(notebook: Notebook) -> None:
    predictions.reveal(notebook, {"niches": ["nosaku"]}, "checklist")
    _answer(notebook, is_right=True)
    assert predictions.predictions(notebook) == []
    assert len(quiz_cards(notebook)) == 1


def test_an_answer_is_undone_with_its_prediction(notebook: Notebook) -> None:
    _answer(notebook, is_right=False)
    before = as_json(notebook)
    _answer(notebook, is_right=False, point="b")
    done = undo(notebook)
    assert done is not None
    assert (done.words, done.is_done) == ("answered b: Nosaku", True)
    assert as_json(notebook) == before


def test_answers_are_taken_to_another_notebook_and_the_later_counts(
    notebook: Notebook, tmp_path: Path
) -> None:
    _answer(notebook, is_right=False)
    backup = json.dumps(as_json(notebook))
    with open_notebook(tmp_path / "other.sqlite") as other:
        with pytest.raises(OwnerUnknownError):
            merge(other, backup)
        assert merge(other, backup, Whose.MINE) == ImportCounts(added=2)
        assert as_json(other) == as_json(notebook)
        assert merge(other, backup, Whose.MINE) == ImportCounts(same=2)
        later = json.loads(backup)
        later["quiz"][0] |= {"box": 3, "asked": 5, "missed": 0, "answered": "2999-01-01T00:00:00Z"}
        assert merge(other, json.dumps(later), Whose.MINE) == ImportCounts(added=1, same=1)
        (card,) = quiz_cards(other)
        assert (card.box, card.asked, card.missed) == (3, 5, 1)


def test_another_readers_answers_are_left_out(notebook: Notebook, tmp_path: Path) -> None:
    _answer(notebook, is_right=False)
    _list(notebook, "asiro")
    with open_notebook(tmp_path / "other.sqlite") as other:
        merged = merge(other, json.dumps(as_json(notebook)), Whose.THEIRS)
        assert merged == ImportCounts(added=1, noted=1, left_out=1)
        assert quiz_cards(other) == []
        assert _listed(other) == ["asiro"]


def test_a_lost_answer_and_a_lost_entry_are_named_and_the_rest_is_rescued(
    tmp_path: Path,
) -> None:
    path, saved = tmp_path / "notebook.sqlite", tmp_path / "saved.sqlite"
    with open_notebook(path) as notebook:
        _answer(notebook, is_right=False)
        _answer(notebook, is_right=True, point="b")
        _list(notebook, "asiro", "uniqlo")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DELETE FROM quiz_card WHERE criterion = 'a'")
        connection.execute("DELETE FROM reading_list WHERE entry = 'asiro'")
    with open_notebook(path) as notebook:
        assert notebook.is_damaged
        told = " ".join(notebook.losses)
    assert "Missing: 1 quiz answer." in told
    assert "Missing: quiz answer on Nosaku" in told
    assert "Missing: entry of the reading list on Asiro" in told
    rescue(path, saved)
    with open_notebook(saved) as notebook:
        assert [card.criterion for card in quiz_cards(notebook)] == ["b"]
        assert _listed(notebook) == ["uniqlo"]


# The reading list


def test_the_reading_list_has_an_order_of_its_own(notebook: Notebook) -> None:
    _list(notebook, "asiro", "uniqlo", "renown")
    assert _listed(notebook) == ["asiro", "uniqlo", "renown"]
    reading_list.put_in_order(notebook, ["niches"], ["renown", "asiro"])
    assert _listed(notebook) == ["renown", "asiro", "uniqlo"]
    assert not reading_list.toggle_listed(notebook, "niches", "asiro", "Asiro")
    assert reading_list.toggle_listed(notebook, "niches", "asiro", "Asiro")
    assert _listed(notebook) == ["renown", "uniqlo", "asiro"]


def test_each_change_of_the_reading_list_is_undone(notebook: Notebook) -> None:
    _list(notebook, "asiro", "uniqlo", "renown")
    reading_list.put_in_order(notebook, ["niches"], ["renown", "uniqlo", "asiro"])
    undo(notebook)
    assert _listed(notebook) == ["asiro", "uniqlo", "renown"]
    reading_list.set_listed(notebook, "niches", "uniqlo", "Uniqlo", wanted=False)
    undo(notebook)
    assert _listed(notebook) == ["asiro", "uniqlo", "renown"]
    undo(notebook)
    assert _listed(notebook) == ["asiro", "uniqlo"]


def test_an_entry_that_was_read_is_ticked(notebook: Notebook) -> None:
    _list(notebook, "asiro", "uniqlo")
    history.opened(notebook, "niches", "asiro", "Asiro")
    history.stopped(notebook, "niches", "asiro", place="", line=0, share=1.0)
    asiro, uniqlo = reading_list.reading_list(notebook, "niches")
    assert (asiro.is_read, asiro.share) == (True, 1.0)
    assert (uniqlo.is_read, uniqlo.share) == (False, 0.0)


@pytest.mark.parametrize("was_opened", [True, False])
def test_a_mark_is_undone_after_the_page_was_read_on(
    notebook: Notebook, *, was_opened: bool
) -> None:
    if was_opened:
        history.opened(notebook, "niches", "asiro", "Asiro")
    history.set_read(notebook, "niches", "asiro", "Asiro", is_read=True)
    history.opened(notebook, "niches", "asiro", "Asiro")
    history.stopped(notebook, "niches", "asiro", place="passage:4", line=9, share=0.4)
    done = undo(notebook)
    assert done is not None
    assert done.is_done
    reading = history.reading_of(notebook, "niches", "asiro")
    assert reading is not None
    assert (reading.is_read, reading.place, reading.share) == (False, "passage:4", 0.4)


def test_a_mark_on_a_page_that_was_never_opened_is_undone_wholly(notebook: Notebook) -> None:
    history.set_read(notebook, "niches", "asiro", "Asiro", is_read=True)
    undo(notebook)
    assert history.reading_of(notebook, "niches", "asiro") is None


def test_an_import_is_undone_with_the_pages_it_brought(notebook: Notebook, tmp_path: Path) -> None:
    history.opened(notebook, "niches", "asiro", "Asiro")
    with open_notebook(tmp_path / "other.sqlite") as other:
        before = as_json(other)
        merge(other, json.dumps(as_json(notebook)))
        undo(other)
        assert as_json(other) | {"notebook": ""} == before | {"notebook": ""}


def test_the_notebook_lists_the_reading_list(notebook: Notebook) -> None:
    _list(notebook, "asiro")
    rows = listing(notebook, Order.TIME)
    (item,) = items(notebook, rows)
    assert item is not None
    assert (item.kind, item.title, item.words) == (ItemKind.LISTED, "Asiro", "to read")


def test_the_list_of_another_notebook_is_added_at_the_end(
    notebook: Notebook, tmp_path: Path
) -> None:
    _list(notebook, "asiro", "uniqlo")
    with open_notebook(tmp_path / "other.sqlite") as other:
        _list(other, "renown", "uniqlo")
        assert merge(other, json.dumps(as_json(notebook))) == ImportCounts(added=1, same=1)
        assert _listed(other) == ["renown", "uniqlo", "asiro"]


def test_taking_off_an_empty_list_makes_no_notebook(tmp_path: Path) -> None:
    with open_notebook(tmp_path / "notebook.sqlite") as notebook:
        reading_list.set_listed(notebook, "niches", "asiro", "Asiro", wanted=False)
    assert not notebook.path.exists()


def test_a_rating_that_is_none_is_refused(notebook: Notebook) -> None:
    key = {"book": "b", "entry": "e", "framework": "f", "criterion": "a"}
    values = {"title": "", "box": 1, "asked": 1, "missed": 0, "rating": "great", "sequence": 1}

    def put() -> None:
        with notebook.writing() as writing:
            writing.put("quiz_card", key, {**values, "reason": "", "answered": ""})

    with pytest.raises(NotebookError):
        put()
    assert quiz_cards(notebook) == []
