"""What grades the sources of each entry are of, so that lists can be narrowed by them."""

from __future__ import annotations

import sqlite3

from casebook.statement_sql import STATEMENTS_OF_ENTRIES

_RESTS = f"""
    WITH own(entry_id, statement_id) AS ({STATEMENTS_OF_ENTRIES}
        UNION ALL SELECT entry_id, event_id FROM participant
        UNION ALL SELECT object_id, statement_id FROM relation
    ), every(entry_id, statement_id) AS (
        SELECT entry_id, statement_id FROM own
        UNION ALL SELECT o.entry_id, a.statement_id FROM own AS o
            JOIN account AS a ON a.of_id = o.statement_id
        UNION ALL SELECT o.entry_id, t.statement_id FROM own AS o
            JOIN told AS t ON t.event_id = o.statement_id
        UNION ALL SELECT o.entry_id, r.told_id FROM own AS o
            JOIN derived_reason AS r ON r.event_id = o.statement_id
    )
    SELECT DISTINCT w.entry_id, coalesce(s.grade, '-') FROM every AS w
    JOIN citation AS c ON c.statement_id = w.statement_id
    JOIN source AS s ON s.id = c.source_id
"""
"""What the page of each entry shows, but for its teaching note, and what that rests on."""


def write_source_grades(connection: sqlite3.Connection) -> None:
    """Writes for each entry the grades of the sources that its page names."""
    grades: dict[int, set[str]] = {}
    for entry, grade in connection.execute(_RESTS):
        grades.setdefault(entry, set()).add(grade)
    connection.executemany(
        "UPDATE entry SET source_grades = ? WHERE id = ?",
        (
            ("".join(letter for letter in "ABC-" if letter in found), entry)
            for entry, found in sorted(grades.items())
        ),
    )
