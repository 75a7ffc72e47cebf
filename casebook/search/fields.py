"""The names and texts of an entry that a search finds, and where on its page they stand."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import NamedTuple

from casebook import anchors
from casebook.search.hits import Why


class Field(IntEnum):
    """What a name is in the index; the value is stored in `find_name.field`."""

    TITLE = 0
    ALIAS = 1
    PERSON = 2
    TERM = 3
    PLACE = 4

    @property
    def why(self) -> Why:
        return Why[self.name]


class PieceSource(NamedTuple):
    """A kind of text that entries have, and the query that reads it.

    Attributes:
        why: the reason that a hit in such a text is given.
        sql: selects the key of the entry, the text, and the arguments of `anchor`; `{entries}`
            stands for the placeholders of the keys that are asked for.
        anchor: the anchor of the text on the page, from the rest of a row.
    """

    why: Why
    sql: str
    anchor: Callable[..., str]


def _at(anchor: str) -> Callable[[], str]:
    return lambda: anchor


PIECES = (
    PieceSource(
        Why.PASSAGE,
        "SELECT entry_id, text, position FROM passage"
        " WHERE entry_id IN ({entries}) ORDER BY entry_id, position",
        anchors.passage,
    ),
    PieceSource(
        Why.EVENT,
        "SELECT v.entry_id, v.date_text || ': ' || v.label, e.slug, v.key"
        " FROM event AS v JOIN entry AS e ON e.id = v.entry_id"
        " WHERE v.entry_id IN ({entries}) ORDER BY v.entry_id, v.position",
        anchors.event,
    ),
    PieceSource(
        Why.PASSAGE,
        "SELECT a.entry_id, a.evidence, f.slug, c.key FROM assessment AS a"
        " JOIN criterion AS c ON c.statement_id = a.criterion_id"
        " JOIN framework AS f ON f.statement_id = c.framework_id"
        " WHERE a.entry_id IN ({entries}) ORDER BY a.entry_id, a.statement_id",
        anchors.criterion,
    ),
    PieceSource(
        Why.PASSAGE,
        "SELECT entry_id, caption || CASE note WHEN '' THEN '' ELSE ' ' || note END, key"
        " FROM exhibit WHERE entry_id IN ({entries}) ORDER BY entry_id, position",
        anchors.exhibit,
    ),
    PieceSource(
        Why.PASSAGE,
        "SELECT x.entry_id, CASE h.text WHEN '' THEN '' ELSE h.text || ': ' END || c.text, x.key,"
        " c.row_position FROM exhibit AS x JOIN exhibit_cell AS c ON c.exhibit_id = x.statement_id"
        " JOIN exhibit_cell AS h ON h.exhibit_id = c.exhibit_id AND h.row_position = 0"
        " AND h.column_position = c.column_position"
        " WHERE x.entry_id IN ({entries}) AND c.row_position > 0 AND c.text <> ''"
        " ORDER BY x.entry_id, x.position, c.row_position, c.column_position",
        anchors.exhibit_row,
    ),
    PieceSource(
        Why.PERSON,
        "SELECT entry_id, name || ', ' || role || CASE note WHEN '' THEN ''"
        " ELSE ': ' || note END, name FROM person WHERE entry_id IN ({entries})"
        " ORDER BY entry_id, position",
        anchors.person,
    ),
    PieceSource(
        Why.PASSAGE,
        "SELECT s.entry_id,"
        " trim(f.qualifier || ' ' || f.value || ' ' || f.unit) || ': ' || f.measures, f.slug"
        " FROM figure_subject AS s"
        " JOIN figure AS f ON f.statement_id = s.figure_id"
        " WHERE s.entry_id IN ({entries}) ORDER BY s.entry_id, f.position",
        anchors.figure,
    ),
    PieceSource(
        Why.PASSAGE,
        "SELECT subject_id, note FROM relation"
        " WHERE subject_id IN ({entries}) AND note <> '' ORDER BY subject_id, position",
        _at(anchors.Section.RELATIONS),
    ),
    PieceSource(
        Why.PASSAGE,
        "SELECT id, outcome_note FROM entry"
        " WHERE id IN ({entries}) AND outcome_note <> '' ORDER BY id",
        _at(anchors.TOP),
    ),
    PieceSource(
        Why.PASSAGE,
        "SELECT entry_id, text FROM question"
        " WHERE entry_id IN ({entries}) ORDER BY entry_id, position",
        _at(anchors.Section.QUESTIONS),
    ),
    PieceSource(
        Why.ALIAS,
        "SELECT owner, text FROM find_name"
        " WHERE owner IN ({entries}) AND field <= 1 ORDER BY owner, field",
        _at(anchors.TOP),
    ),
    PieceSource(
        Why.PLACE,
        "SELECT sp.entry_id, p.name || CASE p.country_name WHEN '' THEN ''"
        " WHEN p.name THEN '' ELSE ', ' || p.country_name END FROM setting_place AS sp"
        " JOIN place AS p ON p.id = sp.place_id"
        " WHERE sp.entry_id IN ({entries}) ORDER BY sp.entry_id, sp.position",
        _at(anchors.TOP),
    ),
)
"""The texts of entries, and where they stand.

Teaching notes are not among them: what a student searches never shows one.
"""
