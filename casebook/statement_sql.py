"""Which entry a statement of a book is about, in SQL, for building books and reading them."""

from __future__ import annotations

OWN_STATEMENTS = """
        SELECT entry_id, statement_id FROM setting
        UNION ALL SELECT entry_id, statement_id FROM alias
        UNION ALL SELECT entry_id, statement_id FROM passage
        UNION ALL SELECT entry_id, statement_id FROM person
        UNION ALL SELECT entry_id, statement_id FROM assessment
        UNION ALL SELECT entry_id, statement_id FROM exhibit
        UNION ALL SELECT entry_id, statement_id FROM event
        UNION ALL SELECT subject_id, statement_id FROM relation
"""
"""Each entry with the keys of what its own pages say, but for figures; to be gone on with `UNION
ALL`."""

STATEMENTS_OF_ENTRIES = f"""{OWN_STATEMENTS}
        UNION ALL SELECT entry_id, figure_id FROM figure_subject
"""
"""Each entry with the keys of what is said of it, figures of others among them; to be gone on
likewise."""
