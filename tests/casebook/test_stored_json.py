"""JSON out of a column: what was safe as it stood is made safe once it is parsed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.safe_text import made_safe
from casebook.stored_json import DEEPEST_JSON, StoredJsonError, decoded
from casebook.text import Mark, MarkKind, marks_from_json

HOSTILE = "\x1b]52;c;cm0=\x07\x9b31m\x00\u202e"


def texts_of(value: Any) -> list[str]:
    match value:
        case str():
            return [value]
        case list():
            return [text for member in value for text in texts_of(member)]
        case dict():
            return [*value, *(text for member in value.values() for text in texts_of(member))]
        case _:
            return []


_SCALARS = st.none() | st.booleans() | st.integers() | st.text() | st.just(HOSTILE)
# Not `st.recursive`: it reads the source of its function, which may have been saved anew.
VALUES: st.SearchStrategy[Any] = st.deferred(
    lambda: _SCALARS | st.lists(VALUES, max_size=3) | st.dictionaries(st.text(), VALUES, max_size=3)
)


@given(VALUES, st.booleans())
def test_every_text_in_it_is_safe(value: Any, is_ascii: bool) -> None:
    found = texts_of(decoded(json.dumps(value, ensure_ascii=is_ascii)))
    assert found == [made_safe(text) for text in found]


@given(st.text() | st.binary())
def test_any_text_is_decoded_or_refused_in_one_way(stored: str | bytes) -> None:
    try:
        decoded(stored)
    except StoredJsonError as error:
        assert str(error).isascii()  # it quotes nothing


@pytest.mark.parametrize(
    "stored",
    [
        "[" * 100_000,
        "[" * (DEEPEST_JSON + 1) + "]" * (DEEPEST_JSON + 1),
        "1" * 5000,
        "NaN",
        "[Infinity]",
        "1e999",
        '"' + "x" * 17 * 1024 * 1024 + '"',
        b'"\xff"',
        "",
    ],
    ids=lambda stored: repr(stored[:12]),
)
def test_what_is_not_stored_is_refused(stored: str | bytes) -> None:
    with pytest.raises(StoredJsonError):
        decoded(stored)


def test_marks_of_a_damaged_column_are_safe() -> None:
    """A link's target was raw once its JSON was parsed."""
    stored = json.dumps([[0, 3, "link", f"https://a.example/{HOSTILE}"]])
    assert marks_from_json(stored, 3, 0) == (
        Mark(0, 3, MarkKind.LINK, made_safe(f"https://a.example/{HOSTILE}")),
    )


def test_strictly_no_name_stands_twice() -> None:
    twice = '{"a": {"b": 1, "b": 2}}'
    assert decoded(twice) == {"a": {"b": 2}}
    with pytest.raises(StoredJsonError, match="twice"):
        decoded(twice, is_strict=True)
    assert decoded('[{"b": 1}, {"b": 2}]', is_strict=True) == [{"b": 1}, {"b": 2}]
