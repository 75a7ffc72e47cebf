"""Writes a draft as the file of an entry; equal drafts give equal files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from casebook.imports.drafts import ImportedEntry
from casebook.pack.yaml_tree import LONGEST
from casebook.safe_text import made_safe_line

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[ -][A-Za-z0-9]+)*")
_YAML_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off"))
_RESERVE = 2_048


def entry_text(draft: ImportedEntry) -> str:
    """The file of an entry. What does not fit into its front matter is named in a comment."""
    head = [*_head(draft), *_setting(draft), *_todo(draft, "outcome")]
    if draft.outcome:
        head.append(f"outcome: {scalar(draft.outcome)}")
    room = LONGEST - _RESERVE - _size(head)
    events, room = _within(room, "events", _events(draft))
    assessments, room = _within(room, "assessments", _assessments(draft))
    lines = [
        "---", *head, *_todo(draft, "events"), *events,
        *_todo(draft, "assessments"), *assessments, *_todo(draft, "text"), "---",
    ]  # fmt: skip
    body = "".join(f"\n{paragraph}\n" for paragraph in draft.paragraphs)
    return "\n".join(lines) + "\n" + body


def scalar(words: str) -> str:
    """Words as YAML takes them: bare where they are plain, else in quotes."""
    if _PLAIN.fullmatch(words) and words.lower() not in _YAML_WORDS:
        return words
    return json.dumps(words, ensure_ascii=False)


def _size(lines: Iterable[str]) -> int:
    return sum(len(line.encode("utf-8")) + 1 for line in lines)


def _within(room: int, name: str, items: Iterator[list[str]]) -> tuple[list[str], int]:
    """A list as far as there is room for it, and the room that is left."""
    lines: list[str] = []
    left_out = 0
    for item in items:
        size = _size(item)
        if left_out or size > room:
            left_out += 1
            continue
        room -= size
        lines += item
    if left_out:
        lines.append(f"# TODO {left_out} more {name} do not fit into one entry; make two of it")
    has_items = len(lines) > bool(left_out)
    return ([f"{name}:", *lines] if has_items else lines), room


def _todo(draft: ImportedEntry, part: str) -> Iterator[str]:
    for words in draft.todo.get(part, ()):
        yield f"# TODO {made_safe_line(words)}"


def _head(draft: ImportedEntry) -> Iterator[str]:
    yield f"kind: {draft.kind.value}"
    yield f"title: {scalar(draft.title)}"
    yield from _todo(draft, "title")
    yield from _todo(draft, "aliases")
    if draft.aliases:
        yield "aliases:"
        for alias in draft.aliases:
            note = f", note: {scalar(alias.note)}" if alias.note else ""
            yield f"  - {{text: {scalar(alias.text)}, kind: {alias.kind}{note}}}"
    yield from _todo(draft, "summary")
    yield f"summary: {scalar(draft.summary)}"


def _setting(draft: ImportedEntry) -> Iterator[str]:
    yield from _todo(draft, "setting")
    yield "setting:"
    yield f"  place: {scalar(draft.place)}"
    if draft.industries:
        yield "  industry:"
        yield from (f"    - {scalar(industry)}" for industry in draft.industries)
    if draft.size:
        yield f"  size: {scalar(draft.size)}"
    if draft.years:
        words, edtf = draft.years
        yield f"  years: {{text: {scalar(words)}, edtf: {scalar(edtf)}}}"


def _events(draft: ImportedEntry) -> Iterator[list[str]]:
    for event in draft.events:
        lines = [
            f"  - key: {event.key}",
            f"    what: {scalar(event.what)}",
            f"    when: {{text: {scalar(event.words)}, edtf: {scalar(event.edtf)}}}",
            f"    kind: {event.kind.value}",
        ]
        if event.place:
            lines.append(f"    place: {event.place}")
        yield lines


def _assessments(draft: ImportedEntry) -> Iterator[list[str]]:
    for assessment in draft.assessments:
        yield [
            f"  - point: {assessment.point}",
            f"    rating: {assessment.rating.value}",
            f"    evidence: {scalar(assessment.evidence)}",
        ]
