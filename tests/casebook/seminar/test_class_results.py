"""What a class has answered, counted: held against a second count."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.book.connection import open_book
from casebook.comparison.cells import RatingCounts
from casebook.errors import CasebookError
from casebook.exports.classes import class_content, long_csv, minutes_draft, wide_csv
from casebook.exports.formats import ClassFormat
from casebook.renderings.class_contract import class_json
from casebook.renderings.text import document_lines
from casebook.seminar.answers import Answers
from casebook.seminar.class_documents import class_document
from casebook.seminar.class_file import read_class, set_revealed
from casebook.seminar.class_places import ClassPlace
from casebook.seminar.class_results import (
    VALUES,
    division,
    results,
    revealed_readings,
)
from casebook.seminar.class_values import ClassRecord
from casebook.seminar.class_words import agreement_said, bar, numbers
from casebook.seminar.collecting import collect
from casebook.vocabulary import Rating
from tests.casebook.seminar import second_count
from tests.casebook.seminar.classes import (
    CASES,
    PLANNED,
    POINTS,
    answers,
    simulated,
    write_answer_files,
)
from tests.casebook.seminar.second_count import Said
from tests.conftest import Ran


def _record(tmp_path: Path, handed_in: list[Answers]) -> ClassRecord:
    path = tmp_path / "class.sqlite"
    collect(path, write_answer_files(tmp_path / "answers", handed_in), PLANNED)
    return read_class(path)


def _said(handed_in: list[Answers]) -> list[Said]:
    return [
        Said(each.round, each.student, answer.entry, answer.criterion, answer.rating.value)
        for each in handed_in
        for answer in each.answers
    ]


def test_every_number_is_that_of_a_second_count(tmp_path: Path) -> None:
    handed_in = simulated(25, (1, 2))
    shown, said = results(_record(tmp_path, handed_in)), _said(handed_in)
    now = [one for one in said if one.round == 2]
    before = [one for one in said if one.round == 1]
    assert (shown.round, shown.before) == (2, 1)
    for entry in CASES:
        for point in POINTS:
            here = [one for one in now if (one.entry, one.criterion) == (entry, point)]
            there = [one for one in before if (one.entry, one.criterion) == (entry, point)]
            cell, counts = shown.cell(entry, point), second_count.tally(here)
            assert cell.counts == RatingCounts(
                counts["met"], counts["partly"], counts["not met"], counts["silent"]
            )
            assert cell.division == pytest.approx(second_count.division(counts))
            moved = second_count.moved(
                {one.student: one.rating for one in there}, {o.student: o.rating for o in here}
            )
            assert cell.shift is not None
            assert cell.shift._asdict() == {
                name: moved[name] for name in ("up", "down", "same", "other")
            }
    for lines, name in ((shown.points, "criterion"), (shown.cases, "entry")):
        for line in lines:
            for found, own in ((line.agreement, now), (line.before, before)):
                assert found is not None
                wanted = second_count.alpha(one for one in own if getattr(one, name) == line.key)
                assert found.alpha == pytest.approx(wanted)
    assert shown.overall.agreement is not None
    assert shown.overall.agreement.alpha == pytest.approx(second_count.alpha(now))


def test_the_most_divided_point_comes_first_and_the_plan_orders_on_demand(tmp_path: Path) -> None:
    handed_in = [
        answers(1, {"nosaku a": "met", "nosaku b": "met"}),
        answers(2, {"nosaku a": "met", "nosaku b": "not met"}),
    ]
    record = _record(tmp_path, handed_in)
    assert [point.key for point in results(record).points] == ["b", "a"]
    assert [point.key for point in results(record, in_order=True).points] == ["a", "b"]


def test_silent_is_missing_and_never_a_no() -> None:
    assert Rating.SILENT not in VALUES
    assert division(RatingCounts(met=5, silent=20)) == 0
    assert division(RatingCounts(met=1, silent=20)) is None
    assert division(RatingCounts(met=3, not_met=3)) == 1
    assert division(RatingCounts(partly=4)) == 0


def test_tallies_of_few_are_withheld_with_all_that_rests_on_them(tmp_path: Path) -> None:
    few = [answers(n, {"nosaku a": "met: secret"}, round_=r) for n in (1, 2, 3, 4) for r in (1, 2)]
    many = [
        answers(n, {"takaoka b": "partly: open", **({"nosaku a": "met"} if n < 5 else {})})
        for n in range(5, 11)
    ]
    record = _record(tmp_path, [*few, *many])
    shown = results(record, 1, fewest=5)
    cell = shown.cell("nosaku", "a")
    assert cell.counts is None
    assert cell.division is None
    assert cell.arguments == ()
    assert cell.shift is None
    assert shown.cell("takaoka", "b").counts == RatingCounts(partly=6)
    assert next(line for line in shown.points if line.key == "a").agreement is None
    assert shown.withheld == 1
    later = results(record, 2, fewest=5)
    for words in (
        json.dumps(class_json(shown)),
        "\n".join(document_lines(class_document(shown), 100)),
        json.dumps(class_json(later)),
        str(class_content(shown, ClassFormat.MD, "book")),
    ):
        assert "secret" not in words
    assert str(class_content(shown, ClassFormat.MD, "book")).startswith("# Minutes: ")
    with pytest.raises(CasebookError, match="withhold"):
        class_content(shown, ClassFormat.CSV, "")


@pytest.mark.parametrize(
    ("said", "fewest", "told"),
    [
        (["b met"], 0, "nobody has rated it"),
        (["b met"], 3, "nobody has rated it"),
        (["a silent"], 0, "no figure: fewer than two ratings of a cell that are not silent"),
        (["a silent", "a met"], 0, "no figure: fewer than two ratings of a cell that are not"),
        (["a met", "a met"], 0, "no figure: all ratings are the same"),
        (["a met", "a met"], 3, "withheld: fewer than 3 students"),
        (["a met", "a silent", "a met"], 3, "withheld: fewer than 3 students with ratings that"),
    ],
)
def test_a_figure_that_is_missing_has_its_true_reason(
    tmp_path: Path, said: list[str], fewest: int, told: str
) -> None:
    handed_in = []
    for number, words in enumerate(["b met", *said], 1):
        point, _, rating = words.partition(" ")
        handed_in.append(answers(number, {f"nosaku {point}": rating}))
    handed_in.append(answers(9, {"takaoka a": "met"}, round_=2))
    shown = results(_record(tmp_path, handed_in), 1, fewest=fewest)
    line = next(line for line in shown.points if line.key == "a")
    assert agreement_said(line, fewest).startswith(told)
    assert (agreement_said(line, fewest) == told) or told.endswith(("not", "that"))


def test_no_name_and_no_identifier_leaves_the_class(tmp_path: Path) -> None:
    handed_in = simulated(7, (1, 2))
    shown = results(_record(tmp_path, handed_in))
    written = [
        long_csv(shown),
        wide_csv(shown),
        json.dumps(class_json(shown)),
        repr(minutes_draft(shown)),
        "\n".join(document_lines(class_document(shown), 80)),
    ]
    for words in written:
        for each in handed_in:
            assert each.name not in words
            assert each.student not in words


def test_both_tables_have_every_answer(tmp_path: Path) -> None:
    handed_in = simulated(9, (1, 2))
    shown = results(_record(tmp_path, handed_in))
    said = sorted(
        (str(one.round), one.entry, one.criterion, one.rating) for one in _said(handed_in)
    )
    # A mark for spreadsheets where there are words of students; R would take it for a name.
    assert long_csv(shown).startswith("\ufeffround,")
    assert wide_csv(shown).startswith("round,")
    long = list(csv.DictReader(io.StringIO(long_csv(shown).removeprefix("\ufeff"))))
    assert said == sorted(
        (row["round"], row["entry"], row["criterion"], row["rating"]) for row in long
    )
    wide = list(csv.DictReader(io.StringIO(wide_csv(shown))))
    assert said == sorted(
        (row["round"], *cell.split("."), rating)
        for row in wide
        for cell, rating in row.items()
        if "." in cell and rating
    )
    assert len({row["student"] for row in wide}) == 9


@pytest.mark.parametrize("layout", [(), ("--wide",), ("--format", "csv")])
def test_a_table_of_a_round_has_that_round_alone(
    casebook: Callable[..., Ran], tmp_path: Path, layout: tuple[str, ...]
) -> None:
    _record(tmp_path, simulated(3, (1, 2)))
    path = tmp_path / "class.sqlite"
    for asked, wanted in (("1", {"1"}), ("2", {"2"}), ("", {"1", "2"})):
        number = ("--round", asked) if asked else ()
        made = casebook("class", "export", path, *layout, *number, "-o", "out.csv", "--force")
        assert made.code == 0, made
        rows = csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text("utf-8-sig")))
        assert {row["round"] for row in rows} == wanted


def test_a_reason_is_no_formula(tmp_path: Path) -> None:
    shown = results(_record(tmp_path, [answers(1, {"nosaku a": "met: =1+1"})]))
    assert ",'=1+1" in long_csv(shown)


def test_the_book_is_beside_the_class_only_once_it_is_revealed(
    tmp_path: Path, small_book: Path
) -> None:
    record = _record(tmp_path, simulated(5))
    with open_book(small_book) as book:
        assert revealed_readings(book, record) is None
        assert all(cell.of_book is None for cell in results(record).cells.values())
        revealed = set_revealed(tmp_path / "class.sqlite", ["ratings"], wanted=True)
        shown = results(revealed, comparison=revealed_readings(book, revealed))
    reading = shown.cell("nosaku", "a").of_book
    assert reading is not None
    assert reading.rating is Rating.MET
    told = "\n".join(document_lines(class_document(shown), 100))
    assert "The book: ● met. It has one [Mitsui 2010 ¶9]" in told
    assert "book:●" in told


def test_a_class_without_answers_is_shown(tmp_path: Path) -> None:
    record = _record(tmp_path, [])
    shown = results(record)
    assert shown.round == 0
    assert "Students  none" in "\n".join(document_lines(class_document(shown), 80))
    with pytest.raises(CasebookError, match="round 2"):
        results(record, 2)


def _with_hidden(tmp_path: Path, handed_in: list[Answers]) -> Path:
    path = tmp_path / "class.sqlite"
    cases = (*PLANNED.cases[:2], PLANNED.cases[2]._replace(title="Secretcase", is_hidden=True))
    files = write_answer_files(tmp_path / "answers", handed_in)
    collect(path, files, PLANNED._replace(cases=cases))
    return path


def _everything_written(record: ClassRecord, book_path: Path) -> str:
    with open_book(book_path) as book:
        shown = results(record, comparison=revealed_readings(book, record))
    return "\n".join(
        [
            long_csv(shown),
            wide_csv(shown),
            json.dumps(class_json(shown)),
            repr(minutes_draft(shown)),
            "\n".join(document_lines(class_document(shown), 120)),
        ]
    )


def test_a_hidden_case_is_not_named_before_it_is_revealed(tmp_path: Path, small_book: Path) -> None:
    path = _with_hidden(tmp_path, simulated(3, cases=CASES[:2]))
    set_revealed(path, ["ratings"], wanted=True)
    written = _everything_written(read_class(path), small_book).casefold()
    assert "takaoka" in written
    assert "secretcase" not in written
    assert "growers" not in written
    with pytest.raises(CasebookError, match="ratings or entry:growers can be revealed"):
        ClassPlace(str(path)).set_revealed("entry:takaoka", wanted=True)
    ClassPlace(str(path)).set_revealed("entry:growers", wanted=True)
    assert "Secretcase" in _everything_written(read_class(path), small_book)
    ClassPlace(str(path)).set_revealed("entry:growers", wanted=False)
    assert "Secretcase" not in _everything_written(read_class(path), small_book)


def test_a_hidden_case_that_was_rated_is_shown(tmp_path: Path, small_book: Path) -> None:
    path = _with_hidden(tmp_path, [answers(1, {"nosaku a": "met", "growers a": "partly"})])
    assert "Secretcase" in _everything_written(read_class(path), small_book)


COUNTS = st.builds(
    RatingCounts, *(st.integers(0, 1000),) * 4, contested=st.just(0), sealed=st.just(0)
)


@given(COUNTS)
def test_a_bar_has_its_length_and_a_sign_for_each_rating_that_was_given(
    counts: RatingCounts,
) -> None:
    drawn = bar(counts)
    given_signs = {sign for sign in "●◐✗·" if sign in numbers(counts)}
    assert len(drawn) == (10 if sum(counts) else 0)
    assert set(drawn) == given_signs
    assert drawn == "".join(sorted(drawn, key="●◐✗·".index))
