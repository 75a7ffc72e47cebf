"""Citations as pandoc writes them: ``[@mitsui2010, paras. 62-64; @kawai2012, para. 5]``.

The syntax is that of https://pandoc.org/MANUAL.html#citation-syntax, without suppressed
authors and suffixes. ``[inferred from @kyodo2012, para. 3]`` says that the statement is
drawn from the paragraph, not stated there. ``[@own]`` marks the book's own words.
"""

from __future__ import annotations

import re

from casebook.citations import INFERRED_PREFIX, Citation, CitationError


def pandoc_group(citations: tuple[Citation, ...]) -> str:
    """Several citations as one bracketed group."""
    return f"[{'; '.join(citation.pandoc() for citation in citations)}]"


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
            f"'{prefix}' before a citation; only '{INFERRED_PREFIX}' may come before it"
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
