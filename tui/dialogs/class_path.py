"""Asks for the place of a class."""

from __future__ import annotations

from casebook.seminar.class_places import ClassPlace, server_typed
from casebook.seminar.server_address import is_server
from tui.dialogs.export import place_of
from tui.dialogs.path import PathDialog

_USUAL_NAME = "class.sqlite"


class ClassPathScreen(PathDialog[ClassPlace]):
    """Answers the place of a class that can be read."""

    def __init__(self) -> None:
        super().__init__(
            "Open a class",
            f"~/{_USUAL_NAME}",
            _USUAL_NAME,
            "A file that `casebook class collect` has made, or the address of a server:"
            " postgresql://…. enter opens it, esc cancels",
        )

    def entered(self, typed: str) -> None:
        place = server_typed(typed)
        if place is not None:
            self.tell("Connecting …")
        elif is_server(typed):
            self.tell("That is not an address: postgresql://ROLE:PASSWORD@HOST/DATABASE.")
            return
        else:
            place = ClassPlace(str(place_of(typed or _USUAL_NAME, _USUAL_NAME)))
        self.take(lambda: _checked(place))


def _checked(place: ClassPlace) -> ClassPlace:
    place.check()
    return place
