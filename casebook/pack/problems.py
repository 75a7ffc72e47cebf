"""What is wrong with a pack, told to its author."""

from __future__ import annotations

from dataclasses import dataclass, field

from casebook.errors import CasebookError, Exit
from casebook.safe_text import made_safe_line


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place in a file of a pack.

    Attributes:
        file: path from the pack's root, with forward slashes.
        line: from 1; 0 for the file as a whole.
        column: from 1; 0 for the line as a whole.
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return made_safe_line(f"{self.file}:{self.line}" if self.line else self.file)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong at a spot: what it is and, where that is known, what would be right."""

    spot: Spot
    message: str

    def __str__(self) -> str:
        return f"{self.spot}: {made_safe_line(self.message)}"


@dataclass(slots=True)
class Problems:
    """All that is wrong with a pack, gathered on the way through it."""

    found: list[Problem] = field(default_factory=list)

    def add(self, spot: Spot, message: str) -> None:
        self.found.append(Problem(spot, message))

    def __bool__(self) -> bool:
        return bool(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def in_order(self) -> list[Problem]:
        """Each once, by file and line."""
        return sorted(set(self.found))


class PackError(CasebookError):
    """The pack cannot be built; `problems` says all the reasons."""

    exit_code = Exit.FAILED

    def __init__(self, problems: Problems) -> None:
        self.problems = problems.in_order()
        super().__init__("\n".join(str(problem) for problem in self.problems))
