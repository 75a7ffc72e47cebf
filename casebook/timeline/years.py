"""Stretches of time as a reader types them: `2003`, `late 1990s`, `1995-2004`, `1995..`."""

from __future__ import annotations

from casebook.periods import period


def stretch_of(words: str) -> tuple[int | None, int | None]:
    """The first and last day of a stretch; None where it is open, both for no words.

    Raises:
        DateError: the words are no stretch of time; the message says what is.
    """
    wanted = words.strip()
    if not wanted:
        return None, None
    if wanted.endswith(".."):
        return period(wanted[:-2])[0], None
    if wanted.startswith(".."):
        return None, period(wanted[2:])[1]
    return period(wanted)
