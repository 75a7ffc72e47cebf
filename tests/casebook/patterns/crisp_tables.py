"""Tables of patterns written with signs."""

from __future__ import annotations

from collections.abc import Sequence

from casebook.patterns.scores import EITHER, IN, OUT, PatternCase, PatternTable


def crisp_table(points: Sequence[str], rows: Sequence[tuple[str, str]]) -> PatternTable:
    """A table written with signs.

    Args:
        rows: the name of a case, and a sign for each point and last the outcome: `1`, `0`, or
            `?` where it is not known.
    """
    signs = {"1": IN, "0": OUT, "?": EITHER}
    cases = []
    for name, written in rows:
        *scores, outcome = (signs[sign] for sign in written)
        cases.append(PatternCase(name, name, tuple(scores), outcome))
    return PatternTable(tuple(points), tuple(cases))
