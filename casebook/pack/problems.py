"""What is wrong with a pack, told to its author."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from casebook.errors import CasebookError, Exit
from casebook.safe_text import made_safe_line


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place in a file of a pack.

    Attributes:
        file: path from the pack's root, with forward slashes.
        line: from 1; 0 for the file as a whole.
        column: from 1; 0 for the line as a whole.
        root: of the pack, where several are read together; else empty.
    """

    file: str
    line: int = 0
    column: int = 0
    root: str = ""

    @property
    def path(self) -> str:
        """The path of the file, from the pack's root or, of several packs, with that root."""
        return f"{self.root}/{self.file}" if self.root else self.file

    def __str__(self) -> str:
        return made_safe_line(f"{self.path}:{self.line}" if self.line else self.path)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong at a spot: what it is and, where that is known, what would be right."""

    spot: Spot
    message: str

    def __str__(self) -> str:
        return f"{self.spot}: {made_safe_line(self.message)}"


@dataclass(slots=True)
class Problems:
    """All that is wrong with a pack, or with several, gathered on the way through.

    Attributes:
        root: of the pack whose problems are added here; empty where there is only one pack.
    """

    found: list[Problem] = field(default_factory=list)
    root: str = ""

    def of_pack(self, root: str) -> Problems:
        """The same problems, for another pack to add its own."""
        return Problems(self.found, root)

    def placed(self, spot: Spot) -> Spot:
        """A spot with the root of its pack."""
        return replace(spot, root=self.root) if self.root and not spot.root else spot

    def add(self, spot: Spot, message: str) -> None:
        self.found.append(Problem(self.placed(spot), message))

    def __bool__(self) -> bool:
        return bool(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def in_order(self) -> list[Problem]:
        """Each once, by file and line."""
        return sorted(set(self.found), key=lambda problem: (problem.spot.path, problem))


class PackError(CasebookError):
    """The pack cannot be built; `problems` says all the reasons."""

    exit_code = Exit.FAILED

    def __init__(self, problems: Problems) -> None:
        self.problems = problems.in_order()
        super().__init__("\n".join(str(problem) for problem in self.problems))
