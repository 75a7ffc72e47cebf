"""What the guards cost: this checkout beside one of before they were there.

`python -m benchmarks.guards FOLDER` takes another checkout, has both build the pack of that
one, runs the same in turns and prints ratios of CPU seconds.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import ROOT, Row, machine, median, table

COMMANDS = {
    "list": ["list"],
    "page": ["show", "nosaku"],
    "note": ["notes", "add", "nosaku", "words"],
}


class Checkout:
    """A checkout with a book of its own build and a notebook."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root = root
        folder.mkdir()
        self.variables = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),  # the notebook is where it usually is
            "LANG": "C.UTF-8",
            "CASEBOOK_BOOK": str(folder / "book.sqlite"),
        }

    def build(self, pack: Path) -> None:
        self.run(["build", str(pack), "-o", self.variables["CASEBOOK_BOOK"]])

    def run(self, arguments: list[str]) -> float:
        """Runs a command and says the CPU seconds that it took."""
        before = _children()
        subprocess.run(
            [sys.executable, "-m", "casebook", *arguments],
            cwd=self.root, env=self.variables, stdin=subprocess.DEVNULL,
            capture_output=True, check=True,
        )  # fmt: skip
        return _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.guards", description=__doc__)
    parser.add_argument("before", type=Path, help="a checkout of before")
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        both = {
            "before": Checkout(arguments.before.resolve(), Path(name) / "before"),
            "now": Checkout(ROOT, Path(name) / "now"),
        }
        for checkout in both.values():
            checkout.build(arguments.before.resolve() / "data" / "niches")
        taken: dict[tuple[str, str], list[float]] = {}
        for round_ in range(-1, arguments.rounds):
            order = list(both) if round_ % 2 else list(reversed(both))
            for command, words in COMMANDS.items():
                for which in order:
                    seconds = both[which].run(words)
                    if round_ >= 0:  # the first has caches to fill
                        taken.setdefault((command, which), []).append(seconds)
    rows = [_row(command, taken[command, "before"], taken[command, "now"]) for command in COMMANDS]
    told = table("The cost of the guards", rows, ("before", "now", "ratio"))
    print(f"Measured on {machine()}.\n\n{told}")


def _row(command: str, before: list[float], now: list[float]) -> Row:
    old, new = median(before), median(now)
    return Row(command, f"{old * 1000:.0f} ms", f"{new * 1000:.0f} ms", f"{new / old:.2f}")


if __name__ == "__main__":
    main()
