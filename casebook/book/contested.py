"""What several sources say of one rating or outcome, where they contradict one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar

from casebook.book.connection import Book, Row
from casebook.book.entry_parts import OutcomeAccount
from casebook.book.rows import (
    Cited,
    citations_of,
    in_batches,
    marks,
    number,
    plain_citations,
    text,
    word,
)
from casebook.book.volumes import said_by, titles
from casebook.citations import Citation
from casebook.vocabulary import CONTESTED, Outcome, Rating

if TYPE_CHECKING:
    from casebook.book.rating_values import RatingAccount

    _Account = TypeVar("_Account", RatingAccount, OutcomeAccount)

MOST_ACCOUNTS = 20
"""Accounts of one statement that are read; a made-up book's are cut."""

Own = Mapping[int, tuple[Citation, ...]]
"""What contested statements themselves rest on, by their keys."""


def contested_ratings(
    book: Book, rated: Iterable[tuple[int, object]], cited: Cited
) -> dict[int, tuple[RatingAccount, ...]]:
    """The accounts of those of some ratings that are contested.

    Args:
        rated: the keys of assessments, each with its rating as it is stored.
        cited: what they rest on.
    """
    own = {
        statement: plain_citations(cited.get(statement, ()))
        for statement, stored in rated
        if stored == CONTESTED.value
    }
    return _rating_accounts(book, own) if own else {}


def _rating_accounts(book: Book, own: Own) -> dict[int, tuple[RatingAccount, ...]]:
    """The accounts of ratings that are contested, each rating's own first."""
    from casebook.book.rating_values import RatingAccount

    rows, cited, speaker = _readings(book, own, "rating")
    found: dict[int, list[RatingAccount]] = defaultdict(list)
    for of, position, statement, stored, words in rows:
        rating = word(Rating, stored)
        if rating is None or rating is Rating.SILENT:
            book.fault(f"an account of assessment {of} has no known rating and is left out")
            continue
        by = speaker(of, statement)
        found[of].append(
            RatingAccount(rating, text(words), cited(of, statement), position == 0, *by)
        )
    return _of_several(book, own, found, "assessment")


def outcome_accounts(book: Book, own: Own) -> dict[int, tuple[OutcomeAccount, ...]]:
    """The accounts of outcomes that are contested, by the keys of settings, each own first."""
    rows, cited, speaker = _readings(book, own, "outcome")
    found: dict[int, list[OutcomeAccount]] = defaultdict(list)
    for of, position, statement, stored, words in rows:
        outcome = word(Outcome, stored)
        if outcome is None:
            book.fault(f"an account of an outcome, {of}, has none that is known and is left out")
            continue
        by = speaker(of, statement)
        found[of].append(
            OutcomeAccount(outcome, text(words), cited(of, statement), position == 0, *by)
        )
    return _of_several(book, own, found, "outcome")


def _readings(
    book: Book, own: Own, column: str
) -> tuple[
    list[Row],
    Callable[[int, object], tuple[Citation, ...]],
    Callable[[int, object], tuple[str, str]],
]:
    """The accounts of contested statements, what each rests on, and which volume says it: its
    slug, and its title where another volume says the statement itself."""
    rows = [
        row
        for batch in in_batches(own)
        for row in book.ask(
            f"SELECT of_id, position, statement_id, {column}, words FROM account"
            f" WHERE of_id IN ({marks(len(batch))}) AND position < ? ORDER BY of_id, position",
            [*batch, MOST_ACCOUNTS],
        )
    ]
    statements = [row[2] for row in rows if row[2] is not None]
    groups = citations_of(book, statements)

    def cited(of: int, statement: object) -> tuple[Citation, ...]:
        if statement is None:
            return own.get(of, ())
        return plain_citations(groups.get(number(statement), ()))

    said, named = said_by(book, [*own, *statements]), titles(book)

    def speaker(of: int, statement: object) -> tuple[str, str]:
        by = said.get(number(statement), "")
        return by, named.get(by, "") if by != said.get(of) else ""

    return rows, cited, speaker


def _of_several(
    book: Book, own: Own, found: Mapping[int, list[_Account]], what: str
) -> dict[int, tuple[_Account, ...]]:
    for of in own:
        if len(found.get(of, ())) < 2:
            book.fault(f"{what} {of} is contested and has fewer than two accounts")
    return {of: tuple(accounts) for of, accounts in found.items()}
