"""What a command has made, onto standard output or into a file."""

from __future__ import annotations

from pathlib import Path

from casebook.cli.output import print_done, print_lines


def deliver(content: str | bytes, output: Path | None, *, force: bool, name: str = "") -> None:
    """Prints text; writes to a file what is to go there, and what cannot be printed.

    Text keeps the ends of its lines, which calendars and tables want to be CR LF.

    Args:
        name: of the file where none is given for what cannot be printed.

    Raises:
        CasebookError: the file is there already, or cannot be written.
    """
    if output is None and isinstance(content, str):
        print_lines(content.removeprefix("\ufeff").removesuffix("\n").split("\n"))
        return
    from casebook.exports.files import write_export

    path = output or Path(name)
    write_export(path, content, force=force)
    print_done(str(path), None, as_json=False)
