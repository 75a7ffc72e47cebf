"""Searching under a reader's hands."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.command import CommandList, CommandPalette
from textual.events import Key

from casebook.book.connection import Book, open_book
from casebook.errors import InterruptedQueryError
from casebook.pack.build import build_book
from casebook.search.finder import search
from casebook.search.hits import SearchResult
from tests.conftest import SMALL_PACK
from tests.tui.conftest import SIZES, check_golden
from tui.screens.library import LibraryScreen

Drive = Callable[..., Any]


@pytest.mark.parametrize("size", SIZES)
async def test_a_typo_finds_and_enter_reads(
    size: tuple[int, int], shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, size) as app:
        await app.press("slash", "text:gentain")
        app.shows("nothing found, 3 similar", "Asiro gentian alliance", "term: gentian")
        app.shows("Nothing was found for “gentain”. Did you mean:")
        check_golden(f"search-{size[0]}x{size[1]}", app.text)
        await app.press("enter")
        app.shows("Asiro gentian alliance", "alliance, success")


async def test_each_key_answers_and_the_last_one_wins(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        await app.press("slash")
        for typed in "nosaku":
            await app.pilot.press(typed)
        await app.settle()
        app.shows("Nosaku")
        assert app.app.screen.entries.slug == "nosaku"
        for _ in range(6):
            await app.pilot.press("backspace")
        await app.settle()
        app.shows("115 entries")


async def test_slow_answers_overtake_no_quick_one(
    shipped: Book, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answers to what was typed first take longest, and hear of no interruption."""

    def slowly(book: Book, words: str, limit: int, **options: Any) -> SearchResult:
        answer = search(book, words, limit, **options)
        time.sleep(0.3 / len(words) ** 2)
        return answer

    monkeypatch.setattr("casebook.search.finder.search", slowly)
    async with drive(shipped) as app:
        await app.press("slash")
        for typed in "gen", "tian ", "asi", "ro":
            await app.pilot.press(*(letter.replace(" ", "space") for letter in typed))
        await app.settle()
        app.shows(" gentian asiro ")
        assert isinstance(app.app.screen, LibraryScreen)
        assert app.app.screen.entries.slug == "asiro-gentian-alliance"


