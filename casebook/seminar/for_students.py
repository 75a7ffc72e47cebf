"""What students are told to do with their edition: to open it, to rate and to hand in."""

from __future__ import annotations

READ_ME = "READ-ME-FIRST.txt"


def student_lines(edition: str) -> tuple[str, ...]:
    """What to do, one thing a line.

    Args:
        edition: the name of the edition's file.
    """
    hand_in = f'casebook --book {edition} answers export --name "YOUR NAME" -o answers.json'
    return (
        f"In the folder of the book, open it with Casebook: casebook --book {edition}",
        "Rate the cases: press enter on the line above the library that names the seminar.",
        f"Hand in when the app offers it; or run this, and send the lecturer the file: {hand_in}",
    )


def read_me(title: str, edition: str) -> str:
    """The text that goes with the edition.

    Args:
        title: of the seminar.
    """
    lines = (f"{number}. {line}" for number, line in enumerate(student_lines(edition), 1))
    return "\n".join((title, "", *lines, ""))
