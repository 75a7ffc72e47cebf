"""Everything a reader can do: one value an action.

From a command come its key, its word in the footer, its row in the help, its entry in the
palette and its id for remapping keys; nothing of these is written down a second time. A key
means the same on every screen that has it.
"""

from __future__ import annotations

from tui.command import Command
from tui.commands.everywhere import *
from tui.commands.noting import *
from tui.commands.pages import *
from tui.commands.seminars import *
from tui.commands.tables import *
from tui.commands.timelines import *


def known_ids() -> frozenset[str]:
    """The names of all actions, as settings call them."""
    return frozenset(value.id for value in globals().values() if isinstance(value, Command))
