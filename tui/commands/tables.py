"""Tables of ratings: the comparison, predictions and patterns."""

from __future__ import annotations

from tui.command import Command

# Comparison

SOURCE_OF_CELL = Command(
    "cell-source",
    "Open the source of the rating, or the page of the case",
    "open",
    "enter",
    "source",
)
MATRIX_FILTER = Command(
    "matrix-filter",
    "Filter and sort the points and the cases",
    "filter",
    "f",
    "filter",
    synonyms="narrow order options",
)
DIFFERENCES = Command(
    "differences",
    "Show only the points on which the cases differ, or all points",
    "differences",
    "D",
    synonyms="differences differ compare only",
)
FRAMEWORK = Command(
    "framework",
    "Switch to the next framework",
    "framework",
    "F",
    synonyms="checklist theory criteria",
)
TEXTS = Command(
    "texts",
    "Show the evidence in the matrix, or only the ratings",
    "show_evidence",
    "v",
    "evidence",
    synonyms="texts words reasons",
)
READ_POINT = Command(
    "read-point",
    "Read about this point, case by case",
    "read_point",
    "r",
    synonyms="findings statistics totals criterion row",
)
READ_CASE = Command(
    "read-case", "Read about this case, point by point", "read_case", "R", synonyms="column"
)
CELL_LEFT = Command("cell-left", "Go to the previous case", "cell_left", "left,h")
CELL_RIGHT = Command("cell-right", "Go to the next case", "cell_right", "right,l")
CARRY_LEFT = Command("carry-left", "Move the case to the left", "carry_left", "shift+left,H")
CARRY_RIGHT = Command("carry-right", "Move the case to the right", "carry_right", "shift+right,L")
CARRY_UP = Command(
    "carry-up", "Move the point, or the entry of a list, up", "carry_up", "shift+up,K"
)
CARRY_DOWN = Command(
    "carry-down", "Move the point, or the entry of a list, down", "carry_down", "shift+down,J"
)
EMPTY_TRAY = Command(
    "empty-tray",
    "Remove all cases from the comparison",
    "empty_tray",
    "X",
    synonyms="clear reset tray",
)

# Predict, then reveal

REVEAL = Command(
    "reveal",
    "Reveal the book's ratings, then compare them with yours",
    "reveal",
    "equals_sign",
    synonyms="show answers agreement statistics kappa score",
)
RATE_MET = Command("rate-met", "Rate the cell: met", "rate('met')", "1")
RATE_PARTLY = Command("rate-partly", "Rate the cell: partly", "rate('partly')", "2")
RATE_NOT_MET = Command("rate-not-met", "Rate the cell: not met", "rate('not met')", "3")
RATE_SILENT = Command(
    "rate-silent", "Rate the cell: the sources say nothing", "rate('silent')", "0"
)
RATE_ANEW = Command(
    "rate-anew", "Clear your ratings and start again", "rate_anew", "Z", synonyms="reset restart"
)

# Patterns

PATTERNS_FILTER = Command(
    "patterns-filter",
    "Choose points, outcome and scores",
    "filter",
    "f",
    "choose",
    synonyms="calibration threshold points outcome options filter",
)
