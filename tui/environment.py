"""The environment that Textual and Rich are started in."""

from __future__ import annotations

from collections.abc import MutableMapping

_KNOWN_WORDS: dict[str, frozenset[str]] = {
    "TEXTUAL_ALLOW_SIGNALS": frozenset("01"),
    "TEXTUAL_ANIMATIONS": frozenset(("none", "basic", "full")),
    "TEXTUAL_COLOR_SYSTEM": frozenset(("auto", "standard", "256", "truecolor")),
    "TEXTUAL_DISABLE_KITTY_KEY": frozenset("01"),
    "TEXTUAL_SMOOTH_SCROLL": frozenset("01"),
    "TEXTUAL_SPEEDUPS": frozenset("01"),
}
"""What a reader may want to set. All else is for those who write programs with Textual: it
loads other code, writes logs and pictures of the screen, or presses keys."""

_SIZE = ("COLUMNS", "LINES")
"""A size that was exported holds whatever the window does afterwards."""


def heed_only_known_words(environment: MutableMapping[str, str]) -> None:
    """Takes out what would end the app, or make it do what nobody asked of it.

    To be called before Textual is imported, which reads the environment then.
    """
    for name in [name for name, value in environment.items() if not _is_heeded(name, value)]:
        del environment[name]


def _is_heeded(name: str, value: str) -> bool:
    if name == "TEXTUAL" or name.startswith("TEXTUAL_"):
        return value in _KNOWN_WORDS.get(name, ())
    if name == "UNICODE_VERSION":
        return _is_version(value)
    return name not in _SIZE


def _is_version(words: str) -> bool:
    return all(part.isdecimal() and part.isascii() for part in words.split("."))
