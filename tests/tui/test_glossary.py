"""Terms in the text of a page, explained and opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from casebook.book.connection import Book
from tests.tui.conftest import SIZES
from tui.screens.term import TermScreen
from tui.widgets.document_layout import TargetKind
from tui.widgets.document_view import DocumentView

Drive = Callable[..., Any]


@pytest.mark.parametrize("size", [(60, 20), *SIZES])
async def test_a_term_in_a_text_is_explained_and_opened(
    size: tuple[int, int], shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, size) as app:
        app.app.open_entry("asiro-gentian-alliance")
        await app.press("right_curly_bracket")
        page = app.app.screen.query_one("#page", DocumentView)
        target = page.chosen_target
        assert target is not None
        assert (target.kind, target.value) == (TargetKind.TERM, "rindo")
        app.shows("Gentian, the main product of Asiro")
        await app.press("enter")
        app.shows("Used in 7 entries", "Asiro gentian alliance (alliance)")
        view = app.app.screen.query(DocumentView).first()
        at = next(at for at, one in enumerate(view.targets) if one.value == "asiro")
        view.choose(at)
        await app.press("enter")
        assert app.app.screen.title_bar.place == "Asiro"


async def test_a_term_is_clicked_with_the_mouse(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        app.app.open_entry("asiro-gentian-alliance")
        await app.settle()
        await app.pilot.click("#page", offset=(4, 2))
        await app.settle()
        assert isinstance(app.app.screen, TermScreen)


async def test_the_glossary_leads_to_the_pages_of_its_terms(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await app.press("w", "right_curly_bracket", "enter")
        assert isinstance(app.app.screen, TermScreen)
        app.shows("B-class gourmet", "No entry uses this term")
        await app.press("escape")
        app.shows("Glossary")


async def test_the_entries_that_use_a_term_come_later_in_a_large_book(
    shipped: Book, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.term.is_quick_to_read", lambda *_: False)
    async with drive(shipped) as app:
        app.app.open_glossary("rindo")
        await app.wait_for("Used in 7 entries")


async def test_a_link_to_no_term_says_so(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        app.app.open_glossary("no-such-term")
        await app.settle()
        app.notices("no-such-term is not in the glossary")
