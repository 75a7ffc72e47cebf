"""What went wrong in one place is told there, and ends nothing else."""

from __future__ import annotations

from typing import Any

from casebook.errors import CasebookError
from tui.textual_private.pumps import FailureCatcher, messages_shown


class Telling(FailureCatcher):
    """The part of a screen, a view or the app that tells a failure and goes on.

    A `CasebookError` says in a sentence what could not be done; all else is a fault of the
    program and still ends it.
    """

    def failed(self, error: CasebookError) -> None:
        complain_on(self.app, error)


def complain_on(app: Any, error: CasebookError) -> None:
    """Tells a failure on an app, once while it is on the screen."""
    if error.message not in messages_shown(app):
        app.complain(error)
