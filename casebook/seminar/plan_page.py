"""The page that tells a lecturer what to hand out when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from casebook.book.edition import ENTRY, OUTCOMES, RATINGS
from casebook.comparison.documents import listed
from casebook.document import DocBlock, Set
from casebook.exports.paper import DraftCell, DraftPart, DraftTable, PaperDraft
from casebook.seminar.for_students import student_lines
from casebook.seminar.planned import Seminar
from casebook.text import Text


class HandedOut(NamedTuple):
    """Something that the students get.

    Attributes:
        before: the number of the step before which they get it, from 0; that of the steps for
            the end; None for what they get before the seminar.
    """

    files: tuple[str, ...]
    what: str
    before: int | None = None


def reveal_steps(seminar: Seminar) -> dict[str, int]:
    """For each part that is revealed, the number of the step before which that is.

    A hidden case is revealed before the first step that is about it, and so is what is revealed
    before it; the rest is revealed at the end.
    """
    found: dict[str, int] = {}
    latest = len(seminar.steps)
    for part in reversed(seminar.reveal):
        cases = [step.case for step in seminar.steps]
        slug = part.removeprefix(ENTRY) if part.startswith(ENTRY) else ""
        if slug and slug in cases:
            latest = min(latest, cases.index(slug))
        found[part] = latest
    return found


def part_words(part: str, titles: Mapping[str, str]) -> str:
    """What a seal reveals: `the book's ratings`."""
    words = {RATINGS: "the book's ratings", OUTCOMES: "how the cases have fared"}
    slug = part.removeprefix(ENTRY)
    return words.get(part) or f"the hidden case {titles.get(slug, slug)}"


def plan_page(
    seminar: Seminar, handed_out: Sequence[HandedOut], titles: Mapping[str, str], language: str
) -> PaperDraft:
    """The plan of a seminar with what is handed out before each step.

    Args:
        titles: of the cases, by slug.
    """
    title = f"{seminar.title}: what to hand out when"
    parts: list[DraftPart] = [
        DocBlock(Set.TITLE, Text(title), anchor="top"),
        DocBlock(Set.WARNING, Text("Lecturer's copy.")),
        DocBlock(Set.FACT, Text(seminar.date), lead="Date"),
        DocBlock(Set.FACT, Text(f"{seminar.minutes} minutes"), lead="Time"),
        *_cases(seminar, titles),
        _heading("Before the seminar"),
        *(_item(handout) for handout in handed_out if handout.before is None),
        _heading("In the seminar"),
    ]
    if seminar.steps:
        parts.append(_steps(seminar, handed_out, titles))
    last = [handout for handout in handed_out if handout.before == len(seminar.steps)]
    if last:
        parts += [_heading("At the end"), *(_item(handout) for handout in last)]
    parts.append(_heading("For students"))
    parts += [_item_of(line) for line in student_lines(f"{seminar.slug}.sqlite")]
    if seminar.reveal:
        how = (
            "A student who gets a .seal file opens it with casebook reveal FILE, in the folder of"
            " the students' edition. Each holds what those before it reveal, too."
        )
        parts += [DocBlock(Set.PARAGRAPH, Text(how))]
    return PaperDraft(
        title, tuple(parts), {}, language, has_references=False, running_head="Lecturer's copy"
    )


def _cases(seminar: Seminar, titles: Mapping[str, str]) -> Iterator[DocBlock]:
    for lead, chosen in (
        ("Cases", [case for case in seminar.cases if not case.optional and not case.hidden]),
        ("Optional", [case for case in seminar.cases if case.optional and not case.hidden]),
        ("Hidden", [case for case in seminar.cases if case.hidden]),
    ):
        if chosen:
            names = listed([titles.get(case.slug, case.slug) for case in chosen])
            yield DocBlock(Set.FACT, Text(names), lead=lead)


def _steps(
    seminar: Seminar, handed_out: Sequence[HandedOut], titles: Mapping[str, str]
) -> DraftTable:
    rows = []
    begin = 0
    for number, step in enumerate(seminar.steps):
        end = begin + step.minutes
        case = titles.get(step.case, step.case)
        about = [case] if case and case != step.title else []
        about += [f"point {step.point}"] if step.point else []
        what = f"{step.title} ({', '.join(about)})" if about else step.title
        due = [handout for handout in handed_out if handout.before == number]
        files = "\n".join(f"{', '.join(handout.files)}: {handout.what}" for handout in due)
        rows.append((f"{begin}-{end}", f"{what}\n{step.question}".strip(), files))
        begin = end
    heads = ("Minutes", "What is done", "Hand out first")
    return DraftTable(
        tuple(DraftCell(Text(head)) for head in heads),
        tuple(tuple(DraftCell(Text(words)) for words in row) for row in rows),
        Text(f"The steps of {seminar.title}"),
    )


def _item(handout: HandedOut) -> DocBlock:
    return _item_of(f"{', '.join(handout.files)}: {handout.what}")


def _item_of(words: str) -> DocBlock:
    return DocBlock(Set.ITEM, Text(words), lead="\N{BULLET}", level=1)


def _heading(words: str) -> DocBlock:
    return DocBlock(Set.HEADING, Text(words), level=2)
