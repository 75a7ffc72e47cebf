"""What can be asked of cases, and what is answered where it cannot be."""

from __future__ import annotations

import random

import pytest

from casebook.errors import CasebookError
from casebook.patterns.analysis import analysis, stages
from casebook.patterns.scores import PatternTable, read_calibration
from tests.casebook.patterns.crisp_tables import crisp_table


def made_up(cases: int, points: int, silent: float, seed: int = 1) -> PatternTable:
    chance = random.Random(seed)

    def sign() -> str:
        return "?" if chance.random() < silent else chance.choice("01")

    rows = [
        (f"case-{at}", "".join(sign() for _ in range(points)) + chance.choice("01"))
        for at in range(cases)
    ]
    return crisp_table("abcdefghijklmno"[:points], rows)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("x", "1?"), ("y", "0?")], "No case has an outcome that is known"),
        ([("x", "10"), ("y", "00")], "No case is known to have this outcome"),
        ([("x", "11"), ("y", "01")], "Every case with a known outcome has this one"),
        ([("x", "?1"), ("y", "?0")], "No case is known on all of these points"),
        ([("x", "11"), ("y", "01"), ("z", "?0")], "The cases that are known on all of these"),
    ],
)
def test_what_cannot_be_asked_is_said(rows: list[tuple[str, str]], sentence: str) -> None:
    found = analysis(crisp_table("a", rows))
    assert any(words.startswith(sentence) for words in found.cannot)
    assert found.formulas == ()


def test_one_case_and_too_many_points_are_refused() -> None:
    with pytest.raises(CasebookError, match="at least two cases"):
        analysis(crisp_table("a", [("x", "11")]))
    with pytest.raises(CasebookError, match="at most 12 points; 15 are chosen"):
        analysis(made_up(20, 15, 0))
    with pytest.raises(CasebookError, match="at least one point"):
        analysis(crisp_table("", [("x", "1"), ("y", "0")]))


def test_a_contradiction_leads_to_no_formula_that_covers_it() -> None:
    found = analysis(crisp_table("ab", [("x", "111"), ("y", "110"), ("z", "101"), ("w", "000")]))
    assert [(row.with_outcome, row.without_outcome) for row in found.contradictions] == [
        (("x",), ("y",))
    ]
    assert [held.formula.said("ab") for held in found.formulas] == ["a*~b", "a*~b"]


def test_a_silent_case_is_in_no_row_and_may_be_in_several() -> None:
    found = analysis(crisp_table("ab", [("x", "111"), ("y", "1?1"), ("z", "100"), ("w", "000")]))
    rows = {row.sides: row for row in found.rows}
    assert rows[True, True].members == ("x",)
    assert rows[True, True].possible == rows[True, False].possible == ("y",)
    assert found.formulas[0].may_fit == ("y",)


def test_what_breaks_a_formula_is_named() -> None:
    rows = [("x", "111"), ("y", "111"), ("z", "100"), ("w", "010")]
    table = crisp_table("ab", rows)
    (held,) = {held for held in analysis(table).formulas if held.kind == "parsimonious"}
    assert held.formula.said("ab") == "a*b"
    assert [(mark.case, mark.point) for mark in held.fragility.marks] == [
        ("x", 0),
        ("x", 1),
        ("y", 0),
        ("y", 1),
        ("z", 1),
        ("w", 0),
    ]
    # Without z or w a single point would do; x and y stand for one another.
    assert held.fragility.cases == ("z", "w")


def test_an_interruption_ends_with_what_is_known() -> None:
    asked = 0

    def interrupted() -> bool:
        nonlocal asked
        asked += 1
        return asked > 10

    found = list(stages(made_up(12, 5, 0), is_interrupted=interrupted))
    assert [bool(stage.conditions) for stage in found] == [False]
    assert found[0].rows


def test_dense_tables_end_and_say_that_the_search_was_stopped() -> None:
    found = analysis(made_up(120, 9, 0))
    assert found.formulas
    assert not found.all_formulas
    for held in found.formulas:
        assert not held.gauge.is_exact
        assert held.gauge.said == "too many assignments to count"


@pytest.mark.parametrize(
    "words", ["partly", "partly=2", "partly=x", "none=0.5", "=", "partly=-0.1"]
)
def test_scores_that_cannot_be_read_are_refused(words: str) -> None:
    with pytest.raises(CasebookError, match="A score is"):
        read_calibration(words)


def test_scores_are_read() -> None:
    read = read_calibration(" partly=0.6, mixed = either,not-met=0.2 ")
    assert (read.partly, read.mixed, read.not_met) == ((600, 600), (0, 1000), (200, 200))
