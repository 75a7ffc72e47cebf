"""The table of what came before an event, what after it, and what is told or unknown."""

from __future__ import annotations

from casebook.book.connection import open_book
from casebook.dates import Bounds
from casebook.timeline.reading import timeline_material
from casebook.timeline.relations import MOST_NAMED, Related, RelatedBy, relation_blocks, relations
from casebook.timeline.verdicts import verdict
from tests.casebook.timeline.made import event_of
from tests.conftest import SHIPPED_BOOK


def test_every_other_event_stands_in_one_line_that_its_verdict_gives() -> None:
    with open_book(SHIPPED_BOOK) as book:
        material = timeline_material(book, ["asiro-gentian-alliance", "nosaku", "renown"])
    words = {
        "before": RelatedBy.BEFORE,
        "after": RelatedBy.AFTER,
        "overlaps": RelatedBy.OVERLAPPING,
        "told": RelatedBy.TOLD,
        "cannot be known": RelatedBy.UNKNOWN,
    }
    for event in material.events:
        found = dict(relations(event, material.events, material.told))
        others = [other for other in material.events if other.id != event.id]
        assert sum(map(len, found.values())) == len(others)
        for other in others:
            by = words[verdict(other, event, material.told).order.value]
            assert any(name.startswith(other.short) for name in found[by])


def test_a_long_line_says_how_many_more_there_are() -> None:
    names = tuple(f"E{number}" for number in range(MOST_NAMED + 2))
    (block,) = relation_blocks([Related(RelatedBy.UNKNOWN, names)], event_of(Bounds.between(1, 2)))
    assert block.lead == "Unknown"
    assert block.text.plain.endswith("E7; and 2 more")


def test_only_what_nothing_dates_stands_apart_and_nothing_is_lost() -> None:
    from casebook.timeline.chart import UNDATED, LanesBy, arranged, is_undated

    with open_book(SHIPPED_BOOK) as book:
        material = timeline_material(book, None)
    for lanes_by in LanesBy:
        together = arranged(material, lanes_by)
        apart = arranged(material, lanes_by, undated_apart=True)
        assert {event.id for event in apart.events} == {event.id for event in together.events}
        assert not any(lane.is_undated for lane in together.lanes)
        *dated, last = apart.lanes
        assert (last.name, last.is_undated) == (UNDATED, True)
        assert all(is_undated(item.event) for item in last.items)
        assert all(item.event.derived is None for item in last.items)
        assert not any(is_undated(item.event) for lane in dated for item in lane.items)