async def test_a_search_that_takes_too_long_is_told(
    shipped: Book, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list of before stayed, as if it were the answer."""

    def endless(*_: object, **__: object) -> SearchResult:
        raise InterruptedQueryError("The book could not be read: it takes too long.")

    monkeypatch.setattr("casebook.search.finder.search", endless)
    async with drive(shipped) as app:
        await app.press("slash", "text:gentian")
        app.notices("it takes too long")
        await app.press("escape", "escape", "ctrl+p", "text:gentian")
        app.notices("it takes too long")


async def test_a_search_that_the_palette_interrupts_is_answered(
    shipped: Book, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted: list[str] = []

    def once(book: Book, words: str, limit: int, **options: Any) -> SearchResult:
        if not interrupted:
            interrupted.append(words)
            app.app.searcher.interrupt()
            raise InterruptedQueryError("interrupted")
        return search(book, words, limit, **options)

    monkeypatch.setattr("casebook.search.finder.search", once)
    async with drive(shipped) as app:
        app.app.screen.query_one("#search").value = "asiro gentian"
        await app.settle()
        assert interrupted
        app.shows(" found")


async def test_letters_that_come_in_with_the_slash_are_searched_for(
    shipped: Book, drive: Drive
) -> None:
    async with drive(shipped) as app:
        for start in ([], ["enter"]):
            await app.press(*start)
            for letter in "/hiyoshi":
                app.app.simulate_key("slash" if letter == "/" else letter)
            await app.settle()
            app.shows(" hiyoshi ", "5 found")
            await app.press("escape")


async def test_where_nothing_is_found_no_timeline_is_left_behind(
    shipped: Book, drive: Drive
) -> None:
    async with drive(shipped) as app:
        await app.press("slash", "text:renown")
        app.shows("vague")
        await app.press("text:xyzzyq")
        app.shows("Nothing was found for “")
        app.hides("vague")


async def test_arrows_choose_while_the_box_keeps_the_keys(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await app.press("slash", "text:gentain", "down")
        assert app.app.screen.entries.slug == "chilean-gentian-producers"
        await app.press("down", "up", "enter")
        app.shows("Chilean gentian producers (unnamed)")
        await app.press("escape")
        app.shows("3 similar")
        await app.press("q")
        assert app.app._exit


async def test_a_passage_opens_where_it_stands(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await app.press("slash", "text:charter small manifesto protection bullied")
        slug = app.app.screen.entries.slug
        assert slug is not None
        found_at = app.app.screen.entries.found_at
        await app.press("enter")
        view = app.app.screen.pane.main_view
        row = view.document.index_of(found_at) if found_at else 0
        assert row is not None
        app.shows("bullied")


async def test_nothing_found_says_so_and_goes_on(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        await app.press("slash", "text:xqzjw")
        app.shows("Nothing was found for “")
        await app.press("enter")
        app.shows("Nothing was found for “")
        await app.press("escape")
        app.shows("115 entries")


async def test_guesses_stand_apart_from_what_was_found(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await app.press("slash", "text:kyoto")
        app.shows("found, 1 similar")
        lines = [line.strip() for line in app.text.splitlines()]
        at = lines.index("Similar to what you typed:")
        assert lines[at - 1] == ""
        assert lines[at + 1].startswith("Kyodo")
        app.app.screen.set_focus(app.app.screen.entries)
        await app.press("G")
        assert app.app.screen.entries.slug == "kyodo"


async def test_letters_that_stand_nowhere_find_nothing(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await app.press("slash", "text:zzzz")
        app.shows("Library, 0 found", "Nothing was found for “zzzz”.")


async def test_hints_stand_above_the_hits(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await app.press("slash", "text:kin:firm renown")
        app.shows("kin: is not a filter; read as kind:.", "Renown")
        assert app.app.screen.entries.slug == "renown"


async def test_filters_alone_list_as_the_library_does(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        await app.press("slash", "text:in:1990s kind:case")
        app.shows("17 found", "ALLIANCES 4", "1996~10", "struggling")


async def test_the_filter_and_the_query_hold_together(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await app.press("f", "enter", "escape", "slash", "text:gentian")
        app.shows("found: alliances")


async def test_recent_searches_come_back(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await app.press("slash", "text:nosaku", "enter", "escape", "escape")
        await app.press("slash", "text:renown", "enter", "escape", "escape")
        await app.press("slash", "up")
        assert app.app.screen.search_box.value == "renown"
        await app.press("up")
        assert app.app.screen.search_box.value == "nosaku"
        await app.press("up", "down", "down")
        assert app.app.screen.search_box.value == ""


async def test_search_is_there_on_every_screen(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await app.press("down", "enter", "s", "slash", "text:uniclo")
        app.shows("UNIQLO")


async def test_markup_in_hits_is_words(
    write_pack: Callable[..., Path], tmp_path: Path, drive: Drive
) -> None:
    page = SMALL_PACK["firms/nosaku.md"].replace(
        "title: Nosaku", 'title: "[@click=app.quit]Nosaku[/] [/b]"'
    )
    pack = write_pack({"firms/nosaku.md": page})
    build_book(pack, tmp_path / "b.sqlite")
    with open_book(tmp_path / "b.sqlite") as book:
        async with drive(book) as app:
            await app.press("slash", "text:nosaku")
            app.shows("[@click=app.quit]Nosaku[/] [/b]")
            await app.press("ctrl+p", "text:nosaku")
            await app.settle()
            app.shows("[@click=app.quit]Nosaku[/] [/b]")


@pytest.mark.parametrize(
    ("before", "key"),
    [
        (("ctrl+p", "text:add to comparison"), "enter"),
        (("ctrl+p",), "escape"),
        (("ctrl+t",), "enter"),
        (("question_mark",), "escape"),
        (("f",), "escape"),
    ],
)
async def test_a_key_struck_twice_answers_a_box_once(
    before: tuple[str, ...], key: str, shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, (120, 40)) as app:
        for one in before:
            await app.press(one)
        app.app.post_message(Key(key, None))
        app.app.post_message(Key(key, None))
        await app.settle()
        assert app.app.crash is None
        assert len(app.app.screen_stack) == 1
        assert len(app.app.tray) == before[-1].endswith("comparison")


async def test_the_palette_turns_pages_before_they_are_laid_out(
    shipped: Book, drive: Drive
) -> None:
    async with drive(shipped) as app:
        await app.press("ctrl+p")
        hits = app.app.screen.query_one(CommandList)
        hits.display = False
        await app.settle()
        hits.set_options(list(hits.options))
        hits.highlighted = 0
        await app.press("pagedown", "pageup")
        assert app.app.crash is None


async def test_a_long_paste_into_the_palette_is_cut(
    shipped: Book, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    from casebook.search import similarity
    from tui import palette_names

    judged_words = []
    plain = similarity.name_score

    def name_score(wanted: Any, *others: Any) -> float:
        judged_words.append(len(wanted.words))
        return plain(wanted, *others)

    monkeypatch.setattr(palette_names, "name_score", name_score)
    async with drive(shipped) as app:
        await app.press("ctrl+p")
        app.app.screen.query_one("CommandInput").value = "read " * 4000
        await app.settle()
        assert judged_words
        assert max(judged_words) <= 16


async def test_the_palette_finds_entries_and_actions(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await app.press("ctrl+p")
        app.shows("Filter the list")
        await app.press("text:nosauk")
        await app.wait_for("Nosaku  firm")
        app.shows("Nosaku  firm")
        await app.press("down", "enter")
        assert not isinstance(app.app.screen, CommandPalette)
        app.shows("The decision")
        await app.press("ctrl+p", "text:glosary")
        await app.wait_for("Open the glossary")
        await app.press("enter")
        await app.settle()
        app.shows("Glossary")
