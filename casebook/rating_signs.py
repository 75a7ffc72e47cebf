"""The signs of ratings, which differ in shape, and the legend that explains them."""

from __future__ import annotations

from collections.abc import Sequence

from casebook.vocabulary import SEALED_WORDS, BookRating, Contested, Rating, Sealed

SIGNS: dict[Rating | Sealed, str] = {
    Rating.MET: "\N{BLACK CIRCLE}",
    Rating.PARTLY: "\N{CIRCLE WITH LEFT HALF BLACK}",
    Rating.NOT_MET: "\N{BALLOT X}",
    Rating.SILENT: "\N{MIDDLE DOT}",
    Sealed.SEALED: "\N{WHITE SQUARE CONTAINING BLACK SMALL SQUARE}",
}

RATING_KEYS = {"1": Rating.MET, "2": Rating.PARTLY, "3": Rating.NOT_MET, "0": Rating.SILENT}
"""The figures that stand for ratings where the reader gives one."""

SEALED_SENTENCE = f"{SEALED_WORDS[0].upper()}{SEALED_WORDS[1:]}."
SILENCE_MEANING = "Silent: the sources say nothing; this does not mean that a point is not met."


CONTESTED_MEANING = "Where sources disagree, each rating is shown and none is counted."


def signed_rating(rating: BookRating, readings: Sequence[Rating] = ()) -> str:
    """A rating with its sign: `● met`; of one that is contested each: `● met or ✗ not met`."""
    if isinstance(rating, Contested):
        return " or ".join(map(signed_rating, readings)) or rating.said
    return f"{SIGNS[rating]} {rating.value}"


def rating_sign(rating: BookRating, readings: Sequence[Rating] = ()) -> str:
    """The sign of a rating alone; of one that is contested each: `● or ✗`."""
    if isinstance(rating, Contested):
        return " or ".join(SIGNS[reading] for reading in readings) or rating.said
    return SIGNS[rating]


def rating_legend(*, with_sealed: bool = False) -> str:
    """All ratings with their signs, on one line.

    Args:
        with_sealed: with the sign of what is not revealed yet.
    """
    signs: list[Rating | Sealed] = [*Rating, *([Sealed.SEALED] if with_sealed else [])]
    return "   ".join(map(signed_rating, signs))
