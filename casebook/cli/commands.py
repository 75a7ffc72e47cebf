"""Every command of `casebook`: the one place that knows all modules with commands.

The program, its manual page, shells that complete a line, and the tests of the documents get
the commands here. A module registers its own with `casebook.cli.app` when it is imported; the
help lists them in the order of these imports.
"""

from __future__ import annotations

# isort: off
from casebook.cli import entries  # noqa: F401
from casebook.cli import packs  # noqa: F401
from casebook.cli import doctor  # noqa: F401
from casebook.cli import export  # noqa: F401
from casebook.cli import compare  # noqa: F401
from casebook.cli import completion  # noqa: F401
from casebook.cli import timeline  # noqa: F401
from casebook.cli import notes  # noqa: F401
from casebook.cli import notes_file  # noqa: F401
# isort: on

from casebook.cli.app import app, run_app

__all__ = ["app", "run_app"]
