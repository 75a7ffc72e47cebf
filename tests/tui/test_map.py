"""The map under a reader's hands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.events import MouseScrollDown, MouseScrollUp

from casebook.book.connection import Book, open_book
from casebook.pack.build import build_book
from casebook.places.world_map import world_map
from tests.conftest import SMALL_PACK, write_files
from tests.tui.conftest import SIZES, Driven, check_golden
from tui.dialogs.export import ExportDialog
from tui.screens.library import LibraryScreen
from tui.screens.reader import ReaderScreen
from tui.screens.world_map import MapScreen
from tui.widgets.map_chart import MapChart

Drive = Callable[..., Any]
ASIRO = "asiro-gentian-alliance"
EVIL = "[red]能[/] [@click=app.quit]x"


async def open_map(app: Driven, *slugs: str) -> MapChart:
    app.app.open_map(slugs or None)
    await app.settle()
    assert isinstance(app.app.screen, MapScreen)
    return app.app.screen.map


def chosen(chart: MapChart) -> str:
    return chart.chosen.place.slug if chart.chosen else ""


def cell_of(chart: MapChart, slug: str) -> tuple[int, int]:
    """Column and row of a place's sign."""
    assert chart.drawing is not None
    ((x, y),) = [cell for cell, slugs in chart.drawing.places.items() if slug in slugs]
    return x, y


def is_in_sight(chart: MapChart) -> bool:
    """Whether the chosen place stands on the screen."""
    assert chart.drawing is not None
    return any(chosen(chart) == slugs[0] for slugs in chart.drawing.places.values())


@pytest.fixture
def evil(tmp_path: Path) -> Iterator[Book]:
    """A book whose places have names that mean something elsewhere."""
    files: dict[str, str | bytes] = dict(SMALL_PACK)
    files["places.yaml"] = (
        "places:\n"
        "  - {slug: japan, name: Japan, country: JP, latitude: 36.2, longitude: 138.3}\n"
        f'  - {{slug: takaoka, name: "{EVIL}", country: JP, within: japan,'
        " latitude: 36.75, longitude: 137.0}\n"
        "  - {slug: new-zealand, name: 新西蘭 ﷽ very far away, country: NZ,"
        " latitude: -41.5, longitude: 172.8}\n"
        f'  - {{slug: nowhere, name: "{EVIL} {EVIL}"}}\n'
    )
    files["firms/far.md"] = (
        "---\nkind: firm\ntitle: A firm far away\nsummary: It is far [@m, para. 2].\n"
        "setting:\n  place: new-zealand, nowhere [@m, para. 2]\n"
        'outcome: "open: nobody knows [@m, para. 2]"\n---\n'
    )
    build_book(write_files(tmp_path / "pack", files), tmp_path / "evil.sqlite")
    with open_book(tmp_path / "evil.sqlite") as book:
        yield book


@pytest.fixture
def unplaced(tmp_path: Path) -> Iterator[Book]:
    """A book that gives no coordinates."""
    build_book(write_files(tmp_path / "pack", dict(SMALL_PACK)), tmp_path / "small.sqlite")
    with open_book(tmp_path / "small.sqlite") as book:
        yield book


@pytest.mark.parametrize("size", SIZES)
async def test_the_way_of_asiro_at_every_size(
    size: tuple[int, int], niches: Book, drive: Drive
) -> None:
    async with drive(niches, size) as app:
        await app.press("down", "m", "right")
        app.shows(
            "Map: Asiro gentian alliance", "2 of 4 places", "● Asiro", "○ Chile", "○ Netherlands",
            "◉ New Zealand", "41.5° S, 172.8° E, the middle of the country",
            "their order is not known",
        )  # fmt: skip
        check_golden(f"map-{size[0]}x{size[1]}", app.text)


@pytest.mark.parametrize("size", SIZES)
async def test_the_whole_book_at_every_size(
    size: tuple[int, int], niches: Book, drive: Drive
) -> None:
    async with drive(niches, size) as app:
        chart = await open_map(app)
        app.shows("Map: Niches abroad", "1 of 32 places", "Not on the map: Asia, North America")
        assert chart.drawing is not None
        shown = [slug for slugs in chart.drawing.places.values() for slug in slugs]
        assert len(shown) == len(set(shown)) == 25
        check_golden(f"map-book-{size[0]}x{size[1]}", app.text)


@pytest.mark.parametrize("size", SIZES)
async def test_several_volumes_are_on_one_map(
    size: tuple[int, int], shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, size) as app:
        chart = await open_map(app)
        app.shows("Map: Niches abroad, with Niches elsewhere")
        assert chart.drawing is not None
        shown = [slug for slugs in chart.drawing.places.values() for slug in slugs]
        assert len(shown) == len(set(shown))
        assert {"takaoka", "sialkot", "murano"} <= set(shown)


