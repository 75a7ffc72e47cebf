"""The reader's own ratings, given before the book's are shown. They never change the book."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from casebook.errors import NotebookError
from casebook.notebook.files import now
from casebook.notebook.notes import checked_text
from casebook.notebook.store import Notebook
from casebook.notebook.values import Prediction
from casebook.notebook.writing import Row, Writing
from casebook.stored_json import StoredJsonError, decoded
from casebook.vocabulary import Rating

_COLUMNS = (
    "book, entry, title, framework, criterion, rating, reason, created, changed, revealed,"
    " version, sequence"
)


def predict(
    notebook: Notebook,
    book: str,
    entry: str,
    title: str,
    framework: str,
    criterion: str,
    rating: Rating,
    reason: str = "",
) -> Prediction:
    """Keeps the reader's rating of an entry on a point, in place of an earlier one.

    Args:
        title: the entry's title.
        rating: `Rating.SILENT` where the reader expects the sources to say nothing.

    Raises:
        NotebookError: the book's rating has been shown already, or it could not be written.
    """
    key = {"book": book, "entry": entry, "framework": framework, "criterion": criterion}
    with notebook.writing(f"rated {criterion}: {title}") as writing:
        before = writing.row("prediction", key)
        if before and before["revealed"]:
            raise NotebookError(
                "The book's rating has been shown; start the prediction again to rate anew."
            )
        values = {
            "sequence": writing.next_sequence(),
            "title": title,
            "rating": rating.value,
            "reason": checked_text(reason),
            "created": before["created"] if before else now(),
            "changed": now(),
            "revealed": "",
            "version": before["version"] + 1 if before else 1,
        }
        writing.put("prediction", key, values)
        return _prediction(_stored(writing.ask, key))


def put_shown(
    writing: Writing,
    book: str,
    entry: str,
    title: str,
    framework: str,
    criterion: str,
    rating: Rating,
    reason: str = "",
) -> bool:
    """Keeps a rating that was given before the book's, and that this cell alone has been shown.

    Returns:
        False where the book's rating had been shown before, so that this is no prediction;
        nothing has changed then.
    """
    key = {"book": book, "entry": entry, "framework": framework, "criterion": criterion}
    before = writing.row("prediction", key)
    was_shown = entry in _decoded_slugs(_kept_value(writing, book, framework))
    if was_shown or (before and before["revealed"]):
        return False
    values = {
        "sequence": writing.next_sequence(),
        "title": title,
        "rating": rating.value,
        "reason": checked_text(reason),
        "created": before["created"] if before else now(),
        "changed": now(),
        "revealed": now(),
        "version": before["version"] + 1 if before else 1,
    }
    writing.put("prediction", key, values)
    return True


def _stored(ask: object, key: dict[str, str]) -> Row:
    rows: list[Row] = ask(  # type: ignore[operator]
        f"SELECT {_COLUMNS} FROM prediction"
        " WHERE book = ? AND entry = ? AND framework = ? AND criterion = ?",
        tuple(key.values()),
    )
    return rows[0]


def reveal(
    notebook: Notebook,
    entries: Mapping[str, Iterable[str]],
    framework: str,
    *,
    only_rated: bool = False,
) -> int:
    """Keeps that the book's ratings of some entries have been shown; says how many of the
    reader's were waiting for it (can be undone, as one action).

    Args:
        entries: by the slugs of their volumes.
        only_rated: only those that the reader has rated have been shown; otherwise all.

    Raises:
        NotebookError: it could not be written.
    """
    count = 0
    with notebook.writing("revealed the book's ratings") as writing:
        for book, slugs in entries.items():
            wanted = tuple(slugs)
            if not only_rated:
                shown = _decoded_slugs(_kept_value(writing, book, framework)) | set(wanted)
                _keep_revealed(writing, book, framework, shown)
            for key in _rated(writing, book, wanted, framework, "revealed = ''"):
                writing.put("prediction", key, {"revealed": now()})
                count += 1
    return count


def begin_anew(notebook: Notebook, entries: Mapping[str, Iterable[str]], framework: str) -> int:
    """Takes the reader's ratings of some entries away, to predict again (can be undone, as one
    action).

    Args:
        entries: by the slugs of their volumes.

    Raises:
        NotebookError: it could not be written.
    """
    count = 0
    with notebook.writing("started the prediction again") as writing:
        for book, slugs in entries.items():
            wanted = tuple(slugs)
            shown = _decoded_slugs(_kept_value(writing, book, framework))
            if shown & set(wanted):
                _keep_revealed(writing, book, framework, shown - set(wanted))
            for key in _rated(writing, book, wanted, framework):
                writing.remove("prediction", key)
                count += 1
    return count


def _rated(
    writing: Writing, book: str, entries: Iterable[str], framework: str, condition: str = "1"
) -> list[dict[str, str]]:
    """The keys of the reader's ratings of some entries."""
    return [
        {"book": book, "entry": entry, "framework": framework, "criterion": criterion}
        for entry in dict.fromkeys(entries)
        for (criterion,) in writing.ask(
            "SELECT criterion FROM prediction WHERE book = ? AND entry = ? AND framework = ?"
            f" AND {condition}",
            [book, entry, framework],
        )
    ]


