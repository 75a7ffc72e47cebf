"""While the reader rates cases, nothing that the book says of their ratings is anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from casebook.book.connection import Book, open_book
from tests.conftest import SHIPPED_BOOK
from tests.tui.conftest import Driven
from tui import commands
from tui.command import Command
from tui.palette import CasebookProvider

Drive = Callable[..., Any]
FOUR = ("asiro-gentian-alliance", "nosaku", "hiyoshi-ya", "renown")
LEAST_WORDS = 5
"""Words in a row that no other text of the book has: fewer could stand anywhere."""

NOT_RUN = (
    commands.QUIT,
    commands.PREDICT,
    commands.REVEAL,
    commands.RATE_ANEW,
    commands.EDIT,
    commands.PICK,
    commands.EMPTY_TRAY,
    commands.UNDO,
)
"""Commands that end the app or the prediction, change what is rated, or start an editor."""


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[at : at + LEAST_WORDS]) for at in range(len(words) - LEAST_WORDS + 1)}


class Secrets:
    """What the book says of its ratings of some cases, and nowhere else."""

    def __init__(self, slugs: Sequence[str]) -> None:
        marks = ", ".join(f"'{slug}'" for slug in slugs)
        of_cases = f"SELECT id FROM entry WHERE slug IN ({marks})"
        with open_book(SHIPPED_BOOK) as book:
            rows = book.ask(f"SELECT evidence FROM assessment WHERE entry_id IN ({of_cases})")
            notes = book.ask(f"SELECT outcome_note FROM entry WHERE slug IN ({marks})")
            self.sentences = [text for (text,) in (*rows, *notes) if text]
            told = book.ask(f"SELECT evidence FROM assessment WHERE entry_id NOT IN ({of_cases})")
            told += book.ask("SELECT short || ' ' || date_text FROM event")
            tables = book.ask(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'find%'"
                " AND name NOT LIKE 'teaching%' AND name NOT IN ('assessment', 'entry')"
            )
            for (table,) in tables:
                told += [
                    (value,)
                    for row in book.ask(f"SELECT * FROM {table}")
                    for value in row
                    if isinstance(value, str)
                ]
        open_runs: set[tuple[str, ...]] = set().union(*(_runs(text) for (text,) in told))
        self.runs = set().union(*(_runs(text) for text in self.sentences)) - open_runs
        assert len(self.sentences) > 6 * len(slugs)
        assert len(self.runs) > 25 * len(slugs)

    def in_text(self, text: str) -> list[str]:
        """The words of these that stand in a text."""
        return [" ".join(run) for run in _runs(text) & self.runs]

    def in_row(self, row: Iterable[object]) -> list[str]:
        """The sentences of these that a row of a query holds."""
        words = " ".join(value for value in row if isinstance(value, str))
        return [sentence for sentence in self.sentences if len(sentence) > 20 and sentence in words]


class Watched(Driven):
    """An app that is watched for what it must not show."""

    secrets: Secrets
    seen: list[str]

    def look(self, where: str) -> None:
        """Fails if anything hidden is on the screen, or has been read for it."""
        found = self.secrets.in_text(self.text)
        assert not found, f"{where}: {found} is on:\n{self.text}"
        assert not self.seen, f"{where}: read {self.seen}"


@pytest.fixture(scope="module")
def secrets() -> Secrets:
    return Secrets(FOUR)


@pytest.fixture
def read(secrets: Secrets, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    return _read_of(secrets, monkeypatch)


def _read_of(secrets: Secrets, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What any part of the program reads of the book that is hidden, whoever asks for it."""
    found: list[str] = []
    ask = Book.ask

    def watched(book: Book, sql: str, *args: Any, **more: Any) -> list[tuple[Any, ...]]:
        rows = ask(book, sql, *args, **more)
        if book.hidden.entries:
            found.extend(f"{secret} by {sql}" for row in rows for secret in secrets.in_row(row))
        return rows

    monkeypatch.setattr(Book, "ask", watched)
    return found


