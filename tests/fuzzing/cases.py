"""A case: files that are made, commands that are run over them, and what has to hold."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.fuzzing.judging import Finding, judge_files, judge_run
from tests.fuzzing.keeping import Findings
from tests.fuzzing.running import (
    CPU_SECONDS,
    Place,
    Ran,
    now,
    run_afresh,
    run_command,
    run_forked,
)


class Step(NamedTuple):
    """One run of the program.

    Attributes:
        arguments: of the command.
        action: what is done in the child in place of a command.
        is_fresh: an interpreter of its own, and not a fork.
        closed: descriptors that are closed before it starts.
        stdout: a device in place of a file.
    """

    arguments: tuple[str, ...] = ()
    variables: Mapping[str, str] = {}
    action: Callable[[], int] | None = None
    is_fresh: bool = False
    closed: tuple[int, ...] = ()
    stdout: str = ""
    cpu_seconds: int = CPU_SECONDS

    @property
    def name(self) -> str:
        """The command and its format, without what differs from case to case."""
        if self.action is not None:
            return getattr(self.action, "__name__", "action")
        verb = next((one for one in self.arguments if one in VERBS), "")
        words = [verb]
        if verb in ("notes", "export"):
            after = self.arguments[self.arguments.index(verb) + 1 :]
            words += [one for one in after[:1] if one.isascii() and one.isalpha()]
        words += [self.form] if self.form in FORMS else []
        words += [one for one in ("--json", "--style") if one in self.arguments]
        return " ".join(words)[:60] or "casebook"

    @property
    def form(self) -> str:
        """The format that is asked for, if one is."""
        if "--format" not in self.arguments[:-1]:
            return ""
        return self.arguments[self.arguments.index("--format") + 1]

    def run(self, place: Place) -> Ran:
        if self.action is not None:
            return run_forked(
                self.action, place, variables=self.variables, cpu_seconds=self.cpu_seconds
            )
        if self.is_fresh:
            return run_afresh(
                self.arguments,
                place,
                variables=self.variables,
                closed=self.closed,
                stdout=self.stdout,
            )
        return run_command(self.arguments, place, variables=self.variables, stdout=self.stdout)

    def as_shell(self) -> str:
        """A line for a shell that does the same."""
        if self.action is not None:
            return "# run again with --only, see README.md"
        variables = [f"{name}={shell_word(value)}" for name, value in self.variables.items()]
        words = [shell_word(one) for one in self.arguments]
        ends = [f"{number}>&-" for number in self.closed]
        ends += [f">{self.stdout}"] if self.stdout else []
        return " ".join([*variables, "${PYTHON:-python} -m casebook", *words, *ends])


def shell_word(text: str) -> str:
    """A word as bash reads it, whatever is in it."""
    if text.isascii() and text.isprintable():
        return shlex.quote(text)
    data = os.fsencode(text) if _is_encodable(text) else text.encode("utf-8", "replace")
    return "$'" + "".join(f"\\x{byte:02x}" for byte in data) + "'"


def _is_encodable(text: str) -> bool:
    try:
        os.fsencode(text)
    except UnicodeError:
        return False
    return True


MOST_OVERRUNS = 2
"""Runs without an end after which the rest of a case is left out."""

VERBS = (
    *("list", "show", "search", "sources", "glossary", "check", "build", "unpack", "new"),
    *("doctor", "cite", "compare", "timeline", "export", "notes"),
)

FORMS = (
    *("text", "md", "html", "docx", "xlsx", "csv", "json", "list", "chart", "svg", "ics"),
    *("timelinejs", "bibtex", "csl-json", "ris", "obsidian", "anki"),
)

Check = Callable[[Sequence[Ran], Path], Iterable[tuple[int, Finding]]]


def nothing_more(ran: Sequence[Ran], work: Path) -> Iterable[tuple[int, Finding]]:
    return ()


class Case(NamedTuple):
    """Attributes:
    prepare: makes the files, the same ones each time.
    check: what has to hold beyond what always has to, of the steps that were run; says
        the number of the step it is about.
    label: how the files were damaged.
    """

    prepare: Callable[[Path], None]
    steps: tuple[Step, ...]
    label: str
    check: Check = nothing_more


def try_case(part: str, number: int, case: Case, place: Place, findings: Findings) -> None:
    """Makes the files of a case, runs its steps, and keeps what may not be."""
    began = now()
    place.make()
    case.prepare(place.work)
    inputs = frozenset(path.name for path in place.work.iterdir())
    done: list[Ran] = []
    for at, step in enumerate(case.steps):
        ran = step.run(place)
        done.append(ran)
        found = [
            *judge_run(ran, place, step.name, f".{step.form}"),
            *judge_files(place.work, step.name, inputs),
        ]
        inputs |= {path.name for path in place.work.iterdir()}
        for one in found:
            findings.add(part, number, case, at, ran, one)
        findings.runs[part] += 1
        for stray in place.strays():
            _remove(Path(stray))
        for log in place.home.rglob("*.log"):
            log.unlink()
        if sum(one.cpu > CPU_SECONDS or one.gave_up for one in done) == MOST_OVERRUNS:
            break
    for at, one in case.check(done, place.work):
        findings.add(part, number, case, at, done[at], one)
    findings.cases[part] += 1
    findings.seconds[part] += now() - began  # type: ignore[assignment]


def _remove(path: Path) -> None:
    import shutil

    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
