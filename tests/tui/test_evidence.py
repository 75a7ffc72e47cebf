"""What a citation rests on, beside the page; the contents beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from casebook.book.connection import Book
from tui.screens.reader import ReaderScreen
from tui.widgets.citation_panel import CitationPanel
from tui.widgets.contents_column import ContentsColumn
from tui.widgets.document_view import DocumentView
from tui.widgets.evidence_view import EvidenceView

Drive = Callable[..., Any]
WIDE = [(120, 40), (140, 30), (200, 60)]


async def _open(app: Any, slug: str) -> ReaderScreen:
    app.app.open_entry(slug)
    await app.settle()
    screen = app.app.screen
    assert isinstance(screen, ReaderScreen)
    return screen


@pytest.mark.parametrize("size", WIDE)
async def test_the_evidence_follows_the_citation_under_the_cursor(
    size: tuple[int, int], niches: Book, drive: Drive
) -> None:
    async with drive(niches, size) as app:
        screen = await _open(app, "asiro-gentian-alliance")
        evidence, page = screen.query_one(EvidenceView), screen.query_one("#page", DocumentView)
        assert evidence.size.height == 0
        width = page.size.width
        seen = []
        for number in range(1, len(page.targets)):
            await app.press("right")
            target = page.chosen_target
            if target and target.citations and target.citations[0].paragraphs:
                seen.append(evidence.document.title)
                first = evidence.document.blocks[0].text.plain
                assert target.citations[0].source == "own" or first in evidence.document.title
            assert evidence.size.height > 4, number
            assert page.size.width == width, "the page is wrapped anew"
        assert len(set(seen)) > 5
        assert not screen.query_one(CitationPanel).display
        app.shows("Mitsui 2010 ¶6")


async def test_what_else_rests_on_a_paragraph_is_opened_where_it_stands(
    shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, (120, 40)) as app:
        screen = await _open(app, "asiro-gentian-alliance")
        page = screen.query_one("#page", DocumentView)
        number = next(at for at, target in enumerate(page.targets) if target.citations)
        page.choose(number)
        await app.settle()
        app.shows("What else rests on these paragraphs", "Asiro (region)", "– passage: Asiro is a")
        evidence = screen.query_one(EvidenceView)
        evidence.focus()
        await app.press("right", "right", "right")
        target = evidence.chosen_target
        assert target is not None
        assert (target.value, target.anchor) == ("asiro", "passage:1")
        await app.press("enter")
        opened = app.app.screen
        assert opened.title_bar.place == "Asiro"
        page = opened.query_one("#page", DocumentView)
        assert page.top_block == page.document.index_of("passage:1")
        assert not opened.query_one(EvidenceView).display, "no citation is under the cursor yet"


async def test_a_key_takes_the_evidence_below_the_page_for_good(
    shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, (120, 40)) as app:
        screen = await _open(app, "asiro-gentian-alliance")
        page = screen.query_one("#page", DocumentView)
        number = next(at for at, target in enumerate(page.targets) if target.citations)
        page.choose(number)
        await app.press("v")
        assert screen.query_one(CitationPanel).display
        assert not screen.query_one(EvidenceView).display
        app.shows("¶61: Asiro's gentian growers")
        app.hides("What else rests on")
        await app.press("escape")
        again = await _open(app, "nosaku")
        assert not again.pane.is_split
    async with drive(shipped, (120, 40)) as app:
        screen = await _open(app, "asiro-gentian-alliance")
        assert not screen.pane.is_split
        await app.press("v")
        assert screen.pane.is_split


async def test_without_room_the_evidence_stays_below(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (80, 24)) as app:
        screen = await _open(app, "asiro-gentian-alliance")
        page = screen.query_one("#page", DocumentView)
        page.choose(next(at for at, target in enumerate(page.targets) if target.citations))
        await app.press("v")
        app.notices("There is room beside the page from 120 columns on")
        assert screen.query_one(CitationPanel).display
        await app.pilot.resize_terminal(120, 40)
        await app.settle()
        app.shows("What else rests on these paragraphs")
        assert not screen.query_one(CitationPanel).display
        await app.pilot.resize_terminal(80, 24)
        await app.settle()
        assert screen.query_one(CitationPanel).display
        app.hides("What else rests on")


async def test_the_contents_stand_beside_the_page_and_lead_to_its_sections(
    shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, (200, 60)) as app:
        screen = await _open(app, "asiro-gentian-alliance")
        contents = screen.query_one(ContentsColumn)
        page = screen.query_one("#page", DocumentView)
        assert contents.size.width >= 20
        app.shows("The search for a partner", "Success checklist")
        await app.pilot.click(ContentsColumn, offset=(4, 3))
        await app.settle()
        heading = page.document.blocks[page.top_block]
        assert heading.text.plain in contents.line(3).text
        assert contents.line(3).text.startswith("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}")
        contents.focus()
        await app.press("down", "enter")
        assert page.document.blocks[page.top_block].text.plain in contents.line(4).text


@pytest.mark.parametrize(("width", "is_there"), [(80, False), (119, False), (120, True)])
async def test_contents_come_and_go_with_the_room(
    width: int, is_there: bool, shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, (200, 60)) as app:
        screen = await _open(app, "asiro-gentian-alliance")
        await app.pilot.resize_terminal(width, 40)
        await app.settle()
        assert screen.query_one(ContentsColumn).display == is_there


@pytest.mark.parametrize(("width", "is_beside"), [(200, True), (120, False)])
async def test_a_note_stands_beside_its_passage_where_there_is_room(
    width: int, is_beside: bool, shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, (width, 60)) as app:
        screen = await _open(app, "asiro-gentian-alliance")
        page = screen.query_one("#page", DocumentView)
        page.choose(next(at for at, target in enumerate(page.targets) if target.citations))
        await app.press("a", "text:levies matter", "ctrl+s")
        first = page._first_rows[1]
        assert ("│ levies matter" in page.line(first).text) == is_beside
        assert page.line(first).text.startswith(" Gentian growers of a remote village")
        app.shows("[note]")
        page.focus()
        await app.press("right")
        assert len(page.line(first).text) <= page.size.width
