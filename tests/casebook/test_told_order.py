"""What follows from dates and told order, held against brute force and a reference solver."""

from __future__ import annotations

import itertools
import random

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.dates import Bounds
from casebook.durations import Duration
from casebook.told_bounds import Contradiction, DateLimit, tightened
from casebook.told_order import Told, ToldGraph
from casebook.told_relations import BoundName, TimeRelation


def lasting(count: int | None) -> Duration | None:
    return None if count is None else Duration.of_days(count)


LAST = 4
"""Brute force tries all days from 1 to this."""

DAYS = st.integers(1, LAST)


@st.composite
def moments(draw: st.DrawFn) -> Bounds:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    return Bounds.between(first, last)


@st.composite
def spans(draw: st.DrawFn) -> Bounds:
    begin = sorted((draw(DAYS), draw(DAYS)))
    end = sorted((draw(DAYS), draw(DAYS)))
    return Bounds(
        min(begin[0], end[0]), min(begin[1], end[1]), max(begin[0], end[0]), max(begin[1], end[1])
    )


@st.composite
def problems(draw: st.DrawFn) -> tuple[dict[str, Bounds], list[Told[str]]]:
    dates = {name: draw(moments() | spans()) for name in "abc"[: draw(st.integers(2, 3))]}
    told = []
    for _ in range(draw(st.integers(0, 4))):
        event, other = draw(st.permutations(sorted(dates)))[:2]
        relation = draw(st.sampled_from(TimeRelation))
        least = draw(st.none() | st.integers(0, 2))
        most = draw(st.none() | st.integers(least or 0, 3))
        told.append(Told(event, relation, other, lasting(least), lasting(most)))
    return dates, told


def is_solution(
    dates: dict[str, Bounds], told: list[Told[str]], days: dict[str, tuple[int, int]]
) -> bool:
    for name, bounds in dates.items():
        begin, end = days[name]
        if begin > end or (bounds.is_moment and begin != end):
            return False
    for statement in told:
        (begin, end), (other_begin, other_end) = days[statement.event], days[statement.other]
        apart = (
            other_begin - begin
            if statement.relation is TimeRelation.BEFORE
            else begin - other_begin
        )
        if apart < (statement.least.fewest if statement.least else 0):
            return False
        if statement.most is not None and apart > statement.most.most:
            return False
        if statement.relation is TimeRelation.DURING and end > other_end:
            return False
    return True


def solutions(dates: dict[str, Bounds], told: list[Told[str]]) -> list[dict[str, tuple[int, int]]]:
    choices = []
    for bounds in dates.values():
        begins = range(bounds.earliest_begin or 1, (bounds.latest_begin or LAST) + 1)
        ends = range(bounds.earliest_end or 1, (bounds.latest_end or LAST) + 1)
        choices.append([(b, e) for b in begins for e in ends if b <= e])
    every = (dict(zip(dates, days, strict=True)) for days in itertools.product(*choices))
    return [days for days in every if is_solution(dates, told, days)]


@settings(max_examples=400)
@given(problems())
def test_small_problems_as_by_trying_all_days(
    problem: tuple[dict[str, Bounds], list[Told[str]]],
) -> None:
    dates, told = problem
    possible = solutions(dates, told)
    if not possible:
        with pytest.raises(Contradiction):
            tightened(dates, told)
        return
    for name, found in tightened(dates, told).items():
        given = dates[name]
        expected = (
            min(days[name][0] for days in possible),
            max(days[name][0] for days in possible),
            min(days[name][1] for days in possible),
            max(days[name][1] for days in possible),
        )
        own = (given.earliest_begin, given.latest_begin, given.earliest_end, given.latest_end)
        got = (
            found.bounds.earliest_begin,
            found.bounds.latest_begin,
            found.bounds.earliest_end,
            found.bounds.latest_end,
        )
        for bound, value, exact, before in zip(BoundName, got, expected, own, strict=True):
            # Without told order a date is left as it is, though a day of it may be impossible.
            assert value == exact or (value == before and bound not in found.reasons)
            if told and value != exact:
                assert tightened({name: given}, [])[name].bounds == given


@given(problems(), st.lists(moments() | spans(), max_size=3))
def test_events_of_which_nothing_is_told_change_nothing(
    problem: tuple[dict[str, Bounds], list[Told[str]]], others: list[Bounds]
) -> None:
    dates, told = problem
    alone = {f"other {number}": bounds for number, bounds in enumerate(others)}
    try:
        expected = tightened(dates, told)
    except Contradiction:
        with pytest.raises(Contradiction):
            tightened(alone | dates, told)
        return
    found = tightened(alone | dates, told)
    assert {name: found[name] for name in dates} == expected
    assert list(found) == [*alone, *dates]
    for name, bounds in alone.items():
        assert (found[name].bounds, dict(found[name].reasons)) == (bounds, {})


@settings(max_examples=300)
@given(problems())
def test_the_reasons_alone_give_the_bound(
    problem: tuple[dict[str, Bounds], list[Told[str]]],
) -> None:
    dates, told = problem
    try:
        found = tightened(dates, told)
    except Contradiction as contradiction:
        among = [reason for reason in contradiction.chain if isinstance(reason, Told)]
        assert among or any(isinstance(reason, DateLimit) for reason in contradiction.chain)
        with pytest.raises(Contradiction):
            tightened(dates, among)
        return
    for name, event in found.items():
        for bound, chain in event.reasons.items():
            among = [reason for reason in chain if isinstance(reason, Told)]
            again = tightened(dates, among)[name].bounds
            attribute = bound.value.replace(" ", "_")
            assert getattr(again, attribute) == getattr(event.bounds, attribute)


