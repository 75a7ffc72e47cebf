"""Other people's text, made safe to put on a terminal.

A book, a pack and a note are written by anyone, and a terminal obeys what it is sent.
`made_safe` is called once where text leaves a loader, after parsing (YAML and HTML
entities can make control characters out of harmless bytes). `screened` and
`screened_output` are the last nets: at the point of drawing, and where text leaves the
program for a terminal or a file.
"""

from __future__ import annotations

import unicodedata

MOST_COMBINING_MARKS = 4
"""Combining marks that may follow one character; more would spill over other lines."""

MOST_WITHOUT_CELL = 6
"""Characters that take no cell, of whatever kind, that may follow one that does.

A syllable of Burmese can need so many. Terminals that draw them in cells of their own push
the rest of the line aside by no more.
"""

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
    text = text.replace("\r\n", "\n").translate(_CONTROLS_MADE_VISIBLE)
    return text if _is_harmless(text) else "".join(_safe_characters(text))


def _is_harmless(text: str) -> bool:
    """True of most text, found out quickly: nothing unprintable but newlines, no marks, no fillers.

    To Python, control and format characters, surrogates and line separators are not
    printable; combining marks and fillers are.
    """
    if not text.isprintable() and not text.replace("\n", "").isprintable():
        return False
    if text.isascii():
        return True
    unknown = set(text) - _KNOWN_HARMLESS
    if any(_takes_no_cell(character) or character in _BLANK_LETTERS for character in unknown):
        return False
    _KNOWN_HARMLESS.update(unknown)
    return True


_KNOWN_HARMLESS: set[str] = set()
"""Printable characters that were looked at before: each takes a cell and shows something."""


def _takes_no_cell(character: str) -> bool:
    """True of what is drawn over, under or into its neighbour; and of what widths count so."""
    if character <= _LAST_WITHOUT_MARKS:
        return False
    if unicodedata.category(character) in _MARKS or character in _NEEDED_FORMAT:
        return True
    from rich.cells import get_character_cell_size

    return get_character_cell_size(character) == 0


_MARKS = ("Mn", "Me", "Mc")


def made_safe_line(text: str) -> str:
    """`made_safe`, with every run of white space a single blank: for titles and labels."""
    return " ".join(made_safe(text).split())


def _safe_characters(text: str) -> list[str]:
    out: list[str] = []
    marks = without_cell = 0
    for character in text:
        if character in _INVISIBLE:
            continue
        category = unicodedata.category(character)
        safe = _safe_character(character, category)
        if safe in _SKIN_TONES and not (out and _is_emoji(out[-1])):
            safe = _REPLACEMENT
        if safe == _JOINER and out and out[-1] == _JOINER:
            continue
        if safe != character or not _takes_no_cell(character):
            marks = without_cell = 0
        else:
            without_cell += 1
            marks += category in ("Mn", "Me")
            if marks > MOST_COMBINING_MARKS or without_cell > MOST_WITHOUT_CELL:
                continue
        out.append(safe)
    return out


_JOINER = "\N{ZERO WIDTH JOINER}"
_SKIN_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))


def _is_emoji(character: str) -> bool:
    """True of what a skin tone may follow; after anything else it is a picture of its own."""
    if character in _SKIN_TONES:
        return False
    return "\u261d" <= character <= "\u27bf" or "\U0001f000" <= character <= "\U0001faff"


def _safe_character(character: str, category: str) -> str:
    """What is shown of a character that is no control character."""
    if category == "Cs" or character in _BLANK_LETTERS:
        return _REPLACEMENT
    if category == "Cf" and character not in _NEEDED_FORMAT:
        return _REPLACEMENT
    return character


_CONTROLS_MADE_VISIBLE = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    **dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT),
    **dict.fromkeys(map(ord, "\n\r\x85\u2028\u2029"), "\n"),
    0x7F: "\N{SYMBOL FOR DELETE}",
}
"""Control characters by their pictures, and ends of lines by newlines; tabs are blanks already."""


def screened(text: str) -> str:
    """The last net before the terminal: what could command it becomes U+FFFD, one for one.

    Unlike `made_safe` it keeps every offset, so it may be used where text is being drawn.
    """
    if text.isprintable():
        return text
    return "".join(_REPLACEMENT if _is_commanding(letter) else letter for letter in text)


def _is_commanding(character: str) -> bool:
    return (
        not character.isprintable()
        and unicodedata.category(character) in _COMMANDING
        and character not in _NEEDED_FORMAT
    )


_COMMANDING = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))

_BYTE_ORDER_MARK = "\ufeff"


def screened_output(text: str) -> str:
    """Text on its way out, to a terminal or into a file: the last net, line by line.

    As `screened`, but ends of lines (LF and CR LF), tabs and a byte order mark at the very
    beginning stay: formats need them, and no terminal is commanded by them.
    """
    if text.isprintable():
        return text
    if text.startswith(_BYTE_ORDER_MARK):
        return _BYTE_ORDER_MARK + screened_output(text[1:])
    return "\n".join(_screened_line(line) for line in text.split("\n"))


def _screened_line(line: str) -> str:
    if line.isprintable():
        return line
    body = line.removesuffix("\r")
    end = line[len(body) :]
    return "\t".join(screened(part) for part in body.split("\t")) + end


def without_surrogates(text: str) -> str:
    """Text that can be written as UTF-8: what was no text in an argument becomes U+FFFD."""
    if text.isascii():
        return text
    return "".join(_REPLACEMENT if "\ud800" <= letter <= "\udfff" else letter for letter in text)
