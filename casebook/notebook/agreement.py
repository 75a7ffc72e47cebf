"""Whether two wordings can say the same: by numbers, negations, names and directions.

Words can be very like and say the opposite: "fell by 30 %" and "rose by 80 %" share most of
their letters. What is compared here must agree before one is offered for the other.
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

_NUMBER_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty"
    " seventy eighty ninety hundred thousand million billion half third quarter double twice"
    " triple first second last".split()
)
_NEGATIONS = frozenset(
    "not no never none nor neither without cannot nobody nothing nowhere hardly barely"
    " unlike except".split()
)
_UP = (
    "rise rises rose risen rising increase increases increased increasing grow grows grew grown"
    " growing growth gain gains gained up more higher"
)
_DOWN = (
    "fall falls fell fallen falling decrease decreases decreased decreasing decline declines"
    " declined shrink shrinks shrank shrunk loss losses lost lose loses down less fewer lower"
)
_OPPOSITES = tuple(
    (frozenset(word.split()), frozenset(other.split()))
    for word, other in (
        (_UP, _DOWN),
        ("before earlier", "after later"),
        ("success succeed succeeds succeeded", "failure fail fails failed"),
        ("import imports imported", "export exports exported"),
        ("open opens opened", "close closes closed"),
        ("accept accepts accepted", "refuse refuses refused reject rejects rejected"),
        ("begin begins began begun start starts started", "end ends ended stop stops stopped"),
    )
)
_NO_NAMES = frozenset(
    "a an and as at but by for from he her his if in it its of on or she so that the their then"
    " there these they this those to was we were what when where which while who with you".split()
)


def may_say_the_same(text: str, other: str) -> bool:
    """Whether numbers, negations, names and directions of two wordings agree."""
    first, second = _words(text), _words(other)
    return (
        _numbers(text, first) == _numbers(other, second)
        and negations_in(text) == negations_in(other)
        and _has_names_of(first, second)
        and _has_names_of(second, first)
        and _directions(first) == _directions(second)
    )


def _words(text: str) -> list[str]:
    return [word.replace("’", "'").removesuffix("'s") for word in _WORD.findall(text)]


def _numbers(text: str, words: list[str]) -> list[str]:
    spelled = [word.lower() for word in words if word.lower() in _NUMBER_WORDS]
    return sorted([*_NUMBER.findall(text), *spelled])


def negations_in(text: str) -> int:
    """How many words of a text say "not"."""
    words = (word.lower() for word in _words(text))
    return sum(word in _NEGATIONS or word.endswith("n't") for word in words)


def _has_names_of(named: list[str], words: list[str]) -> bool:
    """Whether every name among some words stands among others; a first word may be no name."""
    there = {word.casefold() for word in words}
    return all(
        word.casefold() in there
        for word in named
        if word[0].isupper() and word.casefold() not in _NO_NAMES
    )


def _directions(words: list[str]) -> list[tuple[bool, ...]]:
    found = {word.lower() for word in words}
    return [tuple(bool(side & found) for side in pair) for pair in _OPPOSITES]
