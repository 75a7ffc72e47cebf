"""The rows of accounts, and what an event says that has several."""

from __future__ import annotations

from casebook.account_tables import Account
from casebook.model import Event
from casebook.pack.accounts import Accounts, PackAccount, merged_accounts
from casebook.pack.row_writer import RowWriter, bounds_columns
from casebook.vocabulary import StatementKind


def write_accounts(rows: RowWriter, accounts: Accounts) -> None:
    """Writes the accounts of events that have been written."""
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


def _write(rows: RowWriter, event: int, position: int, account: PackAccount) -> None:
    when = account.when
    statement = None
    rows.at(account.spot)
    if position:
        rows.volume = account.volume
        statement = rows.statement(StatementKind.ACCOUNT, account.spot)
    rows.add(
        Account,
        of_id=event,
        position=position,
        statement_id=statement,
        date_text=when.text if when else "",
        edtf=when.edtf if when else "",
        inferred_from=when.inferred if when else "",
        place_id=rows.place_ids[account.place] if account.place else None,
        **(bounds_columns(when.bounds) if when else {}),
    )
    if statement is not None:
        rows.cite(statement, account.citations)
