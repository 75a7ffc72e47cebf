"""Builds marked text from words, links and citations."""

from __future__ import annotations

from collections.abc import Iterable

from casebook.book.values import EntryRef
from casebook.citations import Citation
from casebook.text import Mark, MarkKind, Text


class TextBuilder:
    """Builds a text; each method adds at its end and returns the builder."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.length = 0
        self.marks: list[Mark] = []
        self.citations: list[Citation] = []

    def add(self, words: str, kind: MarkKind | None = None, target: str = "") -> TextBuilder:
        """Adds words, and a mark over them."""
        if kind is not None and words:
            self.marks.append(Mark(self.length, self.length + len(words), kind, target))
        self.words.append(words)
        self.length += len(words)
        return self

    def strong(self, words: str) -> TextBuilder:
        return self.add(words, MarkKind.STRONG)

    def entry(self, ref: EntryRef) -> TextBuilder:
        """Adds an entry's title as a link to it."""
        return self.add(ref.title, MarkKind.LINK, f"entry:{ref.slug}")

    def entry_at(self, ref: EntryRef, anchor: str, words: str = "") -> TextBuilder:
        """Adds a link to a place on an entry's page.

        Args:
            words: what the link covers; the entry's title if they are empty.
        """
        return self.add(words or ref.title, MarkKind.LINK, f"entry:{ref.slug}#{anchor}")

    def cite(self, citations: Iterable[Citation]) -> TextBuilder:
        """Adds citations where the words now end."""
        for citation in citations:
            target = str(len(self.citations))
            self.marks.append(Mark(self.length, self.length, MarkKind.CITE, target))
            self.citations.append(citation)
        return self

    def add_text(self, text: Text) -> TextBuilder:
        """Adds words with their own marks and citations."""
        shift, cited = self.length, len(self.citations)
        for start, end, kind, target in text.marks:
            is_citation = kind is MarkKind.CITE and target.isdecimal()
            moved = str(int(target) + cited) if is_citation else target
            self.marks.append(Mark(start + shift, end + shift, kind, moved))
        self.citations += text.citations
        self.words.append(text.plain)
        self.length += len(text.plain)
        return self

    def text(self) -> Text:
        return Text("".join(self.words), tuple(self.marks), tuple(self.citations))
