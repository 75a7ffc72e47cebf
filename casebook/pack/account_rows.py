"""The rows of accounts, and what an event or a figure says that has several."""

from __future__ import annotations

from casebook.account_tables import Account
from casebook.model import Event, Figure
from casebook.pack.accounts import Accounts, PackAccount, PackAmount, merged_accounts, side_by_side
from casebook.pack.row_writer import RowWriter, bounds_columns
from casebook.vocabulary import StatementKind


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


def _common(amounts: list[PackAmount]) -> dict[str, str]:
    """Value and qualifier of a figure with several accounts."""
    qualifiers = {amount.qualifier for amount in amounts}
    if len(qualifiers) == 1:
        value = side_by_side(amount.value for amount in amounts)
        return {"value": value, "qualifier": qualifiers.pop()}
    return {"value": side_by_side(amount.words for amount in amounts), "qualifier": ""}


def _statement(rows: RowWriter, position: int, account: PackAccount | PackAmount) -> int | None:
    """Writes the statement of an account; the first is that of what it is an account of."""
    rows.at(account.spot)
    if not position:
        return None
    rows.volume = account.volume
    return rows.statement(StatementKind.ACCOUNT, account.spot)


def _write(rows: RowWriter, event: int, position: int, account: PackAccount) -> None:
    when = account.when
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
        **(bounds_columns(when.bounds) if when else {}),
    )
    if statement is not None:
        rows.cite(statement, account.citations)
