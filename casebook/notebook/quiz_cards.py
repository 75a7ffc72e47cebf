"""What the reader has answered in the quiz, and how well each point is known.

An answer that is given before the book's rating was ever shown is a prediction too, and is kept
as one (`predictions`): comparisons show it, and how far both agree. What stands here is what
asking again takes: the box, and how often the point was asked and missed.
"""

from __future__ import annotations

from casebook.notebook.files import now
from casebook.notebook.notes import checked_text, short_title
from casebook.notebook.of_books import among
from casebook.notebook.predictions import put_shown
from casebook.notebook.store import Notebook
from casebook.notebook.values import QuizCard
from casebook.notebook.writing import Row
from casebook.quiz.spacing import FIRST_BOX, box_after
from casebook.vocabulary import Rating

_COLUMNS = (
    "book, entry, framework, criterion, title, box, asked, missed, rating, reason, answered,"
    " sequence"
)


def keep_answer(
    notebook: Notebook,
    book: str,
    entry: str,
    title: str,
    framework: str,
    criterion: str,
    rating: Rating,
    reason: str = "",
    *,
    is_right: bool,
) -> QuizCard:
    """Keeps an answer, and that the book's rating of this point alone has been shown.

    Args:
        title: the entry's title.
        is_right: the book gives the same rating.

    Returns:
        the point as it stands then.

    Raises:
        NotebookError: it could not be written.
    """
    key = {"book": book, "entry": entry, "framework": framework, "criterion": criterion}
    with notebook.writing(f"answered {criterion}: {short_title(title)}") as writing:
        put_shown(writing, book, entry, title, framework, criterion, rating, reason)
        before = writing.row("quiz_card", key) or {"box": FIRST_BOX, "asked": 0, "missed": 0}
        values = {
            "title": title,
            "box": box_after(before["box"], is_right=is_right),
            "asked": before["asked"] + 1,
            "missed": before["missed"] + (not is_right),
            "rating": rating.value,
            "reason": checked_text(reason),
            "answered": now(),
            "sequence": writing.next_sequence(),
        }
        return _card(tuple(writing.put("quiz_card", key, values)[name] for name in _NAMES))


_NAMES = _COLUMNS.split(", ")


def quiz_cards(notebook: Notebook, *books: str) -> list[QuizCard]:
    """The points on which the reader has been asked, the last first; of all books, or of some."""
    where, values = among(books)
    rows = notebook.ask(
        f"SELECT {_COLUMNS} FROM quiz_card WHERE {where} ORDER BY sequence DESC", values
    )
    return [_card(row) for row in rows]


def _card(row: Row) -> QuizCard:
    book, entry, framework, criterion, title, box, asked, missed, rating, *rest = row
    reason, answered, sequence = rest
    return QuizCard(
        book, entry, framework, criterion, title, box, asked, missed, Rating(rating), reason,
        answered, sequence,
    )  # fmt: skip