def _watch(app: Driven, secrets: Secrets, read: list[str]) -> Watched:
    watched = Watched(app.app, app.pilot)
    watched.secrets, watched.seen = secrets, read
    return watched


def _screen(app: Driven) -> Any:
    return app.app.screen


async def _begin(app: Driven) -> None:
    app.app.fill_tray(FOUR)
    await app.press("P")
    app.shows("0 of 32 rated by you")


@pytest.mark.parametrize(
    "size",
    [
        (80, 24),
        (200, 60),
        pytest.param((60, 20), marks=pytest.mark.soak),
        pytest.param((120, 40), marks=pytest.mark.soak),
    ],
)
async def test_no_page_tells_what_is_being_rated(
    shipped: Book, drive: Drive, secrets: Secrets, read: list[str], size: tuple[int, int]
) -> None:
    async with drive(shipped, size) as plain:
        await plain.press("down")
        app = _watch(plain, secrets, read)
        app.app.open_entry("nosaku")
        await app.press("G")
        await _begin(app)
        await app.press("escape")
        app.look("the page that was open before")
        for slug in FOUR:
            app.app.open_entry(slug)
            await app.settle()
            await app.press("g")
            app.shows("are hidden while you rate this")
            app.hides("Outcome ", "not as it was built")
            view = _screen(app).pane.main_view
            whole = "\n".join(block.text.plain for block in _screen(app).plain.blocks)
            assert secrets.in_text(whole) == []
            for _ in range(40):
                app.look(f"the page of {slug}")
                if view.scroll_offset.y >= view.max_scroll_y:
                    break
                await app.press("space")
            await app.press("T")
            app.notices("are hidden while you rate")
            for _ in range(8):
                await app.press("right")
                app.look(f"the evidence beside {slug}")


WAYS_TO_BEGIN: dict[str, list[str]] = {
    "from the library": ["P"],
    "from the comparison": ["c", "P"],
    "from the palette": ["ctrl+p", "text:rate the compared", "enter"],
    "from a page": ["slash", "text:nosaku", "enter", "P"],
}


@pytest.mark.soak
@pytest.mark.parametrize("slugs", [("nosaku",), FOUR], ids=["one case", "four cases"])
async def test_it_is_hidden_however_it_is_begun(
    shipped: Book, drive: Drive, monkeypatch: pytest.MonkeyPatch, slugs: tuple[str, ...]
) -> None:
    secrets = Secrets(slugs)
    read = _read_of(secrets, monkeypatch)
    async with drive(shipped, (120, 40)) as plain:
        app = _watch(plain, secrets, read)
        app.app.fill_tray(slugs)
        for way, keys in WAYS_TO_BEGIN.items():
            await to_library(app)
            await app.press(*keys)
            app.shows(f"0 of {8 * len(slugs)} rated by you", "? rate")
            app.look(way)
            for then in (["v"], ["v", "r"], ["R"], ["k", "h", "h"], ["escape"], ["escape"],
                         ["alt+right"], ["alt+right"]):  # fmt: skip
                await app.press(*then)
                app.look(f"{way}, then {then}")
            await to_library(app)
            await app.press("ctrl+p", f"text:{' '.join(_words(secrets.sentences[0])[:4])}")
            app.look(f"{way}, the palette")
            await app.press("escape", "c", "P")
            assert not app.app.is_predicting


