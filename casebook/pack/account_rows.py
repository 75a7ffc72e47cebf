"""The rows of accounts, and what an event, figure, rating or outcome says that has several."""

from __future__ import annotations

from casebook.account_tables import Account
from casebook.model import Assessment, Entry, Event, Figure
from casebook.pack.accounts import Accounts, PackAccount, PackAmount, merged_accounts, side_by_side
from casebook.pack.readings import PackOutcome, PackRating, Readings, common_words
from casebook.pack.row_writer import RowWriter, bounds_columns
from casebook.vocabulary import CONTESTED, StatementKind


def write_accounts(rows: RowWriter, accounts: Accounts) -> None:
    """Writes the accounts of events and figures that have been written."""
    for name, listed in accounts.of.items():
        event = rows.event_ids[name]
        for position, account in enumerate(listed):
            _write(rows, event, position, account)
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
        for position, amount in enumerate(amounts):
            statement = _statement(rows, position, amount)
            rows.add(
                Account,
                of_id=figure,
                position=position,
                statement_id=statement,
                value=amount.value,
                qualifier=amount.qualifier,
            )
            if statement is not None:
                rows.cite(statement, amount.citations)
        rows.file.change(Figure, figure, _common(amounts))


def write_readings(rows: RowWriter, readings: Readings) -> None:
    """Writes the accounts of ratings and outcomes that have been written."""
    for point, ratings in readings.of_ratings.items():
        of = rows.rating_ids[point]
        for position, rating in enumerate(ratings):
            statement = _statement(rows, position, rating)
            rows.add(
                Account,
                of_id=of,
                position=position,
                statement_id=statement,
                rating=rating.word,
                words=rating.words,
            )
            if statement is not None:
                rows.cite(statement, rating.citations)
        rows.file.change(
            Assessment, of, {"rating": CONTESTED.value, "evidence": common_words(ratings)}
        )
    for slug, outcomes in readings.of_outcomes.items():
        of = rows.setting_ids[slug]
        for position, outcome in enumerate(outcomes):
            statement = _statement(rows, position, outcome)
            rows.add(
                Account,
                of_id=of,
                position=position,
                statement_id=statement,
                outcome=outcome.word,
                words=outcome.words,
            )
            if statement is not None:
                rows.cite(statement, outcome.citations)
        rows.file.change(
            Entry,
            rows.entry_ids[slug],
            {"outcome": CONTESTED.value, "outcome_note": common_words(outcomes)},
        )


def _common(amounts: list[PackAmount]) -> dict[str, str]:
    """Value and qualifier of a figure with several accounts."""
    qualifiers = {amount.qualifier for amount in amounts}
    if len(qualifiers) == 1:
        value = side_by_side(amount.value for amount in amounts)
        return {"value": value, "qualifier": qualifiers.pop()}
    return {"value": side_by_side(amount.words for amount in amounts), "qualifier": ""}


def _statement(
    rows: RowWriter, position: int, account: PackAccount | PackAmount | PackRating | PackOutcome
) -> int | None:
    """Writes the statement of an account; the first is that of what it is an account of."""
    rows.at(account.spot)
    if not position:
        return None
    rows.volume = account.volume
    return rows.statement(StatementKind.ACCOUNT, account.spot)


def _write(rows: RowWriter, event: int, position: int, account: PackAccount) -> None:
    when = account.when
    bounds = when.bounds if when else None
    statement = _statement(rows, position, account)
    rows.add(
        Account,
        of_id=event,
        position=position,
        statement_id=statement,
        date_text=when.text if when else "",
        edtf=when.edtf if when else "",
        inferred_from=when.inferred if when else "",
        place_id=rows.place_ids[account.place] if account.place else None,
        value="",
        qualifier="",
        earliest_begin=bounds.earliest_begin if bounds else None,
        latest_begin=bounds.latest_begin if bounds else None,
        earliest_end=bounds.earliest_end if bounds else None,
        latest_end=bounds.latest_end if bounds else None,
    )
    if statement is not None:
        rows.cite(statement, account.citations)
