"""The signs of ratings: told apart by shape, and always explained by their words."""

from __future__ import annotations

from casebook.vocabulary import Rating

MARKS = {
    Rating.MET: "\N{BLACK CIRCLE}",
    Rating.PARTLY: "\N{CIRCLE WITH LEFT HALF BLACK}",
    Rating.NOT_MET: "\N{BALLOT X}",
    Rating.SILENT: "\N{MIDDLE DOT}",
}

MEANING = "The sources are silent where nothing is said; silent is never a no."


def marked(rating: Rating) -> str:
    """A rating with its sign: `● met`."""
    return f"{MARKS[rating]} {rating.value}"


def legend() -> str:
    """All signs with their words."""
    return "   ".join(marked(rating) for rating in Rating)