async def test_no_list_and_no_search_tells_it(
    shipped: Book, drive: Drive, secrets: Secrets, read: list[str]
) -> None:
    async with drive(shipped, (200, 60)) as plain:
        app = _watch(plain, secrets, read)
        await app.press("slash", "text:met:d nosaku", "tab")
        app.shows("Nosaku")
        await _begin(app)
        await app.press("escape")
        app.look("the search from before")
        for query in ("met:a", "partly:b", "not-met:a", "silent:a", "outcome:success",
                      "outcome:failed"):  # fmt: skip
            await app.press("slash", "ctrl+u", f"text:{query}", "tab")
            app.look(query)
            assert _listed(app).isdisjoint(FOUR), query
        for sentence in secrets.sentences[:4]:
            await app.press("slash", "ctrl+u", f"text:{' '.join(_words(sentence)[:4])}")
            app.look("words of the evidence")
        await app.press("ctrl+u", "text:nosaku", "tab")
        app.look("the list")
        app.shows("Nosaku")
        shown = _screen(app).entries.slug
        assert shown == "nosaku"
        app.hides("Outcome   success", "firm, success")


def _listed(app: Driven) -> set[str | None]:
    """The entries that the library lists."""
    contents = _screen(app).entries.contents
    return {contents.slug_at(at) for at in range(contents.line_count)}


def _commands_of(app: Driven) -> list[tuple[Command, Any]]:
    """What the palette offers here."""
    offered = CasebookProvider(app.app.screen)._actions()
    return [(command, doer) for command, doer in offered if command not in NOT_RUN]


async def to_library(app: Driven) -> None:
    while len(app.app.screen_stack) > 1:
        app.app.pop_screen()
    _screen(app).clear()
    await app.settle()


async def _to_page(app: Driven) -> None:
    await to_library(app)
    app.app.open_entry("nosaku")
    await app.settle()


async def _to_comparison(app: Driven) -> None:
    await to_library(app)
    app.app.open_comparison()
    await app.settle()


async def _to_timeline(app: Driven) -> None:
    await to_library(app)
    app.app.open_timeline(FOUR)
    await app.settle()


