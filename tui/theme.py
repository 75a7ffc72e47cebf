"""The colours: gentian blue on paper or on slate, and the terminal's own."""

from __future__ import annotations

from collections.abc import Iterable

from textual.theme import Theme

DARK = Theme(
    name="casebook-dark",
    primary="#8aa4e8",
    secondary="#7f9bb8",
    accent="#d9a95f",
    foreground="#d9d7d0",
    background="#15171c",
    surface="#1b1e25",
    panel="#242832",
    success="#93b87a",
    warning="#d9a95f",
    error="#d47c6f",
    dark=True,
    variables={
        "footer-key-foreground": "#8aa4e8",
        "input-selection-background": "#8aa4e8 35%",
        "scrollbar": "#3a4050",
        "scrollbar-background": "#1b1e25",
    },
)

LIGHT = Theme(
    name="casebook-light",
    primary="#33459c",
    secondary="#52698c",
    accent="#96600f",
    foreground="#26241f",
    background="#faf8f2",
    surface="#f4f0e6",
    panel="#e8e2d2",
    success="#3f6b2c",
    warning="#96600f",
    error="#a33426",
    dark=False,
    variables={
        "footer-key-foreground": "#33459c",
        "input-selection-background": "#33459c 25%",
        "scrollbar": "#c9c1ab",
        "scrollbar-background": "#f4f0e6",
    },
)

THEMES = (DARK, LIGHT)
DEFAULT = DARK.name

_DARK_IN_16 = Theme(
    name=DARK.name,
    primary="#55ffff",
    secondary="#5555ff",
    accent="#ffff55",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#555555",
    success="#55ff55",
    warning="#ffff55",
    error="#ff5555",
    dark=True,
)

_LIGHT_IN_16 = Theme(
    name=LIGHT.name,
    primary="#0000aa",
    secondary="#00aaaa",
    accent="#aa5500",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffff",
    panel="#aaaaaa",
    success="#00aa00",
    warning="#aa5500",
    error="#aa0000",
    dark=False,
)


def own_themes(color_system: str | None) -> tuple[Theme, Theme]:
    """The book's own themes in the colours that a terminal has.

    Most of their colours would turn grey, and the cursor black, where there are sixteen.

    Args:
        color_system: Rich's name of it: `standard` are sixteen colours.
    """
    return (_DARK_IN_16, _LIGHT_IN_16) if color_system == "standard" else THEMES


def names(available: Iterable[str]) -> list[tuple[str, str]]:
    """The themes to choose from, each with its title: our own first, then Textual's."""
    own = {
        DARK.name: "Casebook dark",
        LIGHT.name: "Casebook light",
        "ansi-dark": "The terminal's own colours, dark",
        "ansi-light": "The terminal's own colours, light",
    }
    known = set(available)
    first = [(name, title) for name, title in own.items() if name in known]
    return first + [(name, name) for name in sorted(known - own.keys())]
