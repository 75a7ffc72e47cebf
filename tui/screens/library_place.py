"""Where the reader was in the library, for the way back."""

from typing import NamedTuple

from textual.widget import Widget

from casebook.book.filters import EntryFilter
from casebook.book.hiding import Hiding
from tui.widgets.entry_list import Contents


class LibraryPlace(NamedTuple):
    """What the library shows, to be shown again."""

    query: str
    chosen: EntryFilter
    title: str
    found: tuple[str, ...] | None
    contents: Contents
    cursor: int
    top: int
    focused: Widget | None
    hidden: Hiding
