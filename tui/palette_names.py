"""What the palette finds by name beside actions and entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from casebook.book.lists import terms
from casebook.notebook.views import views
from casebook.search.fields import Field
from casebook.search.folding import fold, skeleton, words
from casebook.search.similarity import Wanted, name_score

if TYPE_CHECKING:
    from tui.host import Host


class NamedPlace(NamedTuple):
    """A term of the glossary, or something that was saved under a name.

    Attributes:
        kind: what it is, in words.
        names: its name and the others that it has.
        open: shows it.
    """

    kind: str
    names: tuple[str, ...]
    open: Callable[[], None]

    def judged(self, wanted: Wanted) -> float:
        """How well one of its names is what is wanted, from 0 to 1."""
        return max(judged(wanted, name) for name in self.names)


def judged(wanted: Wanted, name: str) -> float:
    """How well a name is what is wanted, from 0 to 1."""
    return name_score(wanted, Field.TITLE, name, skeleton(words(fold(name)))) / 100 if name else 0.0


def named_places(host: Host) -> Iterator[NamedPlace]:
    """The terms of the glossary, and the saved comparisons and timelines of this book.

    Raises:
        CasebookError: book or notebook cannot be read.
    """
    for term in terms(host.book):
        yield NamedPlace("term", (term.name, *term.aliases), partial(host.open_glossary, term.slug))
    if host.keeper.is_open:
        for view in views(host.keeper.notebook, host.book.info.slug):
            yield NamedPlace(f"saved {view.kind}", (view.name,), partial(host.open_view, view))
