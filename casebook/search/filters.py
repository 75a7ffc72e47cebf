"""Turns the filters of a query into SQL conditions on the entries of a book."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from casebook.book.connection import Book
from casebook.book.filters import EntryFilter, grade_choice, industry_codes, sql_condition
from casebook.book.rows import marks, number, text
from casebook.book.volumes import volumes
from casebook.dates import DateError
from casebook.errors import NotFoundError
from casebook.periods import period
from casebook.safe_text import made_safe_line
from casebook.search.folding import fold, words
from casebook.search.names import find_names
from casebook.search.query import FILTERS, Filter, Query
from casebook.search.similarity import Wanted
from casebook.search.tokens import wanted_tokens
from casebook.vocabulary import CONTESTED, SEALED_WORDS, ContestedPart, Kind, Outcome, Rating

LEAST_NAME = 60.0
"""The score from which a name in `by:` is taken for an entry's."""


class Condition(NamedTuple):
    """An SQL condition on `entry AS e`, and what is bound in it."""

    sql: str
    bound: tuple[object, ...]

    @property
    def negated(self) -> Condition:
        return Condition(f"NOT ({self.sql})", self.bound)


EVERYTHING = Condition("1", ())


def both(condition: Condition, other: Condition) -> Condition:
    """The condition that entries meet which meet both of two conditions."""
    if condition == EVERYTHING:
        return other
    if other == EVERYTHING:
        return condition
    return Condition(f"({condition.sql}) AND ({other.sql})", (*condition.bound, *other.bound))


def _either(condition: Condition, other: Condition) -> Condition:
    return Condition(f"({condition.sql}) OR ({other.sql})", (*condition.bound, *other.bound))


class _HintError(Exception):
    """A filter's value means nothing in this book; the message says what the filter takes."""


def condition_of(book: Book, query: Query) -> tuple[Condition, list[str]]:
    """The condition that a query's filters make together, and hints on those left out.

    The same filter twice allows either; different filters must all agree.
    """
    hints: list[str] = []
    wanted: dict[str, Condition] = {}
    unwanted: list[Condition] = []
    for asked in query.filters:
        try:
            found = _READERS[asked.key](book, asked)
        except _HintError as hint:
            hints.append(f"{asked.key}:{made_safe_line(asked.value)} is left out; {hint}.")
            continue
        if asked.is_not:
            unwanted.append(found.negated)
        elif asked.key in wanted:
            wanted[asked.key] = _either(wanted[asked.key], found)
        else:
            wanted[asked.key] = found
    every = EVERYTHING
    for condition in (*wanted.values(), *unwanted):
        every = both(every, condition)
    return every, hints


def without(unwanted: Sequence[str], *, few: bool) -> Condition:
    """The condition that none of some words stands in an entry's texts and names.

    Args:
        few: the condition is asked of few entries, not of the whole book.
    """
    every = EVERYTHING
    for word in unwanted:
        match = " AND ".join(f'"{token}"' for token in wanted_tokens(word))
        held = "SELECT rowid FROM find_text WHERE find_text MATCH ?"
        sql = f"NOT EXISTS ({held} AND rowid = e.id)" if few else f"e.id NOT IN ({held})"
        every = both(every, Condition(sql, (match,)))
    return every


def _takes(asked: Filter) -> _HintError:
    return _HintError(f"it takes {FILTERS[asked.key]}")


def _allowed_by(chosen: EntryFilter) -> Condition:
    sql, bound = sql_condition(chosen)
    return Condition(sql, tuple(bound))


def _kind(_: Book, asked: Filter) -> Condition:
    value = asked.value.lower()
    kinds = tuple(kind for kind in Kind if kind.startswith(value) or kind.plural == value)
    if value in ("case", "cases"):
        kinds = tuple(kind for kind in Kind if kind.is_case)
    if not kinds:
        raise _takes(asked)
    return _allowed_by(EntryFilter(kinds=kinds))


def _sealed() -> _HintError:
    return _HintError(f"what it asks for is {SEALED_WORDS}")


def _outcome(book: Book, asked: Filter) -> Condition:
    if not book.edition.has_outcomes:
        raise _sealed()
    value = asked.value.lower()
    if value == CONTESTED:
        return _allowed_by(EntryFilter(contested=(ContestedPart.OUTCOME,)))
    outcomes = tuple(outcome for outcome in Outcome if outcome.startswith(value))
    if not outcomes:
        raise _takes(asked)
    return _allowed_by(EntryFilter(outcomes=outcomes))


def _country(book: Book, asked: Filter) -> Condition:
    rows = book.ask("SELECT DISTINCT country, country_name FROM place WHERE country IS NOT NULL")
    typed = "".join(words(fold(asked.value)))
    codes = [text(code) for code, _ in rows if text(code).lower() == typed]
    codes = codes or [
        text(code) for code, name in rows if "".join(words(fold(text(name)))).startswith(typed)
    ]
    if not codes or not typed:
        known = ", ".join(sorted({text(code) for code, _ in rows})[:20])
        raise _HintError(f"it takes a country's code or name; this book has {known}")
    found = sorted(set(codes))
    sql = (
        "EXISTS (SELECT 1 FROM setting_place AS sp JOIN place AS p ON p.id = sp.place_id"
        f" WHERE sp.entry_id = e.id AND p.country IN ({marks(len(found))}))"
    )
    return Condition(sql, tuple(found))


