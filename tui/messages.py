"""What screens and widgets tell the app."""

from __future__ import annotations

from textual.message import Message

from casebook.citations import Citation


class EntryWanted(Message):
    """An entry is to be opened.

    Args:
        anchor: where on its page, as `casebook.document` names it.
    """

    def __init__(self, slug: str, anchor: str = "") -> None:
        super().__init__()
        self.slug = slug
        self.anchor = anchor


class SourceWanted(Message):
    """The place that a citation names is to be opened; without one, the list of sources."""

    def __init__(self, citation: Citation | None = None) -> None:
        super().__init__()
        self.citation = citation


class TermWanted(Message):
    """A glossary entry is to be opened."""

    def __init__(self, slug: str) -> None:
        super().__init__()
        self.slug = slug


class AddressWanted(Message):
    """An address outside the book is to be opened."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
