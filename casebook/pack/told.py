"""Told order in a pack: what its events say of one another, held against their dates."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping, MutableMapping
from dataclasses import astuple, dataclass, field
from typing import NamedTuple

from casebook.dates import Bounds, iso_day
from casebook.pack.forms import ToldForm, guess
from casebook.pack.problems import Problems, Spot
from casebook.pack.reader import Draft
from casebook.texts_on_disk import StoredTexts
from casebook.told_bounds import Contradiction, DateLimit, Reason, Tightened, tightened
from casebook.told_order import Told
from casebook.told_relations import BoundName

MOST_CONTRADICTIONS = 20
"""Contradictions that are looked for; what is left after them shows when they are mended."""


class EventId(NamedTuple):
    """What identifies an event in a pack."""

    entry: str
    key: str

    def __str__(self) -> str:
        return f"{self.entry}/{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStatement(Told[EventId]):
    """A told order as its author wrote it.

    Attributes:
        volume: the number of the volume that says it.
    """

    spot: Spot
    form: ToldForm = field(compare=False)
    volume: int = 1


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """The date of an event as its author wrote it, or what several accounts of it leave."""

    text: str
    bounds: Bounds
    spot: Spot


class DatedEvents(MutableMapping[EventId, DatedEvent]):
    """The dates of events, held on the disk: a pack may have tens of thousands."""

    def __init__(self) -> None:
        self._stored = StoredTexts()

    def __getitem__(self, event: EventId) -> DatedEvent:
        text, bounds, spot = json.loads(self._stored[str(event)])
        return DatedEvent(text, Bounds(*bounds), Spot(*spot))

    def __setitem__(self, event: EventId, dated: DatedEvent) -> None:
        self._stored[str(event)] = json.dumps((dated.text, dated.bounds, astuple(dated.spot)))

    def __delitem__(self, event: EventId) -> None:
        del self._stored[str(event)]

    def __contains__(self, event: object) -> bool:
        return isinstance(event, EventId) and str(event) in self._stored

    def __iter__(self) -> Iterator[EventId]:
        for name in self._stored:
            entry, _, key = name.partition("/")
            yield EventId(entry, key)

    def __len__(self) -> int:
        return len(self._stored)


@dataclass(slots=True)
class ToldOrders:
    """Gathers the events of a pack entry by entry, and reasons about them at the end.

    Attributes:
        events: every event that could be read.
        statements: what they say of one another, in the order of the pack.
    """

    events: MutableMapping[EventId, DatedEvent] = field(default_factory=DatedEvents)
    statements: list[ToldStatement] = field(default_factory=list)
    _files: StoredTexts = field(default_factory=StoredTexts)
    """The files that say something of an entry, a line each, by its slug."""

    def take(self, draft: Draft, problems: Problems, volume: int) -> None:
        """Takes the events of a file.

        Args:
            problems: of its pack, for where things stand.
            volume: the number of the volume that the pack is.
        """
        path = problems.placed(draft.front.spot()).path
        self._files[draft.slug] = f"{self._files.get(draft.slug, '')}{path}\n"
        for number, event in enumerate(draft.front.form.events):
            name = EventId(draft.slug, event.key)
            spot = problems.placed(draft.front.spot("events", number, "when"))
            if name not in self.events:
                self.events[name] = DatedEvent(event.when.text, event.when.bounds, spot)
            for relation, place, form in event.told():
                self.statements.append(
                    ToldStatement(
                        event=name,
                        relation=relation,
                        other=_named(form.event, draft.slug),
                        least=form.by.least if form.by else None,
                        most=form.by.most if form.by else None,
                        spot=problems.placed(
                            draft.front.spot("events", number, relation.value, place)
                        ),
                        form=form,
                        volume=volume,
                    )
                )

    def check(self, slugs: Container[str], problems: Problems) -> None:
        """Checks that each statement is about two events that there are.

        An event that is missing from a file with other problems may only be unreadable.

        Args:
            slugs: of every entry that has a file.
        """
        faulty = {problem.spot.path for problem in problems.found}
        for told in self.statements:
            if told.event == told.other:
                problems.add(told.spot, f"'{told.event.key}' cannot be ordered against itself")
            elif told.other.entry not in slugs:
                problems.add(told.spot, f"no event '{told.form.event}': no such entry")
            elif told.other not in self.events:
                files = self._files.get(told.other.entry)
                if files is None or not faulty.isdisjoint(files.splitlines()):
                    continue
                keys = [name.key for name in self.events if name.entry == told.other.entry]
                near = guess(told.other.key, keys)
                problems.add(told.spot, f"no event '{told.form.event}'{near}")

    def solved(self, problems: Problems) -> Mapping[EventId, Tightened[EventId]]:
        """The tightest bounds of the events that something is told of.

        Contradictions go to the problems.
        """
        told = [
            statement
            for statement in self.statements
            if statement.other in self.events and statement.event != statement.other
        ]
        # An event of which nothing is told keeps its own date, and there may be tens of thousands.
        linked = {event for statement in told for event in (statement.event, statement.other)}
        dates = {name: self.events[name].bounds for name in self.events if name in linked}
        for _ in range(MOST_CONTRADICTIONS):
            try:
                return tightened(dates, told)
            except Contradiction as error:
                blamed = [reason for reason in error.chain if isinstance(reason, ToldStatement)]
                steps = "; ".join(self._said(reason) for reason in error.chain)
                problems.add(
                    blamed[0].spot, f"dates and told order contradict one another: {steps}"
                )
                told = [statement for statement in told if statement != blamed[0]]
        return {}

    def _said(self, reason: Reason[EventId]) -> str:
        """A link of a chain: what it says, and where."""
        if isinstance(reason, ToldStatement):
            words = f"{reason.event} {_relation_words(reason)} {reason.other}"
            return f"{words} ({reason.spot})"
        assert isinstance(reason, DateLimit)
        event = self.events[reason.event]
        return f"{reason.event} {limit_words(event.bounds, reason.bound)} ({event.spot})"


def _named(words: str, entry: str) -> EventId:
    other, slash, key = words.partition("/")
    return EventId(other, key) if slash else EventId(entry, words)


def _relation_words(told: ToldStatement) -> str:
    """`after`, `after (by at least P2Y, at most P3Y)`."""
    by = told.form.by
    limits = [
        f"{word} {limit.text}"
        for word, limit in (
            ("at least", by.least if by else None),
            ("at most", by.most if by else None),
        )
        if limit
    ]
    if not limits:
        return told.relation.value
    return f"{told.relation.value} by {' and '.join(limits)}"


def limit_words(bounds: Bounds, bound: BoundName | None) -> str:
    """A limit that a date gives: `began on 2003-12-31 or before`."""
    if bound is BoundName.EARLIEST_BEGIN:
        return f"began on {iso_day(bounds.earliest_begin)} or after"
    if bound is BoundName.LATEST_BEGIN:
        return f"began on {iso_day(bounds.latest_begin)} or before"
    if bound is BoundName.EARLIEST_END:
        return f"ended on {iso_day(bounds.earliest_end)} or after"
    if bound is BoundName.LATEST_END:
        return f"ended on {iso_day(bounds.latest_end)} or before"
    return "does not end before it begins"
