"""Where a reader's predictions are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from casebook.book.volumes import volume_of, volumes, volumes_of

if TYPE_CHECKING:
    from casebook.book.connection import Book
    from casebook.comparison.prediction import CellKey, ReaderRating
    from tui.notebook_writer import Keeper


class Predictions(Protocol):
    """A reader's ratings of a book's entries."""

    def known(self, entries: Iterable[str], framework: str) -> dict[CellKey, ReaderRating]:
        """The ratings that have been given."""

    async def predict(self, answer: ReaderRating, title: str, framework: str) -> None:
        """Keeps a rating in place of an earlier one.

        Raises:
            CasebookError: it could not be kept, or the book's has been shown already.
        """

    def revealed_entries(self, framework: str) -> frozenset[str]:
        """The entries of which all ratings of the book have been shown."""

    async def reveal(self, entries: Iterable[str], framework: str, *, only_rated: bool) -> None:
        """Keeps that the book's ratings have been shown: of what was rated, or all."""

    async def begin_anew(self, entries: Iterable[str], framework: str) -> None:
        """Takes the ratings away."""


class KeptPredictions:
    """Ratings in the notebook.

    Args:
        book: the book that they are about; its entries are known by their volumes.
        rated: is told that a rating was given or taken away.
    """

    def __init__(
        self, keeper: Keeper, book: Book, rated: Callable[[], None] = lambda: None
    ) -> None:
        self.keeper = keeper
        self.book = book
        self._rated = rated

    def known(self, entries: Iterable[str], framework: str) -> dict[CellKey, ReaderRating]:
        from casebook.comparison.prediction import ReaderRating
        from casebook.notebook import predictions

        found = [
            rated
            for volume, some in volumes_of(self.book, entries).items()
            for rated in predictions.predictions(self.keeper.notebook, volume, some, framework)
        ]
        answers = (
            ReaderRating(
                entry=rated.entry,
                criterion=rated.criterion,
                rating=rated.rating,
                reason=rated.reason,
                is_revealed=bool(rated.revealed),
            )
            for rated in found
        )
        return {answer.key: answer for answer in answers}

    async def predict(self, answer: ReaderRating, title: str, framework: str) -> None:
        from casebook.notebook import predictions

        volume = volume_of(self.book, answer.entry)
        await self.keeper.write(
            lambda notebook: predictions.predict(
                notebook,
                volume,
                entry=answer.entry,
                title=title,
                framework=framework,
                criterion=answer.criterion,
                rating=answer.rating,
                reason=answer.reason,
            )
        )
        self._rated()

    def revealed_entries(self, framework: str) -> frozenset[str]:
        from casebook.notebook import predictions

        notebook = self.keeper.notebook
        return frozenset().union(
            *(
                predictions.revealed_entries(notebook, volume.slug, framework)
                for volume in volumes(self.book)
            )
        )

    async def reveal(self, entries: Iterable[str], framework: str, *, only_rated: bool) -> None:
        from casebook.notebook import predictions

        await self.keeper.write(
            partial(
                predictions.reveal,
                entries=volumes_of(self.book, entries),
                framework=framework,
                only_rated=only_rated,
            )
        )

    async def begin_anew(self, entries: Iterable[str], framework: str) -> None:
        from casebook.notebook import predictions

        wanted = volumes_of(self.book, entries)
        await self.keeper.write(
            partial(predictions.begin_anew, entries=wanted, framework=framework)
        )
        self._rated()