@pytest.mark.parametrize("seed", range(6))
def test_large_problems_as_a_reference_solver(seed: int) -> None:
    chance = random.Random(seed)
    count = 300
    true_day = [chance.randrange(700_000, 740_000) for _ in range(count)]
    dates = {}
    for number, day in enumerate(true_day):
        low = day - chance.randrange(4000) if chance.random() < 0.4 else None
        high = day + chance.randrange(4000) if chance.random() < 0.4 else None
        dates[number] = (
            Bounds.between(low, high) if (low, high) != (None, None) else Bounds.between(1, None)
        )
    told = []
    for _ in range(900):
        event, other = chance.sample(range(count), 2)
        if true_day[event] < true_day[other]:
            event, other = other, event
        apart = true_day[event] - true_day[other]
        least = chance.choice([None, max(0, apart - chance.randrange(900))])
        most = chance.choice([None, apart + chance.randrange(900)])
        told.append(Told(event, TimeRelation.AFTER, other, lasting(least), lasting(most)))
    graph = networkx.DiGraph()

    def add(u: object, v: object, weight: int) -> None:
        if not graph.has_edge(u, v) or graph[u][v]["weight"] > weight:
            graph.add_edge(u, v, weight=weight)

    for number, bounds in dates.items():
        if bounds.latest_begin is not None:
            add("origin", number, bounds.latest_begin)
        if bounds.earliest_begin is not None:
            add(number, "origin", -bounds.earliest_begin)
    for statement in told:
        add(statement.event, statement.other, -(statement.least.fewest if statement.least else 0))
        if statement.most is not None:
            add(statement.other, statement.event, statement.most.most)
    highest = networkx.single_source_bellman_ford_path_length(graph, "origin")
    lowest = networkx.single_source_bellman_ford_path_length(graph.reverse(), "origin")
    for number, found in tightened(dates, told).items():
        assert found.bounds.latest_begin == highest.get(number)
        assert found.bounds.earliest_begin == (-lowest[number] if number in lowest else None)


def test_a_contradiction_names_its_chain_and_nothing_else() -> None:
    dates = {name: Bounds.between(1, 1000) for name in ("a", "b", "c", "d")}
    circle = [
        Told("b", TimeRelation.AFTER, "a", least=lasting(1)),
        Told("c", TimeRelation.AFTER, "b"),
        Told("c", TimeRelation.BEFORE, "a"),
    ]
    with pytest.raises(Contradiction) as caught:
        tightened(dates, [*circle, Told("d", TimeRelation.AFTER, "a")])
    assert set(caught.value.chain) == set(circle)


def test_a_distance_that_the_dates_rule_out() -> None:
    dates = {"exchange": Bounds.between(100, 110), "exports": Bounds.between(500, 510)}
    told = Told("exports", TimeRelation.AFTER, "exchange", most=lasting(300))
    with pytest.raises(Contradiction) as caught:
        tightened(dates, [told])
    assert told in caught.value.chain
    assert DateLimit("exports", BoundName.EARLIEST_BEGIN) in caught.value.chain
    assert DateLimit("exchange", BoundName.LATEST_BEGIN) in caught.value.chain


def test_what_is_open_stays_open() -> None:
    dates = {
        "work": Bounds(None, 740, None, None),  # began by day 740 and has not ended
        "decision": Bounds.between(700, 710),
        "tradition": Bounds(None, None, 720, 730),
    }
    told = [
        Told("work", TimeRelation.AFTER, "decision"),
        Told("tradition", TimeRelation.BEFORE, "work"),
        Told("work", TimeRelation.DURING, "tradition"),
    ]
    found = tightened(dates, told)
    assert found["work"].bounds == Bounds(700, 730, None, None)
    assert found["tradition"].bounds.always_had_been


def test_a_chain_of_events_without_dates_takes_them_from_both_ends() -> None:
    dates = {0: Bounds.between(100, 100), 4: Bounds.between(900, 900)}
    dates |= {number: Bounds.between(None, 5000) for number in (1, 2, 3)}
    told = [Told(number + 1, TimeRelation.AFTER, number, least=lasting(10)) for number in range(4)]
    found = tightened(dates, told)
    assert [found[n].bounds.possible for n in (1, 2, 3)] == [(110, 870), (120, 880), (130, 890)]
    chain = found[2].reasons[BoundName.EARLIEST_BEGIN]
    assert chain == (DateLimit(0, BoundName.EARLIEST_BEGIN), told[0], told[1])


def test_order_over_several_statements() -> None:
    told = [
        Told("lamp", TimeRelation.AFTER, "web"),
        Told("web", TimeRelation.BEFORE, "fair"),
        Told("export", TimeRelation.AFTER, "lamp"),
    ]
    order = ToldGraph(told)
    assert order.chain("web", "export") == (told[0], told[2])
    assert order.chain("export", "web") == ()
    assert order.chain("lamp", "fair") == ()
    dates = {name: Bounds.between(5, 10) for name in ("export", "fair", "lamp", "web")}
    assert order.sorted(["export", "fair", "lamp", "web"], dates) == [
        "web",
        "fair",
        "lamp",
        "export",
    ]


@given(
    st.permutations(range(6)),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=8),
)
def test_sorting_keeps_every_event_and_every_told_order(
    names: list[int], pairs: list[tuple[int, int]]
) -> None:
    told = [Told(max(a, b), TimeRelation.AFTER, min(a, b)) for a, b in pairs if a != b]
    dates = {name: Bounds.between(50 - name, 60) for name in names}
    found = ToldGraph(told).sorted(names, dates)
    assert sorted(found) == sorted(names)
    for statement in told:
        assert found.index(statement.other) < found.index(statement.event)
    if not told:
        assert found == sorted(names, reverse=True)
