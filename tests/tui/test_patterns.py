"""Patterns among cases, under a reader's hands."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from casebook.book.connection import Book, open_book
from casebook.pack.build import build_book
from casebook.patterns import analysis
from tests.casebook.patterns.packs import rated_pack
from tests.conftest import write_files
from tests.tui.conftest import SIZES, Driven, screen_text
from tui.dialogs.export import ExportDialog
from tui.dialogs.patterns_choice import PatternsChoiceScreen
from tui.screens.comparison import ComparisonScreen
from tui.screens.library import LibraryScreen
from tui.screens.patterns import PatternsScreen
from tui.screens.reader import ReaderScreen
from tui.widgets.option_list import ChoiceList

Drive = Callable[..., Any]
SEVEN = [
    ("Alder", "1111"),
    ("Birch", "1101"),
    ("Cedar", "1011"),
    ("Date", "0110"),
    ("Elm", "0000"),
    ("Fig", "1000"),
    ("Guava", "1?11"),
]
"""a*b + a*c without a fault; without Guava's b it may be in two rows."""


@contextmanager
def book_of(folder: Path, rows: Sequence[tuple[str, str]], **options: Any) -> Iterator[Book]:
    build_book(write_files(folder / "pack", rated_pack(rows, **options)), folder / "p.sqlite")
    with open_book(folder / "p.sqlite") as book:
        yield book


@pytest.fixture
def seven(tmp_path: Path) -> Iterator[Book]:
    with book_of(tmp_path, SEVEN, unrated=True) as book:
        yield book


def screen_of(app: Driven) -> PatternsScreen:
    screen = app.app.screen
    assert isinstance(screen, PatternsScreen)
    return screen


def words_of(app: Driven) -> str:
    """The whole document, what is not in sight too."""
    document = screen_of(app).pane.main_view.document
    return "\n".join(block.text.plain for block in document.blocks)


async def choose(app: Driven, words: str) -> None:
    """Chooses an option of the box, by the words that it begins with."""
    (options,) = app.app.screen.query(ChoiceList)
    (option,) = [it for it in options.options if not isinstance(it, str) and words in it.label]
    options.go_to(option.group, option.value)
    await app.press("space")


@pytest.mark.parametrize("size", [*SIZES, (60, 20)])
async def test_all_rated_cases_from_the_library(
    drive: Drive, seven: Book, size: tuple[int, int]
) -> None:
    async with drive(seven, size) as app:
        await app.press("ampersand")
        app.shows("Patterns: Checklist", "7 cases", "3 points")
        assert app.app.focused is screen_of(app).pane.main_view
        words = words_of(app)
        for told in ("Coverage", "Truth table", "a*b", "By chance:", "Evidence for the formulas"):
            assert told in words
        await app.press("G")
        app.shows("Cedar on c")
        assert max(len(line) for line in app.text.splitlines()) <= size[0]
        await app.press("escape")
        assert isinstance(app.app.screen, LibraryScreen)


async def test_the_screen_shows_what_the_command_prints(drive: Drive, seven: Book) -> None:
    async with drive(seven, (120, 40)) as app:
        await app.press("ampersand")
        found = screen_of(app).found
        assert found is not None
        from casebook.patterns.documents import patterns_document

        document = patterns_document(found.patterns, found.comparison, found.outcome)
        assert screen_of(app).pane.main_view.document == document


async def test_the_palette_finds_patterns(drive: Drive, seven: Book) -> None:
    async with drive(seven) as app:
        await app.press("ctrl+p", "text:truth table", "enter")
        assert isinstance(app.app.screen, PatternsScreen)


async def test_every_mark_opens_its_evidence(drive: Drive, seven: Book) -> None:
    async with drive(seven, (80, 24)) as app:
        await app.press("ampersand")
        view = screen_of(app).pane.main_view
        at = next(
            number
            for number, target in enumerate(view.targets)
            if target.value == "birch" and target.anchor.endswith("b")
        )
        view.choose(at)
        await app.settle()
        app.shows("b Point b:", "Birch on b", "[Mitsui 2010 ¶9]")
        await app.press("enter")
        assert isinstance(app.app.screen, ReaderScreen)
        app.shows("Birch on b")
        await app.press("escape")
        assert screen_of(app).pane.main_view.chosen == at


