"""What a reader expects of every key, list and notice."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook.book.connection import Book
from casebook.notebook import NoteTarget, notes, open_notebook
from tests.tui.conftest import Driven
from tui.widgets.citation_panel import CitationPanel
from tui.widgets.document_view import DocumentView
from tui.widgets.facet_list import FacetList

Drive = Callable[..., Any]
FOUR = ("renown", "asiro-gentian-alliance", "hiyoshi-ya", "nosaku")


def _said(app: Driven) -> list[str]:
    return [notice.message for notice in app.app._notifications]


async def test_space_ticks_where_a_box_stands(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (120, 50)) as app:
        await app.press("f", "j", "space")
        facets = app.app.screen.query_one(FacetList)
        assert facets.value.is_chosen
        app.shows("[x]", "space tick")
        await app.press("space")
        assert not facets.value.is_chosen
        await app.press("escape", "g", "j", "t", "f", "space")
        app.shows("[x]")
        await app.press("escape", "escape")
        app.app.fill_tray(FOUR)
        await app.press("c", "f", "j", "space", "escape")
        app.shows("Conditions for alliances")


async def test_keys_in_a_preview_are_not_silent(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (120, 50)) as app:
        await app.press("j", "tab")
        assert app.app.focused.id == "preview"
        for key in ("o", "P", "enter"):
            app.app.clear_notifications()
            await app.press(key)
            assert _said(app), key
            assert len(app.app.screen_stack) == 1


async def test_emptying_the_comparison_asks_and_can_be_undone(niches: Book, drive: Drive) -> None:
    async with drive(niches, (120, 50)) as app:
        app.app.fill_tray(FOUR)
        await app.press("c", "X")
        app.shows("Remove all 4 cases from the comparison?")
        await app.press("escape")
        assert app.app.tray == FOUR
        await app.press("X", "enter")
        assert app.app.tray == ()
        app.shows("115 entries")
        await app.press("j", "B")
        app.notices("Bookmark added")
        await app.press("u")
        app.notices("Undone: ")
        assert app.app.tray == ()
        await app.press("p", "u")
        assert app.app.tray[:4] == FOUR
        await app.press("u")
        app.notices("There is nothing more to undo")


async def test_the_order_of_the_comparison_is_there_the_next_day(
    shipped: Book, drive: Drive
) -> None:
    async with drive(shipped) as app:
        for slug in FOUR:
            app.app.pick(slug)
        await app.settle()
    async with drive(shipped) as app:
        assert app.app.tray == FOUR


async def test_a_page_does_not_show_the_link_of_the_page_before(
    shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, (110, 50)) as app:
        await app.press("j", "enter", "right")
        panel = app.app.screen.query_one(CitationPanel)
        assert panel.display
        assert panel.lines
        app.app.open_entry("nosaku")
        await app.settle()
        assert app.app.screen.query_one(DocumentView).chosen is None
        assert not app.app.screen.query_one(CitationPanel).lines
        assert not app.app.screen.query_one(CitationPanel).display
        await app.press("escape")
        assert app.app.screen.query_one(CitationPanel) is panel
        assert panel.lines


BOXES = {
    "tags": ["j", "number_sign"],
    "note": ["j", "a"],
    "export": ["j", "E", "tab"],
    "name of a comparison": ["c", "S"],
    "reason": ["P", "enter"],
    "years": ["j", "t", "f", "shift+tab"],
    "words on a page": ["j", "enter", "ctrl+f"],
    "words in the notebook": ["b", "ctrl+f"],
    "query": ["slash"],
}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("keys", BOXES.values(), ids=BOXES)
async def test_no_notice_covers_what_is_typed_into(
    keys: list[str], size: tuple[int, int], shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, size) as app:
        app.app.fill_tray(FOUR)
        await app.press(*keys)
        box = app.app.focused
        assert box.check_consume_key("a", "a")
        app.app.say("A notice that is long enough to be broken into some lines on any terminal.")
        await app.settle()
        toasts = [toast.region for toast in app.app.screen.query("Toast")]
        assert toasts
        assert not any(box.region.overlaps(toast) for toast in toasts)


async def test_facets_count_what_the_query_finds(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (200, 60)) as app:
        facets = app.app.screen.query_one(FacetList)

        def counts(facet: str) -> dict[str, int]:
            lines = (line for line in facets._lines if not isinstance(line, str))
            return {line.value: line.entries for line in lines if line.facet == facet}

        everything = counts("kinds")
        await app.press("slash", "text:gentian")
        found = [hit.kind for hit in app.app.searcher.answer("gentian", 200).hits]
        assert counts("kinds") == {kind.value: found.count(kind) for kind in set(found)}
        assert counts("kinds") != everything
        # Its own choice does not narrow a facet, the query does.
        await app.press("tab", "f", "space")
        assert counts("kinds") == {kind.value: found.count(kind) for kind in set(found)}
        await app.press("escape", "escape", "escape")
        assert counts("kinds") == everything


async def test_sorting_the_notebook_keeps_the_selection(
    shipped: Book, drive: Drive, tmp_path: Path
) -> None:
    place = tmp_path / "notebook.sqlite"
    with open_notebook(place) as notebook:
        for slug in ("nosaku", "renown", "asiro-gentian-alliance", "hiyoshi-ya"):
            notes.add(notebook, NoteTarget("niches", slug, slug.title()), f"On {slug} #{slug[0]}")
    async with drive(shipped, (120, 40), notebook=place) as app:
        await app.press("j", "enter", "escape", "b", "j", "j")
        chosen = app.app.screen.noted.item.value.text
        for order in ("by entry", "by tag", "recent pages", "by time"):
            await app.press("V")
            app.shows(order)
            if order != "recent pages":
                assert app.app.screen.noted.item.value.text == chosen, order


async def test_other_lanes_keep_the_event(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (120, 40)) as app:
        await app.press("j", "t", "right", "right")
        chart = app.app.screen.lane_chart
        chosen = chart.chosen.event.key
        for _ in range(3):
            await app.press("V")
            assert chart.chosen.event.key == chosen
            app.shows(chart.chosen.event.short[:12])


async def test_a_notice_covers_neither_the_count_of_matches_nor_the_keys(
    niches: Book, drive: Drive
) -> None:
    """Enter after finding leaves the box; a notice lay over `2 of 12`."""
    async with drive(niches) as app:
        await app.press("j", "enter", "ctrl+f", "text:chile", "enter", "enter")
        app.notices("No link is selected")
        assert re.search(r"\d+ of \d+", app.text)
        toasts = [toast.region for toast in app.app.screen.query("Toast")]
        assert toasts
        keys = app.app.screen.query_one("KeyBar").region
        assert not any(keys.overlaps(toast) for toast in toasts)


async def test_a_notice_does_not_cover_what_the_tour_says(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, tour=True) as app:
        for _ in range(3):
            if app.app.tour is not None:
                app.app.tour.look()
            await app.settle()
        app.app.say("Something is told.")
        await app.settle()
        box = app.app.screen.query_one("TourBox").region
        toasts = [toast.region for toast in app.app.screen.query("Toast")]
        assert toasts
        assert not any(box.overlaps(toast) for toast in toasts)
