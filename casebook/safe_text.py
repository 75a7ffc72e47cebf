"""Other people's text, made safe to put on a terminal.

A book, a pack and a note are written by anyone, and a terminal obeys what it is sent.
`made_safe` is called once where text leaves a loader, after parsing (YAML and HTML
entities can make control characters out of harmless bytes).
"""

from __future__ import annotations

import unicodedata

MOST_COMBINING_MARKS = 4
"""Combining marks that may follow one character; more would spill over other lines."""

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_INVISIBLE = frozenset("\u00ad\u034f\u200b\u200c\u2060\ufeff")
"""Characters that show nothing and mean nothing here; they are dropped."""

_LAST_WITHOUT_MARKS = "\u02ff"
"""Up to here no character is a combining mark."""

_NEEDED_FORMAT = frozenset("\u200d\u200e\u200f\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u08e2")
"""Format characters that scripts and emoji need: joiner, direction marks, number signs."""

_BLANK_LETTERS = frozenset("\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffe\uffff")
"""Letters that look like nothing: Hangul and Khmer fillers, and two non-characters."""


def made_safe(text: str) -> str:
    """The text with everything that could command or mislead a terminal made visible.

    Control characters become their pictures (ESC becomes U+241B), bidirectional overrides
    and isolates, fillers, tags and lone surrogates become U+FFFD, zero-width spaces go,
    line separators become newlines, tabs become spaces, and at most
    `MOST_COMBINING_MARKS` combining marks follow one character. Zero-width joiners,
    variation selectors and the left-to-right and right-to-left marks stay: scripts and
    emoji need them.
    """
    if "\t" in text:
        text = text.replace("\t", "    ")
    if _is_harmless(text):
        return text
    return "".join(_safe_characters(text.replace("\r\n", "\n")))


def _is_harmless(text: str) -> bool:
    """True of most text, found out quickly: nothing unprintable, no marks, no fillers.

    To Python, control and format characters, surrogates and line separators are not
    printable; combining marks and fillers are.
    """
    if not text.isprintable():
        return False
    return text.isascii() or not any(
        character in _BLANK_LETTERS or unicodedata.category(character) in ("Mn", "Me")
        for character in text
        if character > _LAST_WITHOUT_MARKS
    )


def made_safe_line(text: str) -> str:
    """`made_safe`, with every run of white space a single blank: for titles and labels."""
    return " ".join(made_safe(text).split())


def _safe_characters(text: str) -> list[str]:
    out: list[str] = []
    marks = 0
    for character in text:
        if character in _INVISIBLE:
            continue
        category = unicodedata.category(character)
        if category in ("Mn", "Me"):
            marks += 1
            if marks > MOST_COMBINING_MARKS:
                continue
        else:
            marks = 0
        out.append(_safe_character(character, category))
    return out


def _safe_character(character: str, category: str) -> str:
    if character == "\n":
        return character
    if character in "\r\x85" or category in ("Zl", "Zp"):
        return "\n"
    if category == "Cc":
        code = ord(character)
        if code < 0x20:
            return chr(0x2400 + code)
        return "\N{SYMBOL FOR DELETE}" if code == 0x7F else _REPLACEMENT
    if category == "Cs" or character in _BLANK_LETTERS:
        return _REPLACEMENT
    if category == "Cf" and character not in _NEEDED_FORMAT:
        return _REPLACEMENT
    return character


def screened(text: str) -> str:
    """The last net before the terminal: what could command it becomes U+FFFD, one for one.

    Unlike `made_safe` it keeps every offset, so it may be used where text is being drawn.
    """
    if text.isprintable():
        return text
    return "".join(
        _REPLACEMENT
        if (unicodedata.category(one) in _COMMANDING and one not in _NEEDED_FORMAT)
        else one
        for one in text
    )


_COMMANDING = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
