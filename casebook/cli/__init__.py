"""The `casebook` command.

`main` is the front door. A bare `casebook` opens the app without ever importing the
command line's own machinery; everything else goes to `casebook.cli.commands`, which never
imports the app.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from casebook.cli import front
from casebook.cli.output import ReaderGoneError, complain, open_streams
from casebook.errors import CasebookError, Exit, OutputError


def main() -> None:
    """Runs the command of `sys.argv` and exits with its code."""
    # Modules and first answers live as long as the program, so looking for garbage among
    # them is time lost at the start. The app, and what builds books, switch it on again.
    gc.disable()
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Runs a command and says its exit code."""
    open_streams()
    code = _outcome(arguments)
    try:
        sys.stdout.flush()
    except OutputError as error:
        return code or complain(error)
    except ReaderGoneError:
        pass
    return code


def _outcome(arguments: list[str]) -> int:
    try:
        if front.SHELL_ASKS in os.environ:
            from casebook.cli.commands import app
            from casebook.cli.completion import answer_shell

            return answer_shell(app)
        wanted = [argument for argument in arguments if argument != "--tour"]
        paths, rest = front.split_paths(wanted)
        if not rest:
            return _open_app(**paths, tour=len(wanted) < len(arguments))
        return front.run_command(arguments)
    except CasebookError as error:
        return complain(error)
    except ReaderGoneError:
        return Exit.OK
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        from casebook.crash import tell_crash

        tell_crash(error)
        return Exit.CRASH


def _open_app(
    book: Path | None = None,
    notebook: Path | None = None,
    pack: Path | None = None,
    on: Path | None = None,
    *,
    tour: bool = False,
) -> int:
    # The one place where the package looks at the app: the front door.
    from tui.front_door import run_app

    if pack is None and on is None:
        return run_app(book, notebook, tour=tour)
    from casebook.cli.building import built_pack, named_pack

    authored = built_pack(named_pack(pack), book, on)
    return run_app(authored.book(), notebook, authored, tour=tour)