def revealed_entries(notebook: Notebook, book: str, framework: str) -> frozenset[str]:
    """The entries of which all ratings of the book have been shown, rated by the reader or not."""
    rows = notebook.ask(
        "SELECT value FROM kept WHERE book = ? AND name = ?", [book, _kept_name(framework)]
    )
    return _decoded_slugs(rows[0][0]) if rows else frozenset()


def _kept_name(framework: str) -> str:
    return f"revealed {framework}"


def _kept_value(writing: Writing, book: str, framework: str) -> Any:
    row = writing.row("kept", {"book": book, "name": _kept_name(framework)})
    return row["value"] if row else None


def _keep_revealed(writing: Writing, book: str, framework: str, entries: Iterable[str]) -> None:
    key = {"book": book, "name": _kept_name(framework)}
    slugs = sorted(entries)
    if slugs:
        writing.put("kept", key, {"value": json.dumps(slugs, ensure_ascii=False)})
    else:
        writing.remove("kept", key)


def _decoded_slugs(stored: Any) -> frozenset[str]:
    """Slugs out of what was kept; none where it cannot be read."""
    try:
        found = decoded(stored) if stored else []
    except StoredJsonError:
        found = []
    slugs = found if isinstance(found, list) else []
    return frozenset(slug for slug in slugs if isinstance(slug, str))


def forget(notebook: Notebook, prediction: Prediction) -> None:
    """Takes one rating of the reader's away.

    Raises:
        NotebookError: it could not be written.
    """
    with notebook.writing(
        f"deleted the rating {prediction.criterion}: {prediction.title}"
    ) as writing:
        key = {
            "book": prediction.book,
            "entry": prediction.entry,
            "framework": prediction.framework,
            "criterion": prediction.criterion,
        }
        writing.remove("prediction", key)


def predictions(
    notebook: Notebook, book: str = "", entries: Iterable[str] | None = None, framework: str = ""
) -> list[Prediction]:
    """The reader's ratings, the last first.

    Args:
        entries: only of these entries; None for all.
    """
    wanted = None if entries is None else frozenset(entries)
    rows = notebook.ask(
        f"SELECT {_COLUMNS} FROM prediction WHERE ? IN ('', book) AND ? IN ('', framework)"
        " ORDER BY sequence DESC",
        [book, framework],
    )
    return [_prediction(row) for row in rows if wanted is None or row[1] in wanted]


def _prediction(row: Row) -> Prediction:
    book, entry, title, framework, criterion, rating, *rest = row
    reason, created, changed, revealed, version, sequence = rest
    return Prediction(
        book, entry, title, framework, criterion, Rating(rating), reason, created, changed,
        revealed, version, sequence,
    )  # fmt: skip