async def test_shapes_tell_without_colours(
    niches: Book, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same screen, cell for cell; the chosen place has a sign of its own and is reversed."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with drive(niches, (80, 24)) as app:
        await app.press("down", "m", "right")
        check_golden("map-80x24", app.text)
        strips = app.app.screen._compositor.render_strips()
        segments = [s for strip in strips for s in strip if "New Zealand" in s.text]
        assert any(s.style and s.style.reverse for s in segments)


async def test_the_key_works_from_everywhere(niches: Book, drive: Drive) -> None:
    async with drive(niches, (120, 40)) as app:
        await app.press("down", "enter", "m")
        assert "Library › Asiro gentian alliance › Map   " in app.text
        app.shows("1 of 4 places")
        await app.press("m")
        app.notices("You are on the map")
        await app.press("escape")
        assert isinstance(app.app.screen, ReaderScreen)
        await app.press("t", "m")
        app.shows("Map: Asiro gentian alliance")
        await app.press("escape", "escape", "B", "b", "m")
        app.shows("Map: Asiro gentian alliance")
        await app.press("escape", "escape", "s", "m")
        app.notices("Select an entry to see where it is.")
        await app.press("escape", "escape", "p", "down", "p", "c", "m")
        assert isinstance(app.app.screen, MapScreen)
        assert app.app.screen.value is not None
        assert len(app.app.screen.value.entries) == 2
        await app.press("escape", "escape")
        app.app.screen.action_map_of_tray()
        await app.settle()
        assert isinstance(app.app.screen, MapScreen)
        assert app.app.screen.slugs == app.app.tray
        app.app.screen.action_map_of_book()
        await app.settle()
        app.shows("Map › Niches abroad")


async def test_the_map_of_nothing_added_says_how_to_add(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await app.press("ctrl+p", "text:map compared", "enter")
        app.notices("The comparison is empty; p adds an entry.")


async def test_stepping_from_place_to_place(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        chart = await open_map(app, ASIRO)
        found = [chosen(chart)]
        for key in ("right", "l", "right", "right"):
            await app.press(key)
            found.append(chosen(chart))
        assert found == ["asiro", "new-zealand", "chile", "netherlands", "netherlands"]
        await app.press("left", "h")
        assert chosen(chart) == "new-zealand"
        await app.press("G")
        assert chosen(chart) == "netherlands"
        await app.press("g", "down")
        assert chosen(chart) == "new-zealand"
        await app.press("j")
        app.notices("No place lies further south.")
        await app.press("k")
        assert chosen(chart) in ("asiro", "chile")
        await app.press("o", "down", "enter")
        assert is_in_sight(chart)


async def test_places_without_coordinates_are_stepped_through_below(
    shipped: Book, drive: Drive
) -> None:
    async with drive(shipped) as app:
        chart = await open_map(app)
        await app.press("G")
        assert chosen(chart) == "overseas"
        app.shows("The book gives no coordinates.", "Entrepreneurs overseas", "…", "Overseas")
        for _ in range(len(chart.value.unplaced) if chart.value else 0):
            await app.press("up")
        assert chart.chosen is not None
        assert chart.chosen.at is not None
        await app.press("g", *["down"] * 12)
        assert chart.chosen.at is None or chosen(chart) == "new-zealand"


async def test_the_details_lead_to_sources_and_entries(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await open_map(app, ASIRO)
        await app.press("right", "tab", "right", "right")
        assert app.app.screen.detail.chosen_target
        await app.press("enter")
        app.shows("Mitsui 2010")
        await app.press("escape", "escape")
        assert app.app.focused is app.app.screen.map
        await app.press("enter")
        assert isinstance(app.app.screen, ReaderScreen)
        app.shows("Asiro gentian alliance")


async def test_enter_asks_which_of_several_entries(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        chart = await open_map(app)
        await app.press("right")
        assert chart.chosen is not None
        assert len(chart.chosen.entries) > 2
        await app.press("p")
        app.notices("Several entries are here")
        await app.press("enter")
        app.shows("Entries of Asiro", "Red Rindo breeding company (unnamed) (firm)")
        await app.press("escape", "enter", "down", "down", "enter")
        assert isinstance(app.app.screen, ReaderScreen)
        app.shows("Red Rindo breeding company")


async def test_zooming_keeps_the_chosen_place_where_it_is(niches: Book, drive: Drive) -> None:
    async with drive(niches, (120, 40)) as app:
        chart = await open_map(app)
        await app.press("right")
        await app.press(*["plus"] * 2)
        before = cell_of(chart, "asiro")
        await app.press(*["plus"] * 3)
        now = cell_of(chart, "asiro")
        assert abs(now[0] - before[0]) <= 1
        assert abs(now[1] - before[1]) <= 1
        await app.press(*["plus"] * 12)
        app.notices("The map cannot be zoomed any further in.")
        await app.press("right")
        assert is_in_sight(chart)
        await app.press(*["minus"] * 20)
        app.notices("The map cannot be zoomed any further out.")
        assert is_in_sight(chart)
        await app.press("asterisk")
        assert chart.is_fitted
        assert chart.drawing is not None
        assert sum(map(len, chart.drawing.places.values())) == 25


async def test_scrolling_over_the_world(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        chart = await open_map(app, "nosaku")
        await app.press("plus", "plus", "plus")
        for key, name, way in (
            ("comma", "longitude", -1),
            ("full_stop", "longitude", 1),
            ("shift+left", "longitude", -1),
            ("shift+right", "longitude", 1),
            ("shift+up", "latitude", 1),
            ("shift+down", "latitude", -1),
        ):
            before = getattr(chart.view, name)
            await app.press(key)
            step = (getattr(chart.view, name) - before + 180) % 360 - 180
            assert step * way > 0, key
        await app.press(*["shift+up"] * 20)
        app.notices("The map ends on that side.")
        await app.press("right")
        assert is_in_sight(chart)


async def test_several_places_of_a_cell_are_stepped_through(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        chart = await open_map(app)
        assert chart.drawing is not None
        cell, here = max(chart.drawing.places.items(), key=lambda item: len(item[1]))
        assert len(here) > 2
        seen = set()
        for _ in here:
            await app.pilot.click(MapChart, offset=cell)
            await app.settle()
            seen.add(chosen(chart))
            assert is_in_sight(chart)
            app.shows("Nearby")
        assert seen == set(here)
        await app.press(*["plus"] * 12)
        app.hides("Nearby")


async def test_the_mouse_selects_opens_zooms_and_moves(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (120, 40)) as app:
        chart = await open_map(app, ASIRO)
        x, y = cell_of(chart, "chile")
        await app.pilot.click(MapChart, offset=(x + 4, y))  # its name
        await app.settle()
        assert chosen(chart) == "chile"
        before = chart.view
        assert before is not None

        def wheel(kind: type[MouseScrollUp] | type[MouseScrollDown]) -> None:
            chart.post_message(kind(chart, x, y, 0, 0, 0, False, False, False, x, y + 1))

        wheel(MouseScrollUp)
        await app.settle()
        assert chart.view is not None
        assert chart.view.degrees < before.degrees
        near = cell_of(chart, "chile")
        assert abs(near[0] - x) <= 1
        assert abs(near[1] - y) <= 1
        wheel(MouseScrollDown)
        await app.settle()
        assert chart.view.degrees == pytest.approx(before.degrees)
        before = chart.view
        await app.pilot.mouse_down(MapChart, offset=(60, 10))
        await app.pilot.hover(MapChart, offset=(50, 10))
        await app.pilot.mouse_up(MapChart, offset=(50, 10))
        await app.settle()
        assert cell_of(chart, "chile")[0] == pytest.approx(x - 10, abs=1)
        assert chosen(chart) == "chile"
        x, y = cell_of(chart, "chile")
        await app.pilot.click(MapChart, offset=(x, y), times=2)
        await app.settle()
        assert isinstance(app.app.screen, ReaderScreen)


async def test_a_click_on_a_name_below_selects_it(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        chart = await open_map(app)
        lines = app.text.splitlines()
        row = next(at for at, line in enumerate(lines) if "Not on the map" in line)
        column = lines[row].index("Europe")
        await app.pilot.click(MapChart, offset=(column + 1, row - 1))
        await app.settle()
        assert chosen(chart) == "europe"


async def test_resizing_keeps_the_chosen_place_in_sight(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (120, 40)) as app:
        chart = await open_map(app, ASIRO)
        await app.press("right")
        for size in ((60, 20), (200, 60), (30, 10), (80, 24), (50, 15), (120, 40)):
            await app.pilot.resize_terminal(*size)
            await app.settle()
            if size < (60, 20):
                app.shows("Casebook needs a terminal of at least 60×20")
                continue
            assert chart.is_fitted
            assert is_in_sight(chart)
            app.shows("◉ New Zealand", "○ Chile")
        await app.press(*["plus"] * 4)
        await app.pilot.resize_terminal(60, 20)
        await app.settle()
        assert is_in_sight(chart)
        await app.press("right")
        assert chosen(chart) == "chile"


async def test_the_map_as_a_list_and_copied(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        await open_map(app, ASIRO)
        await app.press("right", "i")
        app.shows("Map › Asiro gentian alliance, as a list", "2. New Zealand", "Position")
        await app.press("escape", "y")
        copied = app.app.clipboard
        assert copied.startswith("Place: New Zealand\nPosition: 41.5° S")
        assert "[Mitsui 2010 ¶61]" in copied
        assert "Mitsui" in copied.splitlines()[-1]


@pytest.mark.parametrize(
    ("down", "ending", "words"),
    [(0, "svg", "<svg"), (1, "txt", "Map: "), (2, "txt", "town or"), (3, "json", '"places"')],
)
async def test_a_map_is_exported(
    down: int, ending: str, words: str, shipped: Book, drive: Drive, tmp_path: Path
) -> None:
    async with drive(shipped) as app:
        await open_map(app, ASIRO)
        place = tmp_path / f"map.{ending}"
        await app.press("E", *["down"] * down, *(["space"] if down else []))
        box = app.app.screen
        assert isinstance(box, ExportDialog)
        assert box.usual_name == f"{ASIRO}-map.{ending}"
        box.path_box.value = str(place)
        box.path_box.focus()
        await app.press("enter")
        app.notices(f"Written: {place}.")
        text = place.read_text(encoding="utf-8")
        assert words in text
        assert "Chile" in text
        if ending == "json":
            assert json.loads(text)


async def test_what_is_zoomed_to_is_exported(shipped: Book, drive: Drive, tmp_path: Path) -> None:
    async with drive(shipped) as app:
        await open_map(app, ASIRO)
        place = tmp_path / "near.txt"
        await app.press(*["plus"] * 4, "E", "down", "down", "space")
        box = app.app.screen
        assert isinstance(box, ExportDialog)
        box.path_box.value = str(place)
        box.path_box.focus()
        await app.press("enter")
        text = place.read_text(encoding="utf-8")
        assert "● Asiro" in text
        assert "Chile" not in text


async def test_hostile_names_are_letters_and_nothing_else(evil: Book, drive: Drive) -> None:
    async with drive(evil) as app:
        chart = await open_map(app)
        names = {place.place.name for place in chart.places}
        assert EVIL in names
        for _ in chart.places:
            assert chart.chosen is not None
            assert max(map(len, app.text.splitlines())) <= 80
            app.shows(chart.chosen.place.name[:20])
            await app.press("plus", "right")
        await app.press("o")
        app.shows(EVIL)
        await app.press("escape", "asterisk", "i")
        app.shows(EVIL)
        assert app.app.crash is None
        assert app.app.is_running


async def test_a_book_without_coordinates_has_its_places_below_the_world(
    unplaced: Book, drive: Drive
) -> None:
    async with drive(unplaced) as app:
        chart = await open_map(app)
        assert chart.value is not None
        assert not chart.value.points
        app.shows("Not on the map: Takaoka", "The book gives no coordinates.")
        check_golden("map-without-coordinates", app.text)
        await app.press("right", "plus", "minus", "asterisk", "comma", "down", "up", "left")
        await app.press("enter")
        assert app.app.crash is None


async def test_a_map_without_places(
    evil: Book, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pack has to give each entry a place; nothing depends on it."""
    bare = replace(world_map(evil, ["far"]), points=(), unplaced=(), legs=())
    monkeypatch.setattr("tui.screens.world_map.world_map", lambda *_: bare)
    async with drive(evil) as app:
        chart = await open_map(app, "far")
        app.shows("Map: A firm far away", "no places")
        assert not chart.places
        await app.press("right")
        app.notices("There is no place to go to.")
        await app.press("enter")
        app.notices("There is no place to open.")
        await app.press("E")
        app.notices("There is no place to export.")
        await app.press("o")
        app.notices("There is no place to list.")
        await app.press("y")
        app.notices("Nothing is selected to copy.")
        await app.press("i")
        app.shows("No place with coordinates is named here.")
        await app.press("escape", "plus", "minus", "t")
        app.shows("Timeline: A firm far away")
        await app.press("escape", "escape")
        assert isinstance(app.app.screen, LibraryScreen)


async def test_an_entry_that_is_gone_is_told(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        app.app.open_map(["no-such-entry"])
        await app.settle()
        assert isinstance(app.app.screen, LibraryScreen)
        app.notices("no-such-entry")
