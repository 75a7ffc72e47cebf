"""What `seminar.yaml` may say; see `casebook.pack.forms`, which packs are filled into."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from casebook.limits import CRITERION_KEY, LONGEST_CRITERION_KEY, SLUG
from casebook.pack.form_values import Form, Line, Prose, Slug, Title

MOST_CASES = 100
MOST_STEPS = 200
MOST_QUESTIONS = 200
MOST_POINTS = 200

_SEAL = re.compile(rf"ratings|outcomes|entry:{SLUG}")


def _day(text: str) -> str:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError(f"'{text}' is not a day; write it as 2026-12-04")
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"there is no day '{text}'") from None
    return text


def _sealable(text: str) -> str:
    if not _SEAL.fullmatch(text):
        raise ValueError(
            f"'{text}' cannot be revealed; use ratings, outcomes, or entry: and a slug,"
            " as in entry:nosaku"
        )
    return text


def _case(value: Any) -> Any:
    """The short form of a case: its slug alone."""
    return {"slug": value} if isinstance(value, str) else value


Day = Annotated[Line, AfterValidator(_day)]
Sealable = Annotated[Line, AfterValidator(_sealable)]
PointKey = Annotated[
    str, StringConstraints(pattern=f"^{CRITERION_KEY}$", max_length=LONGEST_CRITERION_KEY)
]


class PlannedCaseForm(Form):
    slug: Slug
    optional: bool = False
    hidden: bool = False


class StepForm(Form):
    title: Title
    minutes: int = Field(ge=1, le=600)
    case: Slug | None = None
    point: PointKey | None = None
    question: Prose | None = None
    """The number of a question of the plan, or words of its own."""


class SeminarForm(Form):
    seminar: Slug
    title: Title
    date: Day
    framework: Slug
    points: Annotated[list[PointKey], Field(max_length=MOST_POINTS)] = Field(default=[])
    cases: Annotated[
        list[Annotated[PlannedCaseForm, BeforeValidator(_case)]],
        Field(min_length=1, max_length=MOST_CASES),
    ]
    questions: Annotated[list[Prose], Field(max_length=MOST_QUESTIONS)] = Field(default=[])
    steps: Annotated[list[StepForm], Field(max_length=MOST_STEPS)] = Field(default=[])
    reveal: Annotated[list[Sealable], Field(max_length=MOST_CASES)] = Field(default=[])


class LooseSeminarForm(SeminarForm):
    """A plan of which some of what it must say is missing, so that the rest can be checked."""

    seminar: Slug = ""
    title: Title = ""
    date: Day = ""
    framework: Slug = ""
    cases: Annotated[
        list[Annotated[PlannedCaseForm, BeforeValidator(_case)]], Field(max_length=MOST_CASES)
    ] = Field(default=[])
