"""What several sources say of one rating or outcome, where they contradict one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

from casebook.book.connection import Book
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

    found: dict[int, list[RatingAccount]] = defaultdict(list)
    for of, stored, said in _readings(book, own, "rating"):
        rating = word(Rating, stored)
        if rating is None or rating is Rating.SILENT:
            book.fault(f"an account of assessment {of} has no known rating and is left out")
            continue
        found[of].append(RatingAccount(rating, *said))
    return _of_several(book, own, found, "assessment")


def outcome_accounts(book: Book, own: Own) -> dict[int, tuple[OutcomeAccount, ...]]:
    """The accounts of outcomes that are contested, by the keys of settings, each own first."""
    found: dict[int, list[OutcomeAccount]] = defaultdict(list)
    for of, stored, said in _readings(book, own, "outcome"):
        outcome = word(Outcome, stored)
        if outcome is None:
            book.fault(f"an account of an outcome, {of}, has none that is known and is left out")
            continue
        found[of].append(OutcomeAccount(outcome, *said))
    return _of_several(book, own, found, "outcome")


_Said = tuple[str, tuple[Citation, ...], bool, str, str]
"""What an account says beside its rating or outcome: words, citations, whether it is the
statement's own, the volume that says it, and its title where another says the statement."""


def _readings(book: Book, own: Own, column: str) -> Iterator[tuple[int, object, _Said]]:
    """The accounts of contested statements: the statement's key, what is stored, what is said."""
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
    cited = citations_of(book, statements)
    speakers, named = said_by(book, [*own, *statements]), titles(book)
    for of, position, statement, stored, words in rows:
        rests_on = (
            own.get(of, ())
            if statement is None
            else plain_citations(cited.get(number(statement), ()))
        )
        by = speakers.get(number(statement), "")
        added_by = named.get(by, "") if by != speakers.get(of) else ""
        yield of, stored, (text(words), rests_on, position == 0, by, added_by)


def _of_several(
    book: Book, own: Own, found: Mapping[int, list[_Account]], what: str
) -> dict[int, tuple[_Account, ...]]:
    for of in own:
        if len(found.get(of, ())) < 2:
            book.fault(f"{what} {of} is contested and has fewer than two accounts")
    return {of: tuple(accounts) for of, accounts in found.items()}
