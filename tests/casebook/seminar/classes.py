"""A class for tests: a plan over the small book, students' answers, and files of them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from casebook.seminar.answers import Answer, Answers, answers_json
from casebook.seminar.class_store import PlannedClass
from casebook.seminar.class_values import ClassCase, ClassPoint
from casebook.vocabulary import Rating

CASES = ("nosaku", "takaoka", "growers")
POINTS = ("a", "b")

PLAN = """\
seminar: bells
title: Bells and flowers
date: 2026-12-04
framework: checklist
points: [a, b]
cases:
  - nosaku
  - takaoka
  - slug: growers
    optional: true
reveal: [ratings]
"""

PLANNED = PlannedClass(
    "bells",
    "Bells and flowers",
    "2026-12-04",
    "",
    "small",
    "1",
    "checklist",
    "Checklist",
    tuple(ClassCase(slug, slug.title()) for slug in CASES),
    tuple(ClassPoint(key, f"Point {key}") for key in POINTS),
)


def identifier(number: int) -> str:
    """The identifier of a student of a number."""
    return f"{number:032x}"


def answers(
    number: int, ratings: dict[str, str], *, round_: int = 1, written: int = 1, name: str = ""
) -> Answers:
    """A student's answers.

    Args:
        ratings: by case and point, `nosaku a`; a reason may follow the rating after a colon.
        written: how often the student has written them.
    """
    given = []
    for cell, said in ratings.items():
        entry, _, point = cell.partition(" ")
        rating, _, reason = said.partition(": ")
        given.append(Answer(entry, point, Rating(rating), reason))
    return Answers(
        "bells",
        "small",
        "1",
        "checklist",
        round_,
        identifier(number),
        name,
        written,
        f"2026-12-01T10:00:{written:02}Z",
        tuple(given),
    )


def simulated(
    students: int,
    rounds: Sequence[int] = (1,),
    *,
    seed: int = 7,
    cases: Sequence[str] = CASES,
    points: Sequence[str] = POINTS,
) -> list[Answers]:
    """Students who rate at random, some cells not at all, and give reasons now and then."""
    chance = random.Random(seed)
    found = []
    for number in range(1, students + 1):
        for round_ in rounds:
            ratings = {
                f"{entry} {point}": chance.choice(list(Rating)).value
                + (f": because of {chance.randint(1, 3)}" if chance.random() < 0.4 else "")
                for entry in cases
                for point in points
                if chance.random() < 0.9
            }
            if ratings:
                found.append(answers(number, ratings, round_=round_, name=f"Student {number}"))
    return found


def write_answer_files(folder: Path, handed_in: Iterable[Answers]) -> list[Path]:
    """Writes answers as files, and says which."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, each in enumerate(handed_in):
        path = folder / f"{number:04}.json"
        path.write_text(json.dumps(answers_json(each)), encoding="utf-8")
        paths.append(path)
    return paths


def as_data(each: Answers, **changes: Any) -> bytes:
    """A file of answers with something else in it."""
    return json.dumps(answers_json(each) | changes).encode()
