"""Every command of `casebook`: the one place that knows all modules with commands.

The program, its manual page, shells that complete a line, and the tests of the documents get
the commands here. A module registers its own with `casebook.cli.app` when it is imported; the
help lists them in the order of these imports.
"""

from __future__ import annotations

from typer.models import CommandInfo

# isort: off
from casebook.cli import entries
from casebook.cli import packs
from casebook.cli import importing
from casebook.cli import authoring
from casebook.cli import doctor
from casebook.cli import export
from casebook.cli import compare
from casebook.cli import quiz
from casebook.cli import patterns
from casebook.cli import completion
from casebook.cli import timeline
from casebook.cli import maps
from casebook.cli import notes
from casebook.cli import notes_file
from casebook.cli import reading
from casebook.cli import basket
from casebook.cli import seminar
from casebook.cli import answers
from casebook.cli import classroom
from casebook.cli import class_online
from casebook.cli import presenting
from casebook.cli import serving
# isort: on

from casebook.cli.app import app

__all__ = ["app"]

_ORDER = (
    entries,
    packs,
    importing,
    authoring,
    doctor,
    export,
    compare,
    quiz,
    patterns,
    completion,
    timeline,
    maps,
    notes,
    notes_file,
    reading,
    basket,
    seminar,
    answers,
    classroom,
    class_online,
    presenting,
    serving,
)


def _place(registered: CommandInfo) -> int:
    names = [module.__name__ for module in _ORDER]
    return names.index(registered.callback.__module__) if registered.callback else 0


# A module may have been imported for a command of its own before.
app.registered_commands.sort(key=_place)
