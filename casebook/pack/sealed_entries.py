"""Sealed entries, and the words by which they are known: names, and what the book asks of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_LEAST_NAME = 3
"""Letters of the shortest name in Latin letters that is looked for in texts."""


@dataclass(frozen=True, slots=True)
class SealedEntry:
    """An entry that is left out, and what tells of it.

    Attributes:
        names: its title and its other names.
        questions: that the book asks of it, bare as `_bare` gives them.
    """

    slug: str
    title: str
    names: tuple[str, ...]
    questions: frozenset[str] = frozenset()

    @property
    def stub(self) -> str:
        """The title that stands in its place."""
        return f"Sealed: {self.slug}"

    @property
    def is_named_by_its_slug(self) -> bool:
        """Whether its slug, which stands in every edition, has a word of its names."""
        named = {word for name in self.names for word in _bare(name).split()}
        parts = (part for part in self.slug.split("-") if len(part) >= _LEAST_NAME)
        return any(part in named for part in parts)

    @property
    def seen_by_slug(self) -> str:
        """What students see of it where its slug names it."""
        return f"'{self.stub}' in lists"

    def is_named_by(self, words: str) -> bool:
        """Whether words name it."""
        found = names_pattern(self.names)
        return words == self.slug or bool(found and found.search(words))

    def is_asked_by(self, words: str) -> bool:
        """Whether words are a question that the book asks of it."""
        return _bare(words) in self.questions

    def is_told_by(self, words: str) -> bool:
        """Whether words name it, or ask what the book asks of it."""
        return self.is_named_by(words) or self.is_asked_by(words)


def seen_title(title: str) -> str:
    """What students see where the title of another entry names one that is sealed."""
    return f"the title '{title}'"


def seen_words(seen: str) -> str:
    """That students see what names a sealed entry."""
    return f"Students will see {seen}, which names a sealed entry"


def sealed_entry(
    slug: str, title: str, aliases: Iterable[str], questions: Iterable[str] = ()
) -> SealedEntry:
    """An entry that is left out, from what is known of it."""
    return SealedEntry(
        slug,
        title,
        tuple(name for name in (title, *aliases) if not name.isascii() or len(name) >= _LEAST_NAME),
        frozenset(filter(None, map(_bare, questions))),
    )


def names_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """What finds any of some names as words of their own."""
    parts = [
        rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name)
        for name in sorted(names, key=len, reverse=True)
    ]
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def _bare(words: str) -> str:
    """Words alone, in small letters: no spaces, marks or quotes tell two questions apart."""
    return " ".join(re.findall(r"\w+", words.casefold()))
