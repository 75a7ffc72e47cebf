"""An author reads the book of a pack, edits its files and comes back to the page."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from casebook.book.connection import Book, open_book
from casebook.pack.authored import AuthoredPack
from tests.conftest import SMALL_PACK, write_files
from tests.tui.conftest import Driven
from tui import authoring
from tui.app import CasebookApp, Start
from tui.editor import at_line

Drive = Callable[..., Any]
Edit = Callable[[Path, int], None]
LONG = "".join(
    f"\nParagraph number {n} of the story is told here [@m, para. 9].\n" for n in range(60)
)

MINE: dict[str, str | bytes] = {
    "book.yaml": 'slug: mine\ntitle: Mine\nedition: "1"\ndescription: On it.\nbuilds_on: [small]\n',
    "additions/nosaku.md": "---\nadds_to: nosaku\n---\n\nAs seen by us [@own].\n",
}


@pytest.fixture
def pack(
    write_pack: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AuthoredPack:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return AuthoredPack(write_pack({"firms/nosaku.md": SMALL_PACK["firms/nosaku.md"] + LONG}))


@pytest.fixture
def author(
    pack: AuthoredPack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., AbstractAsyncContextManager[tuple[Driven, list[tuple[str, int]]]]]:
    """Runs the app on the pack; what the editor is opened at is noted, and edits are made."""

    @asynccontextmanager
    async def run(*edits: Edit, size: tuple[int, int] = (80, 24)) -> Any:
        opened: list[tuple[str, int]] = []
        hands = list(edits)

        def edit_file(_: Any, path: Path, line: int) -> bool:
            opened.append((path.name, line))
            hands.pop(0)(path, line)
            return True

        monkeypatch.setattr(authoring, "edit_file", edit_file)
        with open_book(pack.book()) as book:
            start = Start(book, tmp_path / "n.sqlite", tmp_path / "s.toml", pack)
            app = CasebookApp(start)
            async with app.run_test(size=size, notifications=True) as pilot:
                driven = Driven(app, pilot)
                await driven.settle()
                yield driven, opened
            app.book.close()

    return run


def _replacing(before: str, after: str) -> Edit:
    def edit(path: Path, _: int) -> None:
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")

    return edit


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)], ids=str)
async def test_the_editor_opens_at_the_passage_and_the_page_comes_back_there(
    size: tuple[int, int], author: Callable[..., Any]
) -> None:
    edit = _replacing("Paragraph number 30 of", "Paragraph number thirty of")
    async with author(edit, size=size) as (app, opened):
        app.app.open_entry("nosaku")
        await app.settle()
        view = app.app.screen.pane.main_view
        at = next(n for n, block in enumerate(view.document.blocks) if "30 of" in block.text.plain)
        view.scroll_to_block(at)
        await app.settle()
        await app.press("ctrl+e")
        text = SMALL_PACK["firms/nosaku.md"] + LONG
        line = next(n for n, one in enumerate(text.split("\n"), 1) if "number 30 of" in one)
        assert opened == [("nosaku.md", line)]
        app.shows("The book was rebuilt.", "Paragraph number thirty of")
        app.hides("number 28 of")
        assert view.top_block == at


async def test_errors_are_shown_with_their_lines_and_the_book_stays(
    author: Callable[..., Any],
) -> None:
    edits = (
        _replacing("summary: A foundry", "sumary: A foundry"),
        _replacing("sumary: A foundry", "summary: A smithy"),
    )
    async with author(*edits) as (app, opened):
        app.app.open_entry("nosaku")
        await app.press("ctrl+e")
        app.shows("The pack has", "firms/nosaku.md:6: 'sumary' is not a key", "did you mean")
        old = app.app.book.path
        app.hides("Building")
        await app.press("down", "enter")
        assert opened[-1] == ("nosaku.md", 6)
        assert app.app.book.path != old
        app.shows("A smithy in Takaoka")


async def test_a_box_of_errors_is_left_with_the_old_page(author: Callable[..., Any]) -> None:
    async with author(_replacing("kind: firm", "kind: frim")) as (app, _):
        app.app.open_entry("nosaku")
        await app.press("ctrl+e", "escape")
        app.shows("A foundry in Takaoka")
        app.hides("The pack has")


async def test_the_library_and_the_search_show_the_new_book(author: Callable[..., Any]) -> None:
    async with author(_replacing("title: Nosaku", "title: Nousaku Bells")) as (app, _):
        app.app.open_entry("nosaku")
        await app.press("ctrl+e", "escape")
        app.shows("Nousaku Bells")
        await app.press("slash", "text:nousaku", "enter")
        app.shows("Nousaku Bells", "The story")


async def test_an_entry_that_is_gone_leads_to_the_library(author: Callable[..., Any]) -> None:
    def remove(path: Path, _: int) -> None:
        path.rename(path.with_name("other.md"))
        for other in path.parent.parent.rglob("*.*"):
            text = other.read_text("utf-8")
            other.write_text(
                text.replace("nosaku.md", "other.md").replace("entry: nosaku", "entry: other")
                .replace("to: nosaku", "to: other"), encoding="utf-8")  # fmt: skip

    async with author(remove) as (app, _):
        app.app.fill_tray(["nosaku"])
        app.app.open_entry("nosaku")
        await app.press("ctrl+e")
        assert len(app.app.screen_stack) == 1 or "errors" in app.text, app.text
        assert app.app.tray == ()


@pytest.mark.parametrize("key", ["c", "t", "m", "w", "s", "b"])
async def test_every_screen_goes_on_with_the_new_book(key: str, author: Callable[..., Any]) -> None:
    async with author(_replacing("A foundry in", "A smithy in")) as (app, _):
        app.app.fill_tray(["nosaku"])
        app.app.open_entry("nosaku")
        await app.press(key)
        await authoring.edit_entry(app.app, "nosaku", "")
        await app.press("down", "up")
        assert app.app.crash is None
        assert len(app.app.screen_stack) == 3
        await app.press("escape")
        app.shows("A smithy in Takaoka")


async def test_a_pack_on_a_book_is_edited_where_it_adds(
    author: Callable[..., Any], pack: AuthoredPack, tmp_path: Path
) -> None:
    """The page is of a volume below; the file that is opened is what the pack adds to it."""
    pack.pack, pack.on = write_files(tmp_path / "mine", MINE), pack.book()
    edit = _replacing("As seen by us", "As seen in class")
    async with author(edit, size=(120, 40)) as (app, opened):
        app.app.open_entry("nosaku")
        await app.settle()
        await app.press("end", "ctrl+e")
        assert [name for name, _ in opened] == ["nosaku.md"]
        app.shows("The book was rebuilt.", "As seen in class")
        app.app.open_entry("growers")
        await app.press("ctrl+e")
        assert len(opened) == 1
        app.notices("has no file of 'growers' that could be edited. `casebook new addition growers")


async def test_nothing_that_has_changed_builds_nothing(author: Callable[..., Any]) -> None:
    async with author(lambda path, line: None) as (app, _):
        before = app.app.book
        app.app.open_entry("nosaku")
        await app.press("ctrl+e")
        app.shows("Nothing has changed.")
        assert app.app.book is before


async def test_without_a_pack_it_says_how_to_open_one(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (120, 40)) as app:
        await app.press("down", "ctrl+e")
        app.notices("This book was not opened from a pack. `casebook --pack FOLDER` opens one")
        await app.press("question_mark")
        app.hides("Edit the file of this entry")


async def test_the_palette_and_the_help_offer_it_for_a_pack(author: Callable[..., Any]) -> None:
    async with author(size=(120, 40)) as (app, _):
        await app.press("ctrl+p", "text:edit file")
        app.shows("Edit the file of this entry in your own editor")


def test_editors_are_told_the_line_in_their_own_way() -> None:
    path = Path("/p/a.md")
    assert at_line(["/usr/bin/vim", "-n"], path, 7) == ["/usr/bin/vim", "-n", "+7", str(path)]
    assert at_line(["code", "--wait"], path, 7) == ["code", "--wait", "-g", f"{path}:7"]
    assert at_line(["hx"], path, 7) == ["hx", f"{path}:7"]
    assert at_line(["notepad"], path, 7) == ["notepad", str(path)]


def test_a_pack_is_built_once_until_it_changes(pack: AuthoredPack) -> None:
    first = pack.book()
    made = first.stat().st_ino
    assert pack.book().stat().st_ino == made
    assert not pack.has_changed()
    entry = pack.pack / "firms" / "nosaku.md"
    for number in range(6):
        entry.write_text(f"{entry.read_text('utf-8')}\nMore {number} [@m, para. 9].\n", "utf-8")
        assert pack.has_changed()
        assert pack.book() != first
    assert len(list(first.parent.glob("*.sqlite"))) == 3
    newest = pack.book()
    newest.write_bytes(b"broken")
    with open_book(pack.book()) as book:
        assert book.info.title


@pytest.mark.skipif(os.name == "nt", reason="links need rights")
def test_a_file_that_is_a_link_is_not_edited(pack: AuthoredPack, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("x", "utf-8")
    (pack.pack / "firms" / "linked.md").symlink_to(tmp_path / "x.md")
    from casebook.errors import NotFoundError

    with pytest.raises(NotFoundError):
        pack.place_of("linked", "")
