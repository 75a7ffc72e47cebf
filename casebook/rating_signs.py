"""The signs of ratings, which differ in shape, and the legend that explains them."""

from __future__ import annotations

from casebook.vocabulary import Rating

SIGNS = {
    Rating.MET: "\N{BLACK CIRCLE}",
    Rating.PARTLY: "\N{CIRCLE WITH LEFT HALF BLACK}",
    Rating.NOT_MET: "\N{BALLOT X}",
    Rating.SILENT: "\N{MIDDLE DOT}",
}

RATING_KEYS = {"1": Rating.MET, "2": Rating.PARTLY, "3": Rating.NOT_MET, "0": Rating.SILENT}
"""The figures that stand for ratings where the reader gives one."""

SILENCE_MEANING = "The sources are silent where nothing is said; silent is never a no."


def signed_rating(rating: Rating) -> str:
    """A rating with its sign: `● met`."""
    return f"{SIGNS[rating]} {rating.value}"


def rating_legend() -> str:
    """All ratings with their signs, on one line."""
    return "   ".join(signed_rating(rating) for rating in Rating)
