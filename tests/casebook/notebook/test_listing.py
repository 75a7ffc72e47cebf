"""The notebook in order, and found in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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
from casebook.notebook.listing import ItemKind, Order, counts, items, listing
from casebook.notebook.search import Finder
from casebook.vocabulary import Rating

NOSAKU = NoteTarget("niches", "nosaku", "Nosaku")
ASIRO = NoteTarget("niches", "asiro", "Asiro gentian alliance")


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    with open_notebook(tmp_path / "notebook.sqlite") as opened:
        yield opened


@pytest.fixture
def full(notebook: Notebook) -> Notebook:
    notes.add(notebook, NOSAKU, "Wind-bells for tourists #export")
    quoted = ASIRO._replace(place="passage:1", quote=Quote("sold all over the world"))
    notes.add(notebook, quoted, "")
    bookmarks.toggle_bookmark(notebook, "niches", "nosaku", "Nosaku")
    bookmarks.set_tags(notebook, "niches", "asiro", "Asiro gentian alliance", ["export", "flowers"])
    views.save(notebook, ViewKind.COMPARISON, "niches", "Seminar", ["nosaku", "asiro"], "checklist")
    predictions.predict(
        notebook, "niches", "nosaku", "Nosaku", "checklist", "a", Rating.MET, "A vision of Kōchi"
    )
    history.opened(notebook, "niches", "asiro", "Asiro gentian alliance")
    drafts.save(notebook, NOSAKU, "Half a")
    return notebook


def _rows(notebook: Notebook, order: Order) -> list[tuple[str, ItemKind, str]]:
    rows = listing(notebook, order)
    return [
        (row.group, item.kind, item.words or item.title)
        for row, item in zip(rows, items(notebook, rows), strict=True)
        if item
    ]


def test_by_time_the_last_comes_first(full: Notebook) -> None:
    rows = _rows(full, Order.TIME)
    assert [kind for _, kind, _ in rows] == [
        "prediction", "view", "tag", "tag", "bookmark", "highlight", "note",
    ]  # fmt: skip
    assert len({group for group, _, _ in rows}) == 1


def test_by_entry(full: Notebook) -> None:
    groups = list(dict.fromkeys(group for group, _, _ in _rows(full, Order.ENTRY)))
    assert groups == ["Asiro gentian alliance", "Nosaku", "Saved comparisons and timelines"]


def test_by_tag_with_those_inside_notes(full: Notebook) -> None:
    rows = _rows(full, Order.TAG)
    assert {kind for group, kind, _ in rows if group == "export"} == {"tag", "note"}
    assert {kind for group, kind, _ in rows if group == "flowers"} == {"tag"}
    rest = {kind for group, kind, _ in rows if group == ""}
    assert rest == {"highlight", "bookmark", "view", "prediction"}


def test_lately(full: Notebook) -> None:
    assert [kind for _, kind, _ in _rows(full, Order.RECENT)] == ["draft", "reading", "view"]


def test_counts(full: Notebook) -> None:
    assert counts(full) == (1, 1, 1, 2, 1, 1, 0)


def test_a_note_that_went_meanwhile_is_none(full: Notebook) -> None:
    rows = [row for row in listing(full, Order.TIME) if row.kind is ItemKind.NOTE]
    notes.delete(full, notes.all_notes(full, entry="nosaku")[0])
    assert items(full, rows) == [None]


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("wind", "note"),
        ("wnid bells", "note"),
        ("toursits", "note"),
        ("WIND-BELLS tourists", "note"),
        ("over the world", "highlight"),
        ("kochi", "prediction"),
        ("semniar", "view"),
        ("flow", "tag"),
    ],
)
def test_the_search_forgives(full: Notebook, query: str, kind: str) -> None:
    hits = [hit.key for hit in Finder(full).find(query)]
    rows = {row.key: row.kind for row in listing(full, Order.TIME)}
    assert hits
    assert rows[hits[0]] == kind


def test_every_word_must_be_there(full: Notebook) -> None:
    finder = Finder(full)
    assert finder.find("wind zebra") == []
    assert finder.find("") == []
    assert finder.find("!!! ---") == []


def test_kanji_of_two_letters(notebook: Notebook) -> None:
    notes.add(notebook, NOSAKU, "銅器の能作について")
    assert Finder(notebook).find("能作")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=400))
def test_anything_can_be_looked_for(full: Notebook, query: str) -> None:
    for hit in Finder(full).find(query):
        assert 0 < hit.score <= 100