async def test_beside_the_report_stands_the_evidence_of_a_mark(drive: Drive, seven: Book) -> None:
    async with drive(seven, (200, 60)) as app:
        await app.press("ampersand")
        view = screen_of(app).pane.main_view
        view.choose(
            next(
                number
                for number, target in enumerate(view.targets)
                if target.value == "birch" and target.anchor.endswith("b")
            )
        )
        await app.settle()
        evidence = screen_of(app).pane.evidence
        assert evidence is not None
        assert evidence.display
        assert [target.citations[0].source for target in evidence.targets] == ["m"]
        app.shows("b Point b: ● met. Birch on b")


async def test_a_click_on_a_name_opens_its_page(drive: Drive, seven: Book) -> None:
    async with drive(seven, (120, 40)) as app:
        await app.press("ampersand")
        lines = screen_text(app.app).splitlines()
        y, line = next((y, line) for y, line in enumerate(lines) if "Guava: b" in line)
        await app.pilot.click(offset=(line.index("Guava") + 1, y))
        await app.settle()
        assert isinstance(app.app.screen, ReaderScreen)
        assert app.app.screen.slug == "guava"


async def test_points_outcome_and_scores_are_chosen(drive: Drive, seven: Book) -> None:
    async with drive(seven, (80, 24)) as app:
        await app.press("ampersand", "f")
        assert isinstance(app.app.screen, PatternsChoiceScreen)
        await choose(app, "c Point c")
        await choose(app, "failed")
        await app.press("tab", "text:met=2", "enter")
        app.shows("A score is a number from 0 to 1, or either.")
        await app.press("escape")
        screen = screen_of(app)
        assert screen.found is not None
        assert ",".join(screen.found.patterns.table.points) == "a,b"
        app.shows("the outcome asked about is failed", "failed")
        # The command asks the same with --points a,b --outcome failed.
        assert "Guava: b" in words_of(app)
        await app.press("x")
        assert ",".join(screen.found.patterns.table.points) == "a,b,c"


async def test_the_points_with_which_more_cases_are_complete_are_chosen_at_once(
    drive: Drive, tmp_path: Path
) -> None:
    rows = [
        ("Alder", "11?1"),
        ("Birch", "10?1"),
        ("Elm", "01?0"),
        ("Fig", "0000"),
        ("Guava", "1?11"),
    ]
    with book_of(tmp_path, rows) as book:
        async with drive(book, (120, 40)) as app:
            await app.press("ampersand", "f")
            await choose(app, "a and b alone: 4 cases complete")
            app.shows("[x] a Point a", "[x] b Point b", "[ ] c Point c")
            await choose(app, "all that are rated")
            app.shows("[x] c Point c")
            await choose(app, "a and b alone")
            await app.press("escape")
            app.shows("5 cases, 2 points")
            assert "a \N{RIGHTWARDS ARROW} success" in words_of(app)


async def test_without_a_point_nothing_changes(drive: Drive, seven: Book) -> None:
    async with drive(seven, (120, 40)) as app:
        await app.press("ampersand", "f")
        for name in ("a Point a", "b Point b", "c Point c"):
            await choose(app, name)
        app.shows("Tick at least one point.")
        app.shows("[x] c Point c")
        await app.press("escape")
        app.shows("7 cases, 1 point; the outcome asked about is success")


