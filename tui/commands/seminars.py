"""Commands of seminars: handing in one's ratings, and what a class has answered."""

from __future__ import annotations

from tui.command import Command

OPEN_CLASS = Command(
    "open-class",
    "Open a class: what its students have answered",
    "open_class",
    "",
    synonyms="seminar students answers tally distribution agreement lecturer",
)
RATE_SEMINAR = Command(
    "rate-seminar",
    "Rate the cases of the seminar that the book was made for",
    "rate_seminar",
    "",
    synonyms="predict answers class points homework",
)
REVEAL_SEALED = Command(
    "reveal-sealed",
    "Reveal sealed answers…: open the .seal file of your lecturer",
    "reveal_sealed",
    "",
    synonyms="seal unseal outcomes ratings hidden case students edition",
)
HAND_IN = Command(
    "hand-in",
    "Hand in your ratings for a seminar",
    "hand_in",
    "",
    synonyms="answers export seminar send submit class lecturer",
)
JOIN_CLASS = Command(
    "join-class",
    "Join a class on a server",
    "join_class",
    "",
    synonyms="seminar students online postgresql server code live lecturer",
)

CLASS_FILTER = Command(
    "class-filter",
    "Choose the round, the order of the points, and what is withheld",
    "filter",
    "f",
    "choose",
    synonyms="round order divided withhold options filter",
)
CLASS_REVEAL = Command(
    "class-reveal",
    "Show the book's ratings beside those of the class, or hide them",
    "reveal",
    "equals_sign",
    "book",
    synonyms="reveal answers hide",
)
READ_CLASS = Command(
    "read-class",
    "Read everything that the class has answered",
    "read_class",
    "",
    synonyms="minutes results agreement points",
)

NEXT_SLIDE = Command(
    "next-slide",
    "Go to the next step or row of the seminar",
    "next_slide",
    "right,l",
    "next",
    "\N{LEFTWARDS ARROW}\N{RIGHTWARDS ARROW}",
)
PREVIOUS_SLIDE = Command(
    "previous-slide", "Go to the previous step or row of the seminar", "previous_slide", "left,h"
)
REVEAL_ROW = Command(
    "reveal-row",
    "Reveal the book's ratings of the row that is shown, or hide them",
    "reveal",
    "equals_sign",
    "reveal",
    synonyms="answers hide",
)
CLASS_TALLY = Command(
    "class-tally",
    "Show how the class has rated the row, or hide it",
    "class_tally",
    "percent_sign",
    "class",
    synonyms="distribution answers students count",
)
