"""The plan of a seminar: what it may say, and how each fault is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from casebook.book.connection import open_book
from casebook.book.lists import framework
from casebook.pack.problems import PackError
from casebook.seminar.plan import (
    PlannedCase,
    Seminar,
    Step,
    plan_of_values,
    plan_values,
    public_part,
    read_plan,
)
from casebook.seminar.slides import slides_of
from tests.conftest import Ran

PLAN = """\
seminar: bells-first
title: "Bells first: who held the rights?"
date: 2026-12-04
framework: checklist
points: [a, b]
cases:
  - nosaku
  - slug: growers
    optional: true
  - slug: takaoka
    hidden: true
questions:
  - Who held the rights?
  - What would you have done?
steps:
  - {title: Reading, minutes: 10}
  - {title: Rights, minutes: 15, case: nosaku, point: a, question: 1}
  - {title: What came after, minutes: 5, case: takaoka, question: "And then?"}
reveal: [ratings, outcomes, entry:takaoka]
"""

READ = Seminar(
    slug="bells-first",
    title="Bells first: who held the rights?",
    date="2026-12-04",
    framework="checklist",
    points=("a", "b"),
    cases=(
        PlannedCase("nosaku"),
        PlannedCase("growers", optional=True),
        PlannedCase("takaoka", hidden=True),
    ),
    questions=("Who held the rights?", "What would you have done?"),
    steps=(
        Step("Reading", 10),
        Step("Rights", 15, "nosaku", "a", "Who held the rights?"),
        Step("What came after", 5, "takaoka", "", "And then?"),
    ),
    reveal=("ratings", "outcomes", "entry:takaoka"),
)


def test_a_plan_is_read_as_it_is_written(tmp_path: Path, small_book: Path) -> None:
    path = tmp_path / "seminar.yaml"
    path.write_text(PLAN, encoding="utf-8")
    with open_book(small_book) as book:
        assert read_plan(path, book) == READ
    assert READ.minutes == 30


def test_a_plan_comes_back_out_of_json() -> None:
    assert plan_of_values(json.loads(json.dumps(plan_values(READ)))) == READ


@pytest.mark.parametrize(
    "odd", [{}, {"cases": 7, "steps": [3, {"minutes": -1}], "points": [None], "title": ["x"]}]
)
def test_odd_json_is_survived(odd: dict[str, object]) -> None:
    assert plan_of_values(odd).cases == ()


def test_the_public_part_names_nothing_that_is_hidden() -> None:
    assert "takaoka" not in json.dumps(plan_values(public_part(READ)))
    assert public_part(READ).steps == READ.steps[:2]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('title: "Bells first: who held the rights?"\n', "", ":1: 'title' is missing"),
        ("2026-12-04", "4 December", ":3: '4 December' is not a day; write it as 2026-12-04"),
        ("2026-12-04", "2026-02-30", ":3: there is no day '2026-02-30'"),
        (
            "framework: checklist",
            "framework: cheklist",
            ":4: the book has no framework 'cheklist'; did you mean 'checklist'?",
        ),
        ("points: [a, b]", "points: [b, a, b]", ":5: 'b' occurs twice"),
        ("points: [a, b]", "points: [a, z]", ":5: 'checklist' has no point 'z'"),
        (
            "  - nosaku\n",
            "  - nosak\n",
            ":7: the book has no entry 'nosak'; did you mean 'nosaku'?",
        ),
        ("  - nosaku\n", "  - nosaku\n  - nosaku\n", ":8: 'nosaku' occurs twice"),
        ("optional: true", "optional: perhaps", ":9: 'optional' must be true or false"),
        (
            "outcomes, entry:takaoka]",
            "outcomes]",
            ":10: 'takaoka' is hidden and never revealed; add entry:takaoka to 'reveal'",
        ),
        ("minutes: 15", "minutes: 0", ":17: 'minutes'"),
        ("minutes: 15", "minute: 15", ":17: 'minute' is not a key here; did you mean 'minutes'?"),
        ("case: nosaku", "case: nosak", ":17: 'nosak' is not among the cases; did you mean"),
        ("point: a", "point: c", ":17: 'c' is not among the points"),
        ("question: 1", "question: 3", ":17: there is no question 3; the plan has 2"),
        ("[ratings", "[marks", ":19: 'marks' cannot be revealed; use ratings, outcomes, or entry:"),
        (
            "entry:takaoka]",
            "entry:takaoka, entry:nosaku]",
            ":19: 'entry:nosaku' is not hidden: no case above says so",
        ),
    ],
)
def test_each_fault_is_told_with_its_line(
    old: str, new: str, told: str, tmp_path: Path, small_book: Path
) -> None:
    path = tmp_path / "seminar.yaml"
    assert old in PLAN
    path.write_text(PLAN.replace(old, new, 1), encoding="utf-8")
    with open_book(small_book) as book, pytest.raises(PackError) as failure:
        read_plan(path, book)
    assert f"{path}{told}" in failure.value.message


def test_a_step_about_a_sub_point_needs_it_among_the_points(
    tmp_path: Path, small_book: Path
) -> None:
    path = tmp_path / "seminar.yaml"
    about_it = PLAN.replace("point: a", "point: a1")
    path.write_text(about_it.replace("points: [a, b]\n", ""), encoding="utf-8")
    with open_book(small_book) as book:
        with pytest.raises(PackError) as failure:
            read_plan(path, book)
        told = ":16: 'a1' is a sub-point, which is rated only if 'points' names it"
        assert f"{path}{told}" in failure.value.message
        path.write_text(about_it.replace("[a, b]", "[b, a1]"), encoding="utf-8")
        criteria = framework(book, "checklist").criteria
        assert read_plan(path, book).rated_points(criteria) == ("b", "a1")
        assert replace(READ, points=()).rated_points(criteria) == ("a", "b")


def test_all_faults_are_told_at_once(tmp_path: Path, small_book: Path) -> None:
    """What is missing or has the wrong form keeps nothing else from being checked."""
    text = PLAN
    for old, new in (
        ("bells-first", "takaoka-first"),
        ('title: "Bells first: who held the rights?"\n', ""),
        ("2026-12-04", "4 December"),
        ("[a, b]", "[a, z]"),
        ("optional: true", "optional: perhaps"),
        ("minutes: 10}", "minutes: 10, case: growers, question: 1234567890123}"),
        ("case: nosaku", "case: nosak"),
        ("minutes: 5,", "minutes: 0,"),
        ("[ratings,", "[ratings, entry:growers, entry:nosaku,"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "seminar.yaml"
    path.write_text(text, encoding="utf-8")
    with open_book(small_book) as book, pytest.raises(PackError) as failure:
        read_plan(path, book)
    told = [str(problem).removeprefix(f"{path}:") for problem in failure.value.problems]
    assert sorted(told) == [
        "15: there is no question 1234567890123; the plan has 2",
        "16: 'nosak' is not among the cases; did you mean 'nosaku'?",
        "17: 'minutes': input should be greater than or equal to 1",
        "18: 'entry:nosaku' is not hidden: no case above says so",
        "1: 'title' is missing",
        "1: this names the hidden case 'Takaoka' to students; choose other words",
        "2: '4 December' is not a day; write it as 2026-12-04",
        "4: 'checklist' has no point 'z'",
        "8: 'optional' must be true or false",
    ]


def test_the_commands_write_a_plan_and_check_it(
    casebook: Callable[..., Ran], small_book: Path, tmp_path: Path
) -> None:
    new = ("new", "seminar", "Bells: a trial", "--book", small_book)
    assert "needs --cases" in casebook(*new).err
    made = casebook(*new, "--cases", "Takaoka, nosaku")
    assert made.out == "seminar.yaml\ntakaoka: Takaoka (region)\nnosaku: Nosaku (firm)\n", made
    assert made.err == "casebook: 'Takaoka' was read as takaoka.\n"
    made = casebook(*new, "--cases", "nosaku", "-o", "other.yaml", "--json")
    assert json.loads(made.out)["cases"] == [{"slug": "nosaku", "kind": "firm", "title": "Nosaku"}]
    assert made.err == ""
    assert "exists already" in casebook(*new, "--cases", "nosaku").err
    with open_book(small_book) as book:
        plan = read_plan(tmp_path / "seminar.yaml", book)
    assert (plan.slug, plan.title) == ("bells-a-trial", "Bells: a trial")
    assert [case.slug for case in plan.cases] == ["takaoka", "nosaku"]
    assert plan.questions == ("Why bells?",)
    # The question is asked in the step about its case, so that the presenting has a slide of it.
    assert [(step.case, step.question) for step in plan.steps] == [
        ("", ""),
        ("takaoka", ""),
        ("nosaku", "Why bells?"),
        ("", ""),
    ]
    assert [slide.question for slide in slides_of(plan, ["a"]) if slide.question] == ["Why bells?"]

    checked = casebook("check", "seminar.yaml", "--on", small_book)
    assert (checked.code, checked.out) == (0, "seminar.yaml: 2 cases, nothing wrong.\n")
    path = tmp_path / "seminar.yaml"
    path.write_text(path.read_text("utf-8").replace("- nosaku", "- gone"), encoding="utf-8")
    checked = casebook("check", "seminar.yaml", "--on", small_book)
    assert checked.code == 1
    assert "seminar.yaml:8: the book has no entry 'gone'" in checked.out


def test_a_plan_that_cannot_be_read_is_a_sentence(
    casebook: Callable[..., Ran], small_book: Path, tmp_path: Path
) -> None:
    assert "cannot be read" in casebook("check", "none.yaml", "--on", small_book).err
    (tmp_path / "odd.yaml").write_bytes(b"title: \xff\n")
    assert "is not UTF-8" in casebook("check", "odd.yaml", "--on", small_book).err
    (tmp_path / "empty.yaml").write_bytes(b"")
    assert casebook("check", "empty.yaml", "--on", small_book).code == 1
