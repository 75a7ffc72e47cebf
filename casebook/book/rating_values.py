"""The book's reading of an entry on a point, and what each source says where they differ."""

from typing import NamedTuple

from casebook.citations import Citation
from casebook.vocabulary import BookRating, Rating


class RatingAccount(NamedTuple):
    """What one source says of an entry on a point, where another says otherwise.

    Attributes:
        is_own: it is what the assessment itself says.
        volume: as that of `AccountLine` in `account_values`.
        added_by: the title of that volume, where it adds to what another says; else empty.
    """

    rating: Rating
    evidence: str
    citations: tuple[Citation, ...]
    is_own: bool = False
    volume: str = ""
    added_by: str = ""


class AssessmentLine(NamedTuple):
    """The book's reading of an entry on one point of a framework.

    Attributes:
        evidence: where sources contradict one another, that of each with its rating.
        citations: what it rests on, and each account of it.
        volume: the slug of the volume that says it, in a book of several volumes.
        accounts: what each source says, where they contradict one another; else none.
    """

    framework: str
    framework_title: str
    key: str
    title: str
    rating: BookRating
    evidence: str
    citations: tuple[Citation, ...]
    volume: str = ""
    accounts: tuple[RatingAccount, ...] = ()


def together(
    accounts: tuple[RatingAccount, ...], citations: tuple[Citation, ...]
) -> tuple[Citation, ...]:
    """What a rating rests on, or of several accounts what any of them does."""
    others = (citation for account in accounts for citation in account.citations)
    return tuple(dict.fromkeys((*citations, *others)))
