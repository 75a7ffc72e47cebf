"""The sheets of a table of cases and their columns: what an import reads and an export writes."""

from __future__ import annotations

CASES, EVENTS, ASSESSMENTS, SOURCES = "Cases", "Events", "Assessments", "Sources"

READ_ME, LISTS = "Read me", "Lists"
"""The sheets of a workbook that explain the others, and hold the words of their drop-downs."""

COLUMNS: dict[str, tuple[str, ...]] = {
    CASES: (
        "slug", "title", "kind", "other names", "summary", "place", "country", "industry code",
        "industry", "size", "years", "founded", "outcome", "outcome reason", "text", "source",
        "locator",
    ),
    EVENTS: ("case", "key", "date", "what", "kind", "place", "source", "locator"),
    ASSESSMENTS: ("case", "framework", "point", "rating", "evidence", "source", "locator"),
    SOURCES: (
        "id", "type", "authors", "year", "title", "publication", "publisher", "DOI", "URL",
        "grade", "read", "accessed",
    ),
}  # fmt: skip
"""The columns of each sheet, in the order in which they are written."""

VOLUME = "volume"
"""The last column of what a book of several volumes is exported to; an import does not use it."""

EVIDENCE = "evidence"
"""Behind the name of a point's column, that of the column with the evidence for its rating."""

IMPORTED_TABLE = "imported table"
"""The CSL `genre` of the source that stands for a table that was imported."""

NO_SUMMARY = "No summary yet."
"""The summary of a case that a table tells none of; exports leave the cell empty."""

NO_REASON = "not told"
"""The reason for an outcome that is `open` because a table tells none."""

NO_EVIDENCE = "So rated in the table, which gives no reason."

NO_PLACE = "not-told"
"""The slug of the place of cases that a table tells none of."""


def heading(column: str) -> str:
    """The name of a column as it stands above it."""
    return column[:1].upper() + column[1:]
