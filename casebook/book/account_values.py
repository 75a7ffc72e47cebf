"""What sources that contradict one another say of an event or a figure, as plain values."""

from typing import NamedTuple

from casebook.book.values import PlaceLine
from casebook.citations import Citation
from casebook.dates import Bounds


class AccountLine(NamedTuple):
    """What one source says of the date or the place of an event of which others say otherwise.

    Attributes:
        date_text: the source's words; empty where it says nothing of the date.
        bounds: what they mean; None where it says nothing of the date.
        place: None where it says nothing of the place.
        is_own: it is what the event itself is cited for.
        volume: the slug of the volume that says it, in a book of several volumes; empty for
            the event's own.
    """

    date_text: str
    edtf: str
    inferred_from: str
    bounds: Bounds | None
    place: PlaceLine | None
    citations: tuple[Citation, ...]
    is_own: bool = False
    volume: str = ""


class DatedAccount(NamedTuple):
    """A date that an account gives, and its words for it."""

    bounds: Bounds
    words: str


class AmountLine(NamedTuple):
    """What one source says of a figure of which others say otherwise.

    Attributes:
        is_own: it is what the figure itself is cited for.
        volume: as that of `AccountLine`.
    """

    value: str
    qualifier: str
    citations: tuple[Citation, ...]
    is_own: bool = False
    volume: str = ""

    @property
    def words(self) -> str:
        """Qualifier and value: `about 600`."""
        return f"{self.qualifier} {self.value}".strip()
