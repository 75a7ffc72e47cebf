"""Files of answers, as anybody may have made them."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.safe_text import screened
from casebook.seminar.answer_file import AnswerFileError, answers_in, read_answers
from casebook.seminar.answers import answers_json
from casebook.seminar.class_limits import LARGEST_FILE, LONGEST_NAME, LONGEST_REASON, MOST_ANSWERS
from tests.casebook.seminar.classes import answers, as_data

GOOD = answers(1, {"nosaku a": "met: It casts bells", "nosaku b": "silent"}, name="Ana")
ANSWER = answers_json(GOOD)["answers"][0]


def test_what_is_written_is_read() -> None:
    assert answers_in(as_data(GOOD)) == GOOD
    assert answers_in(b"\xef\xbb\xbf" + as_data(GOOD)) == GOOD


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"format": "casebook-notebook"}, "not a file of answers"),
        ({"version": 2}, "newer Casebook"),
        ({"version": True}, "'version'"),
        ({"notes": []}, "'notes'"),
        ({"seminar": "../class"}, "'seminar'"),
        ({"seminar": "x" * 300}, "longer"),
        ({"student": "A" * 32}, "'student'"),
        ({"student": "ab"}, "'student'"),
        ({"student": 7}, "not a text"),
        ({"name": "n" * (LONGEST_NAME + 1)}, "longer"),
        ({"name": None}, "not a text"),
        ({"round": 0}, "'round'"),
        ({"round": 100}, "'round'"),
        ({"round": 1.0}, "'round'"),
        ({"round": "1"}, "'round'"),
        ({"number": 10**7}, "'number'"),
        ({"made": "yesterday"}, "not a time"),
        ({"made": "0001-01-01T00:00:00+14:00"}, "not a time"),
        ({"answers": {}}, "not a list"),
        ({"answers": []}, "no answers"),
        ({"answers": ["met"]}, "answer 1 is not an object"),
        ({"answers": [ANSWER, ANSWER]}, "answer 2: nosaku is rated twice"),
        ({"answers": [ANSWER | {"rating": "splendid"}]}, "not one of met"),
        ({"answers": [ANSWER | {"rating": 1}]}, "not a text"),
        ({"answers": [ANSWER | {"entry": "No Saku"}]}, "'entry'"),
        ({"answers": [ANSWER | {"criterion": "a" * 21}]}, "longer"),
        ({"answers": [ANSWER | {"reason": "x" * (LONGEST_REASON + 1)}]}, "longer"),
        ({"answers": [ANSWER | {"reason": [[[]]]}]}, "nested too deeply|not a text"),
        ({"answers": [ANSWER | {"note": "x"}]}, "'note'"),
        ({"answers": [{"entry": "nosaku"}]}, "has no"),
        (
            {"answers": [ANSWER | {"criterion": f"p{n}"} for n in range(MOST_ANSWERS + 1)]},
            "more than",
        ),
    ],
)
def test_each_odd_file_is_refused_and_says_why(changes: dict[str, Any], why: str) -> None:
    with pytest.raises(AnswerFileError, match=why):
        answers_in(as_data(GOOD, **changes))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[" * 100_000, "nested"),
        (b'{"format": "casebook-answers"' * 2, "not JSON"),
        (as_data(GOOD).replace(b'"round": 1', b'"round": 1, "round": 2'), "twice"),
        (as_data(GOOD).replace(b'"round": 1', b'"round": NaN'), "number"),
        (as_data(GOOD).replace(b'"round": 1', b'"round": ' + b"9" * 5000), "number"),
        (b" " * (LARGEST_FILE + 1), "too long"),
    ],
)
def test_what_is_no_such_json_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(AnswerFileError, match=why):
        answers_in(data)


def test_nothing_in_it_commands_a_terminal() -> None:
    hostile = "\x1b]52;c;x\x07\u202e\x00 \n two"
    read = answers_in(as_data(GOOD, name=hostile, answers=[ANSWER | {"reason": hostile}]))
    for words in (read.name, read.answers[0].reason):
        assert words.isprintable(), repr(words)
        assert words.endswith("two")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with pytest.raises(AnswerFileError):
        answers_in(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.sampled_from(sorted(answers_json(GOOD))), JSON)
def test_any_value_in_any_place_is_read_or_refused(name: str, value: Any) -> None:
    try:
        read = answers_in(json.dumps(answers_json(GOOD) | {name: value}).encode())
    except AnswerFileError as error:
        assert error.words
    else:
        assert read.answers
        assert screened(read.name) == read.name


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes among files")
def test_pipes_folders_and_large_files_are_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    large = tmp_path / "large.json"
    with large.open("wb") as file:
        file.truncate(5 * 1024**3)
    for path in (pipe, large, tmp_path, tmp_path / "none.json", Path("/dev/zero")):
        with pytest.raises(AnswerFileError):
            read_answers(path)
