"""Exhibits in a pack: what the checker says of them, and that they come back as they were."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.book import pages, sources
from casebook.book.connection import Book, open_book
from casebook.book.exhibit_values import CitedWords
from casebook.citations import OWN, Citation
from casebook.pack.build import build_book
from casebook.pack.unpacked import write_pack as unpack
from casebook.pack.volumes import check_pack
from casebook.search.finder import search
from tests.conftest import SMALL_PACK

NOSAKU = SMALL_PACK["firms/nosaku.md"]
FIRST = NOSAKU.split("\n").index("exhibits:") + 2
"""The line after `exhibits:`, counted from 1."""

ROW = "      - [Kept, \"altar goods [@m, para. 9]\", '']\n"


@pytest.fixture
def small(small_book: Path) -> Book:
    return open_book(small_book)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("  - key: bells\n", "  - key: plain\n", 8, "the exhibit 'plain' occurs twice"),
        ("  - key: bells\n", "  - key: Bells\n", 0, "is not valid for 'key'"),
        ("    caption: What it casts, and for whom [@m, para. 9]\n", "", 0, "'caption' is missing"),
        ("What it casts, and for whom [@m, para. 9]", '"[@m, para. 9]"', 1, "the caption has no words"),
        ("and for whom [@m, para. 9]", "and for whom [@m, para. 90]", 1, "1 to 20, not 90"),
        ("['', Bells, 鋳物の鐘]", "[Bells]", 2, "2 to 8 columns, not 1"),
        ("['', Bells, 鋳物の鐘]", "[a, b, c, d, e, f, g, h, i]", 2, "2 to 8 columns, not 9"),
        ("['', Bells, 鋳物の鐘]", "[Bells, '', c]", 2, "only the first column may be without a name"),
        (ROW, '      - [Kept, "altar goods [@m, para. 9]"]\n', 4, "this row has 2 cells, the exhibit 3"),
        (ROW, ROW * 30, 3, "1 to 30 rows, not 31"),
        ("rows: [[1950, \"Founded [@m, para. 9]\"]]", "rows: []", 8, "1 to 30 rows, not 0"),
        ("altar goods [@m, para. 9]", "altar [@m, para. 9] goods", 4, "put all of them at its end"),
        ("altar goods [@m, para. 9]", "altar goods [@m, para. 9x]", 4, "not a locator"),
        ("altar goods [@m, para. 9]", "altar goods [@n, para. 9]", 4, "no source 'n'"),
        ("altar goods [@m, para. 9]", "[@m, para. 9]", 4, "a citation without words"),
        ("\"altar goods [@m, para. 9]\"", "{a: b}", 4, "a cell must be words"),
        ("Founded [@m, para. 9]", "Founded", 8, "this row has no citation"),
        ("cites: \"[@m, para. 10; inf", "cites: \"So it is [@m, para. 10; inf", 5, "takes citations alone"),
        ("cites: \"[@m, para. 10; inferred from @m, para. 11]\"", "cites: so", 5, "takes citations alone"),
        ("        cites:", "        cite:", 6, "did you mean 'cites'?"),
        ("The rows are the book's own [@own]", '"[@own]"', 7, "the note has no words"),
        ("The rows are the book's own [@own]", "The rows [@own, para. 3]", 7, "no locator"),
    ],
)  # fmt: skip
def test_each_fault_in_an_exhibit_is_told_alone_with_its_line(
    old: str, new: str, line: int, words: str, write_pack: Callable[..., Path]
) -> None:
    assert NOSAKU.count(old) == 1, "the test itself is wrong"
    problems, _ = check_pack(write_pack({"firms/nosaku.md": NOSAKU.replace(old, new)}))
    told = [str(problem) for problem in problems.in_order()]
    assert [one for one in told if words not in one] == []
    assert [one.split(": ")[0] for one in told] == [f"firms/nosaku.md:{FIRST + line}"]


def test_a_fault_in_a_cell_on_a_line_of_its_own_is_told_with_that_line(
    write_pack: Callable[..., Path],
) -> None:
    text = NOSAKU.replace(
        ROW, "      - - Kept\n        - altar goods [@m, para. 99]\n        - ''\n"
    ).replace("[Added, a wind-bell of campanology, 風鈴]", "\n        - Added\n"
              "        - a bell [@m, para. 98]\n        - ''")  # fmt: skip
    problems, _ = check_pack(write_pack({"firms/nosaku.md": text}))
    lines = text.split("\n")
    first = lines.index("        - altar goods [@m, para. 99]") + 1
    second = lines.index("        - a bell [@m, para. 98]") + 1
    assert [str(one) for one in problems.in_order()] == [
        f"firms/nosaku.md:{first}: m has paragraphs 1 to 20, not 99",
        f"firms/nosaku.md:{second}: m has paragraphs 1 to 20, not 98",
    ]


def test_exhibits_come_out_of_the_book_as_they_were_written(small: Book) -> None:
    first, second = pages.page(small, "nosaku").exhibits
    nine = Citation("m", "para. 9")
    assert first.caption == CitedWords("What it casts, and for whom", (nine,))
    assert first.columns == ("", "Bells", "鋳物の鐘")
    assert first.rows[0].cells == (
        CitedWords("Kept"), CitedWords("altar goods", (nine,)), CitedWords("")
    )  # fmt: skip
    assert first.rows[1].citations == (
        Citation("m", "para. 10"), Citation("m", "para. 11", inferred=True)
    )  # fmt: skip
    assert first.note == CitedWords("The rows are the book's own", (Citation(OWN),))
    assert (second.key, second.number, second.note.text) == ("plain", 2, "")
    assert second.rows[0].cells[0].text == "1950"


def test_unpacked_exhibits_build_the_same(small_book: Path, tmp_path: Path) -> None:
    unpack(open_book(small_book), tmp_path / "again")
    build_book(tmp_path / "again", tmp_path / "again.sqlite")
    again = pages.page(open_book(tmp_path / "again.sqlite"), "nosaku").exhibits
    assert again == pages.page(open_book(small_book), "nosaku").exhibits


def test_a_changed_cell_changes_the_pages_hash(
    write_pack: Callable[..., Path], small_book: Path, tmp_path: Path
) -> None:
    pack = write_pack({"firms/nosaku.md": NOSAKU.replace("altar goods", "altar wares")})
    build_book(pack, tmp_path / "other.sqlite")
    sql = "SELECT slug, content_hash FROM entry ORDER BY slug"
    old: dict[str, str] = dict(open_book(small_book).ask(sql))
    new: dict[str, str] = dict(open_book(tmp_path / "other.sqlite").ask(sql))
    assert {slug for slug in old if old[slug] != new[slug]} == {"nosaku"}


@pytest.mark.parametrize(
    ("query", "anchor", "text"),
    [
        ("campanology", "exhibit:bells 2", "Bells: a wind-bell of campanology"),
        ("鋳物の鐘", "exhibit:bells 2", "鋳物の鐘: 風鈴"),
        ('"for whom"', "exhibit:bells", "What it casts, and for whom"),
        ("founded", "exhibit:plain 1", "What: Founded"),
    ],
)
def test_the_words_of_an_exhibit_are_found(small: Book, query: str, anchor: str, text: str) -> None:
    hit = search(small, query).hits[0]
    assert (hit.slug, hit.why, hit.anchor) == ("nosaku", "passage", anchor)
    assert text in hit.text


def test_a_paragraph_that_an_exhibit_cites_names_its_page(small: Book) -> None:
    paragraphs = {one.number: one for one in sources.source_page(small, "m").paragraphs}
    assert [ref.slug for ref in paragraphs[11].cited_by] == ["nosaku"]
