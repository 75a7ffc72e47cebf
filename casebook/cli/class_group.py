"""The group of `casebook class`, whose commands stand in several files."""

from __future__ import annotations

from casebook.cli.app import app
from casebook.cli.arguments import Commands

class_app = Commands(
    help="Hold a class: collect answers, show them, and run it on a server.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(class_app, name="class")
