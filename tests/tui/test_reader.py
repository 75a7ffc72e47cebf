"""Reading a page, and the sources behind it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook.book.connection import Book, open_book
from casebook.pack.build import build_book
from tests.casebook.book.test_bounds import remade
from tests.conftest import SMALL_PACK
from tests.tui.conftest import SIZES, check_golden
from tui.widgets.document_layout import TargetKind
from tui.widgets.document_view import DocumentView

Drive = Callable[..., Any]


async def _open(app: Any, slug: str) -> None:
    app.app.open_entry(slug)
    await app.settle()


@pytest.mark.parametrize("size", SIZES)
async def test_the_asiro_case_at_every_size(
    size: tuple[int, int], niches: Book, drive: Drive
) -> None:
    async with drive(niches, size) as app:
        await app.press("down", "enter")
        check_golden(f"asiro-{size[0]}x{size[1]}", app.text)


async def test_every_citation_opens_its_paragraph(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await _open(app, "asiro-gentian-alliance")
        await app.press("right")
        app.shows(
            "Mitsui 2010 ¶61-64", "¶61: Asiro's gentian growers and their search for partners"
        )
        await app.press("enter")
        app.shows("¶61 Asiro's gentian growers", "Cited by")
        view = app.app.screen.query(DocumentView).first()
        marked = view.document.index_of("paragraph:61")
        assert view.top_block == marked
        await app.press("escape")
        app.shows("alliance, success")


async def test_all_targets_of_a_page_can_be_stepped_through(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await _open(app, "nosaku")
        view = app.app.screen.query(DocumentView).first()
        terms = [at for at, it in enumerate(view.targets) if it.kind is TargetKind.TERM]
        others = [at for at in range(len(view.targets)) if at not in terms]
        assert terms
        for key, held in (("right", others), ("right_curly_bracket", terms)):
            view.choose(None)
            view.scroll_home(animate=False)
            await app.settle()
            seen = []
            for _ in held:
                await app.pilot.press(key)
                await app.pilot.pause()
                seen.append(view.chosen)
            assert seen == held
        await app.press("left_curly_bracket")
        assert view.chosen == terms[-2]


async def test_links_lead_on_and_back(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        await _open(app, "renown")
        view = app.app.screen.query(DocumentView).first()
        link = next(
            at
            for at, t in enumerate(view.targets)
            if t.kind is TargetKind.ENTRY and t.value == "uniqlo"
        )
        view.choose(link)
        await app.press("enter")
        app.shows("UNIQLO", "firm, success")
        await app.press("less_than_sign")
        app.shows("Renown", "firm, failed")
        await app.press("greater_than_sign")
        app.shows("firm, success")
        await app.press("greater_than_sign")
        app.shows("There is no page after this one.")
        await app.press("escape")
        app.shows("Renown", "firm, failed")
        await app.press("escape")
        app.shows("115 entries")


async def test_finding_sees_across_line_breaks(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await _open(app, "asiro-gentian-alliance")
        view = app.app.screen.query(DocumentView).first()
        words = (
            "sold all over the world. They found partners in New Zealand, founded a joint venture"
        )
        await app.press("ctrl+f")
        app.app.screen.query_one("#find").value = words.upper()
        await app.settle()
        app.shows("1 of 1")
        assert view.match_position == (1, 1)
        app.app.screen.query_one("#find").value = "gentian"
        await app.press("enter")
        at, count = view.match_position
        assert (at, count > 5) == (1, True)
        await app.press("n", "n", "N")
        assert view.match_position[0] == 2
        await app.press("escape")
        app.shows("alliance, success")
        app.hides("Find on this page")


async def test_what_is_not_found_says_so(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await _open(app, "nosaku")
        await app.press("ctrl+f", "text:zebra")
        app.shows("not found")


async def test_contents_lead_to_sections(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await _open(app, "asiro-gentian-alliance")
        await app.press("o")
        app.shows("Contents", "A village and its flower", "Events", "Figures")
        await app.press("down", "enter")
        view = app.app.screen.query(DocumentView).first()
        heading = view.document.headings[1][0]
        assert view.document.blocks[heading].text.plain == "A village and its flower"
        assert view.top_block == heading
        await app.press("right_square_bracket")
        assert view.top_block > heading
        await app.press("left_square_bracket", "left_square_bracket")
        assert view.top_block < heading


async def test_facts_stand_beside_where_there_is_room(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (160, 40)) as app:
        await _open(app, "nosaku")
        assert app.app.screen.query_one("#facts").display
        await app.press("tab", "right")
        app.shows("Success checklist", "b Local resources rethought: met", "Mitsui 2010 ¶66")
        await app.pilot.resize_terminal(80, 24)
        await app.settle()
        assert not app.app.screen.query_one("#facts").display
        page = app.app.screen.query_one("#page", DocumentView)
        assert page.document.index_of("section:events") is not None


async def test_resizing_keeps_the_place(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (80, 24)) as app:
        await _open(app, "asiro-gentian-alliance")
        view = app.app.screen.query(DocumentView).first()
        await app.press("space", "space", "space")
        top = view.top_block
        await app.pilot.resize_terminal(100, 30)
        await app.settle()
        assert abs(view.top_block - top) <= 1


async def test_teaching_notes_are_hidden_until_asked_for(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await _open(app, "nosaku")
        view = app.app.screen.query(DocumentView).first()
        assert view.document.index_of("section:teaching") is None
        await app.press("T")
        assert view.document.index_of("section:teaching") is not None


async def test_copying_takes_words_from_the_document(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await _open(app, "asiro-gentian-alliance")
        app.app.choose_style("book")
        await app.press("right", "y")
        assert app.app.clipboard.startswith("Gentian growers of a remote village")
        assert "[Mitsui 2010 ¶61-64]" in app.app.clipboard
        assert "Niches for SME" in app.app.clipboard
        await app.press("right_curly_bracket", "y")
        assert app.app.clipboard.startswith("Rindo: Gentian, the main product of Asiro")
        assert "[Mitsui 2010 ¶61]" in app.app.clipboard
        await app.press("home")
        await app.pilot.mouse_down("#page", offset=(1, 2))
        await app.pilot.hover("#page", offset=(30, 4))
        await app.pilot.mouse_up("#page", offset=(30, 4))
        await app.press("y")
        copied = app.app.clipboard
        assert copied.startswith("Gentian growers")
        assert "\n" not in copied.strip()


async def test_sources_and_glossary_open_from_anywhere(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        await app.press("s")
        app.shows("Read for this book", "Kyodo 2012")
        await app.press("right", "enter")
        app.shows("Paragraph summaries; the original text is not included")
        await app.press("escape", "w")
        app.shows("B-class gourmet")
        await app.press("escape")
        app.shows("Read for this book")
        await app.press("escape")
        app.shows("115 entries")


async def test_an_address_is_asked_about_and_nothing_else_opens(
    small_book: Path, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    with open_book(small_book) as book:
        async with drive(book) as app:
            await _open(app, "nosaku")
            view = app.app.screen.query(DocumentView).first()
            at = next(n for n, t in enumerate(view.targets) if t.kind is TargetKind.ADDRESS)
            view.choose(at)
            await app.press("enter")
            app.shows("Open example.org in the browser?", "https://example.org/x")
            await app.press("escape")
            assert opened == []
            await app.press("enter", "enter")
            assert opened == ["https://example.org/x"]


async def test_the_host_looks_the_same_in_the_question_and_in_the_address(
    shipped: Book, drive: Drive
) -> None:
    from tui.messages import AddressWanted

    async with drive(shipped, (120, 40)) as app:
        app.app.post_message(AddressWanted("https://me@\u0440aypal.com:8080/a?b=c#d"))
        await app.settle()
        app.shows("Open xn--aypal-uye.com in", "https://me@xn--aypal-uye.com:8080/a?b=c#d")
        app.hides("\u0440")


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "--flag",
        "http://",
        "https://[",
        "data:x",
        "https://evil.example\\@good.example/",
        "https://evil.example\t@good.example/",
    ],
)
async def test_a_hostile_address_in_a_book_is_refused(
    address: str, shipped: Book, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.messages import AddressWanted

    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    async with drive(shipped) as app:
        app.app.post_message(AddressWanted(address))
        await app.settle()
        app.shows("This link is not opened")
        await app.press("enter")
        assert opened == []


async def test_a_long_page_is_laid_out_by_lines(
    write_pack: Callable[..., Path], tmp_path: Path, drive: Drive
) -> None:
    paragraph = "Many words of a long narrative that goes on and on. " * 20 + "[@m, para. 9]\n\n"
    entry = SMALL_PACK["firms/nosaku.md"] + "\n" + paragraph * 100
    build_book(write_pack({"firms/nosaku.md": entry}), tmp_path / "long.sqlite")
    with open_book(tmp_path / "long.sqlite") as book:
        async with drive(book) as app:
            await _open(app, "nosaku")
            assert len(app.app.screen.query("*")) < 40
            await app.press("G")
            app.shows("Mitsui, I. (2010). Niches.")


async def test_cjk_keeps_its_columns(shipped: Book, drive: Drive) -> None:
    from rich.cells import cell_len

    async with drive(shipped, (80, 24)) as app:
        await _open(app, "asiro-gentian-alliance")
        await app.press("down", "down", "down")
        strips = app.app.screen._compositor.render_strips()
        assert {strip.cell_length for strip in strips} == {80}
        assert all(cell_len(strip.text) == 80 for strip in strips)


async def test_the_next_link_after_finding_words_is_the_one_behind_them(
    shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, (80, 24)) as app:
        await app.press("w", "right", "ctrl+f", "text:industrial cluster", "enter")
        view = app.app.screen.query_one(DocumentView)
        assert view.chosen is None
        await app.press("right")
        assert view.chosen_target is not None
        words = view.document.blocks[view.chosen_target.block].text.plain
        assert "industrial cluster" in words.lower()


async def test_finding_looks_at_few_of_very_many_matches(
    small_book: Path, tmp_path: Path, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = remade(
        small_book,
        tmp_path / "many.sqlite",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
        " INSERT INTO alias SELECT 9000 + i, id, 10 + i, 'Wwwwwwwww ' || i, 'brand', ''"
        " FROM n, entry WHERE slug = 'nosaku'",
    )
    looked_at = 0
    row_at = DocumentView._row_at

    def noting(view: DocumentView, block: int, offset: int) -> int:
        nonlocal looked_at
        looked_at += 1
        return row_at(view, block, offset)

    monkeypatch.setattr(DocumentView, "_row_at", noting)
    with open_book(path) as book:
        async with drive(book) as app:
            await _open(app, "nosaku")
            view = app.app.screen.query(DocumentView).first()
            assert view.find("w") > 1_000
            assert looked_at < 100
            view.step_match(-1)
            assert view.match_position[0] == view.match_position[1]
            assert any("aliases" in fault for fault in book.faults)


async def test_the_app_says_that_its_book_is_damaged(
    small_book: Path, tmp_path: Path, drive: Drive
) -> None:
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes(small_book.read_bytes()[:-2] + b"x\n")
    with open_book(copy, is_checked_later=True) as book:
        async with drive(book) as app:
            app.notices("the file is not as it was built")


async def test_a_damaged_page_says_so(small_book: Path, tmp_path: Path, drive: Drive) -> None:
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes(small_book.read_bytes().replace(b"A wind-bell sells", b"A wind-bull sells"))
    with open_book(copy) as book:
        async with drive(book) as app:
            await _open(app, "nosaku")
            app.shows("This page is not as it was built")


async def test_the_glossary_uses_a_wide_terminal(niches: Book, drive: Drive) -> None:
    async with drive(niches, (200, 60)) as app:
        await app.press("w", "right")
        first = app.text.splitlines()[1]
        assert first.startswith("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} B-class gourmet")
        assert "Glossary" in first
        assert "Mitsui 2010 ¶40: Local pride" in app.text
        assert "enter open  enter open" not in app.text
        await app.press("shift+tab", "j", "j", "j", "enter")
        assert isinstance(app.app.focused, DocumentView)
        assert "Direct investment (foreign" in app.text.splitlines()[1]
    async with drive(niches) as app:
        await app.press("w")
        assert app.text.splitlines()[1].strip() == "Glossary"
        app.hides("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} B-class")


async def test_the_notation_of_dates_is_shown_when_asked_for(niches: Book, drive: Drive) -> None:
    async with drive(niches, (120, 50)) as app:
        await app.press("j", "enter")
        app.shows("from the late 1990s on")
        app.hides("EDTF")
        await app.press("ctrl+n")
        app.shows("(EDTF [1995..1999]/..)")
        await app.press("t")
        app.shows("EDTF [1995..1999]")
        await app.press("ctrl+n")
        app.hides("EDTF")
        await app.press("escape")
        app.hides("EDTF")
