"""What a pack may say to lecturers: a teaching note, and questions that it can refer to."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from casebook.pack.form_values import CitedText, Form, Line, Prose, Slug, Some

LONGEST_OBJECTIVE = 250


def _question(value: Any) -> Any:
    """The short form of a question: its words alone."""
    if isinstance(value, str):
        return {"text": value}
    if isinstance(value, list) or (isinstance(value, dict) and not value.keys() & {"key", "text"}):
        raise PydanticCustomError("string_type", "must be text")
    return value


class QuestionForm(Form):
    key: Slug | None = None
    text: Prose


QuestionValue = Annotated[QuestionForm, BeforeValidator(_question)]


class BoardStepForm(Form):
    minutes: int = Field(ge=1, le=600)
    topic: Line
    what: Prose


class AnswerForm(Form):
    question: Prose
    """The key of a question of the same entry, or its words."""
    answer: CitedText
    ratings: Some[Line] = []


class TeachingForm(Form):
    with_: Slug | None = Field(default=None, alias="with")
    """The entry whose teaching note has the plan for both."""
    synopsis: CitedText | None = None
    objectives: Some[Prose] = []
    audience: CitedText | None = None
    course: CitedText | None = None
    board_plan: list[BoardStepForm] = []
    answers: list[AnswerForm] = []
    not_known: Some[CitedText] = []
