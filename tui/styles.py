"""How words look: one name for each meaning, the same in every view.

The looks are resolved from the theme's colours here, not by component classes in style
sheets: those cost a tenth of the time to the first frame. Every look says what it says by
weight, line or reversal as well as by colour, so that it holds without colours.
"""

from collections.abc import Mapping
from typing import NamedTuple

from rich.style import Style
from textual.color import Color


class ColourLook(NamedTuple):
    """How some words differ from plain ones.

    Attributes:
        color: the theme's variable for the words; empty for that of plain words.
        fade: how much of that colour there is, the rest being the background.
        back: the theme's variable behind the words; empty for none.
        back_fade: how much of that there is.
    """

    color: str = ""
    fade: float = 1.0
    back: str = ""
    back_fade: float = 1.0
    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None
    reverse: bool | None = None


_PALE = 0.6

LOOKS: dict[str, ColourLook] = {
    "plain": ColourLook(),
    "muted": ColourLook("foreground", _PALE),
    "title": ColourLook("primary", bold=True),
    "heading": ColourLook("primary", bold=True),
    "strong": ColourLook(bold=True),
    "emphasis": ColourLook(italic=True),
    "code": ColourLook("accent"),
    "quote": ColourLook(italic=True),
    "warning": ColourLook("error", bold=True),
    "good": ColourLook("success"),
    "middling": ColourLook("warning"),
    "bad": ColourLook("error"),
    "link": ColourLook("primary", underline=True),
    "term": ColourLook(underline=True),
    "citation": ColourLook("foreground", _PALE),
    "chosen": ColourLook(reverse=True),
    "picked": ColourLook("accent", bold=True),
    "match": ColourLook("accent", bold=True, underline=True),
    "current-match": ColourLook("background", back="warning", bold=True),
    "marked": ColourLook(back="primary", back_fade=0.2, bold=True),
    "highlighted": ColourLook(back="warning", back_fade=0.3, underline=True),
    "note": ColourLook("accent", bold=True),
    "selected": ColourLook("foreground", back="primary", back_fade=0.3),
    "cursor": ColourLook(back="primary", back_fade=0.3, bold=True),
    "cursor-elsewhere": ColourLook(back="panel"),
    "certain": ColourLook("primary"),
    "possible": ColourLook("primary"),
    "policy": ColourLook("foreground", 0.45),
    "grid": ColourLook("foreground", 0.25),
    "coast": ColourLook("foreground", 0.45),
    "way": ColourLook("accent", bold=True),
    "measured": ColourLook(bold=True, underline=True),
}


def style_of(
    look: ColourLook, colors: Mapping[str, str], background: Color, *, is_ansi: bool
) -> Style:
    """A look as Rich draws it.

    Args:
        colors: the theme's variables.
        background: what lies behind the view.
        is_ansi: the terminal's own colours are used, which cannot be mixed.
    """
    if is_ansi:
        return _ansi_style(look, colors)
    color = _mixed(look.color, look.fade, colors, background)
    back = _mixed(look.back, look.back_fade, colors, background)
    return _attributes(look) + Style(
        color=color.rich_color if color else None, bgcolor=back.rich_color if back else None
    )


def _mixed(name: str, share: float, colors: Mapping[str, str], background: Color) -> Color | None:
    if not name:
        return None
    color = Color.parse(colors[name])
    return color if share == 1.0 else background.blend(color, share)


def _attributes(look: ColourLook) -> Style:
    return Style(bold=look.bold, italic=look.italic, underline=look.underline, reverse=look.reverse)


def _ansi_style(look: ColourLook, colors: Mapping[str, str]) -> Style:
    """Colours that cannot be mixed are left out; faint and reverse stand for them."""
    style = _attributes(look)
    if look.back:
        return style + Style(reverse=True)
    if look.fade < 1.0:
        return style + Style(dim=True)
    if look.color and look.color not in ("foreground", "background"):
        return style + Style(color=Color.parse(colors[look.color]).rich_color)
    return style
