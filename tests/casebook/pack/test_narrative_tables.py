"""Small tables in a narrative are exhibits, and what of a table cannot be shown is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casebook.book import pages
from casebook.book.connection import open_book
from casebook.pack.build import build_book
from casebook.pack.markdown import read_narrative
from casebook.pack.markdown_writer import markdown
from casebook.pack.problems import Problems, Spot
from casebook.pack.unpacked import write_pack as unpack
from casebook.pack.volumes import check_pack
from casebook.text import Text
from tests.conftest import SMALL_PACK, Ran

TABLE = """
| Year | What it made | How many |
| ---- | :----------- | -------: |
| 1999 | bells        | 20 [@m, para. 9] |
| 2001 | 風鈴 \\| chimes | |

Table: What it made, year by year
and how often [@m, para. 10]
"""


def _with(body: str) -> dict[str, str]:
    return {"firms/nosaku.md": SMALL_PACK["firms/nosaku.md"] + body}


def test_a_table_becomes_an_exhibit(
    write_pack: Callable[..., Path], casebook: Callable[..., Ran], tmp_path: Path
) -> None:
    pack = write_pack(_with(f"{TABLE}\nThe end [@m, para. 9].\n"))
    assert not check_pack(pack)[0].in_order()
    book = tmp_path / "b.sqlite"
    build_book(pack, book)
    with open_book(book) as opened:
        page = pages.page(opened, "nosaku")
    exhibit = page.exhibits[-1]
    assert exhibit.name == "Exhibit 3"
    assert exhibit.key == "what-it-made-year-by-year-and-how-often"
    assert exhibit.caption.text == "What it made, year by year and how often"
    assert [str(citation.source) for citation in exhibit.caption.citations] == ["m"]
    assert list(exhibit.columns) == ["Year", "What it made", "How many"]
    cells = [[cell.text for cell in row.cells] for row in exhibit.rows]
    assert cells == [["1999", "bells", "20"], ["2001", "風鈴 | chimes", ""]]
    assert not any("Table:" in one.text.plain for one in page.passages)
    for command in (
        ["show", "nosaku"],
        ["search", "chimes"],
        ["export", "handout", "nosaku", "--format", "md"],
    ):
        assert "chimes" in casebook("--book", book, *command).out, command
    with open_book(book) as opened:
        unpack(opened, tmp_path / "again")
    build_book(tmp_path / "again", tmp_path / "again.sqlite")
    with open_book(book) as one, open_book(tmp_path / "again.sqlite") as other:
        before, after = (pages.page(opened, "nosaku") for opened in (one, other))
    assert after.exhibits == before.exhibits
    assert [one.text for one in after.passages] == [one.text for one in before.passages]


def test_a_caption_may_stand_above_and_name_its_key(
    write_pack: Callable[..., Path], tmp_path: Path
) -> None:
    body = "\n: Sales [@m, para. 9] {#sales}\n\na | b\n--- | ---\n1 | 2\n"
    build_book(write_pack(_with(body)), tmp_path / "b.sqlite")
    with open_book(tmp_path / "b.sqlite") as book:
        assert pages.page(book, "nosaku").exhibits[-1].key == "sales"


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        (
            "| a | b |\n| - | - |\n| 1 | 2 |\n",
            1,
            "a table without a caption cannot be shown; write",
        ),
        ("| a | b |\n| - | - |\n| 1 | 2 |\n\nTable: T\n", 3, "this row has no citation"),
        ("| a | b |\n| - | - |\n| 1 | 2 | 3 |\n\nTable: T [@m, para. 9]\n", 3, "a row of 3 cells"),
        ("| a | b |\n| - | - |\n| *1* | 2 |\n\nTable: T [@m, para. 9]\n", 3, "markup in a table"),
        ("| a | b |\n| - | - |\n| H~2~O | 2 |\n\nTable: T [@m, para. 9]\n", 3, "a subscript"),
        ("| a |\n| - |\n| 1 |\n\nTable: T [@m, para. 9]\n", 1, "2 to 8 columns, not 1"),
        ("| a | b |\n| - | - |\n\nTable: T [@m, para. 9]\n", 1, "1 to 30 rows, not 0"),
        ("- one [@m, para. 9]\n\n  | a | b |\n  | - | - |\n  | 1 | 2 |\n", 3, "a table in a list"),
        ("| a | b |\n| - | - |\n| 1 | 2 |\n\nTable: T [@nobody, p. 9]\n", 5, "no source 'nobody'"),
        (
            "| a | b |\n| - | - |\n| 1 [@m, para. 9] more | 2 |\n\nTable: T [@m, para. 9]\n",
            3,
            "a citation within the text",
        ),
        (
            "| a | b |\n| - | - |\n" + "| 1 | 2 |\n" * 31 + "\nTable: T [@m, para. 9]\n",
            1,
            "1 to 30 rows, not 31",
        ),
    ],
)
def test_what_a_table_may_not_have_is_told_once_with_its_line(
    body: str, line: int, words: str, write_pack: Callable[..., Path]
) -> None:
    before = SMALL_PACK["firms/nosaku.md"].count("\n") + 1
    problems, _ = check_pack(write_pack(_with(f"\n{body}")))
    told = problems.in_order()
    assert len(told) == 1, told
    assert told[0].spot.line == before + line, told
    assert words in told[0].message


def test_a_summary_has_no_table(write_pack: Callable[..., Path]) -> None:
    text = SMALL_PACK["firms/nosaku.md"].replace(
        "summary: A foundry in", "summary: |\n  | a | b |\n  | - | - |\n  | 1 | 2 |\n  "
    )
    problems, _ = check_pack(write_pack({"firms/nosaku.md": text}))
    told = [str(one) for one in problems.in_order()]
    assert any("a table cannot be shown" in one for one in told), told


@example(["|", "-:"])
@given(st.lists(st.text(alphabet="|-: abT", min_size=1, max_size=9), min_size=1, max_size=4))
def test_words_that_look_like_a_table_are_no_table_when_they_are_written_out(
    lines: list[str],
) -> None:
    plain = "\n".join(line.strip() for line in lines).strip()
    problems = Problems()
    written, tables = read_narrative(markdown(Text(plain), {}), Spot("x"), problems)
    assert not problems.in_order()
    assert not tables
    if plain and all(line.strip() for line in lines):
        assert [one.passage.text.plain for one in written] == [plain]


@given(st.text(alphabet="|-:\\ \nab*[@m]Table{#}", max_size=80))
def test_any_text_with_signs_of_tables_is_read(text: str) -> None:
    read_narrative(text, Spot("x"), Problems())


def test_a_giant_table_is_refused_soon(write_pack: Callable[..., Path]) -> None:
    giant = "\n| a | b |\n| - | - |\n" + "|a|b|\n" * 4_000
    problems, _ = check_pack(write_pack(_with(f"{giant}\nTable: T [@m, para. 9]\n")))
    assert "1 to 30 rows, not 4000" in problems.in_order()[0].message
