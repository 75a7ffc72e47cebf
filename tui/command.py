"""What an action that a key, the footer and the palette offer is, and how keys are written."""

from collections.abc import Iterable
from typing import NamedTuple

from textual.binding import Binding


class Command(NamedTuple):
    """An action that a key, the footer and the palette offer.

    Attributes:
        id: the name in settings, by which its key can be changed.
        name: what it does, as the help and the palette say it.
        action: Textual's action.
        keys: Textual's names of its keys, the one to show first.
        footer: its word in the footer; empty where it does not stand there.
        display: how its key is written, where Textual's way would puzzle.
        synonyms: other words by which the palette finds it.
    """

    id: str
    name: str
    action: str
    keys: str
    footer: str = ""
    display: str = ""
    synonyms: str = ""

    @property
    def key_shown(self) -> str:
        """Its first key as people write it."""
        return self.display or self.keys_shown.split(" ")[0]

    @property
    def keys_shown(self) -> str:
        """All its keys as people write them."""
        return shown_keys(self.keys)

    def binding(self) -> Binding:
        return Binding(
            self.keys,
            self.action,
            self.name,
            show=bool(self.footer),
            key_display=self.key_shown,
            id=self.id,
        )


_SHOWN = {
    "question_mark": "?",
    "number_sign": "#",
    "slash": "/",
    "percent_sign": "%",
    "ampersand": "&",
    "plus": "+",
    "equals_sign": "=",
    "minus": "−",
    "asterisk": "*",
    "comma": ",",
    "full_stop": ".",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "escape": "esc",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "shift+tab": "⇧tab",
    "shift+left": "⇧←",
    "shift+right": "⇧→",
    "shift+up": "⇧↑",
    "shift+down": "⇧↓",
    "alt+left": "alt←",
    "alt+right": "alt→",
}


def shown_keys(keys: str) -> str:
    """Textual's names of some keys, as people write them."""
    names = (key.strip() for key in keys.split(","))
    return " ".join(_SHOWN.get(key, key.replace("ctrl+", "^")) for key in names)


def bindings(commands: Iterable[Command]) -> list[Binding]:
    """The bindings of some commands, for a `BINDINGS` of Textual."""
    return [command.binding() for command in commands if command.keys]
