"""What a search answers with."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from casebook.vocabulary import Kind


class Why(StrEnum):
    """By what an entry was found."""

    TITLE = "title"
    ALIAS = "alias"
    TERM = "term"
    PLACE = "place"
    PERSON = "person"
    EVENT = "event"
    PASSAGE = "passage"


class Hit(NamedTuple):
    """An entry that was found.

    Attributes:
        score: from 0 to 100, comparable within one answer.
        why: by what it was found.
        text: the words it was found by, as they are shown.
        spans: the characters of `text` to highlight.
    """

    slug: str
    kind: Kind
    title: str
    score: float
    why: Why
    text: str
    spans: tuple[tuple[int, int], ...]
