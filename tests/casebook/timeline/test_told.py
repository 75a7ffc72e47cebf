"""Told order in timelines: lists, verdicts, the time between, and what is drawn."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from casebook.book.connection import Book, open_book
from casebook.book.events import Events, events_of
from casebook.book.page_values import (
    BoundReasons,
    DateStep,
    EventLine,
    EventRef,
    ToldLine,
)
from casebook.book.told import ToldLines
from casebook.citations import Citation
from casebook.dates import Bounds, TimeOrder
from casebook.document import with_citations
from casebook.edtf import bounds_of
from casebook.exports.timeline_csv import timeline_csv
from casebook.exports.timeline_js import timeline_object
from casebook.exports.timeline_svg import timeline_svg
from casebook.page_documents import event_words
from casebook.renderings import events_contract
from casebook.timeline import timeline_of
from casebook.timeline.chart import Chart, LanesBy, arranged, since
from casebook.timeline.documents import event_document, timeline_document
from casebook.timeline.elapsed import lapse_between
from casebook.timeline.lane_cells import CERTAIN, EXCLUDED, POSSIBLE, drawn_row
from casebook.timeline.layout import bar_of, lane_rows
from casebook.timeline.text_chart import chart_lines
from casebook.timeline.verdicts import verdict, verdict_text
from casebook.told_relations import BoundName, TimeRelation
from tests.casebook.timeline.made import event_of
from tests.conftest import SHIPPED_BOOK


@pytest.fixture(scope="module")
def book(first_volume: Path) -> Book:
    return open_book(first_volume)


@pytest.fixture(scope="module")
def events(book: Book) -> Events:
    return events_of(book)


def told(
    event: EventLine,
    relation: TimeRelation,
    other: EventLine,
    least: int | None = None,
    most: int | None = None,
) -> ToldLine:
    refs = [EventRef(named.entry, named.key, named.short) for named in (event, other)]
    return ToldLine(
        refs[0], relation, refs[1], "", "", "", "", least, most, (Citation("m", "para. 1"),)
    )


OPEN = bounds_of("[..2010]")
A, B, C = (event_of(OPEN, label, number) for number, label in enumerate("ABC"))
DATED = event_of(bounds_of("2003"), "dated", 9)


def test_the_verdict_is_told_from_either_side() -> None:
    lines = ToldLines([told(B, TimeRelation.AFTER, A)])
    assert verdict(B, A, lines)[::2] == (TimeOrder.TOLD, False)
    assert verdict(A, B, lines)[::2] == (TimeOrder.TOLD, True)
    assert verdict(A, C, lines).order is TimeOrder.UNKNOWN
    assert with_citations(verdict_text(B, A, lines), {}) == "after A, as told [m ¶1]"
    assert with_citations(verdict_text(A, B, lines), {}) == "before B, as told [m ¶1]"


def test_a_chain_says_each_step() -> None:
    lines = ToldLines([told(B, TimeRelation.AFTER, A), told(B, TimeRelation.BEFORE, C)])
    assert verdict(C, A, lines).order is TimeOrder.TOLD
    words = with_citations(verdict_text(C, A, lines), {})
    assert words == "after A, as told: B came after A [m ¶1], and B came before C [m ¶1]"


def test_what_dates_say_is_not_told() -> None:
    early, late = event_of(bounds_of("1990"), "early", 1), event_of(bounds_of("2000"), "late", 2)
    lines = ToldLines([told(late, TimeRelation.AFTER, early)])
    assert verdict(late, early, lines) == (TimeOrder.AFTER, (), False)


def test_the_time_between_counts_what_is_told() -> None:
    lines = ToldLines([told(B, TimeRelation.AFTER, A, 730, 1096)])
    passed = lapse_between(A, B, lines)
    assert (passed.fewest, passed.most, passed.is_told) == (730, 1096, True)
    assert passed.words == "2 to 3 years later"
    assert lapse_between(B, A, lines)[:2] == (-1096, -730)
    assert lapse_between(A, C, lines) == (None, None, False, False, False)


def test_an_aligned_event_stands_on_its_side_of_the_milestone() -> None:
    lines = ToldLines([told(A, TimeRelation.AFTER, DATED), told(B, TimeRelation.BEFORE, DATED)])
    after, before = since(DATED, A, lines), since(DATED, B, lines)
    assert (after.earliest_begin, after.earliest_end) == (0, 0)
    assert (before.latest_begin, before.latest_end) == (0, 0)


def test_a_list_says_what_is_told_and_only_the_rest_is_not_known(book: Book) -> None:
    chart = timeline_of(book, ["hiyoshi-ya"])
    document = timeline_document(chart, by_lane=False)
    lines = [with_citations(block.text, chart.sources) for block in document.blocks[1:]]
    labels = [item.event.key for item in chart.items]
    assert labels[:4] == ["new-head", "web-sales", "change-of-view", "lamp"]
    assert "After Sales on the web, as told [Mitsui 2010 ¶68]" in lines[3]
    assert not any("May be before or after" in line for line in lines[:4])
    assert "May be before or after 1–4" in lines[4]
    assert (
        "Not before 2004, since it came after JAPAN Brand launched (JAPAN Brand), 2004" in lines[4]
    )


def test_the_details_give_every_step(book: Book) -> None:
    chart = timeline_of(book, ["nosaku"])
    (item,) = [item for item in chart.items if item.event.key == "wind-bell"]
    facts = {block.lead: block.text.plain for block in event_document(item.event, chart).blocks}
    assert "as the book reads it: The wind-bell is told after" in facts["Told"]
    assert facts["Told"].count(" came after ") >= 3
    assert "Local to Local starts" in facts["Told"]
    assert "some time, by 2010" in facts["Date"]


@pytest.mark.parametrize(
    ("known", "given", "drawn"),
    [
        ("[2004..2010]", "[..2010]", "····░░░░░░░ "),
        ("[..2004]", "[..2010]", "░░░░░······ "),
        ("[2004..2010]/..", "[..2010]/..", "····░░░░░░▆▆"),
        ("2004", "[2002..2006]", "  ··◆··     "),
    ],
)
def test_what_is_excluded_is_dotted(known: str, given: str, drawn: str) -> None:
    from casebook.timeline.chart import LaneEvent
    from casebook.timeline.scale import STEPS, Calendar, Window
    from tests.casebook.timeline.made import lane_of

    year = next(step for step in STEPS if step.months == 12)
    ruler = Calendar(year)
    window = Window(ruler, ruler.cells_of(bounds_of("2000").earliest_begin or 0)[0], 12)
    bounds = bounds_of(known)
    item = LaneEvent(event_of(bounds, "", 1), 0, bounds, bounds_of(given))
    bar = bar_of(bounds, window, item.given)
    assert bar is not None
    row = drawn_row(lane_rows(lane_of([item]), window), 0, 12).text
    assert row.replace("◂", POSSIBLE).replace("▸", CERTAIN) == drawn


def test_text_chart_and_picture_draw_and_explain_the_third_step(book: Book) -> None:
    chart = timeline_of(book, ["nosaku"])
    lines = list(chart_lines(chart, 100))
    assert any(EXCLUDED * 2 + POSSIBLE in line for line in lines)
    assert "excluded" in lines[-1] + lines[-2]
    picture = timeline_svg(chart)
    assert picture.count('stroke-dasharray="0.1 5"') > 3
    assert "excluded by the order" in picture


def test_slides_are_in_told_order_and_open_beginnings_at_the_first_day(book: Book) -> None:
    chart = timeline_of(book, ["hiyoshi-ya", "nosaku"])
    slides = timeline_object(chart)["events"]
    starts = [tuple(int(slide["start_date"][part]) for part in ("year", "month", "day"))
              for slide in slides]  # fmt: skip
    assert starts == sorted(starts)
    names = [slide["unique_id"].rsplit("--", 1)[0] for slide in slides]
    assert names.index("hiyoshi-ya--web-sales") < names.index("hiyoshi-ya--lamp")
    web = slides[names.index("hiyoshi-ya--web-sales")]
    assert web["start_date"]["year"] < "2010" == web["end_date"]["year"]
    assert "After A new head, as told [Mitsui 2010 ¶68]" in json.dumps(slides, ensure_ascii=False)


def test_the_table_has_what_is_told_and_what_follows(book: Book) -> None:
    text = timeline_csv(timeline_of(book, ["hiyoshi-ya"]))
    assert "derived earliest begin" in text.splitlines()[0]
    (support,) = [line for line in text.splitlines() if ",support," in line]
    assert "as the book reads it" in support
    assert "2004-01-01" in support


INFERRED = (Citation("m", "para. 2", inferred=True),)


@pytest.fixture
def read_chart(book: Book) -> Chart:
    """A chart of two events whose order no source states."""
    first = event_of(bounds_of("2003"), "first", 1, "charmyfood")
    second = event_of(bounds_of("[..2010]"), "second", 2, "charmyfood")
    line = told(second, TimeRelation.AFTER, first)._replace(citations=INFERRED)
    date = DateStep(line.other, BoundName.EARLIEST_BEGIN, "2003", first.bounds.earliest_begin)
    second = second._replace(
        told=(line,),
        derived=bounds_of("[2003..2010]"),
        reasons=(BoundReasons(BoundName.EARLIEST_BEGIN, (date, line)),),
    )
    events = ToldLines([line]).sorted([second, first])
    material = replace(timeline_of(book, ["charmyfood"]).material, events=tuple(events))
    return arranged(replace(material, told=ToldLines([line])), LanesBy.PLACE)


def test_what_the_book_reads_is_nowhere_called_told(read_chart: Chart) -> None:
    """In lists, the lines of an event, tables, slides, calendars and the JSON alike."""
    (second,) = [item.event for item in read_chart.items if item.event.key == "e2"]
    document = timeline_document(read_chart, by_lane=False)
    details = event_document(second, read_chart)
    slides = json.dumps(timeline_object(read_chart), ensure_ascii=False)
    for words in (
        " ".join(block.text.plain for block in document.blocks),
        " ".join(block.text.plain for block in details.blocks),
        timeline_csv(read_chart),
        slides,
        event_words(second).text().plain,
    ):
        assert "After first, as the book reads it" in words
        assert "as told" not in words
    assert events_contract.event(second)["told"][0]["inferred"] is True
    lines = "\n".join(chart_lines(read_chart, 100)) + timeline_svg(read_chart)
    assert "as told" not in lines


def test_the_time_between_says_whose_order_it_counts(read_chart: Chart) -> None:
    first, second = (item.event for item in read_chart.items)
    passed = lapse_between(first, second, read_chart.told)
    assert passed.basis == "counting the order as the book reads it"
    stated = ToldLines([told(B, TimeRelation.AFTER, A, 730, 1096)])
    assert lapse_between(A, B, stated).basis == "counting what is told of the order"


def test_a_list_says_an_order_from_the_other_side(book: Book) -> None:
    chart = timeline_of(book, ["isbc"])
    blocks = timeline_document(chart, by_lane=False).blocks
    words = with_citations(blocks[-1].text, chart.sources)
    assert words.endswith(
        "After Story told at ISBC (3), as the book reads it [inferred from Mitsui 2010 ¶4]"
    )


def test_every_list_of_the_book_is_in_told_order(events: Events) -> None:
    position = {event.id: number for number, event in enumerate(events.lines)}
    for line in events.told.lines:
        first, second = line.other.id, line.event.id
        if line.relation is TimeRelation.BEFORE:
            first, second = second, first
        assert position[first] < position[second], line
    begins = [event.known.sort_key[0] for event in events.lines]
    assert begins == sorted(begins)


def test_a_damaged_book_is_read_as_far_as_it_makes_sense(tmp_path: Path) -> None:
    import sqlite3

    copy = tmp_path / "book.sqlite"
    copy.write_bytes(SHIPPED_BOOK.read_bytes())
    with sqlite3.connect(copy) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE told SET relation = 'near' WHERE rowid % 2")
        connection.execute(
            "UPDATE told SET event_id = other_id, other_id = event_id, position = rowid"
        )
        connection.execute("UPDATE derived_bounds SET earliest_begin = 1, latest_end = NULL")
        connection.execute("UPDATE derived_reason SET bound = 'x', position = rowid")
    connection.close()
    with open_book(copy) as book:
        lines, _ = events_of(book)
        chart = timeline_of(book, ["hiyoshi-ya", "nosaku"])
        assert list(chart_lines(chart, 80))
        assert all(event.known.is_within(event.bounds) for event in lines)
        assert book.faults


def test_is_within() -> None:
    assert Bounds(2, 3, 2, 3).is_within(Bounds(1, 3, 1, 3))
    assert Bounds(2, 3, 2, 3).is_within(Bounds(None, 3, None, 3))
    assert not Bounds(None, 3, None, 3).is_within(Bounds(1, 3, 1, 3))
    assert not Bounds(1, 4, 1, 4).is_within(Bounds(1, 3, 1, 3))
