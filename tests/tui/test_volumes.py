"""What other volumes add, on the screens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook import anchors
from casebook.book.connection import open_book
from casebook.notebook import bookmarks
from tests.tui.conftest import SIZES
from tests.volume_packs import build_three
from tui.widgets.document_view import DocumentView

Drive = Callable[..., Any]


@pytest.mark.parametrize("size", [*SIZES, (60, 20)])
async def test_what_is_added_stands_below_a_rule_and_its_title(
    size: tuple[int, int], tmp_path: Path, drive: Drive
) -> None:
    with open_book(build_three(tmp_path)) as book:
        async with drive(book, size) as app:
            app.app.open_entry("nosaku")
            await app.settle()
            app.shows("Nosaku", "A foundry in Takaoka")
            view = app.app.screen.query(DocumentView).first()
            for slug, title, words in (
                ("more", "More cases", "More bells were cast"),
                ("own", "My seminar", "As seen by us"),
            ):
                view.show(view.document, anchor=anchors.volume(slug))
                await app.settle()
                lines = app.text.splitlines()
                # Where there is room the contents beside the page name the volumes, too.
                heading = f" Added by {title}"
                at = next(n for n, line in enumerate(lines) if line.startswith(heading))
                below = " ".join(lines[at:])
                assert words in below, app.text
                if at > 3:  # the rule has not gone off the screen
                    assert any("────────" in line for line in lines[at - 3 : at]), app.text


async def test_volumes_are_a_facet_of_the_library(tmp_path: Path, drive: Drive) -> None:
    with open_book(build_three(tmp_path)) as book:
        async with drive(book, (120, 40)) as app:
            await app.press("f")
            app.shows("Volume", "[ ] A small book", "[ ] More cases")
            await app.press("end", "space")
            app.shows("1 entry: in More cases", "[x] More cases", "Founder of bells")
            app.hides("REGIONS")


async def test_bookmarks_notes_and_ratings_follow_entries_by_volume(
    small_book: Path, tmp_path: Path, drive: Drive
) -> None:
    """Made in a book of one volume, found in one that has it among three, and back again."""
    notebook = tmp_path / "own.sqlite"
    with open_book(small_book) as book:
        async with drive(book, (120, 40), notebook=notebook) as app:
            app.app.open_entry("nosaku")
            await app.settle()
            await app.press("B")
            app.notices("Bookmark added: Nosaku")
    with open_book(build_three(tmp_path)) as book:
        async with drive(book, (120, 40), notebook=notebook) as app:
            app.app.open_entry("nosaku")
            await app.settle()
            await app.press("B")
            app.notices("Bookmark removed: Nosaku")
            app.app.open_entry("founder")
            await app.settle()
            await app.press("B")
            app.notices("Bookmark added: Founder of bells")
            await app.press("b")
            app.shows("Founder of bells")
            app.hides("in the book 'more'")
            marks = bookmarks.bookmarks(app.app.keeper.notebook)
            assert [(mark.book, mark.entry) for mark in marks] == [("more", "founder")]
