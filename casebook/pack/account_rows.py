"""The rows of accounts, and what an event, figure, rating or outcome says that has several."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

from casebook.account_tables import Account
from casebook.model import Assessment, Entry, Event, Figure
from casebook.pack.accounts import Accounts, PackAccount, PackAmount, merged_accounts, side_by_side
from casebook.pack.readings import PackOutcome, PackRating, Readings, common_words
from casebook.pack.row_writer import RowWriter, bounds_columns
from casebook.statement_kinds import StatementKind
from casebook.vocabulary import CONTESTED

_Account = TypeVar("_Account", PackAccount, PackAmount, PackRating, PackOutcome)


def write_accounts(rows: RowWriter, accounts: Accounts) -> None:
    """Writes the accounts of events and figures that have been written."""
    for name, listed in accounts.of.items():
        event = rows.event_ids[name]
        _write(rows, event, listed, partial(_dated, rows))
        merged = merged_accounts(listed)
        columns = {
            "date_text": merged.text,
            "edtf": merged.edtf,
            "inferred": bool(merged.inferred),
            "inferred_from": merged.inferred,
            "place_id": rows.place_ids[merged.place] if merged.place else None,
            **bounds_columns(merged.bounds),
        }
        rows.file.change(Event, event, columns)
    for slug, amounts in accounts.of_figures.items():
        figure = rows.figure_ids[slug]
        _write(
            rows,
            figure,
            amounts,
            lambda amount: {"value": amount.value, "qualifier": amount.qualifier},
        )
        rows.file.change(Figure, figure, _common(amounts))


def write_readings(rows: RowWriter, readings: Readings) -> None:
    """Writes the accounts of ratings and outcomes that have been written."""
    for point, ratings in readings.of_ratings.items():
        of = rows.rating_ids[point]
        _write(rows, of, ratings, lambda rating: {"rating": rating.word, "words": rating.words})
        rows.file.change(
            Assessment, of, {"rating": CONTESTED.value, "evidence": common_words(ratings)}
        )
    for slug, outcomes in readings.of_outcomes.items():
        _write(
            rows,
            rows.setting_ids[slug],
            outcomes,
            lambda outcome: {"outcome": outcome.word, "words": outcome.words},
        )
        rows.file.change(
            Entry,
            rows.entry_ids[slug],
            {"outcome": CONTESTED.value, "outcome_note": common_words(outcomes)},
        )


def _write(
    rows: RowWriter,
    of: int,
    accounts: Iterable[_Account],
    columns: Callable[[_Account], dict[str, Any]],
) -> None:
    """Writes the accounts of one thing.

    Args:
        of: the key of the statement that they are accounts of; the first is its own.
        columns: what an account says.
    """
    for position, account in enumerate(accounts):
        rows.at(account.spot)
        statement = None
        if position:
            rows.volume = account.volume
            statement = rows.statement(StatementKind.ACCOUNT, account.spot)
        said = columns(account)
        rows.add(Account, of_id=of, position=position, statement_id=statement, **said)
        if statement is not None:
            rows.cite(statement, account.citations)


def _dated(rows: RowWriter, account: PackAccount) -> dict[str, Any]:
    when = account.when
    return {
        "date_text": when.text if when else "",
        "edtf": when.edtf if when else "",
        "inferred_from": when.inferred if when else "",
        "place_id": rows.place_ids[account.place] if account.place else None,
        **(bounds_columns(when.bounds) if when else {}),
    }


def _common(amounts: list[PackAmount]) -> dict[str, str]:
    """Value and qualifier of a figure with several accounts."""
    qualifiers = {amount.qualifier for amount in amounts}
    if len(qualifiers) == 1:
        value = side_by_side(amount.value for amount in amounts)
        return {"value": value, "qualifier": qualifiers.pop()}
    return {"value": side_by_side(amount.words for amount in amounts), "qualifier": ""}
