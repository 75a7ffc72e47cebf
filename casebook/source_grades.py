"""How much sources are worth as evidence, and how much of them was read: closed lists of words."""

from enum import StrEnum


class Grade(StrEnum):
    """How much a source is worth as evidence, by who stands behind it."""

    A = "A"
    B = "B"
    C = "C"

    @property
    def said(self) -> str:
        """Whose words are of this grade."""
        return _GRADES[self]


_GRADES = {
    Grade.A: "official, international organisation or academic",
    Grade.B: "press, firm or association",
    Grade.C: "encyclopaedia, blog or copy",
}


class Extent(StrEnum):
    """How much of a source was read."""

    WHOLE = "whole"
    PART = "in part"
