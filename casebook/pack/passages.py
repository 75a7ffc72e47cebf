"""Finds the line of a file of a pack on which words stand that a page shows."""

from __future__ import annotations

import re

_MOST_WORDS = 12
"""Words that are looked for; more are hardly ever the same by chance."""

_FEWEST_WORDS = 3
_LATEST_START = 4
"""How many of the first words may be the page's own, as the date before an event is."""

_WORD = re.compile(r"\w+")


def line_of(text: str, words: str) -> int:
    """The line of a text on which some words begin; 1 where they are not in it.

    Marks, line ends and capitals make no difference. Where the words are not in the text as
    they are, the line on which most of them follow one another is answered; of several a line
    that begins with them.
    """
    wanted = _WORD.findall(words.casefold())[:_MOST_WORDS]
    have = [
        (word, number, is_later)
        for number, line in enumerate(text.split("\n"), 1)
        for is_later, word in enumerate(_WORD.findall(line.casefold()))
    ]
    best, where = (0, False), 1
    for skipped in range(min(_LATEST_START, len(wanted))):
        rest = wanted[skipped:]
        for at, (word, number, is_later) in enumerate(have):
            if word == rest[0]:
                found = _length_of_run(rest, have, at), not is_later
                if found > best:
                    best, where = found, number
    return where if best[0] >= min(_FEWEST_WORDS, len(wanted)) else 1


def _length_of_run(wanted: list[str], have: list[tuple[str, int, int]], at: int) -> int:
    """How many of the wanted words follow one another from a place on."""
    length = 0
    for word, (other, _, _) in zip(wanted, have[at : at + len(wanted)], strict=False):
        if word != other:
            break
        length += 1
    return length
