"""`python -m benchmarks [PART…]`: prints what docs/performance.md reports."""

from __future__ import annotations

import argparse
import importlib

PARTS = (
    "start",
    "reading",
    "evidence",
    "frames",
    "volumes",
    "building",
    "told_order",
    "importing",
    "search",
    "million",
    "notebook",
    "timeline",
    "world_map",
    "comparison",
    "patterns",
    "seminar",
    "class_online",
    "serving",
    "hostile_strings",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "parts",
        nargs="*",
        choices=[*PARTS, []],
        metavar="PART",
        help=f"{', '.join(PARTS)}; all by default",
    )
    arguments = parser.parse_args()
    # Measuring needs a pty, and the list of parts is read where there is none.
    from benchmarks.measuring import machine

    print(f"Measured on {machine()}.\n")
    for part in arguments.parts or PARTS:
        print(importlib.import_module(f"benchmarks.{part}").report(), flush=True)


if __name__ == "__main__":
    main()
