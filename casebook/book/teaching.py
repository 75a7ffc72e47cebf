"""The teaching note of an entry, read from a book."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from casebook.book.connection import Book, Row
from casebook.book.exhibit_values import CitedWords
from casebook.book.rating_values import AssessmentLine
from casebook.book.rows import Cited, by_part, criterion_key, entry_ref, name, number, text, title
from casebook.book.rows import slug as known_slug
from casebook.book.teaching_values import (
    AnswerLine,
    BoardStepLine,
    PointMark,
    QuestionLine,
    TeachingLine,
)
from casebook.vocabulary import Rating

LONGEST_STEP = 100_000
"""Minutes of a step; a made-up book's are cut."""

TEACHING_SQL = (
    "SELECT t.statement_id, t.synopsis, t.audience, t.course, t.with_id, o.slug, o.kind, o.title"
    " FROM teaching AS t LEFT JOIN entry AS o ON o.id = t.with_id WHERE t.entry_id = ?"
)
_OF_NOTE = "JOIN teaching AS t ON t.statement_id = x.teaching_id WHERE t.entry_id = ?"
OBJECTIVES_SQL = f"SELECT x.text FROM teaching_objective AS x {_OF_NOTE} ORDER BY x.position"
BOARD_PLAN_SQL = (
    f"SELECT x.minutes, x.topic, x.what FROM board_step AS x {_OF_NOTE} ORDER BY x.position"
)
ANSWERS_SQL = (
    "SELECT x.position, x.text, q.position FROM teaching_answer AS x"
    f" LEFT JOIN question AS q ON q.id = x.question_id {_OF_NOTE} ORDER BY x.position"
)
POINTS_SQL = (
    "SELECT x.answer, x.criterion_id, f.slug, f.title, c.key, c.title FROM answer_point AS x"
    " LEFT JOIN criterion AS c ON c.statement_id = x.criterion_id"
    " LEFT JOIN framework AS f ON f.statement_id = c.framework_id"
    f" {_OF_NOTE} ORDER BY x.answer, x.position"
)
UNKNOWNS_SQL = (
    f"SELECT x.position, x.text FROM teaching_unknown AS x {_OF_NOTE} ORDER BY x.position"
)


def teaching_line(
    book: Book,
    rows: Mapping[str, Sequence[Row]],
    questions: Sequence[QuestionLine],
    assessments: Sequence[AssessmentLine],
    cited: Cited,
) -> TeachingLine | None:
    """The teaching note of an entry, or None; what of it is damaged is left out.

    Args:
        rows: of the statements above, by the part of the page that they are.
        assessments: of the entry, for the marks of the points that answers name.
    """
    if not rows["teaching"]:
        return None
    statement, synopsis, audience, course, _, *other = rows["teaching"][0]
    parts = by_part(cited.get(statement, ()))
    return TeachingLine(
        entry_ref(tuple(other)),
        CitedWords(text(synopsis), parts.get("synopsis", ())),
        tuple(text(row[0]) for row in rows["objectives"]),
        CitedWords(text(audience), parts.get("audience", ())),
        CitedWords(text(course), parts.get("course", ())),
        _board_plan(rows["board_plan"]),
        tuple(
            AnswerLine(
                number(place),
                questions[number(place)],
                CitedWords(text(words), parts.get(f"answer:{position}", ())),
                points.get(position, ()),
            )
            for points in [_points(book, rows["answer_points"], assessments)]
            for position, words, place in rows["answers"]
            if isinstance(place, int) and 0 <= place < len(questions)
        ),
        tuple(
            CitedWords(text(words), parts.get(f"unknown:{position}", ()))
            for position, words in rows["unknowns"]
        ),
    )


def _board_plan(rows: Sequence[Row]) -> tuple[BoardStepLine, ...]:
    steps = []
    begin = 0
    for minutes, topic, what in rows:
        end = begin + min(max(number(minutes), 0), LONGEST_STEP)
        steps.append(BoardStepLine(begin, end, name(topic), text(what)))
        begin = end
    return tuple(steps)


def _points(
    book: Book, rows: Sequence[Row], assessments: Sequence[AssessmentLine]
) -> dict[int, tuple[PointMark, ...]]:
    """The points of each answer with the entry's ratings; those without one are silent."""
    ratings = {
        (assessment.framework, assessment.key): assessment.rating for assessment in assessments
    }
    found: dict[int, list[PointMark]] = defaultdict(list)
    for answer, criterion, framework, framework_title, key, words in rows:
        held, point = known_slug(framework), criterion_key(key)
        if not held or not point:
            book.fault(f"an answer names point {criterion}, which does not exist")
            continue
        rating = ratings.get((held, point), Rating.SILENT)
        mark = PointMark(held, title(framework_title) or held, point, title(words), rating)
        found[number(answer)].append(mark)
    return {answer: tuple(marks) for answer, marks in found.items()}
