"""What of an entry can be found, and where on its page it stands."""

from __future__ import annotations

from enum import IntEnum

from casebook.search.hits import Why


class Field(IntEnum):
    """What a name of the index is."""

    TITLE = 0
    ALIAS = 1
    PERSON = 2
    TERM = 3
    PLACE = 4

    @property
    def why(self) -> Why:
        return Why[self.name]


PIECES = (
    (
        Why.PASSAGE,
        (
            "SELECT entry_id, 'passage:' || position, text FROM passage"
            " WHERE entry_id IN ({entries}) ORDER BY entry_id, position"
        ),
    ),
    (
        Why.EVENT,
        (
            "SELECT entry_id, 'event:' || key, date_text || ': ' || label FROM event"
            " WHERE entry_id IN ({entries}) ORDER BY entry_id, position"
        ),
    ),
    (
        Why.PASSAGE,
        (
            "SELECT a.entry_id, 'point:' || f.slug || ' ' || c.key, a.evidence FROM assessment AS a"
            " JOIN criterion AS c ON c.statement_id = a.criterion_id"
            " JOIN framework AS f ON f.statement_id = c.framework_id"
            " WHERE a.entry_id IN ({entries}) ORDER BY a.entry_id, a.statement_id"
        ),
    ),
    (
        Why.PERSON,
        (
            "SELECT entry_id, 'section:people', name || ', ' || role || CASE note WHEN '' THEN ''"
            " ELSE ': ' || note END FROM person WHERE entry_id IN ({entries})"
            " ORDER BY entry_id, position"
        ),
    ),
    (
        Why.PASSAGE,
        (
            "SELECT s.entry_id, 'section:figures',"
            " trim(f.qualifier || ' ' || f.value || ' ' || f.unit) || ': ' || f.measures"
            " FROM figure_subject AS s"
            " JOIN figure AS f ON f.statement_id = s.figure_id"
            " WHERE s.entry_id IN ({entries}) ORDER BY s.entry_id, f.position"
        ),
    ),
    (
        Why.PASSAGE,
        (
            "SELECT subject_id, 'section:relations', note FROM relation"
            " WHERE subject_id IN ({entries}) AND note <> '' ORDER BY subject_id, position"
        ),
    ),
    (
        Why.PASSAGE,
        (
            "SELECT id, 'top', outcome_note FROM entry"
            " WHERE id IN ({entries}) AND outcome_note <> '' ORDER BY id"
        ),
    ),
    (
        Why.PASSAGE,
        (
            "SELECT entry_id, 'section:questions', text FROM question"
            " WHERE entry_id IN ({entries}) ORDER BY entry_id, position"
        ),
    ),
    (
        Why.ALIAS,
        (
            "SELECT owner, 'top', text FROM find_name"
            " WHERE owner IN ({entries}) AND field <= 1 ORDER BY owner, field"
        ),
    ),
    (
        Why.PLACE,
        (
            "SELECT sp.entry_id, 'top', p.name || CASE p.country_name WHEN '' THEN ''"
            " WHEN p.name THEN '' ELSE ', ' || p.country_name END FROM setting_place AS sp"
            " JOIN place AS p ON p.id = sp.place_id"
            " WHERE sp.entry_id IN ({entries}) ORDER BY sp.entry_id, sp.position"
        ),
    ),
)
"""The texts of entries: why one is found by them, and SQL for entry, anchor and text.

Teaching notes are not among them: what a student searches never shows one.
"""
