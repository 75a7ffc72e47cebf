"""Puts accounts into words: what each source says where sources contradict one another."""

from __future__ import annotations

from casebook.book.account_values import AccountLine, AmountLine
from casebook.book.page_values import EventLine, FigureLine
from casebook.date_words import bounds_words
from casebook.text_builder import TextBuilder

OVER_ALL = "over all accounts"
"""Said of bounds, orders and distances that leave room for each of several accounts."""


def add_when(builder: TextBuilder, event: EventLine, *, with_place: bool = True) -> TextBuilder:
    """Adds the date and the place of an event: of several accounts each with its citations."""
    if event.accounts:
        add_accounts(builder, event)
    else:
        builder.strong(event.date_text)
    if with_place:
        builder.add(f" ({event.place.name})" if event.place else "")
    return builder


def add_accounts(builder: TextBuilder, event: EventLine) -> None:
    """Adds each account: `1999 [Mitsui 2010 \u00b661]; 1996 [City 2019]`."""
    for number, account in enumerate(event.accounts):
        builder.add("; " if number else "")
        builder.strong(_dated_or_placed(account))
        if account.date_text and account.place and not event.place:
            builder.add(f" ({account.place.name})")
        builder.cite(event.citations if account.is_own else account.citations)


def _dated_or_placed(account: AccountLine) -> str:
    """The date that an account gives; the place where it gives no date."""
    place = account.place.name if account.place else ""
    return account.date_text or f"in {place}"


def add_account(
    builder: TextBuilder, event: EventLine, account: AccountLine, *, with_edtf: bool = True
) -> None:
    """Adds an account in full: `1996; some time in 1996; stated; Takaoka, Japan [City 2019]`.

    Args:
        with_edtf: its date in that notation as well as in words.
    """
    if account.bounds:
        edtf = f"EDTF {account.edtf}, " if with_edtf and account.edtf != account.date_text else ""
        stated = f"inferred: {account.inferred_from}" if account.inferred_from else "stated"
        builder.strong(account.date_text)
        builder.add(f"; {edtf}{bounds_words(account.bounds)}; {stated}")
    if account.place:
        builder.add(f"{'; ' if account.bounds else ''}{account.place.full_name}")
    builder.cite(event.citations if account.is_own else account.citations)


def add_amounts(builder: TextBuilder, figure: FigureLine) -> TextBuilder:
    """Adds value and unit of a figure: of several accounts each value with its citations."""
    if not figure.accounts:
        return builder.strong(figure.amount)
    for number, account in enumerate(figure.accounts):
        builder.add("; " if number else "").strong(amount_words(figure, account))
        builder.cite(figure.citations if account.is_own else account.citations)
    return builder


def amount_words(figure: FigureLine, account: AmountLine) -> str:
    """An account of a figure: `about 600 firms`."""
    return figure._replace(value=account.value, qualifier=account.qualifier).amount


def meaning_words(event: EventLine) -> str:
    """What the date of an event means: `some time in 1996\u20131999, over all accounts`."""
    words = bounds_words(event.bounds)
    return f"{words}, {OVER_ALL}" if event.dated_accounts else words