@pytest.mark.soak
@pytest.mark.parametrize("go", [to_library, _to_page, _to_comparison, _to_timeline])
async def test_no_command_tells_it(
    shipped: Book,
    drive: Drive,
    secrets: Secrets,
    read: list[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    go: Callable[[Driven], Any],
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    async with drive(shipped, (200, 60)) as plain:
        app = _watch(plain, secrets, read)
        await _begin(app)
        await go(app)
        tried = 0
        for name in [command.name for command, _ in _commands_of(app)]:
            app.app.fill_tray(FOUR)
            await go(app)
            chosen = [pair for pair in _commands_of(app) if pair[0].name == name]
            if not chosen:
                continue
            await app.app.run_action(chosen[0][0].action, chosen[0][1])
            await app.settle()
            app.look(name)
            # What a box or a screen offers first, is taken.
            await app.press("tab", "enter")
            app.look(f"{name}, then enter")
            assert app.app.is_predicting, name
            tried += 1
        assert tried > 30
        assert not secrets.in_text(app.app.clipboard)
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    for path in written:
        data = path.read_bytes()
        assert not any(sentence.encode() in data for sentence in secrets.sentences), path


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_the_matrix_the_quiz_and_the_patterns_tell_nothing(
    shipped: Book, drive: Drive, secrets: Secrets, read: list[str], size: tuple[int, int]
) -> None:
    async with drive(shipped, size) as plain:
        app = _watch(plain, secrets, read)
        await _begin(app)
        app.hides("Outcome", "success", "failed")
        for keys in (["v"], ["v", "F"], ["F"], ["D"], ["x"], ["r"], ["R"], ["equals_sign"], ["y"]):
            await app.press(*keys)
            app.look(f"the matrix after {keys}")
            app.hides("● met", "◐ partly", "✗ not met", "Outcome")
        await app.press("ampersand")
        app.notices("are hidden")
        app.app.open_patterns(FOUR)
        await app.settle()
        app.shows("The book's ratings are hidden while you rate Asiro gentian alliance, Nosaku")
        app.look("patterns")
        app.app.open_patterns(())
        await app.settle()
        app.look("patterns of the book")
        app.app.go_back(2)
        app.app.open_quiz(FOUR)
        await app.settle()
        app.notices("The book's ratings are hidden while you rate")
        app.app.open_quiz(())
        await app.settle()
        asked = {key.entry for key in _screen(app).keys}
        assert asked
        assert asked.isdisjoint(FOUR)
        for _ in range(6):
            await app.press("1", "enter", "enter")
            app.look("a question of another case")


async def test_what_was_open_before_is_given_up(
    shipped: Book, drive: Drive, secrets: Secrets, read: list[str]
) -> None:
    async with drive(shipped, (120, 40)) as plain:
        app = _watch(plain, secrets, read)
        app.app.fill_tray(FOUR)
        await app.press("c", "r")
        assert secrets.in_text(app.text)
        await app.press("escape", "R", "P")
        app.shows("? rate")
        for _ in range(4):
            app.look("a place before")
            await app.press("escape")
        for _ in range(4):
            await app.press("alt+right")
            app.look("a place after")


async def test_notes_and_gathered_words_on_ratings_are_masked(
    shipped: Book, drive: Drive, secrets: Secrets, read: list[str], tmp_path: Path
) -> None:
    async with drive(shipped, (120, 40)) as plain:
        app = _watch(plain, secrets, read)
        app.app.fill_tray(FOUR)
        await app.press("c", "a", "text:hm", "ctrl+s", "I")
        await app.press("b")
        assert secrets.in_text(app.text)
        await app.press("escape")
        await _begin_here(app)
        for keys in (["b"], ["V"], ["V"], ["enter"], ["escape", "e"], ["ctrl+o"], ["enter"]):
            await app.press(*keys)
            app.look(f"the notebook after {keys}")
        from casebook.exports.notes import notes_markdown

        exported = notes_markdown(app.app.keeper.notebook, app.app.book)
        assert not secrets.in_text(exported)


async def _begin_here(app: Driven) -> None:
    await app.press("P")
    app.shows("0 of 32 rated by you")


async def test_what_is_revealed_is_shown_everywhere_and_the_rest_is_not(
    shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, (120, 60)) as app:
        await _begin(app)
        await app.press("1", "equals_sign", "enter")
        app.shows("● met =")
        app.app.open_entry("asiro-gentian-alliance")
        await app.press("g")
        app.shows("are hidden while you rate this")
        app.hides("Outcome   success")
        whole = "\n".join(block.text.plain for block in _screen(app).plain.blocks)
        assert (
            "a Vision and strategy"
            in " ".join(each.lead for each in _screen(app).plain.blocks) + whole
        )
        assert "Local resources rethought" not in whole
        await app.press("P")
        await app.press("equals_sign", "down", "enter")
        app.shows("Outcome", "1 of 1 agree")
        app.app.open_entry("nosaku")
        await app.settle()
        app.shows("Outcome success")
        await app.press("P", "u")
        app.hides("Outcome")
        await app.press("P")
        app.shows("Outcome")
        assert not app.app.book.hidden.entries


async def test_it_stays_hidden_the_next_day(
    shipped: Book, drive: Drive, secrets: Secrets, read: list[str]
) -> None:
    async with drive(shipped, (120, 40)) as app:
        await _begin(app)
        await app.press("1")
    with open_book(SHIPPED_BOOK) as again:
        async with drive(again, (120, 40)) as plain:
            app = _watch(plain, secrets, read)
            app.app.open_entry("nosaku")
            await app.settle()
            app.shows("are hidden while you rate this")
            await app.press("G")
            app.look("the page of the next day")
            await app.press("P")
            app.shows("1 of 32 rated by you")
            await app.press("P")
            app.shows("● met")
            await app.press("escape")
            app.hides("are hidden while you rate")


async def test_a_case_that_is_added_is_hidden_and_one_that_is_removed_is_not(
    shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, (120, 40)) as app:
        await _begin(app)
        app.app.fill_tray(("nosaku", "waka-hounen"))
        await app.settle()
        assert app.app.book.hidden.entries == {"nosaku", "waka-hounen"}
        app.app.open_entry("renown")
        await app.settle()
        app.hides("are hidden while you rate")
