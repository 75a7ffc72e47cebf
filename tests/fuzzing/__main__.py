"""`python -m tests.fuzzing`: tries hostile files and inputs until the time is over."""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from tests.fuzzing import arguments, books, exports, imports, notebooks, packs, screens
from tests.fuzzing.cases import Case, try_case
from tests.fuzzing.keeping import Findings
from tests.fuzzing.running import Place, import_everything, now
from tests.fuzzing.world import World

PARTS: dict[str, Callable[[Random, World], Case]] = {
    "books": books.make_case,
    "packs": packs.make_case,
    "notebooks": notebooks.make_case,
    "keys": screens.keys_case,
    "sizes": screens.sizes_case,
    "arguments": arguments.make_case,
    "imports": imports.make_case,
    "exports": exports.make_case,
}


def fuzz(
    parts: Sequence[str],
    seed: int,
    scratch: Path,
    *,
    seconds: float | None = None,
    cases: int | None = None,
    numbers: Sequence[int] | None = None,
    kept: Path | None = None,
    tell: Callable[[Findings], None] = lambda _: None,
) -> Findings:
    """Tries the parts in turns, the one that has had the least time first.

    Args:
        seconds: after which no case is begun; None for no end but `cases`.
        cases: at most so many of each part.
        numbers: these cases alone.
        kept: a folder for what is found.
        tell: called every minute.
    """
    import_everything()
    gc.freeze()
    world = World(scratch / "world")
    place = Place(scratch / "case")
    findings = Findings(kept, seed)
    next_number: Counter[str] = Counter()
    began = told = now()
    while seconds is None or now() - began < seconds:
        left = [one for one in parts if cases is None or next_number[one] < cases]
        if not left:
            break
        part = min(left, key=lambda one: findings.seconds[one])
        at = next_number[part]
        number = at if numbers is None else numbers[at]
        next_number[part] += 1
        case = PARTS[part](Random(f"{seed}:{part}:{number}"), world)
        try_case(part, number, case, place, findings)
        if now() - told > 60:
            told = now()
            tell(findings)
    return findings


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--parts", nargs="+", choices=list(PARTS), default=list(PARTS))
    parser.add_argument("--only", metavar="PART:SEED:NUMBER", help="One case again.")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="Keep what is found there.")
    given = parser.parse_args()
    os.umask(0o077)
    report = given.keep / "findings.md" if given.keep else None

    def tell(findings: Findings) -> None:
        if report is not None:
            report.parent.mkdir(parents=True, exist_ok=True)
            report.write_text(findings.summary(), "utf-8")

    with tempfile.TemporaryDirectory(prefix="casebook-fuzzing-") as folder:
        if given.only:
            part, seed, number = given.only.split(":")
            found = fuzz(
                [part], int(seed), Path(folder), cases=1, numbers=[int(number)], kept=given.keep
            )
        else:
            found = fuzz(
                given.parts,
                given.seed,
                Path(folder),
                seconds=given.seconds,
                kept=given.keep,
                tell=tell,
            )
    tell(found)
    print(found.summary())
    return int(bool(found.times))


if __name__ == "__main__":
    sys.exit(main())
