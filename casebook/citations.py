"""Citations as pandoc writes them: ``[@mitsui2010, paras. 62-64; @kawai2012, para. 5]``.

The syntax is that of https://pandoc.org/MANUAL.html#citation-syntax, without suppressed
authors and suffixes. ``[inferred from @kyodo2012, para. 3]`` says that the statement is
drawn from the paragraph, not stated there. ``[@own]`` marks the book's own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

OWN = "own"
"""The id that stands for no source: the words are the book's own."""

INFERRED_PREFIX = "inferred from"
MOST_PARAGRAPHS = 100_000


@dataclass(frozen=True, slots=True)
class Citation:
    """A pointer from a statement to a place in a source.

    Attributes:
        source: the source's id.
        locator: `para. 63`, `paras. 62-64, 66`, `p. 12`; empty for the source as a whole.
        inferred: the statement is drawn from the place, not stated there.
    """

    source: str
    locator: str = ""
    inferred: bool = False

    @property
    def paragraphs(self) -> tuple[int, ...]:
        """The paragraph numbers of a locator that names paragraphs, else none."""
        label, _, numbers = self.locator.partition(" ")
        return numbers_of(numbers) if label in ("para.", "paras.") else ()

    def pandoc(self) -> str:
        """The citation in pandoc's syntax, without the brackets."""
        prefix = f"{INFERRED_PREFIX} " if self.inferred else ""
        return (
            f"{prefix}@{self.source}, {self.locator}" if self.locator else f"{prefix}@{self.source}"
        )


class CitationError(ValueError):
    """The text in brackets is no citation; the message says why."""


def pandoc_group(citations: tuple[Citation, ...]) -> str:
    """Several citations as one bracketed group."""
    return f"[{'; '.join(citation.pandoc() for citation in citations)}]"


BRACKETED = re.compile(r"\[(?P<inside>[^\[\]\n]*@[^\[\]]*)\]")
"""A bracketed group of citations anywhere in a text."""

_TRAILING = re.compile(r"\s*\[(?P<inside>[^\[\]]*@[^\[\]]*)\]\s*$")
_ONE = re.compile(
    r"\s*(?P<prefix>[^@]*?)\s*@(?P<id>\w[\w:.#$%&+?<>~/-]*)\s*(?:,\s*(?P<locator>.*?))?\s*",
    re.DOTALL,
)
_LOCATOR = re.compile(r"(?P<label>[a-z]+\.?)\s+(?P<rest>.+)", re.DOTALL)
_LABELS = {
    "para": "para", "paras": "para", "paragraph": "para", "paragraphs": "para",
    "p": "p", "pp": "p", "page": "p", "pages": "p",
    "chap": "chap", "ch": "chap", "chapter": "chap",
    "sec": "sec", "section": "sec",
    "fig": "fig", "figure": "fig",
    "n": "n", "note": "n",
    "vol": "vol", "volume": "vol",
    "col": "col", "line": "line", "book": "book", "table": "table",
}  # fmt: skip
_PLURALS = {"para": ("para.", "paras."), "p": ("p.", "pp.")}
_NUMBERS = re.compile(r"\d+(?:\s*[-\N{EN DASH}]\s*\d+)?(?:\s*,\s*\d+(?:\s*[-\N{EN DASH}]\s*\d+)?)*")


def split_trailing(text: str) -> tuple[str, tuple[Citation, ...]]:
    """A statement and the citations that end it: `"Text [@a, para. 1]"`.

    Raises:
        CitationError: the brackets hold something that is no citation.
    """
    citations: tuple[Citation, ...] = ()
    while match := _TRAILING.search(text):
        citations = parse_group(match["inside"]) + citations
        text = text[: match.start()]
    return text.strip(), citations


def parse_group(inside: str) -> tuple[Citation, ...]:
    """The citations between two brackets, separated by semicolons.

    Raises:
        CitationError: one of them is no citation.
    """
    return tuple(_parse_one(part) for part in inside.split(";"))


def _parse_one(text: str) -> Citation:
    match = _ONE.fullmatch(text)
    if not match:
        raise CitationError(f"'{text.strip()}' is not a citation; write @source, para. 12")
    prefix = " ".join(match["prefix"].split())
    if prefix not in ("", INFERRED_PREFIX):
        raise CitationError(
            f"'{prefix}' before a citation; only '{INFERRED_PREFIX}' may stand there"
        )
    locator = _normal_locator(match["locator"]) if match["locator"] else ""
    return Citation(match["id"], locator, inferred=bool(prefix))


def _normal_locator(text: str) -> str:
    text = " ".join(text.split())
    match = _LOCATOR.fullmatch(text)
    label = _LABELS.get(match["label"].rstrip(".")) if match else None
    if match is None or label is None:
        raise CitationError(f"'{text}' is not a locator; write para. 12 or paras. 12-14")
    rest = match["rest"].replace("\N{EN DASH}", "-")
    if label not in _PLURALS:
        return f"{label}. {rest}"
    if not _NUMBERS.fullmatch(rest):
        if label == "p":
            return f"p. {rest}"
        raise CitationError(f"'{text}' is not a locator; write para. 12 or paras. 12-14")
    rest = re.sub(r"\s*-\s*", "-", re.sub(r"\s*,\s*", ", ", rest))
    singular, plural = _PLURALS[label]
    return f"{singular if rest.isdigit() else plural} {rest}"


def numbers_of(text: str) -> tuple[int, ...]:
    """The numbers of a list such as `62-64, 66`.

    Raises:
        CitationError: a range runs backwards or is absurdly long.
    """
    numbers: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        try:
            low, high = int(first), int(last or first)
        except ValueError:
            raise CitationError(f"'{part.strip()}' is not a number") from None
        if not low <= high < low + MOST_PARAGRAPHS:
            raise CitationError(f"the range {part.strip()} runs backwards or too far")
        numbers.extend(range(low, high + 1))
    return tuple(numbers)
