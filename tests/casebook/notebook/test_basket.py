"""The essay basket: gathering, order, undoing, keeping, merging, and what editions do to it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from casebook.book.connection import open_book
from casebook.citations import Citation
from casebook.errors import NotebookError, NotFoundError
from casebook.notebook import (
    BasketKind,
    ChangedElsewhereError,
    Notebook,
    NoteTarget,
    Quote,
    basket,
    migrations,
    notes,
    open_notebook,
    row_digests,
)
from casebook.notebook.backup import as_json
from casebook.notebook.basket_places import Fate, standing, troubles
from casebook.notebook.copies import rescue
from casebook.notebook.files import State
from casebook.notebook.imports import ImportCounts, merge
from casebook.notebook.undo import Undone, undo
from casebook.notebook.values import Whose

PASSAGE = NoteTarget(
    "small", "nosaku", "Nosaku", "passage:1", Quote("bells", "cast ", " and"), "It cast bells.",
    (Citation("m", "para. 9", True),),
)  # fmt: skip
EVENT = NoteTarget("small", "nosaku", "Nosaku", "event:nosaku bell", None, "1998: A bell")
CELL = NoteTarget("small", "nosaku", "Nosaku", "point:checklist a", None, "a New: met. It did.")


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    with open_notebook(tmp_path / "notebook.sqlite") as opened:
        yield opened


@pytest.fixture
def filled(notebook: Notebook) -> Notebook:
    basket.add_own(notebook, "# Bells")
    basket.add(notebook, PASSAGE)
    basket.add_own(notebook, "They were *new*.")
    basket.add(notebook, EVENT)
    return notebook


def _words(notebook: Notebook) -> list[str]:
    return [item.words for item in basket.items(notebook)]


def test_what_is_gathered_stands_in_order(filled: Notebook) -> None:
    kinds = [item.kind for item in basket.items(filled)]
    assert kinds == [
        BasketKind.HEADING, BasketKind.STATEMENT, BasketKind.TEXT, BasketKind.EVENT
    ]  # fmt: skip
    assert _words(filled) == ["Bells", "bells", "They were *new*.", "1998: A bell"]
    found = basket.items(filled)
    assert found[1].target == PASSAGE
    assert basket.add(filled, CELL, after=found[0].uid).item.kind is BasketKind.RATING
    assert _words(filled)[:3] == ["Bells", "a New: met. It did.", "bells"]
    with open_notebook(filled.path) as again:
        assert basket.items(again) == basket.items(filled)


def test_nothing_is_gathered_twice(filled: Notebook) -> None:
    again = basket.add(filled, PASSAGE)
    assert not again.is_new
    assert again.item == basket.items(filled)[1]
    basket.add_own(filled, "They were *new*.")  # one's own words may be repeated
    assert len(basket.items(filled)) == 5


def test_a_note_comes_with_the_words_that_it_is_on(notebook: Notebook) -> None:
    note, light = notes.add(notebook, PASSAGE, "My thought"), notes.add(notebook, PASSAGE, "")
    first = basket.add_note(notebook, note).item
    assert (first.kind, first.text, first.target) == (BasketKind.NOTE, "My thought", PASSAGE)
    assert basket.add_note(notebook, light).item.kind is BasketKind.STATEMENT
    notes.delete(notebook, note)
    assert len(basket.items(notebook)) == 2


def test_items_move_and_every_action_is_undone(filled: Notebook) -> None:
    before = basket.items(filled)
    basket.put_at(filled, before[3], 0)
    assert _words(filled) == ["1998: A bell", "Bells", "bells", "They were *new*."]
    basket.put_at(filled, before[3], 99)
    assert _words(filled)[-1] == "1998: A bell"
    basket.change(filled, before[2], "They were old.")
    basket.remove(filled, basket.items(filled)[:2])
    assert basket.clear(filled) == 2
    assert basket.items(filled) == []
    assert undo(filled) == Undone("emptied the essay basket")
    assert undo(filled) == Undone("took out of the essay basket: 2 items")
    assert undo(filled) == Undone("changed in the essay basket: They were *new*.")
    assert undo(filled) == Undone("moved in the essay basket: Nosaku")
    assert undo(filled) == Undone("moved in the essay basket: Nosaku")
    assert _words(filled) == [item.words for item in before]
    assert undo(filled) == Undone("put into the essay basket: Nosaku")
    assert len(basket.items(filled)) == 3


def test_own_words_become_a_heading_and_back(filled: Notebook) -> None:
    heading = basket.items(filled)[0]
    assert basket.written_as(heading) == "# Bells"
    changed = basket.change(filled, heading, "Bells are\nno heading")
    assert changed.kind is BasketKind.TEXT
    assert basket.change(filled, changed, "## Brass  ").text == "Brass"
    for empty in ("", "  \n", "#", "##  "):
        with pytest.raises(NotebookError):
            basket.add_own(filled, empty)


def test_two_windows_do_not_overwrite_each_other(filled: Notebook) -> None:
    item = basket.items(filled)[2]
    with open_notebook(filled.path) as other:
        basket.change(other, basket.items(other)[2], "Theirs")
    with pytest.raises(ChangedElsewhereError, match="changed in another window"):
        basket.change(filled, item, "Mine")
    with pytest.raises(ChangedElsewhereError, match="changed in another window"):
        basket.remove(filled, [item])
    basket.remove(filled, [basket.items(filled)[2]])
    with pytest.raises(ChangedElsewhereError, match="removed in another window"):
        basket.put_at(filled, item, 0)
    assert "Theirs" not in _words(filled)


def test_a_basket_is_bounded(notebook: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(basket, "MOST_ITEMS", 2)
    basket.add(notebook, PASSAGE)
    basket.add(notebook, EVENT)
    with pytest.raises(NotebookError, match="The essay basket is full"):
        basket.add(notebook, CELL)
    assert len(basket.items(notebook)) == 2


def test_an_item_has_a_number_and_a_name(filled: Notebook) -> None:
    found = basket.items(filled)
    assert basket.item_at(found, "2") == found[1]
    assert basket.item_at(found, found[3].uid[:8]) == found[3]
    for name in ("0", "5", "zzzz", "", "99999", "\x1b[31m"):
        with pytest.raises(NotFoundError, match="There is no item"):
            basket.item_at(found, name)


# Keeping


def test_a_backup_brings_the_basket_back_in_its_order(filled: Notebook, tmp_path: Path) -> None:
    stored = json.dumps(as_json(filled))
    with open_notebook(tmp_path / "other.sqlite") as other:
        basket.add_own(other, "Mine first")
        assert merge(other, stored) == ImportCounts(added=4)
        assert _words(other) == ["Mine first", *_words(filled)]
        assert basket.items(other)[2].target == PASSAGE
        assert merge(other, stored) == ImportCounts(same=4)
        changed = basket.change(other, basket.items(other)[3], "Changed here")
        assert merge(other, stored) == ImportCounts(same=3, beside=1)
        assert merge(other, stored) == ImportCounts(same=4)
        assert [changed.text, "They were *new*."] == [_words(other)[3], _words(other)[5]]
        assert undo(other) == Undone("imported a file")
        assert len(basket.items(other)) == 5


def test_the_basket_of_another_reader_is_left_out(filled: Notebook, tmp_path: Path) -> None:
    with open_notebook(tmp_path / "other.sqlite") as other:
        counts = merge(other, json.dumps(as_json(filled)), Whose.THEIRS)
        assert counts == ImportCounts(left_out=4)
        assert basket.items(other) == []


@pytest.mark.parametrize(
    ("item", "where"),
    [
        ({}, "basket[1]: 'kind' is not a text."),
        ({"kind": "poem"}, "basket[1]: 'poem' is not a kind of item of the essay basket."),
        ({"kind": "text"}, "basket[1]: an item without words."),
        ({"kind": "text", "text": "x", "uid": "a b"}, "basket[1]: 'a b' is not a UID."),
    ],
)
def test_what_is_no_item_changes_nothing(
    notebook: Notebook, item: dict[str, str], where: str
) -> None:
    basket.add_own(notebook, "Mine")
    data = {"format": "casebook-notebook", "version": 1, "basket": [item]}
    with pytest.raises(Exception, match=where.replace("[", r"\[").replace("]", r"\]")):
        merge(notebook, json.dumps(data))
    assert _words(notebook) == ["Mine"]


def test_a_notebook_of_before_gets_a_basket_and_keeps_its_notes(tmp_path: Path) -> None:
    path = _notebook_without_basket(tmp_path)
    with open_notebook(path) as notebook:
        assert notebook.state is State.OPEN
        assert basket.items(notebook) == []
        basket.add(notebook, PASSAGE)
        assert [note.text for note in notes.all_notes(notebook)] == ["Old"]


def test_a_notebook_of_before_that_can_only_be_read_has_an_empty_basket(tmp_path: Path) -> None:
    path = _notebook_without_basket(tmp_path)
    before = path.read_bytes()
    with Notebook(path) as notebook:
        notebook._open_to_read("It can only be read.")
        assert basket.items(notebook) == []
        assert [note["text"] for note in as_json(notebook)["notes"]] == ["Old"]
    assert path.read_bytes() == before


def _notebook_without_basket(folder: Path) -> Path:
    """A notebook with a note, as it was before there were baskets."""
    path = folder / "old.sqlite"
    with open_notebook(path) as notebook:
        notes.add(notebook, PASSAGE, "Old")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for table in row_digests.latest_shape().tables.keys() - row_digests.shape(3).tables.keys():
            connection.execute(f'DROP TABLE "{table}"')
        connection.execute("PRAGMA user_version = 3")
        connection.execute("PRAGMA journal_mode = DELETE")
    assert "basket" not in row_digests.shape(3).tables
    assert migrations.latest_version() > 3
    return path


def test_what_is_left_of_a_damaged_basket_is_rescued(filled: Notebook, tmp_path: Path) -> None:
    path = filled.path
    uid = basket.items(filled)[1].uid
    filled.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DELETE FROM basket WHERE kind = 'statement'")
        connection.execute("UPDATE basket SET text = 'Forged' WHERE kind = 'text'")
    with open_notebook(path) as notebook:
        assert notebook.is_damaged
        losses = " ".join(notebook.losses)
        assert "Missing: 1 item of the essay basket." in losses
        assert f"Missing: item of the essay basket {uid[:8]} on Nosaku (statement" in losses
        assert "Damaged: item of the essay basket" in losses
        assert len(basket.items(notebook)) == 3
    rescued = tmp_path / "rescued.sqlite"
    rescue(path, rescued)
    with open_notebook(rescued) as notebook:
        assert not notebook.is_damaged
        assert len(basket.items(notebook)) == 3


# Editions


def test_gathered_words_are_looked_for_in_a_new_edition(
    notebook: Notebook, small_book: Path
) -> None:
    from casebook.book import pages
    from casebook.notebook.targets import target_at, target_of_event
    from casebook.notebook.whole_entry import target_of_entry
    from casebook.page_documents import whole_page

    with open_book(small_book) as book:
        page = pages.page(book, "nosaku")
        document = whole_page(page)
        at = next(n for n, b in enumerate(document.blocks) if b.anchor == "passage:2")
        name = book.info.slug
        targets = [
            target_at(name, page, document, at),
            target_of_event(name, page.own_events[0]),
            target_of_entry(name, page),
        ]
        for target in targets:
            basket.add(notebook, target)
        basket.add_own(notebook, "Mine")
        found = basket.items(notebook)
        assert [standing(item, book).fate for item in found] == [Fate.SAME] * 4
        assert troubles(found, book) == []
        basket.add(notebook, targets[0]._replace(book="another"))
        basket.add(notebook, targets[0]._replace(entry="nobody"))
        fates = [standing(item, book).fate for item in basket.items(notebook)]
        assert fates[4:] == [Fate.ELSEWHERE, Fate.GONE]
        told = troubles(basket.items(notebook), book)
        assert told == ["item 6, Nosaku: These words are no longer in this edition of the book."]
        changed = targets[1]._replace(context="1850: Something else altogether")
        item = basket.add(notebook, changed).item
        now = standing(item, book)
        assert now.fate is Fate.CHANGED
        assert now.now is not None
        assert standing(basket.follow(notebook, item, now.now), book).fate is Fate.SAME
        assert undo(notebook) == Undone("updated in the essay basket: Nosaku")