async def test_from_the_comparison_and_back_with_its_marks(
    drive: Drive, seven: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with drive(seven, (120, 40)) as app:
        app.app.fill_tray(("alder", "birch", "elm", "fig"))
        await app.press("c", "ampersand")
        app.shows("4 cases")
        view = screen_of(app).pane.main_view
        at = next(
            number
            for number, target in enumerate(view.targets)
            if target.value == "alder" and target.anchor
        )
        view.choose(at)
        await app.press("escape")
        assert isinstance(app.app.screen, ComparisonScreen)
        cells = app.app.screen.breaking
        assert cells is not None
        marked = {
            (line.split()[0], part)
            for line in app.text.splitlines()
            for part in line.split("  ")
            if part.strip().endswith("met !")
        }
        assert len({key for key, _ in marked}) == len({key for key, _ in cells.cells})
        assert app.text.count(" met !") == len(cells.cells)
        app.shows(f"! breaks {cells.formula}; x clears")
        # What is hidden while the reader rates is not given away.
        await app.press("P")
        app.hides("!")
        await app.press("ampersand")
        assert isinstance(app.app.screen, ComparisonScreen)
        await app.press("P")
        await app.press("x")
        app.hides(" met !")


async def test_what_is_filtered_in_the_comparison_is_looked_at(drive: Drive, seven: Book) -> None:
    async with drive(seven, (120, 40)) as app:
        app.app.fill_tray(("alder", "birch", "cedar"))
        await app.press("c", "D", "ampersand")
        found = screen_of(app).found
        assert found is not None
        assert found.patterns.table.points == ("b", "c")


@pytest.mark.parametrize(
    ("rows", "keys", "sentence"),
    [
        ([("Alder", "1111"), ("Elm", "0001")], (), "Every case with a known outcome has this one"),
        ([("Alder", "111?"), ("Elm", "000?")], (), "No case has an outcome that is known"),
        ([("Alder", "1?11"), ("Elm", "0?00")], (), "Truth table"),
        ([("Alder", "1111")], (), "A pattern needs at least two cases."),
        ([("Alder", "???1"), ("Elm", "???0")], (), "None of these cases is rated by"),
        ([("Alder", "1111"), ("Elm", "0000")], ("F",), "None of these cases is rated by"),
    ],
)
async def test_what_cannot_be_asked_is_a_sentence(
    drive: Drive,
    tmp_path: Path,
    rows: list[tuple[str, str]],
    keys: tuple[str, ...],
    sentence: str,
) -> None:
    with book_of(tmp_path, rows, unrated=True) as book:
        async with drive(book, (80, 24)) as app:
            await app.press("ampersand", *keys)
            assert sentence in words_of(app)


async def test_too_many_points_are_a_sentence_and_can_be_chosen_anew(
    drive: Drive, tmp_path: Path
) -> None:
    letters = "abcdefghijklmno"
    rows = [("Alder", "1" * 16), ("Elm", "0" * 16), ("Fig", "01" * 8)]
    with book_of(tmp_path, rows, points=letters) as book:
        async with drive(book, (120, 40)) as app:
            await app.press("ampersand")
            app.shows("Choose at most 12 points; 15 are chosen.", "f chooses other points")
            await app.press("E")
            app.notices("There is nothing to export yet.")
            await app.press("f", "space", "j", "space", "j", "space", "escape")
            app.shows("3 cases", "12 points")


async def test_a_key_stops_a_long_search(
    drive: Drive, seven: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting, go_on = threading.Event(), threading.Event()
    first = analysis._FormulaSearch.__init__

    def slow(self: Any, *arguments: Any) -> None:
        waiting.set()
        assert go_on.wait(60)
        first(self, *arguments)

    monkeypatch.setattr(analysis._FormulaSearch, "__init__", slow)
    async with drive(seven, (80, 24)) as app:
        await app.pilot.press("ampersand")
        while not waiting.is_set():
            await app.pilot.pause(0.01)
        await app.pilot.pause()
        # What is known is there to read while the rest is looked for.
        assert "Truth table" in words_of(app)
        assert "Necessary and sufficient" in words_of(app)
        assert "Formulas" not in words_of(app)
        await app.pilot.press("escape")
        await app.pilot.pause()
        go_on.set()
        await app.settle()
        app.notices("Stopped. What was found so far is shown; x looks again.")
        assert "Formulas" not in words_of(app)
        await app.press("x")
        assert "Formulas" in words_of(app)


async def test_patterns_are_exported(drive: Drive, seven: Book, tmp_path: Path) -> None:
    async with drive(seven, (80, 24)) as app:
        await app.press("ampersand")
        for words, ending in (
            ("plain text", "txt"),
            ("JSON", "json"),
            ("CSV", "csv"),
            ("script for R", "r"),
            ("methods section", "txt"),
        ):
            await app.press("E")
            dialog = app.app.screen
            assert isinstance(dialog, ExportDialog)
            (options,) = dialog.query(ChoiceList)
            (option,) = [
                it for it in options.options if not isinstance(it, str) and words in it.label
            ]
            options.go_to(option.group, option.value)
            await app.press("space")
            target = tmp_path / f"{words.replace(' ', '-')}.{ending}"
            dialog.path_box.value = str(target)
            dialog.path_box.focus()
            await app.press("enter")
            assert target.stat().st_size, words
        held = json.loads((tmp_path / "JSON.json").read_text(encoding="utf-8"))
        assert held["points"] == ["a", "b", "c"]
        assert "library(QCA)" in (tmp_path / "script-for-R.r").read_text(encoding="utf-8")
