"""What a row's statements cite: the source that it names, else the table itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from casebook.citations import Citation, CitationError
from casebook.pack.citations import pandoc_group, split_trailing
from casebook.pack.markdown_writer import markdown
from casebook.pack.sources import SourceList
from casebook.text import Text

_BRACKETED_AT = re.compile(r"\[[^\]]*@")
_LAST_GROUP = re.compile(r"\s*(?P<group>\[(?:[^\[\]]*\s)?-?@\w[^\[\]]*\])$")
_GROUP_BEFORE_STOP = re.compile(r"\s*(\[(?:[^\[\]]*\s)?@\w[^\[\]]*\])([.!?])$")


@dataclass(slots=True)
class Citing:
    """The sources that rows can cite.

    Attributes:
        sources: those of the pack, and those that the import adds.
        table: the id of the table itself.
    """

    sources: SourceList
    table: str
    _refused: dict[str, str] = field(default_factory=dict)
    """Citations at the ends of cells that are not good, and why."""

    def row(self, sheet: str, number: int) -> str:
        """The citation of a row of the table."""
        where = f"sec. {sheet}, line {number}" if sheet else f"line {number}"
        return f"[@{self.table}, {where}]"

    def named(self, source: str, locator: str) -> tuple[str, str]:
        """The citation of a source by its cells, and what is wrong with it, or nothing.

        A bare number is a paragraph where the source has counted ones, else a page.
        """
        slug = source.strip().lstrip("@")
        if slug not in self.sources.items:
            slug = next(
                (known for known in self.sources.items if known.lower() == slug.lower()), ""
            )
        if not slug:
            return "", "is not a source in sources.json or on the sheet Sources"
        where = " ".join(locator.split())
        if re.fullmatch(r"\d[\d ,\N{EN DASH}-]*", where):
            counted = self.sources.items[slug].custom.paragraphs
            where = f"para. {where}" if counted else f"p. {where}"
        group = f"[@{slug}, {where}]" if where else f"[@{slug}]"
        try:
            _, citations = split_trailing(f"words {group}")
        except CitationError as error:
            return "", f"cannot be cited: {error}"
        fault = self._fault(citations)
        return (pandoc_group(citations), "") if not fault else ("", f"cannot be cited: {fault}")

    def split(self, words: str, otherwise: str) -> tuple[str, str]:
        """Words, and the citation that ends them where it is a good one; else the other one."""
        words = _GROUP_BEFORE_STOP.sub(r"\2 \1", words)
        plain, fault = words, ""
        citations: tuple[Citation, ...] = ()
        try:
            plain, citations = split_trailing(words)
            fault = self._fault(citations)
        except CitationError as error:
            fault = str(error)
        if plain and citations and not fault:
            return plain, pandoc_group(citations)
        last = _LAST_GROUP.search(words)
        if fault and last and words[: last.start()].strip():
            self._refused[last["group"]] = fault
            return words[: last.start()].rstrip(), otherwise
        return words, otherwise

    def taken_refused(self) -> list[tuple[str, str]]:
        """The citations that were refused since this was asked last, and why."""
        refused = list(self._refused.items())
        self._refused.clear()
        return refused

    def value(self, words: str, otherwise: str) -> str:
        """A value of the front matter with its citation."""
        plain, group = self.split(words, otherwise)
        return f"{unbracketed(plain)} {group}"

    def markdown(self, words: str, otherwise: str) -> str:
        """A paragraph with its citation; nothing in it is taken for markup."""
        plain, group = self.split(words, otherwise)
        return f"{markdown(Text(plain), {})} {group}"

    def _fault(self, citations: tuple[Citation, ...]) -> str:
        for citation in citations:
            try:
                fault = self.sources.fault_of(citation)
            except CitationError as error:
                fault = str(error)
            if fault:
                return fault
        return ""


def unbracketed(words: str) -> str:
    """Words in which no bracket can be taken for a citation."""
    if not _BRACKETED_AT.search(words):
        return words
    return words.replace("[", "(").replace("]", ")")
