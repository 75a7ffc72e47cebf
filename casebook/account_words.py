"""Puts accounts into words: what each source says where sources contradict one another."""

from __future__ import annotations

from collections.abc import Iterable

from casebook.book.account_values import AccountLine, AmountLine
from casebook.book.entry_parts import OutcomeAccount
from casebook.book.page_values import EventLine, FigureLine
from casebook.book.rating_values import AssessmentLine, RatingAccount
from casebook.book.setting_facts import SettingFact
from casebook.date_words import bounds_words
from casebook.rating_signs import signed_rating
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


def add_readings(
    builder: TextBuilder, accounts: Iterable[RatingAccount], *, with_signs: bool = False
) -> TextBuilder:
    """Adds each account of a rating: `met: They own it [M 1]; not met: Nobody does [C 3]`."""
    for number, account in enumerate(accounts):
        builder.add("; " if number else "")
        add_reading(builder, account, with_sign=with_signs)
    return builder


def add_reading(
    builder: TextBuilder, account: RatingAccount, *, with_sign: bool = False
) -> TextBuilder:
    """Adds an account of a rating: `not met: Nobody does [C 3]`."""
    words = signed_rating(account.rating) if with_sign else account.rating.value
    builder.strong(words).add(f": {account.evidence}").cite(account.citations)
    return builder.add(in_addition_words(account.added_by))


def in_addition_words(volume: str) -> str:
    """Which volume adds something to an entry of another: ` (added by More cases)`.

    Args:
        volume: its title; empty where nothing is added.
    """
    return f" (added by {volume})" if volume else ""


def rating_words(line: AssessmentLine) -> TextBuilder:
    """The rating of a point with its evidence; of a contested one each account."""
    builder = TextBuilder().add(f"{line.key} {line.title}: ")
    if line.accounts:
        return add_readings(builder.add(f"{line.rating.value} \N{EN DASH} "), line.accounts)
    return builder.strong(line.rating.value).add(f". {line.evidence}").cite(line.citations)


def added_rating_words(line: AssessmentLine, account: RatingAccount) -> TextBuilder:
    """What a volume says of a rating of another."""
    builder = TextBuilder().add(f"{line.key} {line.title}: ")
    return add_reading(builder, account._replace(added_by=""))  # the heading above says it


def added_outcome_words(account: OutcomeAccount) -> TextBuilder:
    """What a volume says of the outcome of an entry of another."""
    builder = TextBuilder().add("Outcome: ").strong(account.outcome.said)
    return builder.add(f": {account.note}" if account.note else "").cite(account.citations)


def fact_words(fact: SettingFact) -> TextBuilder:
    """The words of a line of a setting; of a contested one each account with its citations."""
    builder = TextBuilder()
    if not fact.accounts:
        return builder.add(fact.words).cite(dict.fromkeys(fact.citations))
    for number, (words, citations, added_by) in enumerate(fact.accounts):
        builder.add("; " if number else "").add(words).cite(citations)
        builder.add(in_addition_words(added_by))
    return builder


def meaning_words(event: EventLine) -> str:
    """What the date of an event means: `some time in 1996\u20131999, over all accounts`."""
    words = bounds_words(event.bounds)
    return f"{words}, {OVER_ALL}" if event.dated_accounts else words
