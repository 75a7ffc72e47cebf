"""Cases side by side: what is counted, what differs, and that silence is never a no."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.book.connection import Book, open_book
from casebook.book.page_values import CriterionLine, FrameworkLine
from casebook.book.values import EntryLine
from casebook.comparison.cells import MatrixCell, MatrixRow, RatingCounts
from casebook.comparison.matrix import Comparison, Standing, compare
from casebook.comparison.options import MatrixOrder, Shown, SubPoints
from casebook.errors import CasebookError, NotFoundError
from casebook.pack.build import build_book
from casebook.vocabulary import Kind, Outcome, Rating
from tests.conftest import SMALL_PACK

FOUR = ["asiro-gentian-alliance", "nosaku", "hiyoshi-ya", "renown"]
M, P, N, S = Rating.MET, Rating.PARTLY, Rating.NOT_MET, Rating.SILENT


@pytest.fixture(scope="module")
def shipped(first_volume: Path) -> Iterator[Book]:
    with open_book(first_volume) as book:
        yield book


def made(*columns: str, outcomes: str = "") -> Comparison:
    """A comparison of letters: a column a case, `m`, `p`, `n` or `.` a point."""
    words = {"m": M, "p": P, "n": N, ".": S}
    entries = tuple(
        EntryLine(
            f"case{at}",
            Kind.FIRM,
            f"Case {at}",
            outcome=Outcome.FAILED if outcomes[at : at + 1] == "f" else Outcome.SUCCESS,
        )
        for at in range(len(columns))
    )
    rows = tuple(
        MatrixRow(
            CriterionLine("abcdefgh"[point], f"Point {point}", "", 0, ()),
            tuple(
                MatrixCell(entry.slug, words[column[point]])
                for entry, column in zip(entries, columns, strict=True)
            ),
        )
        for point in range(len(columns[0]))
    )
    criteria = tuple(row.criterion for row in rows)
    framework = FrameworkLine("f", "F", "", True, criteria, ())
    return Comparison(framework, entries, rows, {}, rows)


def keys(comparison: Comparison) -> str:
    return "".join(row.criterion.key for row in comparison.rows)


def test_the_four_cases_of_the_brief(shipped: Book) -> None:
    comparison = compare(shipped, FOUR)
    assert comparison.framework.slug == "success-checklist"
    assert comparison.slugs == tuple(FOUR)
    main = [row.criterion.key for row in comparison.rows if not row.criterion.depth]
    assert main == list("abcdefgh")
    cell = comparison.cell("f", "asiro-gentian-alliance")
    assert cell.rating is Rating.MET
    assert cell.evidence
    assert cell.citations[0].source in comparison.sources
    assert comparison.counts_of("renown").rated == 0


def test_every_cell_is_what_the_book_says(shipped: Book) -> None:
    rows = shipped.ask(
        "SELECT e.slug, f.slug, c.key, a.rating, a.evidence FROM assessment AS a"
        " JOIN entry AS e ON e.id = a.entry_id JOIN criterion AS c ON c.statement_id ="
        " a.criterion_id JOIN framework AS f ON f.statement_id = c.framework_id"
    )
    assert len(rows) > 50
    for framework in {row[1] for row in rows}:
        mine = [row for row in rows if row[1] == framework]
        comparison = compare(shipped, [row[0] for row in mine], framework)
        told = {(r[0], r[2]): (r[3], r[4]) for r in mine}
        for row in comparison.every_row:
            for cell in row.cells:
                expected = told.get((cell.entry, row.criterion.key), ("silent", ""))
                assert (cell.rating, cell.evidence) == expected
                assert bool(cell.citations) is not cell.is_silent


def test_silence_is_no_difference_and_no_no() -> None:
    comparison = made("mm.n", "m..n", ".p.m")
    assert [row.criterion.key for row in comparison.differing] == ["b", "d"]
    assert [row.criterion.key for row in comparison.incomparable] == ["c"]
    assert [row.criterion.key for row in comparison.showing(Shown.GAPS).rows] == ["a", "b", "c"]
    assert comparison.rows[0].counts == RatingCounts(met=2, silent=1)
    assert comparison.rows[0].counts.said == "2 met, 1 silent"
    assert comparison.rows[3].counts.said == "1 met, 2 not met, 0 silent"


def test_agreement_is_the_share_of_alike_pairs() -> None:
    comparison = made("mmm.", "mmp.", "mp.m", "mp..")
    assert [row.agreement for row in comparison.rows] == [1.0, pytest.approx(2 / 6), 0.0, None]


def test_what_successes_share_says_how_many_are_silent() -> None:
    comparison = made("mmp.", "m.m.", "nnm.", outcomes="ssf")
    assert [(shared.criterion.key, shared.counts.said) for shared in comparison.shared()] == [
        ("a", "2 met, 0 silent"),
        ("b", "1 met, 1 silent"),
    ]
    assert comparison.shared(Outcome.FAILED)[0].criterion.key == "c"


def test_what_one_has_and_the_other_lacks() -> None:
    comparison = made("mmmmp", "np.mm")
    found = comparison.advantages("case0", "case1")
    assert [(advantage.criterion.key, advantage.standing) for advantage in found] == [
        ("a", Standing.LACKS),
        ("b", Standing.LESS),
        ("c", Standing.UNSAID),
    ]
    assert [advantage.criterion.key for advantage in comparison.advantages("case1", "case0")] == [
        "e"
    ]


def test_showing() -> None:
    comparison = made("mp.n", "mm.m")
    assert keys(comparison.showing(Shown.DIFFERENCES)) == "bd"
    assert keys(comparison.showing(Shown.SHARED)) == "a"
    assert keys(comparison.showing(Shown.GAPS)) == "c"
    assert keys(comparison.showing(Shown.RATED)) == "abd"
    assert keys(comparison.showing(Shown.DIFFERENCES).showing()) == "abcd"


def test_sub_points_are_shown_where_a_case_is_rated(shipped: Book) -> None:
    comparison = compare(shipped, ["nosaku", "renown"])
    assert "b1" in [row.criterion.key for row in comparison.rows]
    assert "b2" not in [row.criterion.key for row in comparison.rows]
    none = comparison.showing(subpoints=SubPoints.NONE)
    assert [row.criterion.key for row in none.rows] == list("abcdefgh")
    every = comparison.showing(subpoints=SubPoints.ALL)
    assert len(every.rows) == len(comparison.framework.criteria)


def test_orders() -> None:
    comparison = made("mp.n", "mm.m", ".nm.")
    assert keys(comparison.with_rows(MatrixOrder.AGREEMENT)) == "abdc"
    assert keys(comparison.with_rows(MatrixOrder.MET)) == "abcd"
    assert keys(comparison.with_rows(["d", "b"])) == "dbac"
    assert keys(comparison.with_rows(["d"]).with_rows(MatrixOrder.FRAMEWORK)) == "abcd"
    assert comparison.with_columns(MatrixOrder.MET).slugs == ("case1", "case0", "case2")
    by_hand = comparison.with_columns(["case2"])
    assert by_hand.slugs == ("case2", "case0", "case1")
    assert by_hand.cell("c", "case2").rating is Rating.MET
    assert by_hand.cell("d", "case0").rating is Rating.NOT_MET
    assert [cell.entry for cell in by_hand.rows[0].cells] == list(by_hand.slugs)


@given(
    st.integers(1, 6).flatmap(
        lambda points: st.lists(
            st.text("mpn.", min_size=points, max_size=points), min_size=1, max_size=7
        )
    ),
    st.sampled_from(list(MatrixOrder)),
    st.sampled_from(list(MatrixOrder)),
    st.sampled_from(list(Shown)),
)
def test_no_order_and_no_choice_changes_a_cell(
    columns: list[str], rows: MatrixOrder, cases: MatrixOrder, shown: Shown
) -> None:
    comparison = made(*columns)
    other = comparison.showing(shown).with_rows(rows).with_columns(cases)
    assert sorted(other.slugs) == sorted(comparison.slugs)
    assert set(keys(other)) <= set(keys(comparison))
    for row in other.rows:
        assert sum(row.counts) == len(columns)
        for cell in row.cells:
            assert cell == comparison.cell(row.criterion.key, cell.entry)
    if shown is Shown.ALL:
        assert other.counts == comparison.counts


def test_a_case_that_is_named_twice_stands_once(shipped: Book) -> None:
    assert compare(shipped, ["nosaku", "renown", "nosaku"]).slugs == ("nosaku", "renown")


def test_what_is_not_there_is_said(shipped: Book) -> None:
    with pytest.raises(NotFoundError, match="Did you mean nosaku"):
        compare(shipped, ["nosakuu"])
    with pytest.raises(NotFoundError, match="this book has success-checklist"):
        compare(shipped, ["nosaku"], "none")
    with pytest.raises(CasebookError, match="nothing to compare"):
        compare(shipped, [])


def test_a_framework_of_ones_own(write_pack: Callable[..., Path], tmp_path: Path) -> None:
    own = (
        "title: My questions\nposition: 2\ndescription: Mine [@own]\npoints:\n"
        '  - {key: q, title: Daring, text: "Was it daring? [@own]"}\n'
    )
    nosaku = SMALL_PACK["firms/nosaku.md"].replace(
        "questions:",
        '  - {point: mine q, rating: partly, evidence: "Rather [@m, para. 9]"}\nquestions:',
    )
    pack = write_pack({"frameworks/mine.yaml": own, "firms/nosaku.md": nosaku})
    build_book(pack, tmp_path / "own.sqlite")
    with open_book(tmp_path / "own.sqlite") as book:
        assert compare(book, ["nosaku"]).framework.slug == "checklist"
        mine = compare(book, ["nosaku", "takaoka"], "mine")
        assert [cell.rating for cell in mine.rows[0].cells] == [Rating.PARTLY, Rating.SILENT]


def test_a_book_without_frameworks_says_so(write_pack: Callable[..., Path], tmp_path: Path) -> None:
    lines = SMALL_PACK["firms/nosaku.md"].splitlines(keepends=True)
    nosaku = "".join(line for line in lines if "checklist" not in line and "assessm" not in line)
    pack = write_pack({"frameworks/checklist.yaml": None, "firms/nosaku.md": nosaku})
    build_book(pack, tmp_path / "bare.sqlite")
    with open_book(tmp_path / "bare.sqlite") as book, pytest.raises(CasebookError, match="no fram"):
        compare(book, ["nosaku"])