def _industry(book: Book, asked: Filter) -> Condition:
    try:
        codes = industry_codes(book, [asked.value])
    except NotFoundError:
        raise _takes(asked) from None
    return _allowed_by(EntryFilter(industries=tuple(codes)))


def _volume(book: Book, asked: Filter) -> Condition:
    typed = "".join(words(fold(asked.value)))
    every = volumes(book)
    slugs = [volume.slug for volume in every if "".join(words(fold(volume.slug))) == typed]
    slugs = slugs or [
        volume.slug for volume in every if "".join(words(fold(volume.title))).startswith(typed)
    ]
    if not slugs or not typed:
        known = ", ".join(volume.slug for volume in every[:20])
        raise _HintError(f"it takes {FILTERS[asked.key]}; this book has {known}")
    return _allowed_by(EntryFilter(volumes=tuple(slugs)))


_TOUCHES = (
    "({t}.earliest_begin IS NULL OR {t}.earliest_begin <= ?)"
    " AND ({t}.latest_end IS NULL OR {t}.latest_end >= ?)"
)
_TOUCHES_CERTAINLY = (
    "({t}.latest_begin <= ? OR ({t}.earliest_begin IS NULL AND {t}.latest_begin IS NULL))"
    " AND ({t}.earliest_end >= ? OR ({t}.earliest_end IS NULL AND {t}.latest_end IS NULL))"
)
_DATED = (
    "EXISTS (SELECT 1 FROM event AS v WHERE v.entry_id = e.id AND v.edtf <> '' AND {event})"
    " OR EXISTS (SELECT 1 FROM setting AS s"
    " WHERE s.entry_id = e.id AND s.years_edtf <> '' AND {setting})"
)


def _in(_: Book, asked: Filter) -> Condition:
    try:
        first, last = period(asked.value)
    except DateError:
        raise _takes(asked) from None
    touches = _TOUCHES_CERTAINLY if asked.key == "certainly-in" else _TOUCHES
    sql = _DATED.format(event=touches.format(t="v"), setting=touches.format(t="s"))
    return Condition(sql, (last, first, last, first))


_RATINGS = {"met": Rating.MET, "partly": Rating.PARTLY, "not-met": Rating.NOT_MET}


def _rated(book: Book, asked: Filter) -> Condition:
    if not book.edition.has_ratings:
        raise _sealed()
    framework, _, key = asked.value.lower().rpartition(".")
    rows = book.ask(
        "SELECT c.statement_id, f.slug FROM criterion AS c"
        " JOIN framework AS f ON f.statement_id = c.framework_id"
        " WHERE f.is_assessed AND lower(c.key) = ? ORDER BY f.position",
        [key],
    )
    points = [(number(point), text(slug)) for point, slug in rows if framework in text(slug)]
    if not points:
        raise _takes(asked)
    chosen = [point for point, slug in points if slug == points[0][1] or framework]
    rated = f"SELECT a.entry_id FROM assessment AS a WHERE a.criterion_id IN ({marks(len(chosen))})"
    if asked.key == "silent":
        unknown = sorted({*book.edition.sealed_entries, *book.hidden.entries})
        sql = (
            f"e.kind IN ({marks(len(_CASES))}) AND e.id NOT IN ({rated})"
            f" AND e.slug NOT IN ({marks(len(unknown))})"
        )
        return Condition(sql, (*_CASES, *chosen, *unknown))
    return Condition(f"e.id IN ({rated} AND a.rating = ?)", (*chosen, _RATINGS[asked.key]))


_CASES = tuple(kind.value for kind in Kind if kind.is_case)


def _by(book: Book, asked: Filter) -> Condition:
    names = [name for name in find_names(book, Wanted.of(words(fold(asked.value)))) if name.owner]
    if not names or names[0].score < LEAST_NAME:
        raise _HintError("nobody in this book has that name")
    best = [name.owner for name in names if name.score >= min(names[0].score, 95.0)]
    several = marks(len(best))
    sql = (
        "e.id IN (SELECT r.subject_id FROM relation AS r"
        f" WHERE r.object_id IN ({several}) AND r.role LIKE '% by')"
        " OR e.id IN (SELECT v.entry_id FROM event AS v JOIN participant AS p"
        f" ON p.event_id = v.statement_id WHERE p.entry_id IN ({several}))"
    )
    return Condition(sql, (*best, *best))


def _is(_: Book, asked: Filter) -> Condition:
    if fold(asked.value) != "contested":
        raise _takes(asked)
    return _allowed_by(EntryFilter(contested=tuple(ContestedPart)))


def _grade(_: Book, asked: Filter) -> Condition:
    try:
        grades = (grade_choice(asked.value),)
    except NotFoundError:
        raise _takes(asked) from None
    only = asked.key == "only"
    return _allowed_by(EntryFilter(only=grades) if only else EntryFilter(has=grades))


_READERS: dict[str, Callable[[Book, Filter], Condition]] = {
    "kind": _kind,
    "country": _country,
    "industry": _industry,
    "outcome": _outcome,
    "in": _in,
    "certainly-in": _in,
    "met": _rated,
    "partly": _rated,
    "not-met": _rated,
    "silent": _rated,
    "volume": _volume,
    "is": _is,
    "only": _grade,
    "has": _grade,
    "by": _by,
}
