"""One hand on all screens: the same keys, a line of keys of the place, a help to search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest
from textual.command import CommandList

from casebook.book.connection import Book
from tests.docs.test_keys import SIDEWAYS, TICKS
from tests.keys import all_commands
from tests.tui.conftest import Driven
from tests.tui.test_footer import ELSEWHERE, WAYS
from tui import commands
from tui.command import shown_keys
from tui.screens.base import CasebookScreen
from tui.widgets.bars import KeyBar

Drive = Callable[..., Any]

FOUR = ("asiro-gentian-alliance", "nosaku", "hiyoshi-ya", "renown")


def _meaning(action: str, name: str) -> str:
    """What a key does, in the first words of its names: `Filter`, `Group`, `List`."""
    return f"{action}: {name.split(' ', maxsplit=1)[0]}"


def _bound(app: Driven) -> dict[str, tuple[str, str]]:
    """The action and the name of each key that does something where the focus is."""
    ids = {command.id for command in all_commands()}
    return {
        key: (active.binding.action, active.binding.description)
        for key, active in app.app.screen.active_bindings.items()
        if active.binding.id in ids
    }


def _offered(app: Driven) -> list[str]:
    """What the palette offers, line by line."""
    found = app.app.screen.query_one(CommandList)
    prompts = [str(found.get_option_at_index(at).prompt) for at in range(found.option_count)]
    return [prompt.splitlines()[0] for prompt in prompts]


async def test_a_key_means_the_same_in_every_place_and_the_palette_has_its_action(
    shipped: Book, drive: Drive
) -> None:
    meanings: dict[str, set[str]] = defaultdict(set)
    # A file is offered for editing where the book was opened from a pack.
    left_out = {command.action for command in (*commands.MOVING, commands.EDIT_FILE)}
    async with drive(shipped, (120, 40)) as app:
        for way in [*WAYS.values(), *ELSEWHERE.values()]:
            app.app.fill_tray(())
            await app.press(*way)
            bound = _bound(app)
            has_contents = (
                type(app.app.screen).action_contents is not CasebookScreen.action_contents
            )
            has_contents = has_contents or app.app.screen.pane is not None
            await app.press("ctrl+p")
            offered = _offered(app)
            for key, (action, name) in bound.items():
                if key not in SIDEWAYS | TICKS:
                    meanings[key].add(_meaning(action.partition("(")[0], name))
                if action not in left_out and (has_contents or action != "contents"):
                    keys = shown_keys(key)
                    assert any(it.startswith(name) and keys in it for it in offered), name
            await app.press("escape")
            app.app.trail.back(len(app.app.trail.crumbs))
            app.app.screen.clear()
            app.app.screen.set_focus(app.app.screen.entries)
            await app.settle()
    assert {"o", "V", "f", "ctrl+d", "ctrl+u", "backspace"} <= meanings.keys()
    assert {key: said for key, said in meanings.items() if len(said) > 1} == {}


LINES = {
    "page": (["j", "enter"], "→ next citation"),
    "link chosen": (["j", "enter", "right"], "→ next citation enter open"),
    "filter": (["f"], "space tick"),
    "timeline": (["j", "t"], "←→ events enter open +− zoom C measure"),
    "map": (["j", "m"], "←→ places"),
}


@pytest.mark.parametrize(("way", "words"), LINES.values(), ids=LINES)
async def test_the_line_of_keys_is_of_the_place(
    way: list[str], words: str, shipped: Book, drive: Drive
) -> None:
    async with drive(shipped) as app:
        await app.press(*way)
        assert words in " ".join(app.text.splitlines()[-1].split()).replace("? help ", "")
        assert "space tick" in words or "space tick" not in app.text


async def test_the_line_of_keys_names_no_key_without_effect(niches: Book, drive: Drive) -> None:
    async with drive(niches, (200, 60)) as app:
        await app.press("slash", "text:qqqq", "tab")
        shown = [command.id for command in app.app.screen.query_one(KeyBar).commands_now()]
        assert not {"open", "pick", "timeline", "note", "map"} & set(shown)
        await app.press("escape", "w")
        shown = [command.id for command in app.app.screen.query_one(KeyBar).commands_now()]
        assert not {"open", "pick", "timeline", "note", "map"} & set(shown)


async def test_half_pages_go_down_and_up_wherever_something_scrolls(
    shipped: Book, drive: Drive
) -> None:
    async with drive(shipped) as app:
        entries = app.app.screen.entries
        await app.press("ctrl+d")
        half = entries.cursor
        assert 3 <= half < entries.size.height
        await app.press("ctrl+u", "j", "enter")
        view = app.app.screen.pane.main_view
        await app.press("ctrl+d")
        assert view.scroll_offset.y == view.size.height // 2
        await app.press("ctrl+u")
        assert view.scroll_offset.y == 0
        app.app.fill_tray(FOUR)
        await app.press("c", "ctrl+d")
        matrix = app.app.screen.matrix
        assert matrix.cursor.row > 1
        await app.press("ctrl+u")
        assert matrix.cursor.row == 0
        await app.press("escape", "t", "ctrl+d")
        assert app.app.screen.lane_chart.chosen.lane != 0


async def test_the_help_is_short_first_and_searched_by_typing(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        line = [command.name for command in app.app.screen.query_one(KeyBar).commands_now()]
        await app.press("question_mark")
        app.shows(*line)
        app.hides("Go down half a page")
        await app.press("text:half")
        app.shows("^d", "Go down half a page", "^u")
        app.hides("Quit")
        await app.press(*["backspace"] * 4, "text:dark")
        app.shows("Theme: change the colours")
        await app.press(*["backspace"] * 4, "text:zzz")
        app.shows("No key or sign matches.")
        await app.press("escape")
        app.shows("115 entries")
        await app.press("question_mark", "question_mark")
        app.hides("Keys and signs")


SIGNS = {
    "library": ([], {"*": "bookmarked", "+": "comparison", "2000~04": "not known when"}),
    "timeline": (["j", "t"], {"+2": "more events", "░░": "possible", "◂▸": "goes on"}),
    "matrix": (["c"], {"·": "Silent", "◐": "Partly"}),
    "map": (["j", "m"], {"○": "somewhere in this country"}),
}


@pytest.mark.parametrize(("way", "signs"), SIGNS.values(), ids=SIGNS)
async def test_signs_are_explained(
    way: list[str], signs: dict[str, str], shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, (120, 60)) as app:
        app.app.fill_tray(FOUR)
        await app.press(*way)
        assert isinstance(app.app.screen, CasebookScreen)
        said = dict(app.app.screen.all_signs)
        await app.press("question_mark")
        for sign, words in signs.items():
            assert words in said[sign]
            app.shows(f"{sign} {said[sign]}")


async def test_signs_of_an_entry_are_said_when_it_is_selected(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await app.press("j", "p", "B")
        assert "* bookmarked, + compared" in app.text.splitlines()[0]
        await app.press("k")
        app.hides("* bookmarked, + compared")


SYNONYMS = {
    "quit": commands.QUIT, "exit": commands.QUIT, "close": commands.BACK,
    "dark": commands.THEME, "colours": commands.THEME, "theme": commands.THEME,
    "save": commands.EXPORT, "print": commands.EXPORT, "export": commands.EXPORT,
    "compare": commands.COMPARE, "cite": commands.COPY, "add to comparison": commands.PICK,
    "statistics": commands.REVEAL, "zoom in": commands.ZOOM_IN, "align": commands.ALIGN,
}  # fmt: skip


async def test_the_palette_knows_the_usual_words(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (120, 40)) as app:
        app.app.fill_tray(FOUR)
        for words, command in SYNONYMS.items():
            way = {"reveal": ["P"], "zoom-in": ["t"], "align": ["t"]}.get(command.id, [])
            await app.press(*way, "ctrl+p", f"text:{words}")
            names = _offered(app)
            own = [command.name for command in all_commands()]
            assert any(name.startswith(command.name) for name in names[:3]), (words, names[:5])
            is_action = [any(name.startswith(it) for it in own) for name in names]
            assert is_action == sorted(is_action, reverse=True), (words, names)
            await app.press("escape", *["escape"] * len(way))


async def test_the_palette_finds_terms_and_what_was_saved(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (80, 24)) as app:
        app.app.fill_tray(FOUR)
        await app.press("c", "S", "text:Spring", "enter", "ctrl+p", "text:industrial cluster")
        app.shows("Industrial cluster  term")
        await app.press("enter")
        app.shows("Comparison › Industrial cluster")
        await app.press("escape", "escape", "X", "ctrl+p", "text:spring")
        app.shows("Spring  saved comparison")
        await app.press("enter")
        app.shows("Comparing 4")
