"""Merges two changes of one text, line by line, as version control does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple


class MergedText(NamedTuple):
    """A merged text, and the lines of the table's that gave way to the person's."""

    text: str
    given_up: tuple[str, ...]


class _LineMatch(NamedTuple):
    """Lines that all three texts have: where they begin in each, and how many."""

    base: int
    mine: int
    theirs: int
    length: int


def merged(base: str, mine: str, theirs: str, key: Callable[[str], str] = str) -> MergedText:
    """Both changes of a text; where both changed the same lines, the person's stay.

    Args:
        base: as the last import wrote it.
        mine: as the person has changed it.
        theirs: as the table would have it now.
        key: what of a line counts; lines whose keys are equal are the same line.
    """
    texts = [text.split("\n") for text in (base, mine, theirs)]
    keys = [[key(line) for line in lines] for lines in texts]
    out: list[str] = []
    given_up: list[str] = []
    at = (0, 0, 0)
    for match in _matches(*keys):
        ends = (match.base, match.mine, match.theirs)
        old, my, their = (
            lines[start:end] for lines, start, end in zip(keys, at, ends, strict=True)
        )
        my_lines, their_lines = texts[1][at[1] : ends[1]], texts[2][at[2] : ends[2]]
        if my == old:
            out += their_lines
        else:
            out += my_lines
            if their not in (old, my):
                given_up += [line for line in their_lines if key(line) not in old]
        out += texts[2][match.theirs : match.theirs + match.length]
        at = (
            match.base + match.length, match.mine + match.length, match.theirs + match.length,
        )  # fmt: skip
    return MergedText("\n".join(out), tuple(given_up))


def _matches(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[_LineMatch]:
    """The stretches that all three have, in order; the last is empty and stands at the ends."""
    ours = SequenceMatcher(None, base, mine, autojunk=False).get_matching_blocks()
    others = SequenceMatcher(None, base, theirs, autojunk=False).get_matching_blocks()
    found: list[_LineMatch] = []
    first = second = 0
    while first < len(ours) and second < len(others):
        left, right = ours[first], others[second]
        start, end = max(left.a, right.a), min(left.a + left.size, right.a + right.size)
        if start < end:
            found.append(
                _LineMatch(start, left.b + start - left.a, right.b + start - right.a, end - start)
            )
        if left.a + left.size < right.a + right.size:
            first += 1
        else:
            second += 1
    return [*found, _LineMatch(len(base), len(mine), len(theirs), 0)]
