"""The rows of told order: what events say of one another, and what follows from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from casebook.pack.row_writer import RowWriter, bounds_columns
from casebook.pack.told import DatedEvent, EventId, ToldStatement
from casebook.statement_kinds import StatementKind
from casebook.told_bounds import DateLimit, Tightened
from casebook.told_tables import DerivedBounds, DerivedReason, ToldRow


def write_told(
    rows: RowWriter,
    statements: Iterable[ToldStatement],
    dated: Mapping[EventId, DatedEvent],
    derived: Mapping[EventId, Tightened[EventId]],
) -> None:
    """Writes told statements, and the bounds that are tighter for them with their reasons.

    Args:
        dated: every event of the pack.
    """
    keys: dict[ToldStatement, int] = {}
    positions: Counter[EventId] = Counter()
    for told in statements:
        rows.volume = told.volume
        statement = rows.statement(StatementKind.TOLD, told.spot)
        keys.setdefault(told, statement)
        form = told.form
        by = form.by
        rows.add(
            ToldRow,
            statement_id=statement,
            event_id=rows.event_ids[told.event],
            position=positions[told.event],
            relation=told.relation,
            other_id=rows.event_ids[told.other],
            words=form.says.plain,
            distance=by.text if by else "",
            least=told.least.text if told.least else "",
            most=told.most.text if told.most else "",
            least_days=told.least.fewest if told.least else None,
            most_days=told.most.most if told.most else None,
        )
        positions[told.event] += 1
        rows.cite(statement, form.says.citations)
    for event, tight in derived.items():
        if tight.reasons:
            rows.at(dated[event].spot)
            _write_derived(rows, rows.event_ids[event], tight, keys)


def _write_derived(
    rows: RowWriter, event: int, tight: Tightened[EventId], keys: Mapping[ToldStatement, int]
) -> None:
    rows.add(DerivedBounds, event_id=event, **bounds_columns(tight.bounds))
    for bound, chain in tight.reasons.items():
        for position, reason in enumerate(chain):
            rows.add(
                DerivedReason,
                event_id=event,
                bound=bound,
                position=position,
                told_id=keys[reason] if isinstance(reason, ToldStatement) else None,
                dated_id=rows.event_ids[reason.event] if isinstance(reason, DateLimit) else None,
                dated_bound=reason.bound if isinstance(reason, DateLimit) else None,
            )
