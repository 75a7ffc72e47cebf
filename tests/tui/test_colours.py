"""Sixteen colours, and none: hues stay apart, and cursor and focus are seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rich.color import ColorSystem
from textual.color import Color
from textual.command import CommandList
from textual.theme import Theme

from casebook.book.connection import Book
from tui import theme
from tui.styles import LOOKS, style_of

Drive = Callable[..., Any]


@pytest.mark.parametrize("chosen", theme.own_themes("standard"), ids=lambda it: it.name)
def test_hues_and_cursor_survive_sixteen_colours(chosen: Theme) -> None:
    colours = chosen.to_color_system().generate()
    ground = Color.parse(chosen.background)

    def in_16(name: str, *, back: bool = False) -> int | None:
        style = style_of(LOOKS[name], colours, ground, is_ansi=False)
        colour = style.bgcolor if back else style.color
        return colour.downgrade(ColorSystem.STANDARD).number if colour else None

    behind = ground.rich_color.downgrade(ColorSystem.STANDARD).number
    hues = [in_16(name) for name in ("good", "middling", "bad", "link")]
    assert len(set(hues)) == 4
    assert not {behind, 7, 8} & set(hues)
    for name in ("cursor", "selected", "marked", "highlighted"):
        assert in_16(name, back=True) not in (behind, None), name
    assert in_16("muted") != behind


async def test_a_terminal_of_sixteen_colours_gets_themes_of_its_own(
    shipped: Book, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "standard")
    async with drive(shipped) as app:
        assert app.app.theme == theme.DEFAULT
        assert app.app.theme_variables["background"] == "#000000"


async def test_the_palette_shows_what_is_selected_in_sixteen_colours(
    shipped: Book, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "standard")
    async with drive(shipped) as app:
        await app.press("ctrl+p", "text:export", "down")
        rows = app.app.screen.query_one(CommandList)
        behind = [
            {
                part.style.bgcolor.downgrade(ColorSystem.STANDARD).number
                for part in rows.render_line(y)
                if part.style and part.style.bgcolor
            }
            for y in (0, 1)
        ]
        assert rows.highlighted == 1
        assert behind[0].isdisjoint(behind[1])


PANES = {
    "preview": (["tab"], "#preview-box"),
    "event": (["j", "t", "tab"], "#event"),
    "place": (["j", "m", "tab"], "#place"),
    "evidence": (["j", "p", "c", "tab"], "#evidence"),
    "note": (["j", "B", "b", "tab"], "#note-box"),
}


@pytest.mark.parametrize(("way", "pane"), PANES.values(), ids=PANES)
@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_the_pane_with_the_focus_is_told_by_its_edge(
    way: list[str], pane: str, size: tuple[int, int], shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, size) as app:
        await app.press(*way)
        edges = dict(zip("trbl", app.app.screen.query_one(pane).styles.border, strict=True))
        assert [kind for kind, _ in edges.values()].count("heavy") == 1
        assert ("\N{BOX DRAWINGS HEAVY HORIZONTAL}" * 3 in app.text) or (
            "\N{BOX DRAWINGS HEAVY VERTICAL}" in app.text
        )
        await app.press("tab")
        edges = dict(zip("trbl", app.app.screen.query_one(pane).styles.border, strict=True))
        assert "heavy" not in [kind for kind, _ in edges.values()]
