"""The signs of ratings, which differ in shape, and the legend that explains them."""

from __future__ import annotations

from collections.abc import Sequence

from casebook.vocabulary import BookRating, Rating

SIGNS = {
    Rating.MET: "\N{BLACK CIRCLE}",
    Rating.PARTLY: "\N{CIRCLE WITH LEFT HALF BLACK}",
    Rating.NOT_MET: "\N{BALLOT X}",
    Rating.SILENT: "\N{MIDDLE DOT}",
}

RATING_KEYS = {"1": Rating.MET, "2": Rating.PARTLY, "3": Rating.NOT_MET, "0": Rating.SILENT}
"""The figures that stand for ratings where the reader gives one."""

SILENCE_MEANING = "The sources are silent where nothing is said; silent is never a no."


CONTESTED_MEANING = "Where sources disagree, each rating stands there, and none is counted."


def signed_rating(rating: BookRating, readings: Sequence[Rating] = ()) -> str:
    """A rating with its sign: `● met`; of one that is contested each: `● met or ✗ not met`."""
    if isinstance(rating, Rating):
        return f"{SIGNS[rating]} {rating.value}"
    return " or ".join(map(signed_rating, readings)) or rating.said


def rating_sign(rating: BookRating, readings: Sequence[Rating] = ()) -> str:
    """The sign of a rating alone; of one that is contested each: `● or ✗`."""
    if isinstance(rating, Rating):
        return SIGNS[rating]
    return " or ".join(SIGNS[one] for one in readings) or rating.said


def rating_legend() -> str:
    """All ratings with their signs, on one line."""
    return "   ".join(signed_rating(rating) for rating in Rating)
