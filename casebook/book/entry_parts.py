"""What an entry has that lists in columns do not show: other names, industries, accounts."""

from typing import NamedTuple

from casebook.citations import Citation
from casebook.vocabulary import AliasKind, Outcome


class IndustryLine(NamedTuple):
    """An ISIC Rev. 4 code, its label, and the book's words for what is made or done."""

    code: str
    label: str
    note: str = ""


class AliasLine(NamedTuple):
    """Another name of an entry."""

    text: str
    kind: AliasKind
    note: str = ""
    citations: tuple[Citation, ...] = ()


class OutcomeAccount(NamedTuple):
    """What one source says of how an entry has fared, where another says otherwise.

    Attributes:
        note: why.
        citations: none in lists that are read without them.
        is_own: it is what the entry itself says.
        volume: the slug of the volume that says it, in a book of several volumes; empty for
            the entry's own.
        added_by: the title of that volume, where the entry is of another; else empty.
    """

    outcome: Outcome
    note: str
    citations: tuple[Citation, ...]
    is_own: bool = False
    volume: str = ""
    added_by: str = ""
