"""Shows hosts of web addresses so that none passes for another."""

from __future__ import annotations

import unicodedata

from casebook.safe_text import made_safe_line

_TOGETHER = (
    frozenset(("LATIN", "CJK", "HIRAGANA", "KATAKANA")),
    frozenset(("LATIN", "CJK", "BOPOMOFO")),
    frozenset(("LATIN", "CJK", "HANGUL")),
)
"""Scripts that are written together, as Unicode's "highly restrictive" level has them (UTS 39)."""

_LIKE_LATIN = frozenset("асеорхуіјѕӏԁһԛԝαοριυνκ")
"""Cyrillic and Greek letters that look like Latin ones."""


def shown_host(host: str) -> str:
    """A host as it can be shown without being taken for another one.

    A label of one script is shown in its letters, so that a Japanese host can be read. A label
    of mixed scripts, or of letters that all look like Latin ones, is shown as it is asked for
    in the net, in ASCII (`xn--…`); so is what is no proper label at all.
    """
    labels = host.replace("\u3002", ".").split(".")
    shown = (label if _is_clear(label) else ascii_label(label) for label in labels)
    return made_safe_line(".".join(shown))


def _is_clear(label: str) -> bool:
    if label.isascii():
        return label.isprintable()
    letters = [letter for letter in label if not letter.isascii() or letter.isalpha()]
    if not all(unicodedata.category(letter) in ("Ll", "Lo", "Lm", "Lu") for letter in letters):
        return False
    if unicodedata.normalize("NFKC", label) != label:
        return False
    scripts = frozenset(map(_script, letters))
    if len(scripts) > 1:
        return any(scripts <= together for together in _TOGETHER)
    return not all(letter in _LIKE_LATIN for letter in letters)


def _script(letter: str) -> str:
    """The first word of a letter's name, which is that of its script."""
    return unicodedata.name(letter, "NONE").split(maxsplit=1)[0].partition("-")[0]


def ascii_label(label: str) -> str:
    """A label as the net knows it, `xn--…`; what cannot be one is shown as it is, made safe."""
    try:
        return label.encode("idna").decode("ascii") or label
    except (UnicodeError, ValueError):
        pass
    try:
        return f"xn--{label.encode('punycode').decode('ascii')}"
    except (UnicodeError, ValueError):
        return made_safe_line(label)
