"""What may not be, whatever the input: the oracles that hold for every run."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.fuzzing.running import CPU_SECONDS, MEMORY, ROOT, Place, Ran

_FRAME = re.compile(r'File "([^"]+)", line (\d+), in (\S+)')
_ERROR = re.compile(r"^([A-Za-z_][\w.]*)(?::|$)")
_ZIPPED = (".docx", ".xlsx")
_WITH_CARRIAGE_RETURNS = (".ics", ".csv", ".ris", ".docx", ".xlsx")
_WITH_TABS = (".txt", ".anki", ".csv", ".ics", ".docx", ".xlsx", ".svg", ".html", ".json")
_BINARY = (".sqlite", ".sqlite-wal", ".sqlite-shm", ".sqlite-journal", ".zip")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Finding(NamedTuple):
    """One thing that may not be.

    Attributes:
        kind: what it is, in a few words.
        what: the exception's class, the character, the path…
        where: the innermost frame of Casebook's, or the command.
        told: a line or two for the reader of the report.
    """

    kind: str
    what: str
    where: str
    told: str = ""


def innermost(trace: str) -> tuple[str, str]:
    """The last exception of a traceback, and the innermost function of Casebook's in it."""
    where = ""
    for path, line, function in _FRAME.findall(trace):
        relative = os.path.relpath(path, ROOT)
        if relative.startswith(("casebook" + os.sep, "tui" + os.sep)):
            where = f"{relative}:{line} {function}"
    error = ""
    for line in trace.splitlines():
        found = _ERROR.match(line)
        if found and (found[1].endswith(("Error", "Exception", "Exit")) or "." in found[1]):
            error = found[1].rpartition(".")[2]
    return error or "unknown", where or "outside of Casebook"


def judge_run(ran: Ran, place: Place, name: str, ending: str = "") -> Iterator[Finding]:
    """Everything about one run that may not be.

    Args:
        name: of the command, for what has no frame.
        ending: of a file with what it prints.
    """
    text = ran.err.decode("utf-8", "replace")
    if "Traceback (most recent call last)" in text or "Exception ignored" in text:
        error, where = innermost(text)
        yield Finding("traceback", error, where, text[-1500:])
    elif ran.code == 70:
        error, where = innermost(ran.log)
        yield Finding("exit 70", error, where, ran.log[-1500:])
    elif ran.code in (99, 120):
        yield Finding("odd exit code", str(ran.code), name, text[-300:])
    if ran.gave_up:
        yield Finding("never ends", "", name, f"{ran.cpu:.1f} s of CPU")
    elif ran.code == -signal.SIGXCPU or ran.cpu > CPU_SECONDS:
        yield Finding("too much CPU", "", name, f"{ran.cpu:.1f} s of CPU")
    elif ran.code < 0:
        yield Finding("ended by a signal", signal.Signals(-ran.code).name, name)
    if ran.memory > MEMORY:
        yield Finding("too much memory", "", name, f"{ran.memory >> 20} MiB")
    for deed in ran.deeds:
        verb, _, path = deed.partition(" ")
        yield Finding("watch", verb, name, f"{verb} {path}"[:300])
    for stray in place.strays():
        yield Finding("writes outside", "", name, stray)
    yield from control_findings(ran.out, "output", name, ending)
    yield from control_findings(ran.err, "errors", name)
    if ran.code == 0 and ran.out.lstrip()[:1] in (b"{", b"["):
        yield from _json_findings(ran.out, name)


def control_findings(data: bytes, what: str, name: str, ending: str = "") -> Iterator[Finding]:
    """Characters that could command or mislead a terminal."""
    text = data.decode("utf-8", "surrogateescape")
    allowed = "\n"
    if ending in _WITH_CARRIAGE_RETURNS:
        allowed += "\r"
    if ending in _WITH_TABS:
        allowed += "\t"
    seen = set()
    for at, character in enumerate(text):
        if character.isprintable() or character in allowed or character in seen:
            continue
        category = unicodedata.category(character)
        if category in ("Cc", "Cs") or character in _BIDI:
            seen.add(character)
            around = ascii(text[max(0, at - 30) : at + 30])
            yield Finding("control", f"U+{ord(character):04X} in {what}", name, around)
            if len(seen) == 3:
                return


def _json_findings(data: bytes, name: str) -> Iterator[Finding]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return
    pending = [value]
    while pending:
        one = pending.pop()
        if isinstance(one, dict):
            pending += [*one.keys(), *one.values()]
        elif isinstance(one, list):
            pending += one
        elif isinstance(one, str):
            for found in control_findings(
                one.encode("utf-8", "surrogatepass"), "a JSON value", name
            ):
                yield found
                return


def judge_files(folder: Path, name: str, inputs: frozenset[str]) -> Iterator[Finding]:
    """Control characters in files that were written, and files that do not open."""
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if relative.parts[0] in inputs or path.is_symlink() or not path.is_file():
            continue
        ending = path.suffix.lower()
        if ending in _BINARY:
            continue
        data = path.read_bytes()
        if data.startswith(b"SQLite format 3\0"):
            continue  # a notebook or a book of an odd name
        if ending in _ZIPPED:
            yield from _zip_findings(data, name, ending)
        else:
            what = f"a {ending or 'plain'} file"
            yield from control_findings(data, what, name, ending)
            yield from _format_findings(data, name, ending)


def _zip_findings(data: bytes, name: str, ending: str) -> Iterator[Finding]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                if member.endswith((".xml", ".rels")):
                    content = archive.read(member)
                    yield from control_findings(content, f"a {ending} file", name, ending)
                    yield from _format_findings(content, name, ".xml")
    except zipfile.BadZipFile as error:
        yield Finding("file does not open", ending, name, str(error))


def _format_findings(data: bytes, name: str, ending: str) -> Iterator[Finding]:
    from xml.etree import ElementTree

    try:
        if ending == ".json":
            json.loads(data)
        elif ending in (".svg", ".xml"):
            ElementTree.fromstring(data)
        elif ending == ".ics":
            from icalendar import Calendar

            Calendar.from_ical(data)
    except Exception as error:
        yield Finding("file does not open", ending, name, f"{type(error).__name__}: {error}"[:200])
