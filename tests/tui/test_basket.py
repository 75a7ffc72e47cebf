"""The essay basket in the app: gathering from everywhere, order, own words, the draft."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook.book.connection import Book
from casebook.notebook import BasketKind, basket
from tests.tui.conftest import SIZES, Driven

Drive = Callable[..., Any]


def _items(app: Driven) -> list[tuple[BasketKind, str]]:
    found = basket.items(app.app.keeper.notebook)
    return [(item.kind, item.target.title or item.text) for item in found]


GATHERED_FROM = {
    "library": (["j", "I"], BasketKind.STATEMENT),
    "search hit": (["slash", *"wind-bell", "enter", "escape", "I"], BasketKind.STATEMENT),
    "page": (["j", "enter", "I"], BasketKind.STATEMENT),
    "citation": (["j", "enter", "right", "I"], BasketKind.STATEMENT),
    "timeline": (["j", "t", "I"], BasketKind.EVENT),
    "matrix": (["j", "p", "c", "down", "I"], BasketKind.RATING),
    "sources": (["s", "I"], None),
    "paragraph": (["j", "enter", "right", "enter", "I"], BasketKind.STATEMENT),
    "glossary": (["w", "right", "I"], BasketKind.STATEMENT),
    "map": (["j", "m", "I"], BasketKind.STATEMENT),
    "point read": (["j", "p", "c", "r", "right", "I"], BasketKind.STATEMENT),
}


@pytest.mark.parametrize(("keys", "kind"), GATHERED_FROM.values(), ids=GATHERED_FROM)
async def test_one_key_gathers_from_anywhere(
    keys: list[str], kind: BasketKind | None, shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, (100, 30)) as app:
        await app.press(*keys)
        app.notices("the essay basket")
        if kind is None:
            return
        (item,) = basket.items(app.app.keeper.notebook)
        assert item.kind is kind
        assert item.words
        assert item.target.citations
        await app.press("I")
        app.notices("Already in the essay basket")
        await app.press("u", "ctrl+o")
        app.shows("The essay basket is empty")


async def test_a_note_goes_in_with_its_words(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (100, 30)) as app:
        await app.press(
            "j", "enter", "right", "a", "text:my own thought", "ctrl+s", "b", "I", "ctrl+o"
        )
        app.shows("note", "my own thought")
        assert _items(app)[0][0] is BasketKind.NOTE


@pytest.mark.parametrize("size", [(60, 20), *SIZES])
async def test_a_draft_is_put_together(
    size: tuple[int, int], shipped: Book, drive: Drive, tmp_path: Path
) -> None:
    async with drive(shipped, size) as app:
        await app.press("j", "I", "t", "I", "ctrl+o")
        app.shows("Essay basket", "2 items")
        await app.press("g", "a", "text:# Where it began", "ctrl+s")
        await app.press("a", "text:It all began small.", "ctrl+s")
        kinds = [kind for kind, _ in _items(app)]
        assert kinds == [
            BasketKind.STATEMENT, BasketKind.HEADING, BasketKind.TEXT, BasketKind.EVENT
        ]  # fmt: skip
        app.shows("# Where it began", "It all began small.")
        await app.press("g", "j", "K")
        assert _items(app)[0][0] is BasketKind.HEADING
        assert app.app.screen.gathered.cursor == 0
        await app.press("enter", "text:!", "ctrl+s")
        app.shows("# Where it began!")
        await app.press("d")
        app.notices("Removed from the essay basket. u undoes this.")
        assert len(_items(app)) == 3
        await app.press("u")
        assert len(_items(app)) == 4
        path = tmp_path / "essay.md"
        await app.press("E")
        app.app.screen.path_box.value = str(path)
        app.app.screen.path_box.focus()
        await app.press("enter")
        await app.settle()
        made = path.read_text(encoding="utf-8")
        assert made.index("## Where it began!") < made.index("It all began small.")
        assert "[^1]: " in made
        assert "## References" in made


async def test_items_lead_back_to_where_they_stand(niches: Book, drive: Drive) -> None:
    async with drive(niches, (100, 30)) as app:
        await app.press("j", "t", "I", "ctrl+o", "enter")
        app.shows("Asiro gentian alliance", "alliance, success")
        await app.press("ctrl+o")
        app.shows("Essay basket")
        await app.press("escape", "escape", "escape", "escape")
        assert app.app.trail.crumbs == []


async def test_words_that_are_written_are_not_lost(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (100, 30)) as app:
        await app.press("ctrl+o", "enter", "text:half a sent", "escape")
        app.notices("esc again discards it")
        await app.press("text:ence", "escape")
        app.shows("half a sentence")
        app.app.close_notebook()
        await app.settle()
    async with drive(shipped, (100, 30)) as app:
        await app.press("ctrl+o")
        app.shows("half a sentence")


async def test_the_basket_is_emptied_and_comes_back(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (100, 30)) as app:
        await app.press("j", "I", "j", "I", "ctrl+o")
        app.app.screen.action_empty_basket()
        await app.settle()
        await app.press("enter")
        assert _items(app) == []
        app.shows("The essay basket is empty")
        await app.press("E")
        app.notices("there is nothing to export")
        await app.press("u")
        assert len(_items(app)) == 2


async def test_markup_in_the_basket_is_words(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (100, 30)) as app:
        await app.press("ctrl+o", "a", "text:[b [[/x] [@click=app.quit]q", "ctrl+s")
        app.shows("[b [[/x] [@click=app.quit]q")
        assert app.app.crash is None
