"""Options of a comparison; their values are the words of the command line."""

from __future__ import annotations

from enum import StrEnum


class MatrixOrder(StrEnum):
    """An order of the rows, or of the columns, of a comparison."""

    FRAMEWORK = "framework"
    """Points as the framework has them; entries as they were picked."""
    AGREEMENT = "agreement"
    """What agrees most comes first; what cannot be compared comes last."""
    MET = "met"
    """What is met most often comes first."""


class Shown(StrEnum):
    """Which points are shown."""

    ALL = "all"
    DIFFERENCES = "differences"
    """Two entries are known to differ."""
    SHARED = "shared"
    """Every success that is rated meets it, and at least one is."""
    GAPS = "gaps"
    """The sources are silent on at least one entry."""
    RATED = "rated"
    """The sources speak of at least one entry."""


class SubPoints(StrEnum):
    """Which sub-points are shown."""

    RATED = "rated"
    """Those on which at least one entry is rated."""
    ALL = "all"
    NONE = "none"
