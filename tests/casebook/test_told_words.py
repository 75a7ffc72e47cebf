"""Told order in words: each reason that is printed can be read back as what was told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from casebook.book.page_values import (
    BoundReasons,
    DateStep,
    EventLine,
    EventRef,
    ToldLine,
)
from casebook.book.told import ToldLines
from casebook.citations import Citation
from casebook.dates import Bounds, first_day_of
from casebook.document import with_citations
from casebook.durations import Duration, parse_duration
from casebook.edtf import bounds_of
from casebook.text_builder import TextBuilder
from casebook.timeline.verdicts import verdict_text
from casebook.told_bounds import Contradiction, DateLimit, tightened
from casebook.told_order import Told
from casebook.told_relations import BoundName, TimeRelation
from casebook.told_words import add_reasons, add_told
from tests.casebook.timeline.made import event_of

NAMES = ("Alpha", "Beta", "Gamma", "Delta")
START = first_day_of(2003) + 40
DISTANCES = ["P0D", "P1D", "P2D", "P5D", "P1W"]


def made(dates: dict[str, Bounds], told: list[ToldLine]) -> dict[str, EventLine]:
    """Events with the bounds that follow from what is told of them, as a book has them."""
    line_of = {
        Told(
            line.event.short,
            line.relation,
            line.other.short,
            parse_duration(line.least) if line.least else None,
            parse_duration(line.most) if line.most else None,
        ): line
        for line in told
    }
    events = {}
    for name, found in tightened(dates, line_of).items():
        reasons = []
        for bound, chain in found.reasons.items():
            steps: list[DateStep | ToldLine] = []
            for step in chain:
                if isinstance(step, DateLimit):
                    assert step.bound is not None
                    day = getattr(dates[step.event], step.bound.replace(" ", "_"))
                    steps.append(
                        DateStep(ref(step.event), step.bound, f"date of {step.event}", day)
                    )
                else:
                    steps.append(line_of[step])
            reasons.append(BoundReasons(bound, tuple(steps)))
        own = tuple(line for line in told if line.event.short == name)
        events[name] = named(name, dates[name])._replace(
            derived=found.bounds if reasons else None, reasons=tuple(reasons), told=own
        )
    return events


def named(name: str, bounds: Bounds) -> EventLine:
    return event_of(bounds, name, NAMES.index(name), date_text=f"date of {name}")


def ref(name: str) -> EventRef:
    event = named(name, Bounds(None, None, None, None))
    return EventRef(event.entry, event.key, name)


def line(
    event: str,
    relation: str,
    other: str,
    least: str = "",
    most: str = "",
    citations: tuple[Citation, ...] = (Citation("m", "para. 1"),),
) -> ToldLine:
    return ToldLine(
        ref(event),
        TimeRelation(relation),
        ref(other),
        "",
        "",
        least,
        most,
        parse_duration(least).fewest if least else None,
        parse_duration(most).most if most else None,
        citations,
    )


@st.composite
def problems(draw: st.DrawFn) -> tuple[dict[str, Bounds], list[ToldLine]]:
    dates = {}
    for name in NAMES[: draw(st.integers(2, 4))]:
        low, high = sorted((draw(st.integers(0, 25)), draw(st.integers(0, 25))))
        first: int | None = START + low
        last: int | None = START + high
        match draw(st.sampled_from(["moment", "from", "until", "lasting"])):
            case "moment":
                dates[name] = Bounds.between(first, last)
            case "from":
                dates[name] = Bounds.between(first, None)
            case "until":
                dates[name] = Bounds.between(None, last)
            case _:
                end = START + draw(st.integers(high, 30))
                dates[name] = Bounds(first, last, last, end)
    told = []
    for _ in range(draw(st.integers(1, 5))):
        event, other = draw(st.permutations(sorted(dates)))[:2]
        relation = draw(st.sampled_from(TimeRelation))
        least, most = (draw(st.sampled_from(["", *DISTANCES])) for _ in "lm")
        if least and most and parse_duration(least).fewest > parse_duration(most).most:
            least, most = most, least
        told.append(line(event, relation, other, least, most))
    return dates, told


class Read(NamedTuple):
    """A statement as it is read from a printed reason.

    Attributes:
        limits: `least` or `most`, each with its words.
    """

    event: str
    relation: TimeRelation
    other: str
    limits: frozenset[tuple[str, str]]

    def is_in(self, told: list[ToldLine]) -> bool:
        """Whether it was told, seen from the one event or from the other."""
        for line in told:
            pair, relation = (line.event.short, line.other.short), line.relation
            turned = {"after": "before", "before": "after"}.get(relation)
            if (self.event, self.other) == pair[::-1] and self.relation == turned:
                pair, relation = pair[::-1], self.relation
            limits = {
                (side, parse_duration(text).words)
                for side, text in (("least", line.least), ("most", line.most))
                if text
            }
            if ((self.event, self.other), self.relation) == (pair, relation) and (
                self.limits <= limits
            ):
                return True
        return False


NAME = "(Alpha|Beta|Gamma|Delta)"
LIMITS = r"((?:at (?:least|most) \d+ \w+(?: and )?)*)"
CLAUSES = [
    re.compile(rf"(?P<subject>it|which|and {NAME}|{NAME}) came ?{LIMITS} ?(after|before) {NAME}"),
    re.compile(
        rf"(?P<subject>it|which|and {NAME}|{NAME}) fell within (?P<whole>it|which|{NAME})"
        rf"(?:, {LIMITS} after its beginning)?"
    ),
    re.compile(rf"within which {NAME} fell(?:, {LIMITS} after its beginning)?"),
]


def limits_of(words: str | None) -> frozenset[tuple[str, str]]:
    return frozenset(re.findall(r"at (least|most) (\d+ \w+)", words or ""))


def clauses(words: str, it: str) -> Iterator[Read]:
    """The statements of a printed reason, one after the other.

    Args:
        it: the event that is spoken of.
    """
    which = it
    dated = re.search(r"(\w+), date of (\w+)( \([^)]*\))?", words)
    rest = words
    if dated:
        assert dated[1] == dated[2], words
        rest = words.replace(dated[0], dated[1]).replace(f"{dated[1]}, fell", f"{dated[1]} fell")
    while True:
        rest = rest.removeprefix(", ").removeprefix("and ")
        if found := CLAUSES[0].match(rest):
            _, one, other_one, limits, relation, other = found.groups()
            subject = {"it": it, "which": which}.get(found["subject"], one or other_one)
            yield Read(subject, TimeRelation(relation), other, limits_of(limits))
            which = other
        elif found := CLAUSES[1].match(rest):
            names = {"it": it, "which": which}
            subject = names.get(found["subject"], found["subject"])
            whole = names.get(found["whole"], found["whole"])
            yield Read(subject, TimeRelation.DURING, whole, limits_of(found.groups()[-1]))
            which = subject if found["whole"] in names else whole
        elif found := CLAUSES[2].match(rest):
            yield Read(found[1], TimeRelation.DURING, which, limits_of(found[2]))
            which = found[1]
        else:
            assert rest == "", words
            return
        rest = rest[found.end() :]


def is_way(told: list[ToldLine], start: str, end: str, steps: int, relation: str) -> bool:
    """Whether so many statements lead from one event to another, all of them one way."""
    reached = {start}
    for _ in range(steps):
        onward = set()
        for line in told:
            event, other, said = line.event.short, line.other.short, line.relation
            first, second = (event, other) if said is TimeRelation.BEFORE else (other, event)
            before, after = (first, second) if relation == "before" else (second, first)
            if before in reached:
                onward.add(after)
        reached = onward
    return end in reached


COLLAPSED = re.compile(
    rf"it came (after|before) {NAME}, date of {NAME}(?: \(.*\))?, with (\d) events? between"
)


@settings(max_examples=500)
@given(problems())
def test_a_printed_reason_is_what_was_told(
    problem: tuple[dict[str, Bounds], list[ToldLine]],
) -> None:
    dates, told = problem
    try:
        events = made(dates, told)
    except Contradiction:
        assume(False)
    for name, event in events.items():
        for reasons in event.reasons:
            builder = TextBuilder()
            add_reasons(builder, event, reasons)
            words = builder.text().plain
            if found := COLLAPSED.fullmatch(words):
                assert found[2] == found[3]
                assert is_way(told, name, found[2], int(found[4]) + 1, found[1]), words
                low = reasons.bound in (BoundName.EARLIEST_BEGIN, BoundName.EARLIEST_END)
                assert found[1] == ("after" if low else "before")
            elif not re.search(r"; \w+ is of ", words):
                read = list(clauses(words, name))
                assert len(read) == len(reasons.told), words
                assert all(statement.is_in(told) for statement in read), (words, read)
                assert implied(dates, read, name, reasons.bound) is not None, words
                got = getattr(event.known, reasons.bound.replace(" ", "_"))
                assert implied(dates, read, name, reasons.bound) == got, (words, got)
            full = TextBuilder()
            add_reasons(full, event, reasons, fully=True)
            head = full.text().plain.split("; ")[0]
            every = list(clauses(head, "nothing"))
            assert len(every) == len(reasons.told), head
            assert all(statement.is_in(told) for statement in every), (head, every)


def implied(dates: dict[str, Bounds], read: list[Read], name: str, bound: BoundName) -> int | None:
    """The bound that follows from the statements of a reason alone, and no others."""
    statements = []
    for one in read:
        limits = {side: parse_words(words) for side, words in one.limits}
        statements.append(Told(one.event, one.relation, one.other, **limits))
    value = getattr(tightened(dates, statements)[name].bounds, bound.replace(" ", "_"))
    return value if isinstance(value, int) else None


def parse_words(words: str) -> Duration:
    count, unit = words.split()
    return parse_duration(f"P{count}{unit[0].upper()}")


AUG = bounds_of("[2010-08-16..2010-12-31]")


@pytest.mark.parametrize(
    ("own", "relation", "least", "most", "words"),
    [
        ("2010", "before", "P1D", "P7D", "at most 7 days before Beta, date of Beta (not before 16 Aug 2010)"),
        ("2010", "before", "P1D", "P7D", "at least 1 day before Beta, date of Beta (not after 2010)"),
        ("[..2011]", "after", "P2M", "", "at least 2 months after Beta, date of Beta (not before 16 Aug 2010)"),
        ("[..2011]", "after", "", "P2M", "at most 2 months after Beta, date of Beta (not after 2010)"),
        ("[..2011]", "after", "", "", "it came after Beta, date of Beta (not before 16 Aug 2010)"),
        ("[..2011]", "before", "", "", "it came before Beta, date of Beta (not after 2010)"),
        ("[..2011]", "during", "", "", "it fell within Beta, date of Beta (not before 16 Aug 2010)"),
        ("[..2011]", "during", "", "P3D", "it fell within Beta, date of Beta (not after 2010), at most 3 days after its beginning"),
    ],
)  # fmt: skip
def test_the_relation_and_the_distance_that_were_told(
    own: str, relation: str, least: str, most: str, words: str
) -> None:
    events = made(
        {"Alpha": bounds_of(own), "Beta": AUG}, [line("Alpha", relation, "Beta", least, most)]
    )
    builder = TextBuilder()
    add_told(builder, events["Alpha"])
    assert words in builder.text().plain


@pytest.mark.parametrize(
    ("own", "relation", "least", "most", "words"),
    [
        ("[..2011]", "before", "P1D", "P7D", "at most 7 days after Beta, date of Beta (not after 2010)"),
        ("2010", "before", "", "", "it came after Beta, date of Beta (not before 16 Aug 2010)"),
        ("[..2011]", "after", "P1Y", "", "it came at least 1 year before Beta"),
        ("2009/", "during", "", "", "Beta, date of Beta (not before 16 Aug 2010), fell within it"),
    ],
)  # fmt: skip
def test_the_same_said_of_the_other_event(
    own: str, relation: str, least: str, most: str, words: str
) -> None:
    events = made(
        {"Alpha": bounds_of(own), "Beta": AUG}, [line("Beta", relation, "Alpha", least, most)]
    )
    builder = TextBuilder()
    add_told(builder, events["Alpha"])
    assert words in builder.text().plain


def test_a_chain_with_a_distance_says_each_step() -> None:
    told = [line("Alpha", "before", "Beta", "P50Y"), line("Gamma", "after", "Beta")]
    dates = {"Alpha": bounds_of("/2009"), "Beta": bounds_of("2009"), "Gamma": bounds_of("2009-09")}
    builder = TextBuilder()
    add_told(builder, made(dates, told)["Alpha"])
    assert builder.text().plain == (
        "Before Beta, as told. Begun not after Sep 1959, since it came at least 50 years before"
        " Beta, which came before Gamma, date of Gamma (not after Sep 2009)"
    )


STATED, INFERRED = Citation("m", "para. 66"), Citation("m", "paras. 46, 66", inferred=True)


def test_a_chain_cites_each_place_once_the_stated_first() -> None:
    told = [
        line("Alpha", "after", "Beta", citations=(Citation("m", "para. 66", inferred=True),)),
        line("Beta", "after", "Gamma", citations=(STATED,)),
        line("Gamma", "after", "Delta", citations=(INFERRED,)),
    ]
    dates = {name: bounds_of("[..2010]") for name in NAMES} | {"Delta": bounds_of("1996")}
    event = made(dates, told)["Alpha"]
    builder = TextBuilder()
    add_told(builder, event)
    assert with_citations(builder.text(), {}) == (
        "After Beta, as the book reads it [inferred from m ¶66]. Not before 1996, since it came"
        " after Delta, date of Delta (not before 1996), with 2 events between, as the book reads"
        " it [m ¶66; inferred from m ¶46]"
    )
    full = TextBuilder()
    add_told(full, event, fully=True)
    assert (
        "Alpha came after Beta [inferred from m ¶66], and Beta came after Gamma [m ¶66],"
        " and Gamma came after Delta [inferred from m ¶46, 66]; Delta is of date of Delta"
    ) in with_citations(full.text(), {})


@pytest.mark.parametrize(
    ("cited", "words"),
    [
        (((STATED,), (STATED,)), "as told"),
        (((STATED,), (INFERRED,)), "as the book reads it"),
        (((STATED,), (STATED, INFERRED)), "as the book reads it"),
        (((STATED,), (Citation("own"),)), "as the book reads it"),
    ],
)
def test_a_link_that_is_inferred_makes_a_verdict_the_books(
    cited: tuple[tuple[Citation, ...], tuple[Citation, ...]], words: str
) -> None:
    told = [
        line("Alpha", "after", "Beta", citations=cited[0]),
        line("Beta", "after", "Gamma", citations=cited[1]),
    ]
    events = made({name: bounds_of("[..2010]") for name in NAMES[:3]}, told)
    lines = ToldLines(told)
    text = verdict_text(events["Alpha"], events["Gamma"], lines).plain
    assert text.startswith(f"after Gamma, {words}: ")
    text = verdict_text(events["Beta"], events["Gamma"], lines).plain
    assert text == f"after Gamma, {words}"
