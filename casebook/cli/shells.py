"""The shells that complete command lines, and how each asks the program to."""

from __future__ import annotations

from enum import StrEnum

SHELL_ASKS = "_CASEBOOK_COMPLETE"
"""Set by the script of a shell that asks how a command line may go on."""


class Shell(StrEnum):
    """The shells that there is a script for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
