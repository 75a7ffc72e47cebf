"""A file with a student's answers, as anybody may have made it: read, and all of it checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from casebook.limits import CRITERION_KEY, LONGEST_CRITERION_KEY, LONGEST_LINE, LONGEST_SLUG, SLUG
from casebook.regular_file import read_regular
from casebook.safe_text import made_safe_line
from casebook.seminar.answers import FORMAT, VERSION, Answer, Answers
from casebook.seminar.class_limits import (
    IDENTIFIER,
    LARGEST_FILE,
    LAST_NUMBER,
    LAST_ROUND,
    LONGEST_NAME,
    LONGEST_REASON,
    MOST_ANSWERS,
)
from casebook.stored_json import StoredJsonError, decoded
from casebook.vocabulary import Rating

_DEEPEST = 3
"""The file, its list of answers, and an answer."""

_KEYS = frozenset(
    (
        "format", "version", "seminar", "book", "edition", "framework", "round", "student",
        "name", "number", "made", "answers",
    )
)  # fmt: skip
_ANSWER_KEYS = frozenset(("entry", "criterion", "rating", "reason"))

_SLUG = re.compile(SLUG)
_CRITERION = re.compile(CRITERION_KEY)
_IDENTIFIER = re.compile(IDENTIFIER)
_RATINGS = {rating.value: rating for rating in Rating}


class AnswerFileError(Exception):
    """The file is not taken. The words say why, and continue a line that begins with its name."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def read_answers(path: Path) -> Answers:
    """The answers in a file.

    Raises:
        AnswerFileError: it cannot be read, or is not as Casebook writes such files.
    """
    try:
        data = read_regular(path, LARGEST_FILE + 1)
    except OSError as error:
        raise AnswerFileError(
            f"cannot be read: {error.strerror or 'the reason is not known'}"
        ) from None
    except ValueError:
        raise AnswerFileError("is not the path of a file") from None
    if len(data) > LARGEST_FILE:
        raise AnswerFileError(f"is larger than {LARGEST_FILE // 1024**2} MiB")
    return answers_in(data)


def answers_in(data: bytes) -> Answers:
    """The answers that some bytes say.

    Raises:
        AnswerFileError: they are not as Casebook writes them.
    """
    try:
        stored = decoded(
            data.removeprefix(b"\xef\xbb\xbf"),
            longest=LARGEST_FILE,
            deepest=_DEEPEST,
            is_strict=True,
        )
    except StoredJsonError as error:
        raise AnswerFileError(f"is not a file of answers: {error}") from None
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        raise AnswerFileError(
            "is JSON, but not a file of answers; `casebook answers export` writes one"
        )
    version = _number(stored, "version", 1_000_000)
    if version > VERSION:
        raise AnswerFileError("was written by a newer Casebook, which can read it")
    _check_names(stored, _KEYS, "the file")
    return Answers(
        seminar=_slug(stored, "seminar"),
        book=_slug(stored, "book"),
        edition=_line(stored, "edition", LONGEST_LINE),
        framework=_slug(stored, "framework"),
        round=_number(stored, "round", LAST_ROUND),
        student=_matching(stored, "student", _IDENTIFIER, 64),
        name=_line(stored, "name", LONGEST_NAME),
        number=_number(stored, "number", LAST_NUMBER),
        made=_time(stored, "made"),
        answers=_answers(stored),
    )


def _answers(stored: Mapping[str, Any]) -> tuple[Answer, ...]:
    listed = stored.get("answers")
    if not isinstance(listed, list):
        raise AnswerFileError("'answers' is not a list")
    if not listed:
        raise AnswerFileError("has no answers")
    if len(listed) > MOST_ANSWERS:
        raise AnswerFileError(f"has more than {MOST_ANSWERS} answers")
    found: dict[tuple[str, str], Answer] = {}
    for number, item in enumerate(listed, 1):
        if not isinstance(item, dict):
            raise AnswerFileError(f"answer {number} is not an object")
        where = f"answer {number}: "
        _check_names(item, _ANSWER_KEYS, f"answer {number}")
        answer = Answer(
            _slug(item, "entry", where),
            _matching(item, "criterion", _CRITERION, LONGEST_CRITERION_KEY, where),
            _rating(item, where),
            _line(item, "reason", LONGEST_REASON, where),
        )
        key = answer.entry, answer.criterion
        if key in found:
            raise AnswerFileError(f"{where}{answer.entry} is rated twice on {answer.criterion}")
        found[key] = answer
    return tuple(found.values())


def _check_names(item: Mapping[str, Any], known: frozenset[str], what: str) -> None:
    """Holds an object to the names that it has to have, and to no others."""
    for name in sorted(known - item.keys()):
        raise AnswerFileError(f"{what} has no '{name}'")
    for name in sorted(item.keys() - known):
        raise AnswerFileError(
            f"{what} has '{made_safe_line(name)[:40]}', which a file of answers does not have"
        )


def _line(item: Mapping[str, Any], name: str, longest: int, where: str = "") -> str:
    value = item[name]
    if not isinstance(value, str):
        raise AnswerFileError(f"{where}'{name}' is not a text")
    if len(value) > longest:
        raise AnswerFileError(f"{where}'{name}' is longer than {longest} characters")
    line = made_safe_line(value)
    if len(line) > longest:  # a character may be made safe by several
        line = line[:longest]
    return line


def _matching(
    item: Mapping[str, Any], name: str, pattern: re.Pattern[str], longest: int, where: str = ""
) -> str:
    value = _line(item, name, longest, where)
    if not pattern.fullmatch(value):
        raise AnswerFileError(f"{where}'{name}' is not as Casebook writes it")
    return value


def _slug(item: Mapping[str, Any], name: str, where: str = "") -> str:
    return _matching(item, name, _SLUG, LONGEST_SLUG, where)


def _rating(item: Mapping[str, Any], where: str) -> Rating:
    found = _RATINGS.get(_line(item, "rating", LONGEST_LINE, where))
    if found is None:
        raise AnswerFileError(f"{where}'rating' is not one of {', '.join(_RATINGS)}")
    return found


def _number(item: Mapping[str, Any], name: str, most: int) -> int:
    value = item.get(name)
    if type(value) is not int or not 1 <= value <= most:
        raise AnswerFileError(f"'{name}' is not a number from 1 to {most}")
    return value


def _time(item: Mapping[str, Any], name: str) -> str:
    """A time in UTC, in the one form in which times are told apart as text."""
    try:
        when = datetime.fromisoformat(_line(item, name, 40))
        if when.tzinfo is None:
            when = when.replace(tzinfo=UTC)
        return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    except (ValueError, OverflowError):
        raise AnswerFileError(f"'{name}' is not a time") from None
